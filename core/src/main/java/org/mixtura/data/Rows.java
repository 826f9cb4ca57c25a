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
        if (dimension < 1) {
            throw new IllegalArgumentException("rows without columns (dimension " + dimension + ")");
        }
        if (rowMajor.length == 0 || rowMajor.length % dimension != 0) {
            throw new IllegalArgumentException(
                    rowMajor.length + " values do not make one or more rows of " + dimension + " columns");
        }
        List<String> names =
                IntStream.range(0, dimension).mapToObj(j -> "x" + j).toList();
        return new MemoryRows(rowMajor, dimension, names, null);
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
