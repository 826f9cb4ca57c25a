package org.mixtura.fit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.mixtura.data.Rows;
import org.mixtura.kernel.RowSummary;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.GaussianMixture;

/**
 * Fits a Gaussian mixture by expectation-maximisation: an immutable holder of options with one verb, {@link #fit}.
 *
 * <p>From several starts the likelihood, less the penalty of the {@link Regularization}, is climbed, and starts that fall behind
 * drop out, until an iteration gains less than the tolerance per row; the best end is returned. Weighted rows count as often as their weight says. The same
 * seed gives the same bits for any number of threads.
 *
 * <ul>
 *   <li>Offsets and units do not matter: rows are taken relative to a median of theirs, k-means++ measures in standard
 *       deviations, and the default penalty is affine-equivariant.
 *   <li>A component that collapses ends its climb; the fit then returns the best end without a collapse, or, if there is none,
 *       the last valid state with {@link StopReason#COLLAPSED}.
 *   <li>A component that loses all rows keeps its place with weight 0 and is reported in {@link Fit#warnings}.
 * </ul>
 */
public final class Em implements Estimator<GaussianMixture> {
    /** The options; changed only before an estimator is made from them. */
    private static final class Settings extends FitSettings {
        private CovarianceStructure structure = CovarianceStructure.FULL;
        private Regularization regularization = Regularization.penalty(1);
        private Initialization initialization = Initialization.kMeansPlusPlus();
        private int restarts = 10;
        private int maxIterations = 1000;
        private double tolerance = 1e-6;
        private FitObserver observer = FitObserver.NONE;
    }

    private final Settings settings;

    private Em(Settings settings) {
        this.settings = settings;
    }

    private Em with(Consumer<Settings> change) {
        Settings changed = (Settings) settings.copy();
        change.accept(changed);
        return new Em(changed);
    }

