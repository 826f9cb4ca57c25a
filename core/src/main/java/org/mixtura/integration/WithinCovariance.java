package org.mixtura.integration;

import java.util.List;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;

/** The mean covariance of a mixture's components, Σ_k π_k Σ_k: the scale of its details, as its own covariance is of the whole. */
public final class WithinCovariance {
    private WithinCovariance() {}

    /**
     * The mean covariance.
     *
     * @param weights π, K values that sum to one
     * @param components K Gaussians of one dimension
     * @return Σ_k π_k Σ_k, a full covariance
     */
    public static Covariance of(double[] weights, List<Gaussian> components) {
        int d = components.get(0).dimension();
        double[] sum = new double[Packed.size(d)];
        for (int k = 0; k < weights.length; k++) {
            double[] triangle = components.get(k).covariance().lowerTriangle();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += weights[k] * triangle[i];
            }
        }
        return Covariance.full(sum, d);
    }
}
