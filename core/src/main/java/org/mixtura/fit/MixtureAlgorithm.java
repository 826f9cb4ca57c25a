package org.mixtura.fit;

import java.util.List;
import org.mixtura.mixture.GaussianMixture;

/**
 * The algorithm of a kind of mixture that {@link Em} fits: of Gaussians, or of Gaussians with something besides.
 *
 * @param <P> the mixture
 */
interface MixtureAlgorithm<P> extends Algorithm<P> {
    /** The mixture at the start of a climb, from its Gaussians. */
    P first(GaussianMixture start);

    /** The Gaussians of a mixture. */
    GaussianMixture gaussians(P mixture);

    /** The mixture of x + shift. */
    P translated(P mixture, double[] shift);

    /**
     * The mixture with its components in their canonical order.
     *
     * @param kept how many, the first ones, keep their places
     */
    P canonical(P mixture, int kept);

    /** How many parameters are estimated besides those of the Gaussians. */
    default long moreParameters() {
        return 0;
    }

    /** What a careful reader should know of a mixture besides what is to be said of its Gaussians. */
    default List<String> warnings(P mixture) {
        return List.of();
    }
}
