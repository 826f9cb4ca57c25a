package org.mixtura.integration;

import org.mixtura.linalg.Cholesky;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.GaussianMixture;

/**
 * What rounding may do to closed forms of Gaussians in double arithmetic: estimates, not strict bounds.
 *
 * <p>A matrix S whose elements are known to 2^−53 √(S_ii S_jj) has a log-determinant known to 2^−53 times its inflation Σ_ij
 * |(S⁻¹)_ij| √(S_ii S_jj): d without correlations, a few times the condition number for a needle.
 */
public final class Rounding {
    private static final double UNIT = 0x1p-53;

    private Rounding() {}

    /**
     * How much correlations enlarge rounding errors of a determinant.
     *
     * @param lower the factor L of a symmetric positive definite matrix S = L Lᵀ, packed
     * @param d the dimension
     * @return Σ_ij |(S⁻¹)_ij| √(S_ii S_jj), at least d
     */
    public static double inflation(double[] lower, int d) {
        double[] inverse = Cholesky.invert(lower, d);
        double[] root = new double[d];
        for (int i = 0; i < d; i++) {
            double element = 0;
            for (int j = 0; j <= i; j++) {
                element += square(lower[Packed.index(i, j)]);
            }
            root[i] = Math.sqrt(element);
        }
        double sum = 0;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                double ofInverse = 0;
                for (int m = i; m < d; m++) {
                    ofInverse += inverse[Packed.index(m, i)] * inverse[Packed.index(m, j)];
                }
                sum += (i == j ? 1 : 2) * Math.abs(ofInverse) * root[i] * root[j];
            }
        }
        return sum;
    }

    /**
     * The error of a mean log-determinant or entropy of the components.
     *
     * @param mixture the mixture
     * @return 2^−53 Σ_k π_k (6 d + 4 Σ_i |ln L_ii²| + the inflation of Σ_k), nats
     */
    public static double ofLogDeterminants(GaussianMixture mixture) {
        double sum = 0;
        for (int k = 0; k < mixture.size(); k++) {
            Covariance covariance = mixture.component(k).covariance();
            int d = covariance.dimension();
            double[] lower = covariance.lowerFactor();
            double logs = 0;
            for (int i = 0; i < d; i++) {
                logs += Math.abs(Math.log(square(lower[Packed.index(i, i)])));
            }
            sum += mixture.weight(k) * (6 * d + 4 * logs + inflation(lower, d));
        }
        return UNIT * sum;
    }

    /**
     * The relative error of squared Mahalanobis distances from any component.
     *
     * @param mixture the mixture
     * @return 2^−53 (8 + the largest inflation)
     */
    public static double ofDistances(GaussianMixture mixture) {
        double largest = 1;
        for (int k = 0; k < mixture.size(); k++) {
            Covariance covariance = mixture.component(k).covariance();
            largest = Math.max(largest, inflation(covariance.lowerFactor(), covariance.dimension()));
        }
        return UNIT * (8 + largest);
    }

    private static double square(double x) {
        return x * x;
    }
}
