package org.mixtura.kernel;

import java.util.Arrays;
import java.util.List;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;

/**
 * What is known of rows before any fit: weight, range, mean and covariance of the columns, and an origin among them.
 *
 * <p>The origin is the median of at most 1,001 evenly spaced rows, column by column: near the bulk of the data even if a few
 * rows are far away, so that x − origin keeps all digits that x has. Means are relative to it. Two passes: one for range
 * and mean, one for the covariance about the mean. Rows of weight zero count for nothing.
 */
public final class RowSummary {
    private static final int ORIGIN_ROWS = 1001;

    private final double[] origin;
    private final double[] smallest;
    private final double[] largest;
    private final double[] mean;
    private final double[] covariance;
    private final double totalWeight;

    private RowSummary(
            double[] origin,
            double[] smallest,
            double[] largest,
            double[] mean,
            double[] covariance,
            double totalWeight) {
        this.origin = origin;
        this.smallest = smallest;
        this.largest = largest;
        this.mean = mean;
        this.covariance = covariance;
        this.totalWeight = totalWeight;
    }

    /**
     * Summarises rows.
     *
     * @param rows the rows
     * @param threads how many threads may work
     * @return the summary
     * @throws IllegalArgumentException if a value is not finite, all weights are zero, or a column's values spread so widely
     *     that their squares overflow
     */
    public static RowSummary of(Rows rows, int threads) {
        int d = rows.dimension();
        double[] origin = origin(rows);
        Range range = new Range(origin);
        List<String> columns = rows.columns();
        Pass.run(
                rows,
                threads,
                2L * d,
                () -> (block, first, into) -> {
                    Scan.checkFinite(block, first, columns);
                    into.accept(block);
                },
                () -> new Range(origin),
                range::combine);
        if (!(range.weight > 0)) {
            throw new IllegalArgumentException(
                    "all " + rows.count() + " weights are zero; at least one row must count");
        }
        double[] mean = new double[d];
        for (int j = 0; j < d; j++) {
            mean[j] = range.smallest[j] == range.largest[j]
                    ? range.smallest[j] - origin[j]
                    : range.sums[j] / range.weight;
        }
        Moments moments = Scan.moments(
                rows,
                origin,
                mean,
                Moments.Scatter.FULL,
                (block, first, r) -> Arrays.fill(r, 0, block.count(), 1),
                threads);
        return new RowSummary(
                origin,
                range.smallest,
                range.largest,
                mean,
                covariance(moments, columns, range.smallest, range.largest),
                range.weight);
    }

    /**
     * The summary of rows that lie elsewhere, from what was gathered there.
     *
     * @param columns the names of the columns, d of them
     * @param smallest the least value of each column among the rows with weight, d values
     * @param largest the greatest one, d values
     * @param moments of the rows as one component, full, about a centre near their mean; its origin becomes the summary's
     * @return the summary
     * @throws IllegalArgumentException if there is no weight, or a column's values spread so widely that their squares overflow
     */
    public static RowSummary of(List<String> columns, double[] smallest, double[] largest, Moments moments) {
        if (!(moments.totalWeight() > 0)) {
            throw new IllegalArgumentException(
                    "the weights sum to " + moments.totalWeight() + "; at least one row must count");
        }
        double[] mean = moments.mean(0);
        for (int j = 0; j < mean.length; j++) {
            if (smallest[j] == largest[j]) {
                mean[j] = smallest[j] - moments.origin()[j];
            }
        }
        return new RowSummary(
                moments.origin().clone(),
                smallest.clone(),
                largest.clone(),
                mean,
                covariance(moments, columns, smallest, largest),
                moments.totalWeight());
    }

    /** The scatter of all rows per unit of weight. */
    private static double[] covariance(Moments moments, List<String> columns, double[] smallest, double[] largest) {
        double[] covariance = moments.scatter(0);
        for (int i = 0; i < covariance.length; i++) {
            covariance[i] /= moments.totalWeight();
        }
        for (int j = 0; j < smallest.length; j++) {
            checkSpread(columns.get(j), smallest[j], largest[j], covariance[j * (j + 1) / 2 + j]);
        }
        return covariance;
    }

