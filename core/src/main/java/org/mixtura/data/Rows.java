package org.mixtura.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A table of numbers that can be read any number of times: n rows, d named columns, an optional weight per row.
 *
 * <p>A weight says how many times a row counts: weight 2 is the row twice, weight 0 the row not at all. Rows may lie in
 * memory, in a file or anywhere else; whoever reads them sees blocks of doubles. Implementations must give the same
 * values at every read and allow several readers at once.
 */
public interface Rows {
    /** {@return the number of rows, n} */
    long count();

    /** {@return the number of columns, d} */
    int dimension();

    /** {@return the names of the columns, d of them} */
    List<String> columns();

    /** {@return whether rows have weights; if not, each weighs 1} */
    boolean weighted();

    /**
     * {@return whether NaN stands for a value that is missing; if not, NaN is refused as any number that is not finite. See
     * {@link #withGaps}}
     */
    default boolean gapped() {
        return false;
    }

    /** {@return what the covariance means that each row has of its own; none if rows are points} */
    default RowCovariance rowCovariance() {
        return RowCovariance.NONE;
    }

    /**
     * {@return whether rows are values and weights alone, and any of them is read as quickly as the next one; if not, who would take
     * them in another order does without}
     */
    default boolean atHand() {
        return false;
    }

    /** {@return a new reader, for one thread} */
    Reader reader();

    /** Reads blocks of rows; confined to one thread. */
    interface Reader extends AutoCloseable {
        /**
         * Shows some consecutive rows.
         *
         * @param first the first row, from 0
         * @param count how many rows
         * @return the rows, valid until the next call
         * @throws IndexOutOfBoundsException if there are no such rows
         */
        Block read(long first, int count);

        @Override
        default void close() {}
    }

    /**
     * Rows in memory, copied from an array of rows; the columns are called x0, x1, ….
     *
     * @param rows n rows of d values
     * @return the rows
     * @throws IllegalArgumentException if there is no row or no column or the rows differ in length
     */
    static Rows of(double[]... rows) {
        return of(Matrix.of(rows));
    }

    /**
     * The rows of a matrix; the columns are called x0, x1, ….
     *
     * @param matrix n × d
     * @return the rows
     * @throws IllegalArgumentException if there is no row or no column
     */
    static Rows of(Matrix matrix) {
        return owning(matrix.toRowMajor(), matrix.columns());
    }

    /**
     * Rows over an array that is <em>not</em> copied: the caller hands it over and must not change it again. The columns
     * are called x0, x1, ….
     *
     * @param rowMajor the values, row by row, n · d of them
     * @param dimension the number of columns, d
     * @return the rows
     * @throws IllegalArgumentException if there is no row or no column, or the values do not fill whole rows
     */
    static Rows owning(double[] rowMajor, int dimension) {
        checkShape(rowMajor.length, dimension);
        return new MemoryRows(rowMajor, dimension, numbered(dimension), null);
    }

    /**
     * Rows over an array of floats, half the memory of doubles; the array is <em>not</em> copied: the caller hands it over and
     * must not change it again. The columns are called x0, x1, ….
     *
     * <p>Floats become doubles block by block, which is exact, and everything is computed and summed in doubles: results are
     * those of the same numbers kept as doubles, to the last bit.
     *
     * @param rowMajor the values, row by row, n · d of them
     * @param dimension the number of columns, d
     * @return the rows
     * @throws IllegalArgumentException if there is no row or no column, or the values do not fill whole rows
     */
    static Rows owning(float[] rowMajor, int dimension) {
        checkShape(rowMajor.length, dimension);
        return new FloatRows(rowMajor, dimension, numbered(dimension), null);
    }

    /**
     * A copy of the rows in memory with each value rounded to a float: half the memory of doubles.
     *
     * <p>Rounding changes a value by at most 2⁻²⁴ (6e-8) of itself; all that is computed from the rows is computed in doubles.
     * So a column loses what matters only if it lies far from zero next to its spread: at 1,000 standard deviations from zero
     * the rounding is 6e-5 of a standard deviation, at a million 6 %. Subtract a constant from such columns first.
     *
     * @return the rounded rows, with the same names and weights
     * @throws IllegalArgumentException if a finite value is beyond the range of a float, or the values are more than an array
     *     holds, or if rows have a covariance of their own
     */
    default Rows inSinglePrecision() {
        if (rowCovariance() != RowCovariance.NONE) {
            throw new IllegalArgumentException(
                    "rows with a covariance of their own are not rounded to floats; round them before they get it");
        }
        Rows rounded = FloatRows.copyOf(this);
        return gapped() ? rounded.withGaps() : rounded;
    }

    /**
     * The same rows, in which NaN stands for a value that is missing rather than for a mistake.
     *
     * <p>What fits, scores or completes such rows takes the gaps as missing at random: whether a value is missing may depend on
     * the values that are there, not on the missing one itself. A row without any value says nothing and counts for nothing.
     *
     * @return the rows with gaps; themselves if they are such rows already
     */
    default Rows withGaps() {
        return gapped() ? this : new GappedRows(this);
    }

