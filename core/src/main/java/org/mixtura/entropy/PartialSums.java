package org.mixtura.entropy;

/** A series' values at orders 0, …, N and how much more than the moments rounding may have moved the last of them. */
final class PartialSums {
    private final DoubleDouble[] values;
    private final double amplification;

    /** Takes the values over. */
    PartialSums(DoubleDouble[] values, double amplification) {
        this.values = values;
        this.amplification = amplification;
    }

    /** Nats, by order. */
    DoubleDouble[] values() {
        return values;
    }

    /** The value at the highest order. */
    DoubleDouble last() {
        return values[values.length - 1];
    }

    /** The relative error of the moments times this is the error of the last value. */
    double amplification() {
        return amplification;
    }
}
