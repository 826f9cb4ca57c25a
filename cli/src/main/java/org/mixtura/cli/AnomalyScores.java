package org.mixtura.cli;

import java.util.ArrayList;
import java.util.List;
import org.mixtura.anomaly.Calibration;
import org.mixtura.anomaly.ColumnSurprise;
import org.mixtura.anomaly.Expectation;
import org.mixtura.anomaly.Explainer;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.table.OutputColumn;

/** The scores that compare a row's energy with those of other rows: p_value, flag, why. */
final class AnomalyScores implements AutoCloseable {
    /** Their words on the command line. */
    static final List<String> WORDS = List.of("p_value", "flag", "why");

    /** The share, in nats, of a column two standard deviations from where it was expected, if alone. */
    private static final double NOTABLE = 2;
    /** The part of the greatest share that is worth naming beside it. */
    private static final double WORTH_NAMING = 0.25;

    private final Calibration calibration;
    private final double threshold;
    private final Explainer explainer;
    private final Rows.Reader reader;

    /**
     * @param percentile the share of the calibration's energies that is not flagged, in percent
     * @param rows the rows that are scored, to be read again where a row is explained
     */
    AnomalyScores(GaussianMixture mixture, Calibration calibration, double percentile, Rows rows) {
        this.calibration = calibration;
        this.threshold = calibration.quantile(percentile / 100);
        this.explainer = Explainer.of(mixture);
        this.reader = rows.reader();
    }

    /** The energies of some rows, to compare with. */
    static Calibration calibrate(GaussianMixture mixture, Rows rows, int threads, Interruption interruption) {
        double[] energies = new double[Math.toIntExact(rows.count())];
        mixture.score(rows, threads, (first, count, logDensity, responsibilities) -> {
            interruption.check();
            for (int i = 0; i < count; i++) {
                energies[Math.toIntExact(first) + i] = -logDensity[i];
            }
        });
        return Calibration.of(energies);
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
                        (row, writer) -> writer.number(calibration.pValue(-row.logDensity())));
            case "flag" ->
                RowScore.of(
                        List.of(OutputColumn.integer(prefix + word)),
                        (row, writer) -> writer.integer(-row.logDensity() > threshold ? 1 : 0));
            case "why" ->
                RowScore.of(List.of(OutputColumn.text(prefix + word)), (row, writer) -> {
                    if (-row.logDensity() > threshold) {
                        writer.text(why(row.number()));
                    } else {
                        writer.missing();
                    }
                });
            default -> throw new IllegalArgumentException("expected some of " + String.join(", ", WORDS));
        };
    }

    private String why(long number) {
        Block block = reader.read(number, 1);
        double[] x = new double[block.dimension()];
        for (int j = 0; j < x.length; j++) {
            x[j] = block.get(0, j);
        }
        return why(explainer.explain(x));
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
