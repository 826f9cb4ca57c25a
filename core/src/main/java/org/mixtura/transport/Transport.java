package org.mixtura.transport;

import java.util.List;
import org.mixtura.data.Matrix;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/**
 * Optimal transport between two Gaussian mixtures along plans that move component to component,
 *
 * <pre>  MW₂² = min over couplings P of π⁰ and π¹ of Σ_ij P_ij W₂²(component i, component j).</pre>
 *
 * <p>MW₂ is a metric on mixtures and an upper bound of their Wasserstein distance: W₂² ≤ MW₂². Delon and Desolneux 2020, <a
 * href="https://doi.org/10.1137/19M1301047">doi:10.1137/19M1301047</a>. The plan is exact; {@link Sinkhorn} solves the same
 * problem with an entropic penalty.
 */
public final class Transport {
    private Transport() {}

    /**
     * The optimal plan from one mixture to another.
     *
     * @param source K₀ components
     * @param target K₁ components over the same columns
     * @return the plan; its cost is exactly 0 between a mixture and itself, with its components in any order
     * @throws IllegalArgumentException if the mixtures differ in dimension or describe the same columns in another order
     */
    public static Plan between(GaussianMixture source, GaussianMixture target) {
        Matrix costs = BuresWasserstein.squaredDistances(source, target);
        return new Plan(source, target, costs, Coupling.optimal(source.weights(), target.weights(), costs));
    }

    /** Which component sends how much to which, and what it costs. */
    public static final class Plan {
        private final GaussianMixture source;
        private final GaussianMixture target;
        private final Matrix costs;
        private final Coupling coupling;

        private Plan(GaussianMixture source, GaussianMixture target, Matrix costs, Coupling coupling) {
            this.source = source;
            this.target = target;
            this.costs = costs;
            this.coupling = coupling;
        }

        /** {@return the mixture from which the plan leads} */
        public GaussianMixture source() {
            return source;
        }

        /** {@return the mixture to which the plan leads} */
        public GaussianMixture target() {
            return target;
        }

        /** {@return MW₂², in squared units of the columns; never negative} */
        public double squaredDistance() {
            return coupling.cost();
        }

        /** {@return MW₂, in units of the columns} */
        public double distance() {
            return Math.sqrt(squaredDistance());
        }

        /** {@return W₂² between the components, K₀ × K₁} */
        public Matrix costs() {
            return costs;
        }

        /** {@return P, at most K₀ + K₁ − 1 positive entries} */
        public Coupling coupling() {
            return coupling;
        }

        /** {@return the map of points along this plan} */
        public MixtureMap map() {
            return MixtureMap.of(source, target, coupling.toMatrix());
        }

        /**
         * The mixture on the way at a time t: each entry of the coupling moves its share of one Gaussian along the shortest
         * path to another. MW₂ from the source is t MW₂.
         *
         * @param t from 0, the source, to 1, the target
         * @return a mixture of one component per entry of the coupling, with full covariances
         * @throws IllegalArgumentException if t is not between 0 and 1
         */
        public GaussianMixture interpolate(double t) {
            List<Coupling.Entry> entries = coupling.entries();
            double[] weights =
                    entries.stream().mapToDouble(Coupling.Entry::mass).toArray();
            List<Gaussian> components = entries.stream()
                    .map(entry -> MongeMap.between(source.component(entry.source()), target.component(entry.target()))
                            .interpolate(t))
                    .toList();
            return GaussianMixture.of(weights, components).named(source.columns());
        }
    }
}