    private static void checkSpread(String column, double smallest, double largest, double variance) {
        if (!Double.isFinite(variance)) {
            throw new IllegalArgumentException("column \"" + column + "\" spreads from " + smallest + " to " + largest
                    + ": the squares are too large for a double; divide the column by a power of ten");
        }
        if (smallest < largest && variance < Double.MIN_NORMAL) {
            throw new IllegalArgumentException("column \"" + column + "\" spreads only from " + smallest + " to "
                    + largest + ": the squares are too small for a double; multiply the column by a power of ten");
        }
    }

    private static double[] origin(Rows rows) {
        int taken = (int) Math.min(ORIGIN_ROWS, rows.count());
        double[][] columns = new double[rows.dimension()][taken];
        int found = 0;
        try (Rows.Reader reader = rows.reader()) {
            for (int t = 0; t < taken; t++) {
                long row = taken == 1 ? 0 : Math.round((double) t / (taken - 1) * (rows.count() - 1));
                Block block = reader.read(row, 1);
                if (block.weight(0) > 0 || found == 0) {
                    for (int j = 0; j < columns.length; j++) {
                        columns[j][found] = block.get(0, j);
                    }
                    found++;
                }
            }
        }
        double[] origin = new double[columns.length];
        for (int j = 0; j < columns.length; j++) {
            double[] values = Arrays.copyOf(columns[j], found);
            Arrays.sort(values);
            origin[j] = values[found / 2];
            if (!Double.isFinite(origin[j])) {
                origin[j] = 0;
            }
        }
        return origin;
    }

    /** {@return o, d values} */
    public double[] origin() {
        return origin.clone();
    }

    /** {@return the mean of each column relative to the origin, d values} */
    public double[] mean() {
        return mean.clone();
    }

    /** {@return the biased covariance of the columns, Σ w (x − mean)(x − mean)ᵀ / Σ w, packed lower triangle} */
    public double[] covariance() {
        return covariance.clone();
    }

    /**
     * The biased variance of one column.
     *
     * @param column the column, from 0
     * @return its variance; exactly 0 if the column is constant
     */
    public double variance(int column) {
        return isConstant(column) ? 0 : covariance[column * (column + 1) / 2 + column];
    }

    /** {@return the standard deviation of each column, 1 for one that is constant; d values} */
    public double[] scales() {
        double[] scales = new double[origin.length];
        for (int j = 0; j < scales.length; j++) {
            scales[j] = variance(j) > 0 ? Math.sqrt(variance(j)) : 1;
        }
        return scales;
    }

    /**
     * Whether a column has one value only.
     *
     * @param column the column, from 0
     * @return true if all rows with weight agree in it
     */
    public boolean isConstant(int column) {
        return smallest[column] == largest[column];
    }

    /**
     * The smallest value of a column.
     *
     * @param column the column, from 0
     * @return the least value among the rows with weight
     */
    public double smallest(int column) {
        return smallest[column];
    }

    /**
     * The largest value of a column.
     *
     * @param column the column, from 0
     * @return the greatest value among the rows with weight
     */
    public double largest(int column) {
        return largest[column];
    }

    /** {@return Σ w} */
    public double totalWeight() {
        return totalWeight;
    }

    /** Range and weighted sum of the columns about the origin. */
    private static final class Range implements Pass.Part {
        private final double[] origin;
        private final double[] smallest;
        private final double[] largest;
        private final double[] sums;
        private double weight;

        Range(double[] origin) {
            this.origin = origin;
            this.smallest = new double[origin.length];
            this.largest = new double[origin.length];
            this.sums = new double[origin.length];
            clear();
        }

        void accept(Block block) {
            for (int i = 0; i < block.count(); i++) {
                double w = block.weight(i);
                if (w > 0) {
                    weight += w;
                    for (int j = 0; j < sums.length; j++) {
                        double value = block.get(i, j);
                        smallest[j] = Math.min(smallest[j], value);
                        largest[j] = Math.max(largest[j], value);
                        sums[j] += w * (value - origin[j]);
                    }
                }
            }
        }

        void combine(Range other) {
            weight += other.weight;
            for (int j = 0; j < sums.length; j++) {
                smallest[j] = Math.min(smallest[j], other.smallest[j]);
                largest[j] = Math.max(largest[j], other.largest[j]);
                sums[j] += other.sums[j];
            }
        }

        @Override
        public void clear() {
            Arrays.fill(smallest, Double.POSITIVE_INFINITY);
            Arrays.fill(largest, Double.NEGATIVE_INFINITY);
            Arrays.fill(sums, 0);
            weight = 0;
        }
    }
}
