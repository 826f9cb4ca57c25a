package org.mixtura.special;

import org.apache.commons.numbers.gamma.LogGamma;

/**
 * The multivariate gamma function Γ_d(x) = π^{d(d−1)/4} Π_{i=0}^{d−1} Γ(x − i/2), the normaliser of Wishart distributions,
 * defined for x &gt; (d − 1)/2.
 */
public final class MultivariateGamma {
    private static final double LOG_PI = Math.log(Math.PI);

    private MultivariateGamma() {}

    /**
     * ln Γ_d(x).
     *
     * @param x more than (d − 1)/2
     * @param d the dimension, at least 1
     * @return the logarithm
     */
    public static double log(double x, int d) {
        double sum = d * (d - 1) / 4.0 * LOG_PI;
        for (int i = 0; i < d; i++) {
            sum += LogGamma.value(x - i / 2.0);
        }
        return sum;
    }

    /**
     * ψ_d(x) = d ln Γ_d(x) / dx = Σ_{i=0}^{d−1} ψ(x − i/2).
     *
     * @param x more than (d − 1)/2
     * @param d the dimension, at least 1
     * @return the logarithmic derivative
     */
    public static double digamma(double x, int d) {
        double sum = 0;
        for (int i = 0; i < d; i++) {
            sum += Digamma.value(x - i / 2.0);
        }
        return sum;
    }
}
