package org.mixtura.fit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.RowSummary;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.GaussianMixture;

/**
 * Fits a Gaussian mixture by expectation-maximisation: an immutable holder of options with one verb, {@link #fit}.
 *
 * <p>The likelihood, less the penalty of the {@link Regularization}, is climbed after a {@link Search}: by default a race of
 * starts on a sample, splits and merges of components, then more rows up to all, until what is left to gain is within the {@link
 * Tolerance}. {@link Search#NONE} and a given start are plain EM. Weighted rows count as often as their weight says. The same
 * seed gives the same bits for any number of threads.
 *
 * <ul>
 *   <li>Offsets and units do not matter: rows are taken relative to a median of theirs, k-means++ measures in standard
 *       deviations, and the default penalty is affine-equivariant.
 *   <li>A component that collapses ends its climb; the fit then returns the best end without a collapse, or, if there is none,
 *       the last valid state with {@link StopReason#COLLAPSED}.
 *   <li>Of rows with gaps ({@link Rows#withGaps}) the likelihood is that of the values that are there, exact for values missing at
 *       random: expected moments of whole rows given those values take the place of moments (Ghahramani &amp; Jordan 1994,
 *       Supervised learning from incomplete data via an EM approach, NIPS 6).
 *   <li>Where nothing bounds the likelihood, no components are split and merged. A search of few rows climbs from hierarchical clusters
 *       besides (Fraley 1998, <a href="https://doi.org/10.1137/S1064827596311451">doi:10.1137/S1064827596311451</a>), and keeps the
 *       higher end.
 *   <li>A component that loses all rows keeps its place with weight 0 and is reported in {@link Fit#warnings}.
 * </ul>
 */
public final class Em implements Estimator<GaussianMixture> {
    /** The options; changed only before an estimator is made from them. */
    private static final class Settings extends SearchSettings {
        private Freedom freedom = Freedom.of(CovarianceStructure.FULL);
        private Regularization regularization = Regularization.penalty(1);
        private Optional<PartialLabels> labels = Optional.empty();
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
     * An estimator with defaults: full covariances, penalty of one pseudo-row, the normal search with its 8 k-means++ starts,
     * climbs of at most 1,000 iterations, the automatic tolerance, seed 0, all processors.
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
        return with(s -> s.freedom = s.freedom.with(value));
    }

    /**
     * With other knowledge of the weights.
     *
     * @param value free, the default, or equal: 1/K each, and K − 1 parameters fewer
     * @return the estimator
     */
    public Em proportions(Proportions value) {
        return with(s -> s.freedom = s.freedom.with(value));
    }

    /**
     * With some parameters left as the start has them, which is then a given mixture ({@link Initialization#model}); they do not
     * count as free.
     *
     * @param values what to leave; none to fit all
     * @return the estimator
     */
    public Em frozen(Parameter... values) {
        return with(s -> s.freedom = s.freedom.with(Set.of(values)));
    }

