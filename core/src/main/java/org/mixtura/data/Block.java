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
    private int @Nullable [] codes;
    private int codeOffset;

    /** A block that shows nothing yet. */
    public Block() {}

    /**
     * Points the block at other rows. For implementations of {@link Rows.Reader}.
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
        this.codes = null;
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
     * One value.
     *
     * @param row the row within the block, from 0
     * @param column the column, from 0
     * @return the value
     */
    public double get(int row, int column) {
        return values[offset + row * dimension + column];
    }
}
