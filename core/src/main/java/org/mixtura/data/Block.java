package org.mixtura.data;

import org.jspecify.annotations.Nullable;

/**
 * A window on consecutive rows, lent by a {@link Rows.Reader} until its next read.
 *
 * <p>Row {@code i} of the block, column {@code j}, is {@code values()[offset() + i * dimension() + j]}; its weight is
 * {@link #weight(int)}. A block is reused and never changed by its reader's user.
 */
public final class Block {
    private double[] values = new double[0];
    private int offset;
    private int count;
    private int dimension;
    private double @Nullable [] weights;
    private int weightOffset;
    private double @Nullable [] covariances;
    private int covarianceOffset;
    private int covarianceSize;
    private int covarianceStep;
    private int @Nullable [] codes;
    private int codeOffset;

    /** A block that shows nothing yet. */
    public Block() {}

    /**
     * Points the block at other rows, which have no covariance of their own. For implementations of {@link Rows.Reader}.
     *
     * @param values an array that holds the rows, row by row
     * @param offset where the first row starts in {@code values}
     * @param count the number of rows
     * @param dimension the number of columns
     * @param weights an array that holds the rows' weights, or null if each row counts once
     * @param weightOffset where the first row's weight stands in {@code weights}
     */
    public void show(
            double[] values, int offset, int count, int dimension, double @Nullable [] weights, int weightOffset) {
        this.values = values;
        this.offset = offset;
        this.count = count;
        this.dimension = dimension;
        this.weights = weights;
        this.weightOffset = weightOffset;
        this.covariances = null;
        this.covarianceSize = 0;
        this.codes = null;
    }

    /**
     * Points the block at the rows that another one shows now, with all that goes with them. For implementations of {@link
     * Rows.Reader}.
     *
     * @param other the other block
     */
    public void showAs(Block other) {
        show(other.values, other.offset, other.count, other.dimension, other.weights, other.weightOffset);
        showCovariancesOf(other);
        showCodesOf(other);
    }

    /**
     * Gives the rows the covariances of those that another block shows, if they have any. For implementations of {@link
     * Rows.Reader}.
     *
     * @param other a block of as many rows of the same columns
     */
    public void showCovariancesOf(Block other) {
        this.covariances = other.covariances;
        this.covarianceOffset = other.covarianceOffset;
        this.covarianceSize = other.covarianceSize;
        this.covarianceStep = other.covarianceStep;
    }

    /**
     * Gives the rows covariances. For implementations of {@link Rows.Reader}.
     *
     * @param elements an array that holds them: d variances, or d(d+1)/2 elements of a lower triangle, row by row
     * @param at where the first one starts
     * @param size how many numbers each has
     * @param step how far apart they are: 0 if all rows have the same
     */
    public void showCovariances(double[] elements, int at, int size, int step) {
        this.covariances = elements;
        this.covarianceOffset = at;
        this.covarianceSize = size;
        this.covarianceStep = step;
    }

    /**
     * Gives the rows that are shown codes, until other rows are. For implementations of {@link Rows.Reader}.
     *
     * @param rowCodes an array that holds the codes
     * @param firstCode where the first row's code stands in it
     */
    void showCodes(int[] rowCodes, int firstCode) {
        this.codes = rowCodes;
        this.codeOffset = firstCode;
    }

    /**
     * Gives the rows that are shown the codes of others, if those have any. For implementations of {@link Rows.Reader} that change
     * rows on the way.
     *
     * @param other as many rows
     */
    public void showCodesOf(Block other) {
        this.codes = other.codes;
        this.codeOffset = other.codeOffset;
    }

    /** {@return the array that holds the rows; not to be changed} */
    public double[] values() {
        return values;
    }

    /** {@return where the first row starts in {@link #values()}} */
    public int offset() {
        return offset;
    }

    /** {@return the number of rows} */
    public int count() {
        return count;
    }

    /** {@return the number of columns} */
    public int dimension() {
        return dimension;
    }

    /** {@return whether the rows have weights; if not, each weighs 1} */
    public boolean weighted() {
        return weights != null;
    }

    /**
     * The weight of a row.
     *
     * @param row the row within the block, from 0
     * @return its weight, 1 if the rows have none
     */
    public double weight(int row) {
        return weights == null ? 1 : weights[weightOffset + row];
    }

    /** {@return whether rows carry codes; if not, each has code 0} */
    public boolean coded() {
        return codes != null;
    }

    /**
     * What a row is marked with, as {@link CodedRows} says.
     *
     * @param row the row within the block, from 0
     * @return its code, 0 if the rows have none
     */
    public int code(int row) {
        return codes == null ? 0 : codes[codeOffset + row];
    }

    /**
     * How many values of a row are missing, where NaN stands for one that is.
     *
     * @param row the row within the block, from 0
     * @return the number of its values that are NaN
     */
    public int gaps(int row) {
        int gaps = 0;
        for (int j = 0; j < dimension; j++) {
            gaps += Double.isNaN(get(row, j)) ? 1 : 0;
        }
        return gaps;
    }

    /**
     * One value.
     *
     * @param row the row within the block, from 0
     * @param column the column, from 0
     * @return the value
     */
    public double get(int row, int column) {
        return values[offset + row * dimension + column];
    }

    /**
     * How many numbers the covariance of a row has: 0 if rows have none, d variances of independent columns, or the d(d+1)/2
     * elements of a lower triangle, row by row. What it stands for is {@link Rows#rowCovariance}.
     *
     * @return 0, d or d(d+1)/2
     */
    public int covarianceSize() {
        return covarianceSize;
    }

    /** {@return whether all rows of the block are known to have the same covariance} */
    public boolean sameCovariance() {
        return covarianceStep == 0;
    }

    /**
     * One number of the covariance of a row.
     *
     * @param row the row within the block, from 0
     * @param element which of its {@link #covarianceSize} numbers, from 0
     * @return the number
     */
    public double covariance(int row, int element) {
        return covariances == null ? 0 : covariances[covarianceOffset + row * covarianceStep + element];
    }

    /**
     * Gives another block the covariances of some rows and columns of this one, if rows have any.
     *
     * @param rows the rows within this block, as many as the other one shows
     * @param columns the columns, in the order of the other block's
     * @param room an array to keep them in
     * @param into the other block
     * @return the array that keeps them, which is a larger one if there was no room
     */
    public double[] copyCovariances(int[] rows, int[] columns, double[] room, Block into) {
        if (covarianceSize == 0) {
            return room;
        }
        int d = columns.length;
        boolean variances = covarianceSize == dimension;
        int size = variances ? d : d * (d + 1) / 2;
        int copies = sameCovariance() ? 1 : rows.length;
        double[] elements = room.length < copies * size ? new double[copies * size] : room;
        int at = 0;
        for (int r = 0; r < copies; r++) {
            for (int i = 0; i < d; i++) {
                for (int j = variances ? i : 0; j <= i; j++) {
                    int a = Math.max(columns[i], columns[j]);
                    int b = Math.min(columns[i], columns[j]);
                    elements[at] = covariance(rows[r], variances ? a : a * (a + 1) / 2 + b);
                    at++;
                }
            }
        }
        into.showCovariances(elements, 0, size, sameCovariance() ? 0 : size);
        return elements;
    }
}
