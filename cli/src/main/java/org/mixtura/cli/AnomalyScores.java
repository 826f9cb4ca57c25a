package org.mixtura.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mixtura.anomaly.Calibration;
import org.mixtura.anomaly.ColumnSurprise;
import org.mixtura.anomaly.Expectation;
import org.mixtura.anomaly.Explainer;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;
import org.mixtura.mixture.Imputation;
import org.mixtura.mixture.Mixture;
import org.mixtura.table.OutputColumn;

/**
 * The scores that compare a row's energy with those of other rows: p_value, flag, why. The energy is that of the components alone,
 * without noise, and of a row with gaps that of the row with what the mixture expects in them: a row is odd by the values that it
 * has.
 */
final class AnomalyScores implements AutoCloseable {
    /** Their words on the command line. */
    static final List<String> WORDS = List.of("p_value", "flag", "why");

    /** The share, in nats, of a column two standard deviations from where it was expected, if alone. */
    private static final double NOTABLE = 2;
    /** The part of the greatest share that is worth naming beside it. */
    private static final double WORTH_NAMING = 0.25;

    private final Mixture mixture;
    private final boolean scored;
    private final Calibration calibration;
    private final double threshold;
    private final Explainer explainer;
    private final Rows.Reader reader;
    /** The row last asked for, and its energy: several words ask for the same. */
    private long known = -1;

    private double knownEnergy;

    /**
     * @param mixture the components, without noise
     * @param scored whether a row's log-density is that of the components
     * @param percentile the share of the calibration's energies that is not flagged, in percent
     * @param rows the rows that are scored, to be read again where they are
     */
    AnomalyScores(Mixture mixture, boolean scored, Calibration calibration, double percentile, Rows rows) {
        this.mixture = mixture;
        this.scored = scored && !rows.gapped();
        this.calibration = calibration;
        this.threshold = calibration.quantile(percentile / 100);
        this.explainer = Explainer.of(mixture.gaussians());
        this.reader = Imputation.of(mixture).complete(rows).reader();
    }

    /**
     * The energies of some rows, to compare with.
     *
     * @param scored whether rows without gaps are scored by the components, as in the constructor
     */
    static Calibration calibrate(Mixture mixture, boolean scored, Rows rows, int threads, Interruption interruption) {
        double[] energies = new double[Math.toIntExact(rows.count())];
        if (!scored || rows.gapped()) {
            // As each row is asked for later, to the bit: at the threshold lies one of these energies.
            try (Rows.Reader reader = Imputation.of(mixture).complete(rows).reader()) {
                for (int i = 0; i < energies.length; i++) {
                    interruption.check();
                    energies[i] = -mixture.logDensity(values(reader, i));
                }
            }
            return Calibration.of(energies);
        }
        mixture.score(rows, threads, (first, count, logDensity, responsibilities) -> {
            interruption.check();
            for (int i = 0; i < count; i++) {
                energies[Math.toIntExact(first) + i] = -logDensity[i];
            }
        });
        return Calibration.of(energies);
    }

    private double energy(ScoredRow row) {
        if (scored) {
            return -row.logDensity();
        }
        if (known != row.number()) {
            known = row.number();
            knownEnergy = -mixture.logDensity(values(reader, known));
        }
        return knownEnergy;
    }

    /** The energy above which a row is flagged. */
    double threshold() {
        return threshold;
    }

    /**
     * The score of that name.
     *
     * @param word one of {@link #WORDS}
     * @param prefix what the name of its column begins with
     */
    RowScore of(String word, String prefix) {
        return switch (word) {
            case "p_value" ->
                RowScore.of(
                        List.of(OutputColumn.number(prefix + word)),
                        (row, writer) -> writer.number(calibration.pValue(energy(row))));
            case "flag" ->
                RowScore.of(
                        List.of(OutputColumn.integer(prefix + word)),
                        (row, writer) -> writer.integer(energy(row) > threshold ? 1 : 0));
            case "why" ->
                RowScore.of(List.of(OutputColumn.text(prefix + word)), (row, writer) -> {
                    if (energy(row) > threshold) {
                        writer.text(why(explainer.explain(values(reader, row.number()))));
                    } else {
                        writer.missing();
                    }
                });
            default -> throw new IllegalArgumentException("expected some of " + String.join(", ", WORDS));
        };
    }

    private static double[] values(Rows.Reader reader, long number) {
        Block block = reader.read(number, 1);
        return Arrays.copyOfRange(block.values(), block.offset(), block.offset() + block.dimension());
    }

    /** The columns that matter, the one of the greatest share first: that one, and others that would be odd by themselves. */
    static String why(List<ColumnSurprise> columns) {
        double greatest = columns.get(0).share();
        List<String> reasons = new ArrayList<>();
        for (ColumnSurprise column : columns) {
            if (reasons.isEmpty() || (column.share() >= NOTABLE && column.share() >= WORTH_NAMING * greatest)) {
                Expectation expected = column.expected();
                reasons.add(column.column() + " " + Digits.exact(column.value()) + " (expected "
                        + Digits.meanAndDeviation(expected.mean(), expected.deviation()) + ")");
            }
        }
        return String.join("; ", reasons);
    }

    @Override
    public void close() {
        reader.close();
    }
}
