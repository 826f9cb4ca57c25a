package org.mixtura.fit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.mixtura.bayes.GaussianPrior;
import org.mixtura.bayes.MixturePosterior;
import org.mixtura.bayes.MixturePrior;
import org.mixtura.bayes.WeightPrior;
import org.mixtura.data.Rows;
import org.mixtura.kernel.RowSummary;
import org.mixtura.kernel.Scan;

/**
 * Fits a mixture by variational Bayes: an immutable holder of options with one verb, {@link #fit}.
 *
 * <p>The posterior of weights, means and covariances is approximated by q(z) q(π) Π_k q(μ_k, Λ_k), and the evidence lower
 * bound is climbed after a race of several starts on a sample of the rows ({@link Search}), until what is left to gain is within
 * the {@link Tolerance}. The objective of the
 * fit is the bound per unit of weight, all constants included, so fits under different priors or numbers of components can be
 * compared by it; {@link Fit#totalObjective()} is the bound itself. (Bishop 2006, chapter 10; Blei &amp; Jordan 2006, <a
 * href="https://doi.org/10.1214/06-BA104">doi:10.1214/06-BA104</a>.)
 *
 * <ul>
 *   <li>Any weight prior goes with any Gaussian prior: {@link WeightPrior}, {@link GaussianPrior}.
 *   <li>Components that the rows do not need empty of themselves: {@link MixturePosterior#componentsInUse()}.
 *   <li>Under stick breaking, components are put in the order of their counts before each update, which raises the bound;
 *       and under exchangeable priors the result has its heaviest component first. Both not if the fit started from labels,
 *       responsibilities or a model: then components stay where they were put.
 *   <li>The log-likelihood of the fit, and its criteria, are those of {@link MixturePosterior#mixture()}.
 * </ul>
 */
public final class VariationalBayes implements Estimator<MixturePosterior> {
    /** The options; changed only before an estimator is made from them. */
    private static final class Settings extends SearchSettings {
        private WeightPrior weights = WeightPrior.dirichlet();
        private GaussianPrior gaussians = GaussianPrior.normalWishart();
    }

    private final Settings settings;

    private VariationalBayes(Settings settings) {
        this.settings = settings;
    }

    private VariationalBayes with(Consumer<Settings> change) {
        Settings changed = (Settings) settings.copy();
        change.accept(changed);
        return new VariationalBayes(changed);
    }

