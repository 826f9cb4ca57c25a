package org.mixtura.fit;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.QuadraticForms;
import org.mixtura.kernel.RowSummary;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.GaussianMixture;

/**
 * EM over rows that somebody else passes over, such as a cluster. From a start that a search on a sample has found, each round
 * asks for the moments of all rows under the current forms and updates the mixture, until a round gains less than the tolerance
 * per unit of weight.
 *
 * <p>The formulas, and with them the regularisation and its guarantee that the objective never falls, are those of {@link Em}; the
 * same rows in one place give the same mixture to rounding. Immutable; an option is a copy-with method.
 */
public final class EmRounds {
    /** Passes over all rows, wherever they are. */
    @FunctionalInterface
    public interface Pass {
        /**
         * Scores all rows and adds up their moments.
         *
         * @param forms the forms
         * @param scatter which second moments to keep
         * @return the moments of all rows about the forms' centres
         */
        Moments moments(QuadraticForms forms, Moments.Scatter scatter);
    }

    /** The options; changed only before rounds are made from them. */
    private static final class Settings extends FitSettings {
        private CovarianceStructure structure = CovarianceStructure.FULL;
        private Regularization regularization = Regularization.penalty(1);
        private int maxIterations = 1000;
        private double tolerance = 1e-6;
        private FitObserver observer = FitObserver.NONE;
        private Map<String, String> search = Map.of();
    }

    private final RowSummary summary;
    private final long rows;
    private final List<String> columns;
    private final Settings settings;

    private EmRounds(RowSummary summary, long rows, List<String> columns, Settings settings) {
        this.summary = summary;
        this.rows = rows;
        this.columns = columns;
        this.settings = settings;
    }

    private EmRounds with(Consumer<Settings> change) {
        Settings changed = (Settings) settings.copy();
        change.accept(changed);
        return new EmRounds(summary, rows, columns, changed);
    }

    /**
     * Rounds over some rows with the defaults of {@link Em}.
     *
     * @param summary what is known of the rows; its origin is the one that the forms of each pass are relative to
     * @param rows how many there are
     * @param columns the names of their columns, d of them
     * @return the rounds
     */
    public static EmRounds over(RowSummary summary, long rows, List<String> columns) {
        return new EmRounds(summary, rows, List.copyOf(columns), new Settings());
    }

    /**
     * With another covariance structure.
     *
     * @param value the structure
     * @return the rounds
     */
    public EmRounds covariance(CovarianceStructure value) {
        return with(s -> s.structure = value);
    }

    /**
     * With another policy against singular covariances.
     *
     * @param value the policy
     * @return the rounds
     */
    public EmRounds regularization(Regularization value) {
        return with(s -> s.regularization = value);
    }

    /**
     * With another limit.
     *
     * @param value the most updates, at least 0; 0 only evaluates the start
     * @return the rounds
     */
    public EmRounds maxIterations(int value) {
        return with(s -> s.maxIterations = value);
    }

    /**
     * With another tolerance.
     *
     * @param value the least gain of the objective per unit of weight and round, nats; 0 runs to the limit
     * @return the rounds
     */
    public EmRounds tolerance(double value) {
        return with(s -> s.tolerance = value);
    }

    /**
     * With an observer of progress, to whom the rounds are a fit with one start.
     *
     * @param value the observer
     * @return the rounds
     */
    public EmRounds observer(FitObserver value) {
        return with(s -> s.observer = value);
    }

    /**
     * With a note of the search that found the start, for the fit's provenance.
     *
     * @param seed of the search
     * @param options of the search, by name; those of the rounds are added
     * @return the rounds
     */
    public EmRounds foundBy(long seed, Map<String, String> options) {
        return with(s -> {
            s.seed = seed;
            s.search = new LinkedHashMap<>(options);
        });
    }

    /**
     * Climbs from a start.
     *
     * @param start a mixture of the rows' columns; brought into the structure of these rounds if it has another
     * @param pass the pass over the rows
     * @return the fit; its components keep the order of the start. One that collapsed is the last valid state
     * @throws IllegalArgumentException if the start is of another dimension, or a column is constant under a policy that cannot
     *     bear it
     * @throws IllegalStateException if the objective falls, which would be a defect
     */
    public Fit<GaussianMixture> climb(GaussianMixture start, Pass pass) {
        long began = System.nanoTime();
        check(start);
        MaximumLikelihood algorithm = new MaximumLikelihood(
                Freedom.of(settings.structure), settings.regularization, summary, columns, start.size());
        double[] back = Arrays.stream(summary.origin()).map(o -> -o).toArray();
        GaussianMixture first = algorithm.restructured(start.translated(back).named(columns));
        int limit = settings.maxIterations;
        Ascent<GaussianMixture> ascent = new Ascent<>(algorithm, pass, Ascent.Steps.PLAIN);
        Ascent.Watcher watcher = (iteration, objective) ->
                settings.observer.observe(new FitObserver.Step(0, 1, iteration, limit, objective));
        Tolerance tolerance = Tolerance.lastGain(settings.tolerance);
        Ascent.Climb<GaussianMixture> end = ascent.climb(ascent.start(first, watcher), tolerance, limit, watcher)
                .ended();
        GaussianMixture model = end.parameters().translated(summary.origin());
        long parameters = settings.structure.parameters(model.size(), model.dimension());
        return new Fit.Builder<>(model)
                .climbed(end)
                .tolerance(tolerance)
                .rows(rows)
                .freeParameters(parameters)
                .seed(settings.seed)
                .restartObjectives(new double[] {end.objective()})
                .warnings(Em.warnings(model, parameters, summary))
                .options(options(model.size()))
                .seconds((System.nanoTime() - began) / 1e9)
                .build();
    }

    private void check(GaussianMixture start) {
        if (start.dimension() != columns.size()) {
            throw new IllegalArgumentException(
                    "the start model has " + start.dimension() + " columns, the rows have " + columns.size());
        }
        Em.requireSpread(columns, summary, settings.regularization);
    }

    private Map<String, String> options(int components) {
        Map<String, String> options = new LinkedHashMap<>(settings.search);
        options.put("method", "em");
        options.put("components", Integer.toString(components));
        options.put("covariance_type", settings.structure.label());
        options.put("regularization", settings.regularization.toString());
        options.put("max_iter", Integer.toString(settings.maxIterations));
        options.put("tol", Double.toString(settings.tolerance));
        return options;
    }
}
