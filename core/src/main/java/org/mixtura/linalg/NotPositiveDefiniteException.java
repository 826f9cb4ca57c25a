package org.mixtura.linalg;

/** A symmetric matrix has no Cholesky factor: one of its pivots is not a positive finite number. */
public final class NotPositiveDefiniteException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final int pivot;
    private final double value;

    NotPositiveDefiniteException(int pivot, double value) {
        super("not positive definite (pivot " + pivot + " is " + value + ")");
        this.pivot = pivot;
        this.value = value;
    }

    /** {@return the row of the first bad pivot, from 0} */
    public int pivot() {
        return pivot;
    }

    /** {@return the bad pivot itself: zero, negative, infinite or NaN} */
    public double value() {
        return value;
    }
}
