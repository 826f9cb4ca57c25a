package org.mixtura.entropy;

/**
 * The expansion of −ln p in shifted Legendre polynomials of p/a, a ≥ max p, averaged:
 *
 * <p>H_N = 1 − ln a + Σ_{n=1}^N (−1)ⁿ (2n + 1)/(n(n + 1)) e_n, e_n = E[P*_n(p/a)] = Σ_k (−1)^{n+k} (n + k)!/((n − k)! k!²)
 * u_k, u_k = E[(p/a)ᵏ].
 *
 * <p>(The coefficients b_n = ∫₀¹ P*_n(t) ln(a t) dt of the published double sum are b_0 = ln a − 1 and b_n = (−1)^{n+1}/(n(n
 * + 1)).) The sums of e_n cancel: their terms grow like 5.83ⁿ, so that rounding overtakes truncation near order 18 in double
 * and 45 in double-double arithmetic. Not monotone in N and no bound.
 */
final class LegendreSeries {
    private LegendreSeries() {}

    /** The values about a cut-off of logarithm ln a from the moments u_0, …, u_N. */
    static PartialSums of(double logCutoff, DoubleDouble[] u) {
        DoubleDouble[] values = new DoubleDouble[u.length];
        values[0] = DoubleDouble.ONE.minus(DoubleDouble.of(logCutoff));
        double amplification = 0;
        for (int n = 1; n < u.length; n++) {
            DoubleDouble[] coefficients = Binomials.legendre(n);
            DoubleDouble sum = DoubleDouble.ZERO;
            double absolute = 0;
            for (int k = 0; k <= n; k++) {
                // (−1)ⁿ of the series and (−1)^{n+k} of the polynomial
                DoubleDouble term = coefficients[k].times(u[k]);
                sum = (k & 1) == 0 ? sum.plus(term) : sum.minus(term);
                absolute += term.hi();
            }
            DoubleDouble divisor = DoubleDouble.of((double) n * (n + 1));
            values[n] = values[n - 1].plus(sum.times(2.0 * n + 1).dividedBy(divisor));
            amplification += absolute * (2.0 * n + 1) / divisor.hi();
        }
        return new PartialSums(values, amplification);
    }
}
