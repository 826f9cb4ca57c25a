package org.mixtura.entropy;

import java.math.BigInteger;

/** Whole-number coefficients of the series, exact up to 106 bits. */
final class Binomials {
    private Binomials() {}

    /** C(n, k) for k = 0, …, n. */
    static DoubleDouble[] row(int n) {
        DoubleDouble[] row = new DoubleDouble[n + 1];
        BigInteger value = BigInteger.ONE;
        for (int k = 0; k <= n; k++) {
            row[k] = DoubleDouble.of(value);
            value = value.multiply(BigInteger.valueOf(n - k)).divide(BigInteger.valueOf(k + 1));
        }
        return row;
    }

    /** (n + k)!/((n − k)! k!²) = C(n, k) C(n + k, k) for k = 0, …, n: the shifted Legendre polynomial P*_n, unsigned. */
    static DoubleDouble[] legendre(int n) {
        DoubleDouble[] row = new DoubleDouble[n + 1];
        BigInteger value = BigInteger.ONE;
        for (int k = 0; k <= n; k++) {
            row[k] = DoubleDouble.of(value);
            BigInteger square = BigInteger.valueOf((long) (k + 1) * (k + 1));
            value = value.multiply(BigInteger.valueOf((long) (n + k + 1) * (n - k)))
                    .divide(square);
        }
        return row;
    }
}
