package org.mixtura.divergence;

import java.util.Arrays;
import java.util.function.Supplier;
import org.mixtura.integration.DistinctComponents;
import org.mixtura.integration.Estimate;
import org.mixtura.integration.GaussianPair;
import org.mixtura.integration.InnerProduct;
import org.mixtura.integration.Integrand;
import org.mixtura.integration.MixtureAverage;
import org.mixtura.integration.Posterior;
import org.mixtura.integration.Rounding;
import org.mixtura.integration.Smoothness;
import org.mixtura.mixture.GaussianMixture;

/**
 * Divergences between two mixtures f and g of the same columns.
 *
 * <p>Those without a closed form come with an error, by the rule that suits the dimension (see {@link MixtureAverage}); with
 * m = ½(f + g) and ρ = f/(f + g), all but the first are averages of bounded functions of ρ over m:
 *
 * <ul>
 *   <li>Kullback–Leibler KL(f‖g) = ∫ f ln(f/g), matched component by component as far as closed forms reach;
 *   <li>Jensen–Shannon ½ KL(f‖m) + ½ KL(g‖m) = E_m[ln 2 + ρ ln ρ + (1 − ρ) ln(1 − ρ)], between 0 and ln 2;
 *   <li>Bhattacharyya coefficient ∫ √(f g) = E_m[2 √(ρ(1 − ρ))], and Hellinger distance √(1 − coefficient);
 *   <li>total variation ½ ∫ |f − g| = E_m[|2ρ − 1|].
 * </ul>
 *
 * <p>Two mixtures of the same components and weights, in any order, have divergence 0 exactly. Mixtures of one component
 * each have closed forms, except for Jensen–Shannon and total variation. Components of weight 0 are left out and equal ones
 * merged. An immutable holder of options: each method that sets one returns another.
 */
public final class Divergence {
    private static final double LOG_TWO = Math.log(2);

    private static final long DRAWS = 1L << 20;

    private final GaussianMixture f;
    private final GaussianMixture g;
    private final long draws;
    private final long seed;

    private Divergence(GaussianMixture f, GaussianMixture g, long draws, long seed) {
        this.f = f;
        this.g = g;
        this.draws = draws;
        this.seed = seed;
    }

    /**
     * The divergences between two mixtures, still to be computed: 2²⁰ draws, seed 0.
     *
     * @param f the first mixture
     * @param g the second mixture, of as many columns; their names are not compared
     * @return their divergences
     * @throws IllegalArgumentException if the numbers of columns differ
     */
    public static Divergence between(GaussianMixture f, GaussianMixture g) {
        if (f.dimension() != g.dimension()) {
            throw new IllegalArgumentException("mixtures of " + f.dimension() + " and " + g.dimension()
                    + " columns have no divergence; take marginals of the same columns");
        }
        // About one origin, so that no digits are lost however far both are from zero.
        double[] back = Arrays.stream(f.mean()).map(m -> -m).toArray();
        return new Divergence(
                DistinctComponents.of(f.translated(back)), DistinctComponents.of(g.translated(back)), DRAWS, 0);
    }

