package org.mixtura.kernel;

import java.util.Arrays;
import java.util.List;
import org.mixtura.data.Block;
import org.mixtura.data.RowCovariance;
import org.mixtura.data.Rows;
import org.mixtura.linalg.Packed;

/**
 * What is known of rows before any fit: weight, range, mean and covariance of the columns, and an origin among them. Where rows stand
 * for others that are spread about them, the covariance is that of the others; where they have errors, mean and covariance are those
 * of the true rows as a single Gaussian has them.
 *
 * <p>The origin is the median of at most 1,001 evenly spaced rows, column by column: near the bulk of the data even if a few
 * rows are far away, so that x − origin keeps all digits that x has. Means are relative to it. Two passes: one for range
 * and mean, one for the covariance about the mean. Rows of weight zero count for nothing.
 */
public final class RowSummary {
    /** With more weight the sums over squares of 1e150 and more overflow; far beyond any number of rows. */
    private static final double MOST_WEIGHT = 1e100;

    private static final int ORIGIN_ROWS = 1001;

    private final double[] origin;
    private final double[] smallest;
    private final double[] largest;
    private final double[] mean;
    private final double[] covariance;
    private final double totalWeight;
    private final double[] spread;
    private final long gaps;
    private final long blankRows;
    private final long errors;

    private RowSummary(
            double[] origin,
            double[] smallest,
            double[] largest,
            double[] mean,
            double[] covariance,
            double totalWeight,
            double[] spread,
            long gaps,
            long blankRows,
            long errors) {
        this.origin = origin;
        this.smallest = smallest;
        this.largest = largest;
        this.mean = mean;
        this.covariance = covariance;
        this.totalWeight = totalWeight;
        this.spread = spread;
        this.gaps = gaps;
        this.blankRows = blankRows;
        this.errors = errors;
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
        Range range = range(rows, origin(rows), threads);
        if (!(range.weight > 0)) {
            throw new IllegalArgumentException(
                    range.blanks > 0
                            ? "no row with weight has any value; at least one must count"
                            : "all " + rows.count() + " weights are zero; at least one row must count");
        }
        if (!(range.weight <= MOST_WEIGHT)) {
            throw new IllegalArgumentException("the weights sum to " + range.weight
                    + ": sums of squares would leave the range of a double; divide all weights by the same number");
        }
        if (range.gaps > 0 && range.missesOrigin()) {
            range = range(rows, range.originWithin(), threads);
        }
        double[] origin = range.origin;
        List<String> columns = rows.columns();
        double[] mean = new double[d];
        for (int j = 0; j < d; j++) {
            if (!(range.weights[j] > 0)) {
                throw new IllegalArgumentException(
                        "column \"" + columns.get(j) + "\" has no value in any row with weight; leave the column out");
            }
            mean[j] = range.smallest[j] == range.largest[j]
                    ? range.smallest[j] - origin[j]
                    : range.sums[j] / range.weights[j];
        }
        Moments moments;
        if (range.gaps > 0 || range.errors > 0) {
            double[] variances = range.variances(mean);
            for (int j = 0; j < d; j++) {
                checkSpread(columns.get(j), range.smallest[j], range.largest[j], variances[j]);
            }
            moments = OneGaussian.moments(rows, origin, mean, variances, threads);
            mean = moments.mean(0);
        } else {
            moments = Scan.moments(
                    rows,
                    origin,
                    mean,
                    Moments.Scatter.FULL,
                    (block, first, r) -> Arrays.fill(r, 0, block.count(), 1),
                    threads);
        }
        return new RowSummary(
                origin,
                range.smallest,
                range.largest,
                mean,
                covariance(moments, columns, range.smallest, range.largest),
                range.weight,
                range.spread(),
                range.gaps,
                range.blanks,
                range.errors);
    }