    /**
     * With what is known of the components of some rows. Class c of the labels is component c of the mixture; components behind
     * the classes, if more are asked for, are those of rows whose labels allow it. The fit maximises Σ w ln Σ_k l_k π_k N_k(x),
     * l_k the factors of a row's label, and {@link Fit#logLikelihood} is this: where all classes are known, the likelihood of rows
     * and classes together. (Ambroise, Denoeux, Govaert &amp; Smets 2001; C&ocirc;me, Oukhellou, Denoeux &amp; Aknin 2009, <a
     * href="https://doi.org/10.1016/j.patcog.2008.07.014">doi:10.1016/j.patcog.2008.07.014</a>.)
     *
     * <p>Searches start from the classes' own rows, and leave their components alone where others are split and merged. Among
     * {@linkplain #withNoise noise}, rows may be noise whose labels are unknown or only exclude classes. What a class is called is
     * for the caller to remember; the mixture does not know.
     *
     * @param value a label for each row
     * @return the estimator
     */
    public Em partialLabels(PartialLabels value) {
        return with(s -> s.labels = Optional.of(value));
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
     * With another search.
     *
     * @param value how much to look around; a fit from a given start does not
     * @return the estimator
     */
    public Em search(Search value) {
        return with(s -> s.search = value);
    }

    /**
     * With another number of starts, of which the best is kept. A start that is not random is used once.
     *
     * @param value at least 1
     * @return the estimator
     * @throws IllegalArgumentException if it is less than 1
     */
    public Em restarts(int value) {
        return with(s -> s.setRestarts(value));
    }

    /**
     * With another iteration limit.
     *
     * @param value the most iterations of a climb, at least 0; 0 returns the start
     * @return the estimator
     * @throws IllegalArgumentException if it is negative
     */
    public Em maxIterations(int value) {
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
    public Em tolerance(double value) {
        return with(s -> s.setTolerance(value));
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
        return with(s -> s.setThreads(value));
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

    /**
     * With a journal of passes, for a fit that may be killed and run again.
     *
     * @param value the journal; it belongs to these rows and options
     * @return the estimator
     */
    public Em journal(PassJournal value) {
        return with(s -> s.journal = value);
    }

    /**
     * With noise among the components: a part of the rows may belong to none and be spread evenly over the box around them all.
     *
     * @return an estimator of mixtures with noise, with all options of this one
     */
    public NoisyEm withNoise() {
        return new NoisyEm(this);
    }

    /**
     * With heavy tails: components are Student distributions, at which rows far out pull less.
     *
     * @param value what is known of the tails
     * @return an estimator of mixtures with tails, with all options of this one
     */
    public StudentEm withTails(Tails value) {
        return new StudentEm(this, value);
    }

    /**
     * Fits the mixture.
     *
     * @param rows n rows of d columns
     * @return the fit, its components heaviest first unless they started from a model or labels, those of
     *     classes before them
     * @throws IllegalArgumentException if a value is not finite and no gap, weights are wrong, there are fewer different rows than
     *     components, a column is constant under a policy that cannot bear it, the start does not fit, or no valid start was
     *     found in 50 attempts, partial labels leave a row no component or a component no row, or parameters are frozen and the start is not a model
     * @throws IllegalStateException if the objective falls, which would be a defect
     */
    @Override
    public Fit<GaussianMixture> fit(Rows rows) {
        return fit(rows, (gaussians, summary) -> gaussians, options -> {});
    }

    /**
     * Fits a kind of mixture.
     *
     * @param kind the algorithm, from the one of the Gaussians and what is known of the rows
     * @param more adds what makes the kind to the fit's options
     */
    <P> Fit<P> fit(
            Rows rows,
            BiFunction<MaximumLikelihood, RowSummary, MixtureAlgorithm<P>> kind,
            Consumer<Map<String, String>> more) {
        long began = System.nanoTime();
        checkStart(rows);
        RowSummary summary = settings.summary(rows);
        Task.requireEnoughRows(rows, settings.components);
        MaximumLikelihood gaussians = algorithm(summary, rows.columns());
        MixtureAlgorithm<P> algorithm = kind.apply(gaussians, summary);
        requireSpread(rows.columns(), summary, settings.regularization);
        Labelling labelling = labelling(rows, algorithm.fixed());
        Function<Initialization.Start, Moments> beginning =
                labelling.beginning(settings.initialization, summary, settings.threads);
        Task.Result<P> result = new Task<>(
                        settings,
                        labelling.rows(),
                        summary,
                        labelling.heeded(algorithm),
                        freeParameters(rows.dimension()) + algorithm.moreParameters(),
                        start -> algorithm.first(first(gaussians, start, beginning)))
                .run(mending());
        return fit(algorithm, result, summary, rows, more, (System.nanoTime() - began) / 1e9);
    }

    /**
     * What partial labels change.
     *
     * @param besides how many forms stand for something else than components
     */
    Labelling labelling(Rows rows, int besides) {
        return Labelling.of(settings.labels, settings.components, besides, rows);
    }

    /** Refuses a start that does not fit the rows or what is frozen, and a prior that does not fit the structure. */
    void checkStart(Rows rows) {
        if (settings.regularization.shrinkage() > 0) {
            ConjugatePrior.require(structure());
        }
        settings.initialization.check(rows, settings.components);
        if (!settings.freedom.frozen().isEmpty() && !(settings.initialization instanceof Initialization.Model)) {
            throw new IllegalArgumentException("there is nothing to freeze in a start that is "
                    + settings.initialization + "; start from a model");
        }
    }

    Task.Mending mending() {
        if (bounded()) {
            return Task.Mending.SPLIT_MERGE;
        }
        // Hierarchical clusters know nothing of classes.
        boolean hierarchical = settings.initialization.hierarchical() && pinned() == 0;
        return hierarchical ? Task.Mending.HIERARCHY : Task.Mending.NONE;
    }

    /** The same for fits of the same rows. */
    Em sharing(Hierarchy hierarchy) {
        return with(s -> s.hierarchy = Optional.of(hierarchy));
    }

    /** What a task came to, for the user. */
    <P> Fit<P> fit(
            MixtureAlgorithm<P> algorithm,
            Task.Result<P> result,
            RowSummary summary,
            Rows rows,
            Consumer<Map<String, String>> more,
            double seconds) {
        P fitted = algorithm.translated(result.best().parameters(), summary.origin());
        P model = settings.initialization.randomized() ? algorithm.canonical(fitted, pinned()) : fitted;
        long parameters = freeParameters(rows.dimension()) + algorithm.moreParameters();
        List<String> warnings = warnings(algorithm.gaussians(model), parameters, summary);
        warnings.addAll(algorithm.warnings(model));
        Map<String, String> options =
                options(rows, Double.toString(result.tolerance().value()));
        more.accept(options);
        return new Fit.Builder<>(model)
                .reached(result)
                .rows(rows.count())
                .freeParameters(parameters)
                .seed(settings.seed)
                .warnings(warnings)
                .options(options)
                .seconds(seconds)
                .build();
    }

    SearchSettings settings() {
        return settings;
    }

    /** How many components, the first ones, are those of classes. */
    int pinned() {
        return settings.labels.map(known -> known.classes().size()).orElse(0);
    }

    /** K. */
    int components() {
        return settings.components;
    }

    CovarianceStructure structure() {
        return settings.freedom.structure();
    }

    Regularization regularization() {
        return settings.regularization;
    }

    /** p for rows of d columns. */
    long freeParameters(int dimension) {
        return settings.freedom.parameters(settings.components, dimension);
    }

    /** The formulas of this fit for rows of some summary. */
    MaximumLikelihood algorithm(RowSummary summary, List<String> columns) {
        return new MaximumLikelihood(settings.freedom, settings.regularization, summary, columns, settings.components);
    }

    /** Whether the objective has an upper bound, so that it makes sense to search for the highest. */
    boolean bounded() {
        return settings.regularization.bounded();
    }

    /** Whether there is a search that can go on from what it found for another number of components. */
    boolean searchesAlongPaths() {
        return settings.searches() && bounded() && pinned() == 0;
    }

    /** Whether all options but the number of components, the structure and the observer are another's. */
    boolean differsInShapeOnly(Em other) {
        Settings same = (Settings) other.settings.copy();
        same.components = settings.components;
        same.freedom = same.freedom.with(settings.freedom.structure());
        return settings.threads == same.threads
                && settings.journal == same.journal
                && settings.labels.equals(same.labels)
                && toString().equals(new Em(same).toString());
    }

    /** Refuses constant columns where the policy cannot bear them. */
    static void requireSpread(List<String> columns, RowSummary summary, Regularization regularization) {
        if (regularization.allowsConstantColumns()) {
            return;
        }
        for (int j = 0; j < columns.size(); j++) {
            if (summary.isConstant(j)) {
                throw new IllegalArgumentException("column \"" + columns.get(j) + "\" is " + summary.smallest(j)
                        + " in all rows: a constant has no density; leave the column out or set reg_covar");
            }
        }
    }

    /** Refuses partial labels, for what has other rows. */
    void requireNoLabels(String who) {
        if (settings.labels.isPresent()) {
            throw new IllegalArgumentException(who + " draws rows without labels; leave the partial labels out");
        }
    }

    /** The first Gaussians of a climb. */
    GaussianMixture first(MaximumLikelihood algorithm, Initialization.Start start) {
        return first(algorithm, start, settings.initialization::moments);
    }

    /**
     * The first Gaussians of a climb.
     *
     * @param beginning gives the first moments
     */
    GaussianMixture first(
            MaximumLikelihood algorithm,
            Initialization.Start start,
            Function<Initialization.Start, Moments> beginning) {
        if (settings.initialization instanceof Initialization.Model model) {
            return algorithm.restructured(
                    model.about(start.summary().origin(), start.rows().columns()));
        }
        return algorithm.first(beginning.apply(start));
    }

    /** What a careful reader should know of a fitted mixture. */
    static List<String> warnings(GaussianMixture model, long parameters, RowSummary summary) {
        List<String> warnings = new ArrayList<>();
        double totalWeight = summary.totalWeight();
        if (summary.blankRows() > 0) {
            warnings.add(
                    summary.blankRows() == 1
                            ? "1 row has no value at all and counts for nothing"
                            : summary.blankRows() + " rows have no value at all and count for nothing");
        }
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

    private Map<String, String> options(Rows rows, String tol) {
        Map<String, String> options = options(tol);
        if (rows.gapped()) {
            options.put("missing", "exact");
        }
        switch (rows.rowCovariance()) {
            case NONE -> {}
            case SPREAD -> options.put("rows", "with a spread");
            case ERROR -> options.put("rows", "with errors");
        }
        return options;
    }

    Map<String, String> options(String tol) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("method", "em");
        options.put("components", Integer.toString(settings.components));
        options.put("covariance_type", settings.freedom.structure().label());
        if (settings.freedom.proportions() == Proportions.EQUAL) {
            options.put("weights", "equal");
        }
        if (!settings.freedom.frozen().isEmpty()) {
            options.put("frozen", settings.freedom.frozenInWords());
        }
        if (pinned() > 0) {
            options.put(
                    "classes", String.join("|", settings.labels.orElseThrow().classes()));
        }
        options.put("regularization", settings.regularization.toString());
        settings.describe(options, tol);
        return options;
    }

    @Override
    public String toString() {
        return options(settings.tolerance()).toString();
    }
}
