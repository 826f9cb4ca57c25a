package org.mixtura.integration;

import org.mixtura.linalg.Cholesky;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;

/**
 * The integrals over two Gaussians p = N(m, S) and q = N(n, T) of d columns that have closed forms. All cost O(d³).
 */
public final class GaussianPair {
    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    private GaussianPair() {}

    /**
     * The logarithm of the inner product, ln ∫ p q = ln N(m; n, S + T).
     *
     * @param p a Gaussian
     * @param q a Gaussian of the same dimension
     * @return nats
     */
    public static double logInnerProduct(Gaussian p, Gaussian q) {
        double[] lower = factorOfSum(p.covariance(), q.covariance());
        int d = p.dimension();
        return -0.5 * (d * LOG_TWO_PI + Cholesky.logDeterminant(lower, d) + squaredNorm(lower, difference(p, q)));
    }

    /**
     * The Bhattacharyya distance −ln ∫ √(p q) = ⅛ (m − n)ᵀ M⁻¹ (m − n) + ½ ln(det M / √(det S det T)), M = (S + T)/2.
     *
     * @param p a Gaussian
     * @param q a Gaussian of the same dimension
     * @return nats, not negative; 0 if both are equal
     */
    public static double bhattacharyya(Gaussian p, Gaussian q) {
        if (p.equals(q)) {
            return 0;
        }
        int d = p.dimension();
        double[] lower = factorOfSum(p.covariance(), q.covariance());
        // det M = 2^−d det(S + T) and M⁻¹ = 2 (S + T)⁻¹
        double logRatio = Cholesky.logDeterminant(lower, d)
                - d * Math.log(2)
                - 0.5 * (p.covariance().logDeterminant() + q.covariance().logDeterminant());
        return Math.max(0, 0.25 * squaredNorm(lower, difference(p, q)) + 0.5 * logRatio);
    }

    /**
     * The Kullback–Leibler divergence ∫ p ln(p/q) = ½ [tr(T⁻¹S) − d + (m − n)ᵀ T⁻¹ (m − n) + ln(det T / det S)].
     *
     * @param p a Gaussian
     * @param q a Gaussian of the same dimension
     * @return nats, not negative; 0 if both are equal
     */
    public static double kullbackLeibler(Gaussian p, Gaussian q) {
        if (p.equals(q)) {
            return 0;
        }
        // With T = L Lᵀ, S = N Nᵀ and the triangular W = L⁻¹N: tr(T⁻¹S) = Σ W_ij² and ln(det T/det S) = −2 Σ ln W_jj.
        double sum = 0;
        for (int j = 0; j < p.dimension(); j++) {
            double[] column = q.covariance().whiten(column(p.covariance(), j));
            for (int i = j + 1; i < column.length; i++) {
                sum += column[i] * column[i];
            }
            sum += (column[j] - 1) * (column[j] + 1) - 2 * Math.log(column[j]);
        }
        return Math.max(0, 0.5 * (sum + q.covariance().mahalanobisSquared(p.mean(), q.mean())));
    }

    /** Column j of the triangular factor of a covariance. */
    static double[] column(Covariance covariance, int j) {
        double[] unit = new double[covariance.dimension()];
        unit[j] = 1;
        return covariance.unwhiten(unit);
    }

    private static double[] factorOfSum(Covariance s, Covariance t) {
        double[] sum = s.lowerTriangle();
        double[] other = t.lowerTriangle();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other[i];
        }
        return Cholesky.factor(sum, s.dimension());
    }

    private static double[] difference(Gaussian p, Gaussian q) {
        double[] difference = p.mean();
        for (int j = 0; j < difference.length; j++) {
            difference[j] -= q.mean(j);
        }
        return difference;
    }

    private static double squaredNorm(double[] lower, double[] v) {
        double sum = 0;
        for (double y : Cholesky.solveLower(lower, v)) {
            sum += y * y;
        }
        return sum;
    }
}
