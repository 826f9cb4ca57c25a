package org.mixtura.fit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;
import org.mixtura.kernel.RowSummary;
import org.mixtura.mixture.GaussianMixture;

/**
 * How sure a fitted mixture is: the same fit again to the rows under random weights, many times (the weighted likelihood bootstrap
 * of Newton &amp; Raftery 1994, doi 10.1111/j.2517-6161.1994.tb01956.x).
 *
 * <p>In each replicate a row of weight 1 weighs an exponential variate, a row of weight w a gamma variate of shape w, as w rows
 * would together; no row ever falls out, so components of few rows do not collapse as they do when rows are drawn. Each replicate
 * climbs from the fitted mixture, so that its components keep their order, until what is left to gain is below 1/2,000 N nats per
 * row: about a thirtieth of a standard error.
 *
 * <p>The spread of any quantity over the replicates estimates its sampling error, to first order as the inverse information does,
 * and follows its skewness. It is the error of this mixture given its number of components; that the number itself is uncertain it
 * does not tell.
 */
public final class Uncertainty {
    private static final double SHARE_LEFT = 1e-3;

    private final GaussianMixture mixture;
    private final List<GaussianMixture> replicates;
    private final int collapsed;

    private Uncertainty(GaussianMixture mixture, List<GaussianMixture> replicates, int collapsed) {
        this.mixture = mixture;
        this.replicates = replicates;
        this.collapsed = collapsed;
    }

    /**
     * Fits again and again.
     *
     * @param estimator with the structure, the regularization, the iteration limit, the seed and the threads to use; its start,
     *     search and tolerance are not used. Its observer sees a replicate as a start
     * @param fitted the mixture to start from; it is first brought to the end of its climb on the rows as they are
     * @param rows the rows that it was fitted to
     * @param resamples the number of replicates, at least 2; 200 are enough for standard errors, 1,000 for intervals
     * @return the replicates
     * @throws IllegalArgumentException if there are too few replicates, the mixture does not fit the estimator or the rows, or
     *     all replicates collapse
     * @throws CancellationException if the observer answers false
     */
    public static Uncertainty of(Em estimator, GaussianMixture fitted, Rows rows, int resamples) {
        if (resamples < 2) {
            throw new IllegalArgumentException("resamples is " + resamples + "; a spread takes at least 2");
        }
        SearchSettings settings = estimator.settings();
        Initialization.Model start = new Initialization.Model(fitted);
        start.check(rows, settings.components);
        RowSummary summary = RowSummary.of(rows, settings.threads);
        Em.requireSpread(rows.columns(), summary, estimator.regularization());
        MaximumLikelihood algorithm = estimator.algorithm(summary, rows.columns());
        Labelling labelling = estimator.labelling(rows, 0);
        Rows known = labelling.rows();
        Tolerance tolerance = Tolerance.leftToGain(SHARE_LEFT / (2 * summary.totalWeight()));
        Work work = Work.of(settings.threads, known, settings.components);
        Ends ends = new Ends(labelling.heeded(algorithm), tolerance, settings, resamples);
        double[] origin = summary.origin();
        GaussianMixture mixture = ends.from(0, algorithm.restructured(start.about(origin, rows.columns())), known, work)
                .orElseThrow(() -> new IllegalArgumentException(
                        "the mixture collapses on these rows; keep the regularization or take fewer components"));
        List<Integer> numbers = IntStream.range(0, resamples).boxed().toList();
        List<Optional<GaussianMixture>> climbs = work.each(numbers, rows, settings.components, (number, own) -> {
            double[] weights = weights(rows, new SplittableRandom(Restarts.seed(settings.seed, number, 0)));
            return ends.from(number, mixture, known.weighted(weights), own);
        });
        List<GaussianMixture> replicates = climbs.stream()
                .flatMap(Optional::stream)
                .map(replicate -> replicate.translated(origin))
                .toList();
        if (replicates.size() < 2) {
            throw new IllegalArgumentException("of " + resamples + " replicates all but " + replicates.size()
                    + " collapsed; keep the regularization");
        }
        return new Uncertainty(mixture.translated(origin), replicates, resamples - replicates.size());
    }

