package org.mixtura.fit;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.mixtura.mixture.GaussianMixture;

/**
 * Coordinates of mixtures whose covariances have something in common that a straight line through them does not keep: those of
 * any mixtures, and from a point the way back to the nearest mixture of the structure.
 *
 * @param any coordinates of mixtures whose covariances need have nothing in common
 * @param back the mixture of the structure that is nearest to a mixture
 */
record Projection(Squarem.Coordinates<GaussianMixture> any, UnaryOperator<GaussianMixture> back)
        implements Squarem.Coordinates<GaussianMixture> {
    @Override
    public Optional<double[]> of(GaussianMixture mixture) {
        return any.of(mixture);
    }

    @Override
    public GaussianMixture at(double[] point, GaussianMixture like) {
        try {
            return back.apply(any.at(point, like));
        } catch (CollapseException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