    /**
     * Rows each of which stands for many that are spread about it: their mean, with the covariance among them: cells,
     * summaries of the parts of a table ({@link RowCovariance#SPREAD}). A weight says for how many.
     *
     * <p>For rows z of mean x and covariance C, in place of ln Σ_k exp s_k(z) of each there is ln Σ_k exp(s_k(x) − ½ tr(Σ_k⁻¹ C)): by
     * Jensen's inequality no more than the mean over the rows, and equal to it where all rows behind one belong to the same
     * component. So the log-likelihood of these rows is a lower bound of that of the rows behind them, and fits maximise the bound
     * (Verbeek, Nunnink &amp; Vlassis 2006, <a href="https://doi.org/10.1007/s10618-005-0033-3">doi:10.1007/s10618-005-0033-3</a>).
     *
     * @param covariances C for each row, or one for all
     * @return the rows with that spread
     * @throws IllegalArgumentException if the numbers of rows or columns do not fit, or rows have a covariance of their own already
     */
    default Rows withSpread(RowCovariances covariances) {
        return new CovariantRows(this, RowCovariance.SPREAD, covariances);
    }

    /**
     * Rows that were measured with Gaussian errors of known covariance ({@link RowCovariance#ERROR}): each is a true row v and an
     * error, x = v + N(0, S).
     *
     * <p>Fits find the mixture of the true rows ("extreme deconvolution"; Bovy, Hogg &amp; Roweis 2011, <a
     * href="https://doi.org/10.1214/10-AOAS439">doi:10.1214/10-AOAS439</a>), by EM over the density N(x; μ_k, Σ_k + S) and the moments
     * of v given x. A mixture scores such rows by the density of what was seen. Without errors, S = 0, all is as it is for points, to
     * the bit.
     *
     * @param covariances S for each row, or one for all
     * @return the rows with these errors
     * @throws IllegalArgumentException if the numbers of rows or columns do not fit, or rows have a covariance of their own already
     */
    default Rows withErrors(RowCovariances covariances) {
        return new CovariantRows(this, RowCovariance.ERROR, covariances);
    }

    private static void checkShape(int values, int dimension) {
        if (dimension < 1) {
            throw new IllegalArgumentException("rows without columns (dimension " + dimension + ")");
        }
        if (values == 0 || values % dimension != 0) {
            throw new IllegalArgumentException(
                    values + " values do not make one or more rows of " + dimension + " columns");
        }
    }

    private static List<String> numbered(int dimension) {
        return IntStream.range(0, dimension).mapToObj(j -> "x" + j).toList();
    }

    /**
     * The same rows under other column names.
     *
     * @param columns d different names
     * @return the renamed rows
     * @throws IllegalArgumentException if there are not d names or two are the same
     */
    default Rows named(List<String> columns) {
        return new RelabelledRows(this, columns, null);
    }

    /**
     * The same rows with weights, in place of any they had.
     *
     * @param weights n numbers, finite and not negative, not all zero, of a finite sum; copied
     * @return the weighted rows
     * @throws IllegalArgumentException if the weights break these rules
     */
    default Rows weighted(double[] weights) {
        return new RelabelledRows(
                this, columns(), checkWeights(weights, count()).clone());
    }

    /**
     * Some of the columns, in any order, with the same weights.
     *
     * @param columns one or more different names
     * @return the rows of these columns
     * @throws IllegalArgumentException if there is no name, no such column, or a name is given twice
     */
    default Rows select(List<String> columns) {
        return new SelectedRows(this, columns);
    }

    /**
     * Checks the rules for weights.
     *
     * @param weights the weights
     * @param count how many there must be
     * @return the weights
     * @throws IllegalArgumentException if there are not {@code count} weights, one is negative or not finite, all are
     *     zero, or their sum is not finite
     */
    static double[] checkWeights(double[] weights, long count) {
        if (weights.length != count) {
            throw new IllegalArgumentException(weights.length + " weights for " + count + " rows");
        }
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            if (!(weights[i] >= 0 && weights[i] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "weight of row " + i + " is " + weights[i] + "; a weight is finite and not negative");
            }
            sum += weights[i];
        }
        if (!(sum > 0)) {
            throw new IllegalArgumentException("all " + count + " weights are zero; at least one row must count");
        }
        if (!(sum < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "the weights sum to " + sum + ", beyond the range of a double; divide them by a constant");
        }
        return weights;
    }

    /**
     * Checks the rules for column names.
     *
     * @param columns the names
     * @param dimension how many there must be
     * @return an unmodifiable copy
     * @throws IllegalArgumentException if there are not {@code dimension} names or two are the same
     */
    static List<String> checkColumns(List<@Nullable String> columns, int dimension) {
        if (columns.size() != dimension) {
            throw new IllegalArgumentException(columns.size() + " column names for " + dimension + " columns");
        }
        List<String> names = new ArrayList<>(dimension);
        for (String name : columns) {
            if (name == null) {
                throw new IllegalArgumentException("column " + names.size() + " has no name");
            }
            if (names.contains(name)) {
                throw new IllegalArgumentException("column name \"" + name + "\" is given twice");
            }
            names.add(name);
        }
        return List.copyOf(names);
    }
}
