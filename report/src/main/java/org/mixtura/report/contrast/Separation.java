package org.mixtura.report.contrast;

import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/**
 * How far apart two Gaussians are, in standard deviations: √(8 D_B) with the Bhattacharyya distance
 *
 * <pre>  D_B = ⅛ δᵀ Σ̄⁻¹ δ + ½ (ln det Σ̄ − ½ ln det Σ₀ − ½ ln det Σ₁),   δ = μ₁ − μ₀,   Σ̄ = (Σ₀ + Σ₁) / 2.</pre>
 *
 * <p>For equal covariances it is the Mahalanobis distance of the means; else the distance at which two Gaussians of equal
 * covariances would overlap as little, so that a narrow component within a wide one counts as separate to the degree that it
 * is. The Bayes error of the two at equal weights is at most ½ exp(−D_B): 0.30 at distance 2, 0.07 at 4, 0.006 at 6.
 * Bhattacharyya 1943; Kailath 1967, <a href="https://doi.org/10.1109/TCOM.1967.1089532">doi:10.1109/TCOM.1967.1089532</a>.
 */
public final class Separation {
    private Separation() {}

    /**
     * The separation of two Gaussians.
     *
     * @param a N(μ₀, Σ₀)
     * @param b N(μ₁, Σ₁) over the same columns
     * @return √(8 D_B), at least 0
     */
    public static double between(Gaussian a, Gaussian b) {
        Covariance middle = middle(a.covariance(), b.covariance());
        double logDeterminants =
                0.5 * (a.covariance().logDeterminant() + b.covariance().logDeterminant());
        double square = middle.mahalanobisSquared(a.mean(), b.mean()) + 4 * (middle.logDeterminant() - logDeterminants);
        return Math.sqrt(Math.max(0, square));
    }

    private static Covariance middle(Covariance a, Covariance b) {
        if (a == b) {
            return a;
        }
        double[] sum = a.lowerTriangle();
        double[] other = b.lowerTriangle();
        for (int i = 0; i < sum.length; i++) {
            sum[i] = 0.5 * sum[i] + 0.5 * other[i];
        }
        return Covariance.full(sum, a.dimension());
    }

    /**
     * The separations of the components of a mixture from each other.
     *
     * @param mixture K components
     * @return K × K, symmetric, zeros on the diagonal
     */
    public static double[][] within(GaussianMixture mixture) {
        int size = mixture.size();
        double[][] separations = new double[size][size];
        for (int k = 0; k < size; k++) {
            for (int l = 0; l < k; l++) {
                separations[k][l] = between(mixture.component(k), mixture.component(l));
                separations[l][k] = separations[k][l];
            }
        }
        return separations;
    }
}