    /**
     * An estimator with defaults: full covariances, penalty of one pseudo-row, 10 k-means++ starts, at most 1,000 iterations,
     * tolerance 1e-6 nats per row, seed 0, all processors.
     *
     * @param count K
     * @return the estimator
     * @throws IllegalArgumentException if K is less than 1
     */
    public static Em components(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("components is " + count + "; a mixture has at least one");
        }
        Settings settings = new Settings();
        settings.components = count;
        return new Em(settings);
    }

    /**
     * With another covariance structure.
     *
     * @param value the structure
     * @return the estimator
     */
    public Em covariance(CovarianceStructure value) {
        return with(s -> s.structure = value);
    }

    /**
     * With another policy against singular covariances.
     *
     * @param value the policy
     * @return the estimator
     */
    public Em regularization(Regularization value) {
        return with(s -> s.regularization = value);
    }

    /**
     * With another start.
     *
     * @param value where to start
     * @return the estimator
     */
    public Em initialization(Initialization value) {
        return with(s -> s.initialization = value);
    }

    /**
     * With another number of starts, of which the best is kept. A start that is not random is used once.
     *
     * @param value at least 1
     * @return the estimator
     * @throws IllegalArgumentException if it is less than 1
     */
    public Em restarts(int value) {
        requireAtLeast("n_init", value, 1);
        return with(s -> s.restarts = value);
    }

    /**
     * With another iteration limit.
     *
     * @param value at least 0; 0 returns the start
     * @return the estimator
     * @throws IllegalArgumentException if it is negative
     */
    public Em maxIterations(int value) {
        requireAtLeast("max_iter", value, 0);
        return with(s -> s.maxIterations = value);
    }

    /**
     * With another tolerance.
     *
     * @param value the least gain of the objective per unit of weight and iteration, nats; 0 runs to the iteration limit
     * @return the estimator
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Em tolerance(double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("tol is " + value + "; it is finite and not negative");
        }
        return with(s -> s.tolerance = value);
    }

    /**
     * With another seed.
     *
     * @param value the seed of all random choices
     * @return the estimator
     */
    public Em seed(long value) {
        return with(s -> s.seed = value);
    }

    /**
     * With another number of threads; the result does not depend on it.
     *
     * @param value at least 1
     * @return the estimator
     * @throws IllegalArgumentException if it is less than 1
     */
    public Em threads(int value) {
        requireAtLeast("threads", value, 1);
        return with(s -> s.threads = value);
    }

    /**
     * With an observer of progress.
     *
     * @param value the observer
     * @return the estimator
     */
    public Em observer(FitObserver value) {
        return with(s -> s.observer = value);
    }

    private static void requireAtLeast(String option, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(option + " is " + value + "; it is at least " + least);
        }
    }

    /**
     * Fits the mixture.
     *
     * @param rows n rows of d columns
     * @return the fit, its components heaviest first unless they started from a model or labels
     * @throws IllegalArgumentException if a value is not finite, weights are wrong, there are fewer different rows than
     *     components, a column is constant under a policy that cannot bear it, the start does not fit, or no valid start was
     *     found in 50 attempts
     * @throws IllegalStateException if the objective falls, which would be a defect
     */
    @Override
    public Fit<GaussianMixture> fit(Rows rows) {
        long began = System.nanoTime();
        settings.initialization.check(rows, settings.components);
        RowSummary summary = RowSummary.of(rows, settings.threads);
        Search search = new Search(
                rows,
                summary,
                settings.components,
                settings.initialization,
                settings.restarts,
                settings.maxIterations,
                settings.tolerance,
                settings.seed,
                settings.threads,
                settings.observer);
        Search.requireEnoughRows(rows, settings.components);
        requireSpread(rows, summary);
        MaximumLikelihood algorithm = new MaximumLikelihood(
                settings.structure, settings.regularization, summary, rows.columns(), settings.components);
        List<Ascent.Climb<GaussianMixture>> climbs = search.climbs(algorithm, start -> first(algorithm, start));
        Ascent.Climb<GaussianMixture> best = climbs.get(0);
        GaussianMixture fitted = best.parameters().translated(summary.origin());
        GaussianMixture model = settings.initialization.randomized() ? fitted.canonical() : fitted;
        return new Fit.Builder<>(model)
                .climbed(best)
                .rows(rows.count())
                .freeParameters(settings.structure.parameters(settings.components, rows.dimension()))
                .seed(settings.seed)
                .restartObjectives(
                        climbs.stream().mapToDouble(Ascent.Climb::objective).toArray())
                .warnings(warnings(rows, model, summary))
                .options(options(search.runs()))
                .seconds((System.nanoTime() - began) / 1e9)
                .build();
    }

    private void requireSpread(Rows rows, RowSummary summary) {
        if (settings.regularization.allowsConstantColumns()) {
            return;
        }
        for (int j = 0; j < rows.dimension(); j++) {
            if (summary.isConstant(j)) {
                throw new IllegalArgumentException("column \"" + rows.columns().get(j) + "\" is " + summary.smallest(j)
                        + " in all rows: a constant has no density; leave the column out or set reg_covar");
            }
        }
    }

    private GaussianMixture first(MaximumLikelihood algorithm, Initialization.Start start) {
        if (settings.initialization instanceof Initialization.Model model) {
            return algorithm.restructured(
                    model.about(start.summary().origin(), start.rows().columns()));
        }
        return algorithm.first(settings.initialization.moments(start));
    }

    private List<String> warnings(Rows rows, GaussianMixture model, RowSummary summary) {
        return warnings(
                model, settings.structure.parameters(settings.components, rows.dimension()), summary.totalWeight());
    }

    /** What a careful reader should know of a fitted mixture. */
    static List<String> warnings(GaussianMixture model, long parameters, double totalWeight) {
        List<String> warnings = new ArrayList<>();
        for (int k = 0; k < model.size(); k++) {
            if (model.weight(k) == 0) {
                warnings.add("component " + (k + 1) + " of " + model.size() + " is empty: no row belongs to it");
            }
        }
        if (parameters > totalWeight) {
            warnings.add("the model has " + parameters + " free parameters for a total weight of " + plain(totalWeight)
                    + ": its covariances rest on the regularization");
        }
        return warnings;
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    private Map<String, String> options(int runs) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("method", "em");
        options.put("components", Integer.toString(settings.components));
        options.put("covariance_type", settings.structure.label());
        options.put("regularization", settings.regularization.toString());
        options.put("init", settings.initialization.toString());
        options.put("n_init", Integer.toString(runs));
        options.put("max_iter", Integer.toString(settings.maxIterations));
        options.put("tol", Double.toString(settings.tolerance));
        options.put("seed", Long.toString(settings.seed));
        return options;
    }

    @Override
    public String toString() {
        return options(settings.restarts).toString();
    }
}
