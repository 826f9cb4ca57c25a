package org.mixtura.entropy;

import java.util.Arrays;
import org.mixtura.integration.DistinctComponents;
import org.mixtura.integration.Estimate;
import org.mixtura.integration.InnerProduct;
import org.mixtura.integration.Integrand;
import org.mixtura.integration.MixtureAverage;
import org.mixtura.integration.Posterior;
import org.mixtura.integration.Rounding;
import org.mixtura.integration.Smoothness;
import org.mixtura.mixture.GaussianMixture;

/**
 * The differential entropy of a mixture, H = −∫ p ln p, in nats: an estimate with its error, closed-form bounds, and series.
 *
 * <p>The estimate rests on the exact identity H = H_c + H(π) − R: H_c = Σ_k π_k ½ ln|2πe Σ_k| is the mean entropy of the
 * components, H(π) = −Σ_k π_k ln π_k that of the weights, and R the mean entropy of the responsibilities, R = E[−Σ_k r_k ln
 * r_k]. Only R needs integration; its integrand is smooth, lies between 0 and ln K, and vanishes where components do not
 * overlap. One Gaussian is exact. The rule follows the dimension, see {@link MixtureAverage}; what it gives is intersected
 * with the bounds, which are also the answer when they lie within the tolerance of each other.
 *
 * <p>Components of weight 0 are left out and equal ones merged. An immutable holder of options: each method that sets one
 * returns another.
 *
 * @see Bounds
 * @see Series
 */
public final class Entropy {
    /** About a second for half a dozen components in six columns. */
    private static final long DRAWS = 1L << 20;

    /** The Legendre series changes to double-double arithmetic near order 15. */
    private static final double SERIES_TOLERANCE = 1e-6;

    private static final double TOLERANCE = 1e-6;

    private final GaussianMixture mixture;
    private final Cutoff cutoff;
    private final double seriesTolerance;
    private final long draws;
    private final long seed;

    private Entropy(GaussianMixture mixture, Cutoff cutoff, double seriesTolerance, long draws, long seed) {
        this.mixture = mixture;
        this.cutoff = cutoff;
        this.seriesTolerance = seriesTolerance;
        this.draws = draws;
        this.seed = seed;
    }

    /**
     * The entropy of a mixture, still to be computed: cut-off {@link Cutoff#bound}, 2²⁰ draws, seed 0.
     *
     * @param mixture the mixture
     * @return its entropy
     */
    public static Entropy of(GaussianMixture mixture) {
        return new Entropy(DistinctComponents.of(mixture), Cutoff.bound(), SERIES_TOLERANCE, DRAWS, 0);
    }

    /**
     * Sets the cut-off of the series.
     *
     * @param value the cut-off; {@link Cutoff#bound} if not set
     * @return the same entropy with that cut-off
     */
    public Entropy cutoff(Cutoff value) {
        return new Entropy(mixture, value, seriesTolerance, draws, seed);
    }

    /**
     * Sets how much rounding a series may suffer before it changes to double-double arithmetic.
     *
     * @param value nats, positive; 1e-6 if not set, less than any truncation error at such orders
     * @return the same entropy with that tolerance
     * @throws IllegalArgumentException if the value is not positive
     */
    public Entropy seriesTolerance(double value) {
        return new Entropy(mixture, cutoff, requireTolerance(value), draws, seed);
    }

