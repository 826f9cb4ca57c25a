package org.mixtura.entropy;

/**
 * The expansion of −ln p about the cut-off a, averaged: T_N = −ln a + Σ_{n=1}^N E[(1 − p/a)ⁿ]/n, with E[(1 − p/a)ⁿ] = Σ_k
 * (−1)ᵏ C(n, k) u_k.
 *
 * <p>For a ≥ max p every term is positive: T_N rises and stays below the entropy, a certified lower bound. Its error falls
 * only like (ln N)^{d/2−1}/N. Rounding grows like 2^N.
 */
final class TaylorSeries {
    private TaylorSeries() {}

    /** The values about a cut-off of logarithm ln a from the moments u_0, …, u_N. */
    static PartialSums of(double logCutoff, DoubleDouble[] u) {
        DoubleDouble[] values = new DoubleDouble[u.length];
        values[0] = DoubleDouble.of(-logCutoff);
        double amplification = 0;
        for (int n = 1; n < u.length; n++) {
            Term term = Term.of(n, u);
            values[n] = values[n - 1].plus(term.value.dividedBy(DoubleDouble.of(n)));
            amplification += term.absolute / n;
        }
        return new PartialSums(values, amplification);
    }

    /**
     * E[(1 − p/a)ⁿ].
     *
     * @param value the sum
     * @param absolute the sum of the absolute terms
     */
    record Term(DoubleDouble value, double absolute) {
        static Term of(int n, DoubleDouble[] u) {
            DoubleDouble[] coefficients = Binomials.row(n);
            DoubleDouble sum = DoubleDouble.ZERO;
            double absolute = 0;
            for (int k = 0; k <= n; k++) {
                DoubleDouble term = coefficients[k].times(u[k]);
                sum = (k & 1) == 0 ? sum.plus(term) : sum.minus(term);
                absolute += term.hi();
            }
            return new Term(sum, absolute);
        }
    }
}
