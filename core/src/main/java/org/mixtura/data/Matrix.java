package org.mixtura.data;

import java.util.Arrays;
import java.util.Objects;

/**
 * An immutable dense matrix of doubles, stored row by row.
 *
 * <p>Two matrices are equal when their shapes are equal and all their elements have the same bits.
 */
public final class Matrix {
    private final int rows;
    private final int columns;
    private final double[] values;

    private Matrix(int rows, int columns, double[] values) {
        this.rows = rows;
        this.columns = columns;
        this.values = values;
    }

    /**
     * A matrix with the given rows, which are copied.
     *
     * @param rows the rows, each of the same length
     * @return the matrix
     * @throws IllegalArgumentException if the rows differ in length
     */
    public static Matrix of(double[]... rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        double[] values = new double[Math.multiplyExact(rows.length, columns)];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != columns) {
                throw new IllegalArgumentException(
                        "row " + i + " has " + rows[i].length + " values, row 0 has " + columns);
            }
            System.arraycopy(rows[i], 0, values, i * columns, columns);
        }
        return new Matrix(rows.length, columns, values);
    }

    /**
     * A matrix with the given elements, which are copied.
     *
     * @param rows the number of rows
     * @param columns the number of columns
     * @param rowMajor the elements, {@code rows × columns}, row by row
     * @return the matrix
     * @throws IllegalArgumentException if the number of elements does not fit the shape
     */
    public static Matrix of(int rows, int columns, double[] rowMajor) {
        return owning(rows, columns, rowMajor.clone());
    }

    /**
     * A matrix over the given array, which is <em>not</em> copied: the caller hands it over and must not touch it again.
     * For results too large to hold twice.
     *
     * @param rows the number of rows
     * @param columns the number of columns
     * @param rowMajor the elements, {@code rows × columns}, row by row
     * @return the matrix
     * @throws IllegalArgumentException if the number of elements does not fit the shape
     */
    public static Matrix owning(int rows, int columns, double[] rowMajor) {
        if (rows < 0 || columns < 0 || (long) rows * columns != rowMajor.length) {
            throw new IllegalArgumentException(
                    rowMajor.length + " values do not fill a matrix of " + rows + " × " + columns);
        }
        return new Matrix(rows, columns, rowMajor);
    }

    /**
     * The identity matrix.
     *
     * @param size the number of rows and of columns
     * @return the matrix
     */
    public static Matrix identity(int size) {
        double[] values = new double[Math.multiplyExact(size, size)];
        for (int i = 0; i < size; i++) {
            values[i * size + i] = 1;
        }
        return new Matrix(size, size, values);
    }

    /** {@return the number of rows} */
    public int rows() {
        return rows;
    }

    /** {@return the number of columns} */
    public int columns() {
        return columns;
    }

    /**
     * One element.
     *
     * @param row the row, from 0
     * @param column the column, from 0
     * @return the element
     * @throws IndexOutOfBoundsException if there is no such row or column
     */
    public double get(int row, int column) {
        return values[row * columns + Objects.checkIndex(column, columns)];
    }

    /**
     * A copy of one row.
     *
     * @param row the row, from 0
     * @return the row's elements, one per column
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public double[] row(int row) {
        Objects.checkIndex(row, rows);
        return Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
    }

    /**
     * A copy of one column.
     *
     * @param column the column, from 0
     * @return the column's elements, one per row
     * @throws IndexOutOfBoundsException if there is no such column
     */
    public double[] column(int column) {
        Objects.checkIndex(column, columns);
        double[] copy = new double[rows];
        for (int i = 0; i < rows; i++) {
            copy[i] = get(i, column);
        }
        return copy;
    }

    /** {@return a copy as an array of rows} */
    public double[][] toRows() {
        double[][] copy = new double[rows][];
        for (int i = 0; i < rows; i++) {
            copy[i] = row(i);
        }
        return copy;
    }

    /** {@return a copy of the elements, row by row} */
    public double[] toRowMajor() {
        return values.clone();
    }

    /** {@return the transposed matrix} */
    public Matrix transpose() {
        double[] turned = new double[values.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                turned[j * rows + i] = values[i * columns + j];
            }
        }
        return new Matrix(columns, rows, turned);
    }

    /**
     * The product with another matrix.
     *
     * @param right the right factor, with as many rows as this matrix has columns
     * @return this · right
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public Matrix times(Matrix right) {
        if (columns != right.rows) {
            throw new IllegalArgumentException("cannot multiply a matrix of " + rows + " × " + columns + " by one of "
                    + right.rows + " × " + right.columns);
        }
        double[] product = new double[Math.multiplyExact(rows, right.columns)];
        for (int i = 0; i < rows; i++) {
            for (int m = 0; m < columns; m++) {
                double factor = values[i * columns + m];
                for (int j = 0; j < right.columns; j++) {
                    product[i * right.columns + j] += factor * right.values[m * right.columns + j];
                }
            }
        }
        return new Matrix(rows, right.columns, product);
    }

    /**
     * The product with a column vector.
     *
     * @param vector one value per column
     * @return this · vector, one value per row
     * @throws IllegalArgumentException if the vector's length is not the number of columns
     */
    public double[] times(double[] vector) {
        if (vector.length != columns) {
            throw new IllegalArgumentException(
                    "cannot multiply a matrix of " + rows + " × " + columns + " by " + vector.length + " values");
        }
        double[] product = new double[rows];
        for (int i = 0; i < rows; i++) {
            double sum = 0;
            for (int j = 0; j < columns; j++) {
                sum += values[i * columns + j] * vector[j];
            }
            product[i] = sum;
        }
        return product;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Matrix matrix
                && rows == matrix.rows
                && columns == matrix.columns
                && Arrays.equals(values, matrix.values);
    }

    @Override
    public int hashCode() {
        return 31 * rows + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.deepToString(toRows());
    }
}
