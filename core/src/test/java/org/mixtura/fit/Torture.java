package org.mixtura.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.mixtura.data.Block;
import org.mixtura.data.RowCovariances;
import org.mixtura.data.Rows;

/** Rows that break programs, and the options under which they are fitted. */
final class Torture {
    /** What becomes of two clear clusters under a hardship. */
    enum Law {
        /** They are found as in the rows without it. */
        SAME_LABELS,
        /** No promise but that of a sound model or a sentence. */
        SOUND
    }

    /** A hardship: rows of two clusters, made hard. */
    record Hardship(String name, Law law, Rows rows) {}

    /** An option of fits, and what it does to rows. */
    record Option(String name, Law law, UnaryOperator<Rows> rows, BiFunction<Em, Rows, Estimator<?>> estimator) {
        static Option of(String name, Function<Em, Estimator<?>> estimator) {
            return new Option(name, Law.SAME_LABELS, rows -> rows, (em, rows) -> estimator.apply(em));
        }

        Option with(Law other) {
            return new Option(name, other, rows, estimator);
        }

        Option on(UnaryOperator<Rows> change) {
            return new Option(name, law, change, estimator);
        }
    }

    private Torture() {}

    static List<Option> options() {
        return List.of(
                Option.of("default", em -> em),
                Option.of("no regularisation", em -> em.regularization(Regularization.none())),
                // A constant added to variances does not follow units.
                Option.of("reg_covar 1e-6", em -> em.regularization(Regularization.absolute(1e-6)))
                        .with(Law.SOUND),
                Option.of("equal weights", em -> em.proportions(Proportions.EQUAL)),
                Option.of("one start", em -> em.search(Search.NONE)),
                // The box of the noise and its share of few rows are not those of the rows as they were.
                Option.of("noise", Em::withNoise).with(Law.SOUND),
                Option.of("tails", em -> em.withTails(Tails.estimated())),
                Option.of("gaps", em -> em).on(Torture::withHoles),
                Option.of("errors", em -> em).on(Torture::withErrors),
                new Option("labels", Law.SAME_LABELS, rows -> rows, (em, rows) -> em.partialLabels(labels(rows))));
    }

    /** The first two rows are known to be of different clusters. */
    private static PartialLabels labels(Rows rows) {
        List<PartialLabel> labels = new ArrayList<>();
        for (long i = 0; i < rows.count(); i++) {
            labels.add(i < 2 ? PartialLabel.oneOf(i == 0 ? "a" : "b") : PartialLabel.unknown());
        }
        return PartialLabels.of(labels);
    }

    /** Measured with an error of a hundredth of how far each column reaches. */
    private static Rows withErrors(Rows rows) {
        double[] deviations = new double[rows.dimension()];
        try (Rows.Reader reader = rows.reader()) {
            Block block = reader.read(0, Math.toIntExact(rows.count()));
            for (int j = 0; j < deviations.length; j++) {
                double least = block.get(0, j);
                double most = least;
                for (int i = 0; i < block.count(); i++) {
                    least = Math.min(least, block.get(i, j));
                    most = Math.max(most, block.get(i, j));
                }
                deviations[j] = (most - least) / 100;
            }
        }
        return rows.withErrors(RowCovariances.deviations(Rows.of(new double[][] {deviations})));
    }

