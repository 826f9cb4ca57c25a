package org.mixtura.integration;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/**
 * Averages over a mixture by sampling each component on its own: Σ_k π_k mean of φ_k over points μ_k + L_k z.
 *
 * <p>Points come from independently scrambled Sobol sequences, one for each component and replicate, or beyond their
 * dimension from a pseudo-random generator. Sixteen replicates give sixteen independent unbiased values; their mean is the
 * value, and the error is the half width of Student's 99.9 % interval over them plus, for events too rare to have been
 * drawn, the largest {@link UnseenTail} of a component: at least the weight of one of its draws. Sample sizes start alike and
 * double where they reduce the error most.
 *
 * <p>The same seed gives the same bits, on any number of threads.
 */
final class StratifiedSampling {
    /** Independent replicates; Student's distribution with 15 degrees of freedom puts 0.05 % above {@link #QUANTILE}. */
    private static final int REPLICATES = 16;

    private static final double QUANTILE = 4.0728;

    /** Points of each component in each replicate at first, before doubling. */
    private static final long FIRST = 64;

    private static final NormalPoints NOTHING = z -> {};

    private final GaussianMixture mixture;
    private final Supplier<Integrand> integrands;
    private final Method method;
    private final long seed;
    private final int size;
    /** Points drawn so far, per component, in each replicate. */
    private final long[] drawn;
    /** Sums of φ_k, replicate by component. */
    private final double[][] sums;
    /** The largest |φ_k| drawn, replicate by component. */
    private final double[][] largest;

    private final UnseenTail[] unseen;

    private StratifiedSampling(
            GaussianMixture mixture,
            List<Gaussian> features,
            Supplier<Integrand> integrands,
            Method method,
            long seed) {
        this.mixture = mixture;
        this.integrands = integrands;
        this.method = method;
        this.seed = seed;
        this.size = mixture.size();
        this.drawn = new long[size];
        this.sums = new double[REPLICATES][size];
        this.largest = new double[REPLICATES][size];
        this.unseen = new UnseenTail[size];
        Arrays.setAll(unseen, k -> new UnseenTail(mixture, k, features, integrands));
    }

    /**
     * The average of an integrand.
     *
     * @param mixture all weights positive
     * @param features all Gaussians that the density and the integrand are made of
     * @param integrands makes an integrand for each replicate
     * @param tolerance the error wanted
     * @param maximumDraws about how many points to draw at most, of all components and replicates together
     * @param seed fixes the scrambles
     * @return the average; its error may exceed the tolerance if the draws ran out
     */
    static Estimate average(
            GaussianMixture mixture,
            List<Gaussian> features,
            Supplier<Integrand> integrands,
            double tolerance,
            long maximumDraws,
            long seed) {
        Method method = mixture.dimension() <= DirectionNumbers.dimensions() ? Method.SOBOL : Method.MONTE_CARLO;
        return new StratifiedSampling(mixture, features, integrands, method, seed).run(tolerance, maximumDraws);
    }

    private Estimate run(double tolerance, long maximumDraws) {
        long[] target = new long[size];
        Arrays.fill(target, FIRST);
        drawTo(target);
        Estimate estimate = estimate();
        while (estimate.error() > tolerance) {
            double[] errors = new double[size];
            Arrays.setAll(errors, this::error);
            double worst = Arrays.stream(errors).max().orElseThrow();
            for (int k = 0; k < size; k++) {
                // Doubling divides an error by √2 to 2√2: a component within a factor 2 of the worst is next anyway.
                target[k] = errors[k] >= 0.5 * worst ? 2 * drawn[k] : drawn[k];
            }
            if (REPLICATES * Arrays.stream(target).sum() > maximumDraws) {
                break;
            }
            drawTo(target);
            estimate = estimate();
        }
        return estimate;
    }

    private void drawTo(long[] target) {
        IntStream.range(0, REPLICATES).parallel().forEach(replicate -> draw(replicate, target));
        System.arraycopy(target, 0, drawn, 0, size);
    }

    private void draw(int replicate, long[] target) {
        Integrand integrand = integrands.get();
        Posterior posterior = new Posterior(mixture);
        double[] z = new double[mixture.dimension()];
        for (int k = 0; k < size; k++) {
            NormalPoints points = drawn[k] < target[k] ? points(replicate, k) : NOTHING;
            Gaussian component = mixture.component(k);
            CompensatedSum sum = new CompensatedSum();
            sum.add(sums[replicate][k]);
            for (long i = drawn[k]; i < target[k]; i++) {
                points.next(z);
                double[] x = component.covariance().unwhiten(z);
                for (int j = 0; j < x.length; j++) {
                    x[j] += component.mean(j);
                }
                posterior.at(x);
                double value = integrand.given(k, posterior);
                sum.add(value);
                largest[replicate][k] = Math.max(largest[replicate][k], Math.abs(value));
            }
            sums[replicate][k] = sum.value();
        }
    }

    private NormalPoints points(int replicate, int component) {
        // A generator for each replicate and component, told apart by two odd multipliers.
        long mixed = seed ^ (replicate + 1) * 0x9E3779B97F4A7C15L ^ (component + 1) * 0xD1342543DE82EF95L;
        SplittableRandom random = new SplittableRandom(mixed);
        if (method == Method.SOBOL) {
            return new ScrambledSobol(mixture.dimension(), random, drawn[component]);
        }
        // Another generator for each stretch of the sample: stretches start at different numbers of draws.
        SplittableRandom stretch = new SplittableRandom(random.nextLong() ^ drawn[component]);
        return z -> Arrays.setAll(z, j -> stretch.nextGaussian());
    }

    private Estimate estimate() {
        double[] values = new double[REPLICATES];
        double missed = 0;
        for (int k = 0; k < size; k++) {
            for (int replicate = 0; replicate < REPLICATES; replicate++) {
                values[replicate] += mixture.weight(k) * sums[replicate][k] / drawn[k];
            }
            missed = Math.max(missed, unseen(k));
        }
        double mean = Arrays.stream(values).sum() / REPLICATES;
        long evaluations = REPLICATES * Arrays.stream(drawn).sum();
        return new Estimate(mean, QUANTILE * standardError(values) + missed, evaluations, method);
    }

    /** What one component adds to the error. */
    private double error(int component) {
        double[] values = new double[REPLICATES];
        Arrays.setAll(values, r -> mixture.weight(component) * sums[r][component] / drawn[component]);
        return Math.max(QUANTILE * standardError(values), unseen(component));
    }

    private double unseen(int component) {
        double drawnLargest = 0;
        for (double[] row : largest) {
            drawnLargest = Math.max(drawnLargest, row[component]);
        }
        return mixture.weight(component) * unseen[component].after(REPLICATES * drawn[component], drawnLargest);
    }

    private static double standardError(double[] values) {
        double mean = Arrays.stream(values).sum() / values.length;
        double sum = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(sum / (values.length * (values.length - 1.0)));
    }
}
