package org.mixtura.entropy;

import java.util.ArrayList;
import java.util.List;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.testing.Golden;

/** Mixtures for tests. */
public final class Mixtures {
    private Mixtures() {}

    /** From an object with weights, means and covariances. */
    public static GaussianMixture of(Golden node) {
        return of(
                node.get("weights").vector(),
                node.get("means").matrix(),
                node.get("covariances").matrices());
    }

    public static GaussianMixture of(double[] weights, double[][] means, double[][][] covariances) {
        List<Gaussian> components = new ArrayList<>();
        for (int k = 0; k < weights.length; k++) {
            components.add(Gaussian.of(means[k], Covariance.full(covariances[k])));
        }
        return GaussianMixture.of(weights, components);
    }
}
