package org.mixtura.entropy;

/** The numbers in which the moments of a series were computed. */
public enum Arithmetic {
    /** Doubles: 53 bits. */
    DOUBLE,
    /** Sums of two doubles: 106 bits, some 20 to 30 times slower. */
    DOUBLE_DOUBLE
}