    /**
     * An estimator with defaults: a Dirichlet prior with α = 1/K, Normal–Wishart with scikit-learn's defaults and full
     * covariances, the normal search with its 8 k-means++ starts, climbs of at most 1,000 iterations, the automatic tolerance,
     * seed 0, all processors.
     *
     * @param count K, the greatest number of components
     * @return the estimator
     * @throws IllegalArgumentException if K is less than 1
     */
    public static VariationalBayes components(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("components is " + count + "; a mixture has at least one");
        }
        Settings settings = new Settings();
        settings.components = count;
        return new VariationalBayes(settings);
    }

    /**
     * With another prior of the weights.
     *
     * @param value the prior
     * @return the estimator
     */
    public VariationalBayes weights(WeightPrior value) {
        return with(s -> s.weights = value);
    }

    /**
     * With another prior of means and covariances.
     *
     * @param value the prior
     * @return the estimator
     */
    public VariationalBayes gaussians(GaussianPrior value) {
        return with(s -> s.gaussians = value);
    }

    /**
     * With another start.
     *
     * @param value where to start
     * @return the estimator
     */
    public VariationalBayes initialization(Initialization value) {
        return with(s -> s.initialization = value);
    }

    /**
     * With another search.
     *
     * @param value how much to look around; a fit from a given start does not
     * @return the estimator
     */
    public VariationalBayes search(Search value) {
        return with(s -> s.search = value);
    }

    /**
     * With another number of starts, of which the best is kept. A start that is not random is used once.
     *
     * @param value at least 1
     * @return the estimator
     * @throws IllegalArgumentException if it is less than 1
     */
    public VariationalBayes restarts(int value) {
        return with(s -> s.setRestarts(value));
    }

    /**
     * With another iteration limit.
     *
     * @param value the most iterations of a climb, at least 0; 0 returns the start
     * @return the estimator
     * @throws IllegalArgumentException if it is negative
     */
    public VariationalBayes maxIterations(int value) {
        return with(s -> s.setMaxIterations(value));
    }

    /**
     * With a tolerance in place of the automatic one ({@link Tolerance}).
     *
     * @param value in nats per unit of weight: what a search leaves to gain, or under {@link Search#NONE} and from a given start
     *     the least gain of an iteration; 0 runs to the iteration limit
     * @return the estimator
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public VariationalBayes tolerance(double value) {
        return with(s -> s.setTolerance(value));
    }

    /**
     * With another seed.
     *
     * @param value the seed of all random choices
     * @return the estimator
     */
    public VariationalBayes seed(long value) {
        return with(s -> s.seed = value);
    }

    /**
     * With another number of threads; the result does not depend on it.
     *
     * @param value at least 1
     * @return the estimator
     * @throws IllegalArgumentException if it is less than 1
     */
    public VariationalBayes threads(int value) {
        return with(s -> s.setThreads(value));
    }

    /**
     * With an observer of progress.
     *
     * @param value the observer
     * @return the estimator
     */
    public VariationalBayes observer(FitObserver value) {
        return with(s -> s.observer = value);
    }

    /**
     * With a journal of passes, for a fit that may be killed and run again.
     *
     * @param value the journal; it belongs to these rows and options
     * @return the estimator
     */
    public VariationalBayes journal(PassJournal value) {
        return with(s -> s.journal = value);
    }

    /**
     * Fits the posterior.
     *
     * @param rows n rows of d columns
     * @return the fit
     * @throws IllegalArgumentException if a value is not finite, weights are wrong, there are fewer different rows than
     *     components, a prior does not fit the rows or cannot be taken from them, or the start does not fit
     * @throws IllegalStateException if the bound falls, which would be a defect
     */
    @Override
    public Fit<MixturePosterior> fit(Rows rows) {
        long began = System.nanoTime();
        settings.initialization.check(rows, settings.components);
        RowSummary summary = settings.summary(rows);
        Task.requireEnoughRows(rows, settings.components);
        boolean free = settings.initialization.randomized();
        MixturePrior prior = MixturePrior.of(
                settings.components, settings.weights, settings.gaussians.about(summary), settings.gaussians.tied());
        VariationalInference algorithm = new VariationalInference(prior, summary, free);
        Task.Result<MixturePosterior> result = new Task<>(
                        settings,
                        rows,
                        summary,
                        algorithm,
                        prior.withoutRows().freeParameters(),
                        start -> algorithm.first(settings.initialization.moments(start)))
                .run(Task.Mending.NONE);
        Ascent.Climb<MixturePosterior> best = result.best();
        MixturePosterior fitted = best.parameters().translated(summary.origin()).named(rows.columns());
        MixturePosterior model = free && settings.weights.exchangeable() ? fitted.permuted(fitted.order()) : fitted;
        return new Fit.Builder<>(model)
                .reached(result)
                .weighed(
                        Scan.moments(rows, model.mixture().forms(), algorithm.scatter(), settings.threads)
                                .logLikelihood(),
                        best.moments().assignmentEntropy(),
                        summary.totalWeight())
                .rows(rows.count())
                .freeParameters(model.freeParameters())
                .seed(settings.seed)
                .options(options(Double.toString(result.tolerance().value())))
                .seconds((System.nanoTime() - began) / 1e9)
                .build();
    }

    private Map<String, String> options(String tol) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("method", settings.weights.favoursLargestFirst() ? "dp" : "bayes");
        options.put("components", Integer.toString(settings.components));
        options.put("weights", settings.weights.toString());
        options.put("gaussians", settings.gaussians.toString());
        settings.describe(options, tol);
        return options;
    }

    @Override
    public String toString() {
        return options(settings.tolerance()).toString();
    }
}
