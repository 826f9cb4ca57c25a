package org.mixtura.integration;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/**
 * The average of an integrand over a mixture, E[φ] = Σ_k π_k E_k[φ_k(x)], by the rule that suits the dimension: adaptive
 * Gauss–Kronrod rules in one dimension, a grid in two and three, for analytic integrands also in four where sampling does not
 * reach the tolerance, unless scales differ so much that it would need more than 3 · 10⁷ points; sampling by components with scrambled Sobol points
 * otherwise.
 */
public final class MixtureAverage {
    /** A grid of more points is not tried. */
    private static final long MAXIMUM_GRID = 30_000_000;

    /** Adaptive rules need a thousand evaluations as a rule; a hundred thousand are there for kinks. */
    private static final long MAXIMUM_ADAPTIVE = 200_000;

    /**
     * Where panels of the adaptive rule end, in deviations from each component's mean. Densities are negligible beyond 8, their
     * square roots beyond 12, which is also where the interval ends.
     */
    private static final double[] BREAKS = {-12, -8, -3, 0, 3, 8, 12};

    private static final double END = 12;

    private final GaussianMixture mixture;
    private final Supplier<Integrand> integrands;
    private final Smoothness smoothness;
    /** All Gaussians that the density and the integrand are made of. */
    private final List<Gaussian> features;

    private MixtureAverage(
            GaussianMixture mixture, Supplier<Integrand> integrands, Smoothness smoothness, List<Gaussian> features) {
        this.mixture = mixture;
        this.integrands = integrands;
        this.smoothness = smoothness;
        this.features = features;
    }

    /**
     * An average still to be computed.
     *
     * @param mixture p, all weights positive, its mean near the origin (no digits are lost then)
     * @param integrands makes φ, once for each thread
     * @param smoothness how smooth φ is
     * @return the average
     */
    public static MixtureAverage of(GaussianMixture mixture, Supplier<Integrand> integrands, Smoothness smoothness) {
        return new MixtureAverage(mixture, integrands, smoothness, mixture.components());
    }

    /**
     * The same average when φ depends on a second mixture too, whose details must be resolved.
     *
     * @param other the second mixture, about the same origin
     * @return the average
     */
    public MixtureAverage resolving(GaussianMixture other) {
        List<Gaussian> all = new ArrayList<>(features);
        all.addAll(other.components());
        return new MixtureAverage(mixture, integrands, smoothness, List.copyOf(all));
    }

    /**
     * The average by the rule that suits the dimension.
     *
     * @param tolerance the error wanted, positive
     * @param maximumDraws about how many points to draw at most if sampling must be used
     * @param seed fixes the random scrambles if sampling must be used
     * @return the average, whose error may exceed the tolerance
     */
    public Estimate compute(double tolerance, long maximumDraws, long seed) {
        if (mixture.dimension() == 1) {
            return adaptive(tolerance);
        }
        if (mixture.dimension() > (smoothness == Smoothness.ANALYTIC ? 4 : 3)) {
            return sampled(tolerance, maximumDraws, seed);
        }
        EllipsoidGrid grid = EllipsoidGrid.of(mixture, features, smoothness);
        if (!grid.fits(MAXIMUM_GRID)) {
            return sampled(tolerance, maximumDraws, seed);
        }
        if (mixture.dimension() == 4) {
            Estimate sampled = sampled(tolerance, maximumDraws, seed);
            if (sampled.error() <= tolerance) {
                return sampled;
            }
        }
        return withPlacing(grid.average(integrands, tolerance, MAXIMUM_GRID));
    }

    /**
     * The average by sampling, whatever the dimension.
     *
     * @param tolerance the error wanted, positive
     * @param maximumDraws about how many points to draw at most
     * @param seed fixes the random scrambles
     * @return the average, whose error may exceed the tolerance
     */
    public Estimate sampled(double tolerance, long maximumDraws, long seed) {
        return StratifiedSampling.average(mixture, features, integrands, tolerance, maximumDraws, seed);
    }

    private Estimate adaptive(double tolerance) {
        Posterior posterior = new Posterior(mixture);
        Integrand integrand = integrands.get();
        double[] x = new double[1];
        Estimate estimate = GaussKronrod.integrate(
                t -> {
                    x[0] = t;
                    posterior.at(x);
                    double density = Math.exp(posterior.logDensity());
                    return density > 0 ? density * integrand.mean(posterior) : 0;
                },
                smoothness,
                breakpoints(),
                tolerance,
                MAXIMUM_ADAPTIVE);
        return withPlacing(estimate);
    }

    private double[] breakpoints() {
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (Gaussian component : mixture.components()) {
            double reach = END * Math.sqrt(component.covariance().get(0, 0));
            lowest = Math.min(lowest, component.mean(0) - reach);
            highest = Math.max(highest, component.mean(0) + reach);
        }
        DoubleStream.Builder points = DoubleStream.builder();
        points.add(lowest).add(highest);
        double from = lowest;
        double to = highest;
        DoubleConsumer inside = point -> {
            if (from < point && point < to) {
                points.add(point);
            }
        };
        for (Gaussian feature : features) {
            double mean = feature.mean(0);
            double deviation = Math.sqrt(feature.covariance().get(0, 0));
            for (double z : BREAKS) {
                inside.accept(mean + z * deviation);
            }
            // A narrow Gaussian in the logarithm of a mixture may reign far beyond, and any distance is possible.
            double reach = 2 * END * deviation;
            while (smoothness == Smoothness.KINKED && reach < highest - lowest) {
                inside.accept(mean - reach);
                inside.accept(mean + reach);
                reach *= 2;
            }
        }
        return points.build().sorted().toArray();
    }

    /**
     * The error of points that cannot be placed better than a half-ulp of their distance from the origin: that distance in
     * deviations of the component, times 2^−53 and the size of the average.
     */
    private Estimate withPlacing(Estimate estimate) {
        double sum = 0;
        for (int k = 0; k < mixture.size(); k++) {
            Gaussian component = mixture.component(k);
            double[] origin = new double[component.dimension()];
            double distance = Math.sqrt(component.covariance().mahalanobisSquared(origin, component.mean()));
            sum += mixture.weight(k) * distance;
        }
        double error = estimate.error() + sum * 0x1p-53 * Math.max(1, Math.abs(estimate.value()));
        return new Estimate(estimate.value(), error, estimate.evaluations(), estimate.method());
    }
}