    /**
     * Sets how many points sampling may draw, where sampling is used.
     *
     * @param value about how many at most, positive; 2²⁰ if not set. At least 1,024 for each component are drawn.
     * @return the same divergences with that limit
     * @throws IllegalArgumentException if the value is not positive
     */
    public Divergence draws(long value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException("draws is " + value + "; at least one point must be drawn");
        }
        return new Divergence(f, g, value, seed);
    }

    /**
     * Sets the seed of the random scrambles, where sampling is used.
     *
     * @param value the seed; 0 if not set
     * @return the same divergences with that seed
     */
    public Divergence seed(long value) {
        return new Divergence(f, g, draws, value);
    }

    /** {@return the divergences between the second mixture and the first} */
    public Divergence reversed() {
        return new Divergence(g, f, draws, seed);
    }

    /**
     * The Kullback–Leibler divergence KL(f‖g) = ∫ f ln(f/g).
     *
     * @param tolerance the error wanted, nats, positive
     * @return the estimate, not negative; its error may exceed the tolerance if the limits do not allow it. Infinite only
     *     where a double cannot hold it, with an infinite error.
     * @throws IllegalArgumentException if the tolerance is not positive
     */
    public Estimate kullbackLeibler(double tolerance) {
        requireTolerance(tolerance);
        if (same()) {
            return Estimate.exact(0);
        }
        Matching matching = Matching.of(f, g);
        boolean closed = f.size() == 1 && g.size() == 1;
        boolean overflows = matching.divergence() == Double.POSITIVE_INFINITY;
        if (closed || overflows) {
            return Estimate.exact(matching.divergence()).widened(rounding(matching.divergence()));
        }
        double ofWeights = 0;
        for (int a = 0; a < f.size(); a++) {
            ofWeights -= f.weight(a) * Math.log(f.weight(a));
        }
        // The rest is at most the mean entropy of f's responsibilities, which is at most that of its weights.
        // Far from g, the logarithm of g turns suddenly where its components change places.
        return MixtureAverage.of(f, matching::rest, Smoothness.KINKED)
                .resolving(g)
                .compute(tolerance, draws, seed)
                .plus(matching.divergence())
                .within(0, Math.max(0, matching.divergence() + ofWeights))
                .widened(rounding(matching.divergence()));
    }

    private double rounding(double divergence) {
        return Rounding.ofLogDeterminants(f)
                + Rounding.ofLogDeterminants(g)
                + 4 * Rounding.ofDistances(g) * Math.abs(divergence);
    }

    /**
     * The Jensen–Shannon divergence, the mean Kullback–Leibler divergence of both from m = ½(f + g).
     *
     * @param tolerance the error wanted, nats, positive
     * @return the estimate, between 0 and ln 2
     * @throws IllegalArgumentException if the tolerance is not positive
     */
    public Estimate jensenShannon(double tolerance) {
        // In bits, the entropy of ρ is at most 2 √(ρ(1 − ρ)).
        double least = LOG_TWO * (1 - largestCoefficient());
        return average(this::jensenShannon, Smoothness.ANALYTIC, tolerance, least, LOG_TWO);
    }

    private double jensenShannon(Posterior posterior) {
        double first = first(posterior);
        double second = second(posterior);
        return LOG_TWO + xlogx(first) + xlogx(second);
    }

    /** x ln x from ln x. */
    private static double xlogx(double log) {
        double x = Math.exp(log);
        return x > 0 ? x * log : 0;
    }

    /**
     * The Bhattacharyya coefficient ∫ √(f g).
     *
     * @param tolerance the error wanted, positive
     * @return the estimate, between 0 and 1
     * @throws IllegalArgumentException if the tolerance is not positive
     */
    public Estimate bhattacharyyaCoefficient(double tolerance) {
        requireTolerance(tolerance);
        if (same()) {
            return Estimate.exact(1);
        }
        if (f.size() == 1 && g.size() == 1) {
            return Estimate.exact(Math.exp(-GaussianPair.bhattacharyya(f.component(0), g.component(0))))
                    .widened(rounding(0));
        }
        Integrand.PosteriorFunction coefficient =
                posterior -> 2 * Math.exp(0.5 * (first(posterior) + second(posterior)));
        return average(coefficient, Smoothness.KINKED, tolerance, 0, largestCoefficient());
    }

    /**
     * The Hellinger distance √(1 − ∫ √(f g)) = √(½ ∫ (√f − √g)²).
     *
     * @param tolerance the error wanted of its <em>square</em>, positive
     * @return the estimate, between 0 and 1
     * @throws IllegalArgumentException if the tolerance is not positive
     */
    public Estimate hellinger(double tolerance) {
        if (f.size() == 1 && g.size() == 1) {
            requireTolerance(tolerance);
            double distance = GaussianPair.bhattacharyya(f.component(0), g.component(0));
            return Estimate.exact(-Math.expm1(-distance)).widened(rounding(0)).squareRoot();
        }
        return average(this::squaredHellinger, Smoothness.KINKED, tolerance, 1 - largestCoefficient(), 1)
                .squareRoot();
    }

    private double squaredHellinger(Posterior posterior) {
        double difference = Math.exp(0.5 * first(posterior)) - Math.exp(0.5 * second(posterior));
        return difference * difference;
    }

    /**
     * The total variation distance ½ ∫ |f − g|. Its integrand has kinks where f = g, so grids reach some five digits only.
     *
     * @param tolerance the error wanted, positive
     * @return the estimate, between 0 and 1
     * @throws IllegalArgumentException if the tolerance is not positive
     */
    public Estimate totalVariation(double tolerance) {
        Integrand.PosteriorFunction difference =
                posterior -> Math.abs(Math.exp(first(posterior)) - Math.exp(second(posterior)));
        return average(difference, Smoothness.KINKED, tolerance, 1 - largestCoefficient(), 1);
    }

    /** ln ρ. */
    private double first(Posterior posterior) {
        return posterior.logResponsibility(0, f.size());
    }

    /** ln(1 − ρ). */
    private double second(Posterior posterior) {
        return posterior.logResponsibility(f.size(), f.size() + g.size());
    }

    /** The average over ½(f + g) of a function that vanishes if f = g, between two bounds. */
    private Estimate average(
            Integrand.PosteriorFunction function, Smoothness smoothness, double tolerance, double lower, double upper) {
        requireTolerance(tolerance);
        if (same()) {
            return Estimate.exact(0);
        }
        if (upper - lower <= tolerance) {
            return Estimate.between(lower, upper).widened(rounding(0));
        }
        Supplier<Integrand> integrands = () -> Integrand.of(function);
        return MixtureAverage.of(DistinctComponents.pooled(f, g), integrands, smoothness)
                .compute(tolerance, draws, seed)
                .within(lower, upper)
                .widened(rounding(0));
    }

    /** An upper bound of the Bhattacharyya coefficient: √ is subadditive, so it is at most Σ √(π_a ω_b) ∫ √(f_a g_b), and 1. */
    private double largestCoefficient() {
        double sum = 0;
        for (int a = 0; a < f.size(); a++) {
            for (int b = 0; b < g.size(); b++) {
                double distance = GaussianPair.bhattacharyya(f.component(a), g.component(b));
                sum += Math.sqrt(f.weight(a) * g.weight(b)) * Math.exp(-distance);
            }
        }
        return Math.min(1, sum);
    }

    private boolean same() {
        GaussianMixture a = f.canonical();
        GaussianMixture b = g.canonical();
        return Arrays.equals(a.weights(), b.weights()) && a.components().equals(b.components());
    }

    private static void requireTolerance(double tolerance) {
        if (!(tolerance > 0)) {
            throw new IllegalArgumentException("tolerance is " + tolerance + "; a tolerance is positive");
        }
    }

    /** {@return the inner product ⟨f, g⟩ = ∫ f g, exact; a density} */
    public double innerProduct() {
        return Math.exp(InnerProduct.log(f, g));
    }

    /** {@return the integrated squared error ∫ (f − g)² = ⟨f, f⟩ + ⟨g, g⟩ − 2 ⟨f, g⟩, exact; a density, not negative} */
    public double squaredL2() {
        if (same()) {
            return 0;
        }
        double ff = InnerProduct.log(f, f);
        double gg = InnerProduct.log(g, g);
        double fg = InnerProduct.log(f, g);
        double largest = Math.max(ff, gg);
        double scaled = Math.exp(ff - largest) + Math.exp(gg - largest) - 2 * Math.exp(fg - largest);
        return Math.max(0, scaled) * Math.exp(largest);
    }

    /** {@return the Cauchy–Schwarz divergence −ln(⟨f, g⟩/√(⟨f, f⟩⟨g, g⟩)), exact; nats, not negative} */
    public double cauchySchwarz() {
        return same()
                ? 0
                : Math.max(0, 0.5 * (InnerProduct.log(f, f) + InnerProduct.log(g, g)) - InnerProduct.log(f, g));
    }

    /**
     * A quick approximation of KL(f‖g) without a claim on its error.
     *
     * @param kind the formula
     * @return the approximation
     */
    public Approximation approximateKullbackLeibler(Approximation.Kind kind) {
        double value = switch (kind) {
            case HERSHEY_OLSEN -> KullbackLeiblerApproximations.hersheyOlsen(f, g);
            case GOLDBERGER -> KullbackLeiblerApproximations.goldberger(f, g);
            case UNSCENTED -> KullbackLeiblerApproximations.unscented(f, g);
        };
        return new Approximation(value, kind);
    }
}
