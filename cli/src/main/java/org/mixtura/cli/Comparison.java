package org.mixtura.cli;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mixtura.divergence.Divergence;
import org.mixtura.integration.Estimate;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.transport.Matching;
import org.mixtura.transport.Transport;

/**
 * Everything that is known of how two mixtures differ.
 *
 * @param a the first mixture
 * @param b the second, its columns in the same order
 * @param plan the optimal transport between their components
 * @param matching which components belong together
 * @param klAb KL(a ‖ b)
 * @param klBa KL(b ‖ a)
 * @param jensenShannon between 0 and ln 2
 * @param hellinger between 0 and 1
 * @param totalVariation between 0 and 1
 * @param squaredL2 ∫ (a − b)²
 * @param cauchySchwarz −ln of the cosine between the densities
 */
record Comparison(
        GaussianMixture a,
        GaussianMixture b,
        Transport.Plan plan,
        Matching matching,
        Estimate klAb,
        Estimate klBa,
        Estimate jensenShannon,
        Estimate hellinger,
        Estimate totalVariation,
        double squaredL2,
        double cauchySchwarz) {
    /**
     * Compares two mixtures.
     *
     * @param tolerance the error wanted of each divergence
     * @param draws the most points to sample
     * @param seed of the sampling
     */
    static Comparison of(GaussianMixture a, GaussianMixture b, double tolerance, long draws, long seed) {
        Divergence ab = Divergence.between(a, b).draws(draws).seed(seed);
        Transport.Plan plan = Transport.between(a, b);
        return new Comparison(
                a,
                b,
                plan,
                Matching.of(plan.costs()),
                ab.kullbackLeibler(tolerance),
                ab.reversed().kullbackLeibler(tolerance),
                ab.jensenShannon(tolerance),
                ab.hellinger(tolerance),
                ab.totalVariation(tolerance),
                ab.squaredL2(),
                ab.cauchySchwarz());
    }

    /** The components of a that have a partner in b, with it, in the order of a. */
    Map<Integer, Integer> pairs() {
        Map<Integer, Integer> pairs = new TreeMap<>();
        for (int i = 0; i < a.size(); i++) {
            if (matching.target(i) != Matching.LEFT_OVER) {
                pairs.put(i, matching.target(i));
            }
        }
        return pairs;
    }

    /** The names of the columns. */
    List<String> columns() {
        return a.columns();
    }
}
