package org.mixtura.fit;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Scan;
import org.mixtura.mixture.GaussianMixture;

/**
 * Whether rows bear a larger mixture than a smaller one explains: the likelihood ratio beside those of rows drawn from the smaller
 * (the parametric bootstrap of McLachlan 1987, doi 10.2307/2347790). The χ² distribution does not hold for numbers of components.
 *
 * <p>The statistic is 2 (ℓ_larger − ℓ_smaller), ℓ = Σ w ln p(x). Each replicate draws as many rows as the weights sum to from the
 * smaller fit and fits both mixtures to them in the same way; of rows with gaps it misses the same values. The p-value (1 + #{replicates at least as large}) / (1 + B) is never
 * 0 and, if the smaller mixture is true, below α with probability at most about α.
 */
public final class LikelihoodRatioTest {
    private final Fit<GaussianMixture> smaller;
    private final Fit<GaussianMixture> larger;
    private final double[] simulated;

    private LikelihoodRatioTest(Fit<GaussianMixture> smaller, Fit<GaussianMixture> larger, double[] simulated) {
        this.smaller = smaller;
        this.larger = larger;
        this.simulated = simulated;
    }

    /**
     * Tests.
     *
     * @param smaller what is to be refuted: fewer components, or a narrower structure; its seed, threads and observer serve the
     *     replicates too
     * @param larger what contains it
     * @param rows the rows
     * @param resamples B, the number of replicates, at least 1; 99 tell a p-value of 0.05 from one of 0.01
     * @return the test
     * @throws IllegalArgumentException if there is no replicate or one of the two cannot be fitted, or the rows have
     *     covariances of their own
     * @throws CancellationException if an observer answers false
     */
    public static LikelihoodRatioTest of(Em smaller, Em larger, Rows rows, int resamples) {
        if (resamples < 1) {
            throw new IllegalArgumentException("resamples is " + resamples + "; a test takes at least 1, better 99");
        }
        Scan.refuseCovariances(rows, "the bootstrapped likelihood ratio");
        smaller.requireNoLabels("the bootstrapped likelihood ratio");
        larger.requireNoLabels("the bootstrapped likelihood ratio");
        Fit<GaussianMixture> narrow = fit(smaller, rows);
        Fit<GaussianMixture> wide = fit(larger, rows);
        int count = Math.toIntExact(Math.round(narrow.totalWeight()));
        Work work = Work.of(smaller.settings().threads, rows, larger.components());
        List<Integer> numbers = IntStream.range(0, resamples).boxed().toList();
        List<Double> simulated = work.each(numbers, rows, larger.components(), (number, own) -> {
            SplittableRandom random = new SplittableRandom(Restarts.seed(smaller.settings().seed, number, 1));
            Rows drawn = like(rows, narrow.model().sample(count, random).toRows(), narrow.totalWeight());
            return statistic(fit(smaller.threads(own.threads()), drawn), fit(larger.threads(own.threads()), drawn));
        });
        return new LikelihoodRatioTest(
                narrow, wide, simulated.stream().mapToDouble(x -> x).toArray());
    }

    /** Drawn values, missing where they are in the rows: drawn row i stands where the weights before it sum to i shares. */
    private static Rows like(Rows rows, double[][] drawn, double totalWeight) {
        if (!rows.gapped()) {
            return Rows.of(drawn).named(rows.columns());
        }
        double share = totalWeight / drawn.length;
        double before = 0;
        int next = 0;
        try (Rows.Reader reader = rows.reader()) {
            for (long row = 0; row < rows.count() && next < drawn.length; row++) {
                Block block = reader.read(row, 1);
                before += block.weight(0);
                for (; next < drawn.length && (next + 0.5) * share < before; next++) {
                    for (int j = 0; j < drawn[next].length; j++) {
                        drawn[next][j] = Double.isNaN(block.get(0, j)) ? Double.NaN : drawn[next][j];
                    }
                }
            }
        }
        return Rows.of(drawn).named(rows.columns()).withGaps();
    }

    private static Fit<GaussianMixture> fit(Em estimator, Rows rows) {
        Fit<GaussianMixture> fit = estimator.fit(rows);
        if (fit.stopReason() == StopReason.CANCELLED) {
            throw new CancellationException("cancelled in a fit of " + estimator.components() + " components");
        }
        return fit;
    }

    private static double statistic(Fit<GaussianMixture> smaller, Fit<GaussianMixture> larger) {
        return 2 * (larger.logLikelihood() - smaller.logLikelihood());
    }

    /** {@return the smaller mixture's fit} */
    public Fit<GaussianMixture> smaller() {
        return smaller;
    }

    /** {@return the larger mixture's fit} */
    public Fit<GaussianMixture> larger() {
        return larger;
    }

    /** {@return 2 (ℓ_larger − ℓ_smaller) of the rows, nats; below 0 where the penalty outweighs the gain} */
    public double statistic() {
        return statistic(smaller, larger);
    }

    /** {@return the statistic of each replicate} */
    public double[] simulated() {
        return simulated.clone();
    }

    /** {@return the probability of a statistic this large if the smaller mixture is true} */
    public double pValue() {
        double observed = statistic();
        long asLarge = Arrays.stream(simulated).filter(x -> x >= observed).count();
        return (1.0 + asLarge) / (1 + simulated.length);
    }

    @Override
    public String toString() {
        return smaller.model().size() + " against " + larger.model().size() + " components: statistic " + statistic()
                + ", p " + pValue();
    }
}