    private static Range range(Rows rows, double[] origin, int threads) {
        Range range = new Range(origin);
        Pass.run(
                rows,
                threads,
                2L * rows.dimension(),
                () -> (block, first, into) -> {
                    Scan.checkFinite(block, first, rows);
                    into.accept(block, rows.rowCovariance());
                },
                () -> new Range(origin),
                range::combine);
        return range;
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
                moments.totalWeight(),
                new double[mean.length],
                0,
                0,
                0);
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
            // NaN sorts last: what is missing does not take part.
            int there = found;
            while (rows.gapped() && there > 0 && Double.isNaN(values[there - 1])) {
                there--;
            }
            origin[j] = there > 0 ? values[there / 2] : 0;
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
     * @return true if all rows with weight agree in it, and none stands for others that are spread
     */
    public boolean isConstant(int column) {
        return smallest[column] == largest[column] && !(spread[column] > 0);
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

    /** {@return Σ w, over rows that have a value} */
    public double totalWeight() {
        return totalWeight;
    }

    /** {@return how many values are missing in rows with weight} */
    public long gaps() {
        return gaps;
    }

    /** {@return how many rows with weight have no value at all} */
    public long blankRows() {
        return blankRows;
    }

    /** {@return how many rows with weight were measured with errors} */
    public long errors() {
        return errors;
    }

    /** Range and weighted sums of the columns about the origin, over the values that are there. */
    private static final class Range implements Pass.Part {
        private final double[] origin;
        private final double[] smallest;
        private final double[] largest;
        private final double[] weights;
        private final double[] sums;
        private final double[] squares;
        private final double[] spreads;
        private double weight;
        private long gaps;
        private long blanks;
        private long errors;

        Range(double[] origin) {
            this.origin = origin;
            this.smallest = new double[origin.length];
            this.largest = new double[origin.length];
            this.weights = new double[origin.length];
            this.sums = new double[origin.length];
            this.squares = new double[origin.length];
            this.spreads = new double[origin.length];
            clear();
        }

        void accept(Block block, RowCovariance meaning) {
            for (int i = 0; i < block.count(); i++) {
                double w = block.weight(i);
                if (w > 0) {
                    int missing = accept(block, i, w);
                    gaps += missing;
                    if (missing == origin.length) {
                        blanks++;
                    } else {
                        weight += w;
                    }
                    acceptCovariance(block, i, meaning);
                }
            }
        }

        private void acceptCovariance(Block block, int row, RowCovariance meaning) {
            boolean zero = true;
            for (int e = 0; e < block.covarianceSize() && zero; e++) {
                zero = block.covariance(row, e) == 0;
            }
            if (zero || meaning == RowCovariance.NONE) {
                return;
            }
            if (meaning == RowCovariance.ERROR) {
                errors++;
                return;
            }
            int d = sums.length;
            for (int j = 0; j < d; j++) {
                if (!Double.isNaN(block.get(row, j))) {
                    int at = block.covarianceSize() == d ? j : Packed.index(j, j);
                    spreads[j] += block.weight(row) * block.covariance(row, at);
                }
            }
        }

        /** The mean of the rows' own variances of each column. */
        double[] spread() {
            double[] spread = new double[spreads.length];
            for (int j = 0; j < spread.length; j++) {
                spread[j] = weights[j] > 0 ? spreads[j] / weights[j] : 0;
            }
            return spread;
        }

        /** Adds the values of a row; returns how many are missing. */
        private int accept(Block block, int row, double w) {
            int missing = 0;
            for (int j = 0; j < sums.length; j++) {
                double value = block.get(row, j);
                if (Double.isNaN(value)) {
                    missing++;
                    continue;
                }
                smallest[j] = Math.min(smallest[j], value);
                largest[j] = Math.max(largest[j], value);
                weights[j] += w;
                sums[j] += w * (value - origin[j]);
                squares[j] += w * (value - origin[j]) * (value - origin[j]);
            }
            return missing;
        }

        /** Whether a column has values, but none of them was among those of which the origin is the median. */
        boolean missesOrigin() {
            return !Arrays.equals(origin, originWithin());
        }

        /** The origin, moved to the least value where it lies outside a column. */
        double[] originWithin() {
            double[] within = origin.clone();
            for (int j = 0; j < within.length; j++) {
                if (weights[j] > 0 && !(smallest[j] <= origin[j] && origin[j] <= largest[j])) {
                    within[j] = smallest[j];
                }
            }
            return within;
        }

        /** The variance of each column about its mean; 0 of a constant. */
        double[] variances(double[] mean) {
            double[] variances = new double[mean.length];
            for (int j = 0; j < mean.length; j++) {
                double spread = spread()[j];
                if (smallest[j] < largest[j] || spread > 0) {
                    variances[j] = Math.max(Double.MIN_NORMAL, squares[j] / weights[j] - mean[j] * mean[j] + spread);
                }
            }
            return variances;
        }

        void combine(Range other) {
            weight += other.weight;
            gaps += other.gaps;
            blanks += other.blanks;
            errors += other.errors;
            for (int j = 0; j < sums.length; j++) {
                smallest[j] = Math.min(smallest[j], other.smallest[j]);
                largest[j] = Math.max(largest[j], other.largest[j]);
                weights[j] += other.weights[j];
                sums[j] += other.sums[j];
                squares[j] += other.squares[j];
                spreads[j] += other.spreads[j];
            }
        }

        @Override
        public void clear() {
            Arrays.fill(smallest, Double.POSITIVE_INFINITY);
            Arrays.fill(largest, Double.NEGATIVE_INFINITY);
            Arrays.fill(weights, 0);
            Arrays.fill(sums, 0);
            Arrays.fill(squares, 0);
            Arrays.fill(spreads, 0);
            weight = 0;
            gaps = 0;
            blanks = 0;
            errors = 0;
        }
    }
}