    /**
     * Sets how many points sampling may draw, where sampling is used.
     *
     * @param value about how many at most, positive; 2²⁰ if not set. At least 1,024 for each component are drawn.
     * @return the same entropy with that limit
     * @throws IllegalArgumentException if the value is not positive
     */
    public Entropy draws(long value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException("draws is " + value + "; at least one point must be drawn");
        }
        return new Entropy(mixture, cutoff, seriesTolerance, value, seed);
    }

    /**
     * Sets the seed of the random scrambles, where sampling is used.
     *
     * @param value the seed; 0 if not set
     * @return the same entropy with that seed
     */
    public Entropy seed(long value) {
        return new Entropy(mixture, cutoff, seriesTolerance, draws, value);
    }

    private static double requireTolerance(double tolerance) {
        if (!(tolerance > 0)) {
            throw new IllegalArgumentException("tolerance is " + tolerance + "; a tolerance is positive");
        }
        return tolerance;
    }

    /** {@return the entropy in nats, to 1e-6 where that is feasible; {@link #estimate(double)} tells the error} */
    public double value() {
        return estimate(TOLERANCE).value();
    }

    /**
     * The entropy with its error, by the method that suits the dimension.
     *
     * @param tolerance the error wanted, nats, positive
     * @return the estimate; its error may exceed the tolerance if the limits on grids or draws do not allow it
     * @throws IllegalArgumentException if the tolerance is not positive
     */
    public Estimate estimate(double tolerance) {
        requireTolerance(tolerance);
        if (mixture.size() == 1) {
            return Estimate.exact(ClosedForms.ofComponents(mixture)).widened(Rounding.ofLogDeterminants(mixture));
        }
        Bounds bounds = bounds();
        if (bounds.upper() - bounds.lower() <= tolerance) {
            return Estimate.between(bounds.lower(), bounds.upper()).widened(Rounding.ofLogDeterminants(mixture));
        }
        return finish(average().compute(tolerance, draws, seed), bounds);
    }

    /**
     * The entropy by sampling, whatever the dimension.
     *
     * @param tolerance the error wanted, nats, positive
     * @return the estimate; its error may exceed the tolerance if the draws ran out
     * @throws IllegalArgumentException if the tolerance is not positive
     */
    public Estimate sampled(double tolerance) {
        requireTolerance(tolerance);
        return finish(average().sampled(tolerance, draws, seed), bounds());
    }

    private MixtureAverage average() {
        double[] back = Arrays.stream(mixture.mean()).map(m -> -m).toArray();
        return MixtureAverage.of(mixture.translated(back), () -> Integrand.of(Posterior::entropy), Smoothness.ANALYTIC);
    }

    private Estimate finish(Estimate overlap, Bounds bounds) {
        return overlap.times(-1)
                .plus(ClosedForms.ofComponents(mixture))
                .plus(ClosedForms.ofWeights(mixture))
                .within(bounds.lower(), bounds.upper())
                .widened(Rounding.ofLogDeterminants(mixture));
    }

    /** {@return closed-form bounds of the entropy; they cost O(K² d³)} */
    public Bounds bounds() {
        return ClosedForms.bounds(mixture);
    }

    /**
     * Closed-form bounds of a mixture's entropy by name, in nats.
     *
     * @param conditionalLower H_c = Σ_k π_k ½ ln|2πe Σ_k|: the entropy if the component were known
     * @param jensenLower −Σ_i π_i ln Σ_j π_j N(μ_i; μ_j, Σ_i + Σ_j), Huber et al. 2008, <a
     *     href="https://doi.org/10.1109/MFI.2008.4648062">doi:10.1109/MFI.2008.4648062</a>
     * @param bhattacharyyaLower H_c − Σ_i π_i ln Σ_j π_j exp(−B_ij), B the Bhattacharyya distance of components, Kolchinsky and
     *     Tracey 2017, <a href="https://doi.org/10.3390/e19070361">doi:10.3390/e19070361</a>
     * @param labelUpper H_c + H(π): the entropy of the point and its component together; Huber's upper bound
     * @param gaussianUpper ½ ln|2πe Cov(x)|: the entropy of the Gaussian of the same covariance
     * @param kullbackLeiblerUpper as {@code bhattacharyyaLower} with the Kullback–Leibler divergences KL(N_i‖N_j) for B_ij
     */
    public record Bounds(
            double conditionalLower,
            double jensenLower,
            double bhattacharyyaLower,
            double labelUpper,
            double gaussianUpper,
            double kullbackLeiblerUpper) {
        /** {@return the largest lower bound; where rounding lifts it above the smallest upper bound, that one} */
        public double lower() {
            return Math.min(upper(), Math.max(conditionalLower, Math.max(jensenLower, bhattacharyyaLower)));
        }

        /** {@return the smallest upper bound} */
        public double upper() {
            return Math.min(labelUpper, Math.min(gaussianUpper, kullbackLeiblerUpper));
        }
    }

    /**
     * The expansion about the means of the components of Huber et al. 2008: an approximation, no bound, off by hundreds of
     * nats for needle-shaped components at order 2.
     *
     * @param order 0 or 2
     * @return nats
     * @throws IllegalArgumentException if the order is another
     */
    public double approximateAboutMeans(int order) {
        if (order == 0) {
            return HuberExpansion.orderZero(mixture);
        }
        if (order == 2) {
            return HuberExpansion.orderTwo(mixture);
        }
        throw new IllegalArgumentException("order is " + order + "; the expansion about the means has orders 0 and 2");
    }

    /** {@return the Rényi entropy of order 2, −ln ∫ p², exact; nats} */
    public double renyiTwo() {
        return -InnerProduct.log(mixture, mixture);
    }

    /**
     * The moments E[pᵏ] of the density.
     *
     * @param order the highest k, at least 0
     * @return all of them up to that order, in double arithmetic
     * @throws IllegalArgumentException if the order is negative or takes too many terms
     */
    public PowerMoments moments(int order) {
        return PowerMoments.of(mixture, order, Arithmetic.DOUBLE);
    }

    /**
     * The Legendre series.
     *
     * @param order N, 0 to 64
     * @return its values up to that order
     * @throws IllegalArgumentException if the order is out of range, takes too many terms or cannot be computed to the series
     *     tolerance, or the cut-off is too small
     */
    public Series legendre(int order) {
        return Series.of(mixture, Series.Kind.LEGENDRE, order, cutoff, seriesTolerance);
    }

    /**
     * The Taylor series about the cut-off: a lower bound of the entropy, but for rounding, if the cut-off is at least the
     * maximum of the density.
     *
     * @param order N, 0 to 64
     * @return its values up to that order
     * @throws IllegalArgumentException as {@link #legendre}
     */
    public Series taylor(int order) {
        return Series.of(mixture, Series.Kind.TAYLOR, order, cutoff, seriesTolerance);
    }

    /**
     * The Taylor series accelerated by Levin's u-transform.
     *
     * @param order N, 0 to 64
     * @return its values up to that order
     * @throws IllegalArgumentException as {@link #legendre}
     */
    public Series levin(int order) {
        return Series.of(mixture, Series.Kind.LEVIN, order, cutoff, seriesTolerance);
    }
}
