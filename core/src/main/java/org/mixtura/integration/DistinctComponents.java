package org.mixtura.integration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/** The same density from as few components as can be seen at once. */
public final class DistinctComponents {
    private DistinctComponents() {}

    /**
     * The mixture without its components of weight 0, and with equal components merged into one.
     *
     * <p>Neither changes the density; both make every integral cheaper and a mixture that is one Gaussian in disguise
     * exact.
     *
     * @param mixture any mixture
     * @return the same density, each component of positive weight and different from the others; columns keep their names
     */
    public static GaussianMixture of(GaussianMixture mixture) {
        Map<Gaussian, Double> weights = new LinkedHashMap<>();
        for (int k = 0; k < mixture.size(); k++) {
            if (mixture.weight(k) > 0) {
                weights.merge(mixture.component(k), mixture.weight(k), Double::sum);
            }
        }
        return weights.size() == mixture.size() ? mixture : of(weights, mixture);
    }

    private static GaussianMixture of(Map<Gaussian, Double> weights, GaussianMixture like) {
        double[] values = weights.values().stream().mapToDouble(w -> w).toArray();
        return GaussianMixture.of(values, List.copyOf(weights.keySet())).named(like.columns());
    }

    /**
     * The mixture ½ f + ½ g, with the components of f before those of g.
     *
     * @param f a mixture
     * @param g a mixture of as many columns; its covariances may be of another kind
     * @return the K_f + K_g components with half their weights
     */
    public static GaussianMixture pooled(GaussianMixture f, GaussianMixture g) {
        double[] weights = new double[f.size() + g.size()];
        List<Gaussian> components = new ArrayList<>();
        // One kind of covariance for all: the mixture's rule.
        boolean alike = f.component(0).covariance().structure()
                == g.component(0).covariance().structure();
        for (int k = 0; k < weights.length; k++) {
            GaussianMixture from = k < f.size() ? f : g;
            int index = k < f.size() ? k : k - f.size();
            Gaussian component = from.component(index);
            weights[k] = 0.5 * from.weight(index);
            components.add(alike ? component : full(component));
        }
        return GaussianMixture.of(weights, components);
    }

    private static Gaussian full(Gaussian component) {
        return Gaussian.of(
                component.mean(), Covariance.full(component.covariance().lowerTriangle(), component.dimension()));
    }
}