    /** Two clusters in d columns, in multiples of 1/256 so that 1e12 can be added without rounding. */
    static double[][] clusters(int n, int d) {
        SplittableRandom random = new SplittableRandom(5);
        double[][] rows = new double[n][d];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                double centre = (i % 2 == 0 ? 4 : -4) * (j % 3 == 0 ? 1 : -1);
                rows[i][j] = Math.rint(256 * (random.nextGaussian() + centre)) / 256;
            }
        }
        return rows;
    }

    static List<Hardship> hardships() {
        double[][] plain = clusters(60, 3);
        List<Hardship> all = new ArrayList<>();
        all.add(new Hardship("none", Law.SAME_LABELS, Rows.of(plain)));
        shapes().forEach((name, change) -> all.add(new Hardship(name, Law.SAME_LABELS, Rows.of(each(plain, change)))));
        all.add(sound("units of 1e150, 1 and 1e-150", each(plain, x ->
                new double[] {x[0] * 1e150, x[1], x[2] * 1e-150})));
        all.add(sound("values of 1 to 7, repeated", each(clusters(300, 3), x -> all(x, v -> Math.rint(v / 3)))));
        all.add(sound(
                "two different rows, repeated", each(plain, x -> x[0] > 0 ? new double[] {1, 2, 3} : new double[3])));
        all.add(sound("a constant column", each(plain, x -> new double[] {x[0], 7, x[2]})));
        all.add(sound("all columns constant", each(plain, x -> new double[] {1, 7, 2})));
        all.add(sound("one row", Arrays.copyOf(plain, 1)));
        all.add(sound("as many rows as components", Arrays.copyOf(plain, 2)));
        all.add(sound("three rows", Arrays.copyOf(plain, 3)));
        all.add(sound("a column that is a sum", each(plain, x -> new double[] {x[0], x[1], x[0] + x[1]})));
        all.add(sound("a column that is nearly a sum", each(plain, x ->
                new double[] {x[0], x[1], x[0] + x[1] + 1e-9 * x[2]})));
        for (double far : new double[] {1e6, 1e30, 1e150, 1e300}) {
            double[][] rows = each(plain, x -> x);
            rows[7][1] = far;
            all.add(sound("one value of " + plainly(far), rows));
        }
        for (double weight : new double[] {1e12, 1e-12, 1e300, 1e-300}) {
            double[] one = new double[60];
            Arrays.fill(one, 1);
            one[7] = weight;
            all.add(new Hardship(
                    "one weight of " + plainly(weight),
                    Law.SOUND,
                    Rows.of(plain).weighted(one)));
            double[] same = new double[60];
            Arrays.fill(same, weight);
            all.add(new Hardship(
                    "all weights " + plainly(weight), Law.SOUND, Rows.of(plain).weighted(same)));
        }
        return all;
    }

    /** Changes under which everything stays the same but for units. */
    private static Map<String, UnaryOperator<double[]>> shapes() {
        Map<String, UnaryOperator<double[]>> changes = new LinkedHashMap<>();
        changes.put("moved by 1e12", x -> all(x, v -> v + 1e12));
        changes.put("moved by -1e12", x -> all(x, v -> v - 1e12));
        changes.put("moved by 1e-12", x -> all(x, v -> v + 1e-12));
        changes.put("times 1e150", x -> all(x, v -> v * 1e150));
        changes.put("times 1e-150", x -> all(x, v -> v * 1e-150));
        return changes;
    }

    private static Hardship sound(String name, double[][] rows) {
        return new Hardship(name, Law.SOUND, Rows.of(rows));
    }

    private static String plainly(double power) {
        return String.format(Locale.ROOT, "1e%d", Math.round(Math.log10(power)));
    }

    private static double[] all(double[] row, DoubleUnaryOperator change) {
        return Arrays.stream(row).map(change).toArray();
    }

    private static double[][] each(double[][] rows, UnaryOperator<double[]> change) {
        return Arrays.stream(rows).map(double[]::clone).map(change).toArray(double[][]::new);
    }

    /** Every seventh value gone, a different one in each row. */
    private static Rows withHoles(Rows rows) {
        int n = Math.toIntExact(rows.count());
        double[][] values = new double[n][rows.dimension()];
        double[] weights = new double[n];
        try (Rows.Reader reader = rows.reader()) {
            for (int i = 0; i < n; i++) {
                Block block = reader.read(i, 1);
                weights[i] = block.weight(0);
                for (int j = 0; j < values[i].length; j++) {
                    values[i][j] = (i + 3 * j) % 7 == 0 ? Double.NaN : block.get(0, j);
                }
            }
        }
        Rows holed = Rows.of(values).withGaps();
        return rows.weighted() ? holed.weighted(weights) : holed;
    }
}
