package org.mixtura.data;

import java.util.Arrays;
import java.util.List;

/**
 * Covariances to go with rows, one for each or one for all: what {@link Rows#withSpread} and {@link Rows#withErrors} take. Immutable.
 *
 * <p>Where they are read row by row they may lie in memory, in a file or anywhere else, as rows may. They are checked as they are
 * read, but not where the row's own value is missing; a row of weight zero whose covariance is wrong is a point.
 */
public final class RowCovariances {
    /** What 1 + a share of the product of two variances allows for rounding in the square of their covariance. */
    private static final double ROUNDING = 1 + 1e-9;

    private final Rows numbers;
    private final boolean deviations;

    private RowCovariances(Rows numbers, boolean deviations) {
        this.numbers = numbers;
        this.deviations = deviations;
    }

    /**
     * What binning adds to the covariance of values of which only the middle of their bin is known, or which were rounded: h²/12 for
     * bins of width h, independently in each column (Sheppard's correction, exact to the order h² for smooth densities). Such
     * rows have <em>errors</em>: the middles of bins vary by that much more than the values do, and {@link Rows#withErrors} takes it
     * off. Where the means of the bins are known, and the covariances within, they have a spread ({@link #triangles}).
     *
     * @param widths h, one for each column, finite and not negative; 0 for a column that is not binned; copied
     * @return the covariances
     */
    public static RowCovariances binWidths(double... widths) {
        return variances(Arrays.stream(widths).map(h -> h * h / 12).toArray());
    }

    /**
     * Variances of independent columns, the same for all rows.
     *
     * @param variances one for each column, finite and not negative; copied
     * @return the covariances
     */
    public static RowCovariances variances(double... variances) {
        return new RowCovariances(Rows.of(variances), false);
    }

    /**
     * Standard deviations of independent columns.
     *
     * @param deviations a row for each row, or a single one for all; for each column a standard deviation, finite and not negative
     * @return the covariances
     */
    public static RowCovariances deviations(Rows deviations) {
        return new RowCovariances(deviations, true);
    }

    /**
     * Whole covariances.
     *
     * @param triangles a row for each row, or a single one for all: the d(d+1)/2 elements of the lower triangle, row by row, of a
     *     positive semidefinite matrix; or d variances of independent columns
     * @return the covariances
     */
    public static RowCovariances triangles(Rows triangles) {
        return new RowCovariances(triangles, false);
    }

    /** Checks that they are as many, and of as many columns, as some rows. */
    void checkFit(Rows rows) {
        int d = rows.dimension();
        int size = numbers.dimension();
        if (size != d && (deviations || size != d * (d + 1) / 2)) {
            throw new IllegalArgumentException(
                    size + (deviations ? " standard deviations" : " elements of a covariance")
                            + " in a row for rows of " + d + " columns; give " + d
                            + (deviations || d == 1 ? "" : ", or " + d * (d + 1) / 2 + " of a lower triangle"));
        }
        if (numbers.count() != rows.count() && numbers.count() != 1) {
            throw new IllegalArgumentException(numbers.count() + " rows of "
                    + (deviations ? "standard deviations" : "covariances") + " for " + rows.count()
                    + " rows; give one for each row, or a single one for all");
        }
    }

    /** A new reader of what goes with some rows. */
    Reader reader(Rows rows) {
        return new Reader(rows);
    }

    /** Reads covariances; for one thread. */
    final class Reader implements AutoCloseable {
        private final boolean same = numbers.count() == 1;
        private final List<String> columns;
        private final Rows.Reader inner = numbers.reader();
        private final int size = numbers.dimension();
        private double[] elements = new double[0];

        Reader(Rows rows) {
            this.columns = rows.columns();
        }

        /**
         * Shows the covariances of some rows with them.
         *
         * @param block shows the rows, and is about to show their covariances
         * @param first the number of its first row
         */
        void show(Block block, long first) {
            int count = same ? Math.min(1, block.count()) : block.count();
            if (elements.length < count * size) {
                elements = new double[count * size];
            }
            Block shown = inner.read(same ? 0 : first, count);
            for (int i = 0; i < count; i++) {
                for (int e = 0; e < size; e++) {
                    double number = shown.get(i, e);
                    elements[i * size + e] = deviations && number >= 0 ? number * number : number;
                }
                if (!same) {
                    clearGaps(block, i);
                }
                String fault = fault(i);
                if (!fault.isEmpty()) {
                    if (same || block.weight(i) > 0) {
                        throw new IllegalArgumentException(
                                (same ? "all rows" : "row " + (first + i)) + fault + ": mend it or drop the row");
                    }
                    Arrays.fill(elements, i * size, (i + 1) * size, 0);
                }
            }
            block.showCovariances(elements, 0, size, same ? 0 : size);
        }

        private boolean triangle() {
            return size > columns.size();
        }

        private int at(int i, int j) {
            return i * (i + 1) / 2 + j;
        }

        /** Nothing is known of the error of a value that is missing, nor need it be. */
        private void clearGaps(Block block, int row) {
            for (int j = 0; j < columns.size(); j++) {
                if (Double.isNaN(block.get(row, j))) {
                    if (!triangle()) {
                        elements[row * size + j] = 0;
                        continue;
                    }
                    for (int i = 0; i < columns.size(); i++) {
                        elements[row * size + (i >= j ? at(i, j) : at(j, i))] = 0;
                    }
                }
            }
        }

        /** What is wrong with a covariance; empty if nothing is. */
        private String fault(int row) {
            int start = row * size;
            for (int j = 0; j < columns.size(); j++) {
                double variance = elements[start + (triangle() ? at(j, j) : j)];
                if (!(variance >= 0 && variance < Double.POSITIVE_INFINITY)) {
                    return ", column \"" + columns.get(j) + "\": the "
                            + (deviations ? "standard deviation" : "variance") + " that goes with it is " + variance
                            + "; it must be finite and not negative";
                }
                for (int i = 0; triangle() && i < j; i++) {
                    double between = elements[start + at(j, i)];
                    double other = elements[start + at(i, i)];
                    if (!(between * between <= other * variance * ROUNDING)) {
                        return ": the covariance that goes with it is not positive semidefinite, " + between
                                + " between columns \"" + columns.get(i) + "\" and \"" + columns.get(j)
                                + "\" of variances " + other + " and " + variance;
                    }
                }
            }
            return "";
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