    /** Where climbs end. */
    private record Ends(
            Algorithm<GaussianMixture> algorithm, Tolerance tolerance, SearchSettings settings, int resamples) {
        Optional<GaussianMixture> from(int number, GaussianMixture start, Rows rows, Work work) {
            Ascent<GaussianMixture> ascent = new Ascent<>(algorithm, rows, work, Ascent.Steps.SQUARED);
            int most = settings.maxIterations;
            Ascent.Watcher watcher = (iteration, objective) -> {
                synchronized (this) {
                    return settings.observer.observe(
                            new FitObserver.Step(number, resamples, iteration, most, objective));
                }
            };
            Ascent.Climb<GaussianMixture> end = ascent.climb(ascent.start(start, watcher), tolerance, most, watcher);
            if (end.reason() == StopReason.CANCELLED) {
                throw new CancellationException("cancelled in replicate " + (number + 1) + " of " + resamples);
            }
            return end.reason() == StopReason.COLLAPSED ? Optional.empty() : Optional.of(end.parameters());
        }
    }

    /** A gamma variate of each row's weight. */
    private static double[] weights(Rows rows, SplittableRandom random) {
        double[] weights = new double[Math.toIntExact(rows.count())];
        try (Rows.Reader reader = rows.reader()) {
            int step = 4096;
            for (int first = 0; first < weights.length; first += step) {
                Block block = reader.read(first, Math.min(step, weights.length - first));
                for (int i = 0; i < block.count(); i++) {
                    weights[first + i] = gamma(block.weight(i), random);
                }
            }
        }
        return weights;
    }

    /** A gamma variate of unit scale (Marsaglia &amp; Tsang 2000, doi 10.1145/358407.358414); 0 of shape 0. */
    static double gamma(double shape, SplittableRandom random) {
        if (shape == 1) {
            return -Math.log1p(-random.nextDouble());
        }
        if (!(shape > 0)) {
            return 0;
        }
        if (shape < 1) {
            return gamma(shape + 1, random) * Math.pow(1 - random.nextDouble(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double cubeRoot = 1 + c * x;
            if (cubeRoot > 0) {
                double v = cubeRoot * cubeRoot * cubeRoot;
                if (Math.log(1 - random.nextDouble()) < 0.5 * x * x + d * (1 - v + Math.log(v))) {
                    return d * v;
                }
            }
        }
    }

    /** {@return the mixture at the end of its climb on the rows as they are} */
    public GaussianMixture mixture() {
        return mixture;
    }

    /** {@return the mixtures fitted under random weights, components in the order of {@link #mixture}'s} */
    public List<GaussianMixture> replicates() {
        return replicates;
    }

    /** {@return how many replicates collapsed and were left out; 0 under a penalty} */
    public int collapsed() {
        return collapsed;
    }

    /**
     * The standard error of a quantity: its standard deviation over the replicates.
     *
     * @param quantity anything that follows from a mixture, such as {@code m -> m.weight(0)}
     * @return the standard error, in the quantity's unit; NaN if the quantity is not finite in some replicate
     */
    public double standardError(ToDoubleFunction<GaussianMixture> quantity) {
        double[] values = replicates.stream().mapToDouble(quantity).toArray();
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
        return Math.sqrt(squares / (values.length - 1));
    }

    /**
     * A percentile interval of a quantity: between the quantiles (1 − level)/2 and (1 + level)/2 of the replicates, interpolated.
     *
     * @param quantity anything that follows from a mixture
     * @param level the share of the replicates within, such as 0.95
     * @return the lower and the upper end
     * @throws IllegalArgumentException unless the level is between 0 and 1
     */
    public double[] interval(ToDoubleFunction<GaussianMixture> quantity, double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level is " + level + "; expected a share between 0 and 1");
        }
        double[] values = replicates.stream().mapToDouble(quantity).sorted().toArray();
        return new double[] {quantile(values, (1 - level) / 2), quantile(values, (1 + level) / 2)};
    }

    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    @Override
    public String toString() {
        return "uncertainty of a mixture of " + mixture.size() + " components from " + replicates.size()
                + " replicates";
    }
}
