package org.mixtura.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mixtura.fit.Criterion;
import org.mixtura.fit.Search;
import org.mixtura.fit.Tails;
import org.mixtura.mixture.CovarianceStructure;

/**
 * The options of {@code fit} that say which mixtures to try and how, with their words for the help, and the checks that they go
 * together. Long because each option's words stand beside it; those of the priors are in {@link PriorOptions}.
 */
final class FitOptions {
    /** Where a fit starts, if not from labels. */
    enum Start {
        KMEANS,
        RANDOM,
        MODEL
    }

    private static final String KMEANS_WORD = "kmeans++";
    private static final String RANDOM_WORD = "random";
    private static final String REFERENCE_WORD = "reference";
    private static final String ALL_WORD = "all";

    private final PriorOptions priors = new PriorOptions();
    private final Option<String> method = Option.oneOf(
                    "--method",
                    Methods.words(),
                    "em, the default: maximum likelihood. bayes: Dirichlet weights, Normal-Wishart components, as"
                            + " scikit-learn's BayesianGaussianMixture. dp: the same under a Dirichlet process. cavi:"
                            + " Dirichlet weights, covariance 1 known. mean-field: equal weights, covariance 1 known. All"
                            + " but em take one number of components.")
            .orElse(Methods.EM.word());
    private final Option<List<Integer>> components = Option.of(
            "--components",
            "K",
            ComponentCounts::parse,
            "How many Gaussians: a number (3), a range (1..9) or a list (2,4,8). Of several the criterion chooses; of"
                    + " many rows only the best and those beside it see all, the others a sample (~ in the table)."
                    + " Default 1..9, since the right number is seldom known; or as many as the start has.");
    private final Option<List<CovarianceStructure>> covariance = Option.of(
            "--covariance",
            "TYPES",
            FitOptions::parseStructures,
            "Shape of the Gaussians: full, tied, diag, spherical, tied_diag, tied_spherical, or by mclust's letters for"
                    + " volume, shape and orientation (Equal, Variable, Identity): EII VII EEI VEI EVI VVI EEE VEE EVE VVE"
                    + " EEV VEV EVV VVV. Several, separated by commas, are all tried; all: the fourteen. Default full, which is"
                    + " VVV: any ellipse, its own for each component. tied: one for all; diag: no correlations; spherical:"
                    + " one variance.");
    private final Option<String> criterion = Option.oneOf(
                    "--criterion",
                    List.of("bic", "aic", "icl"),
                    "What chooses among candidates, lower is better. Default bic, which finds the right number as rows"
                            + " grow; aic predicts, with more components; icl wants them apart.")
            .orElse("bic");
    private final Option<String> init = Option.fileOrWord(
                    "--init",
                    "START",
                    "Where a fit starts: kmeans++, random, or a model file. Default kmeans++: distant rows as centres,"
                            + " distances in standard deviations so that units do not matter. mean-field: also a JSON"
                            + " file with means and variances.")
            .orElse(KMEANS_WORD);
    private final Option<String> initLabels = Option.text(
            "--init-labels",
            "COL",
            "Start from the classes in this column, numbers or words, one component for each. The column is then not"
                    + " fitted.");
    private final Option<String> partialLabels = Option.text(
            "--partial-labels",
            "COL",
            "Heed what this column knows of some rows: a class; a|b, one of them; !a, none of them; a:0.7|b:0.3, odds; an"
                    + " empty cell, nothing. Each class is a component, the first ones in the order of their names. The"
                    + " column is then not fitted.");
    private final Option<String> search = Option.oneOf(
                    "--search",
                    Arrays.stream(Search.values()).map(Search::label).toList(),
                    "How much to look around. normal, the default: a race of starts on a sample of the rows, faster steps,"
                            + " components split and merged while that helps, then more rows up to all. thorough: the"
                            + " same, twice as much. none: EM on all rows from one start. A start that is given is not"
                            + " searched around.")
            .orElse(Search.NORMAL.label());
    private final Option<Integer> nInit = Option.integer(
            "--n-init",
            "N",
            1,
            "Random starts; the best is kept. Default 8, which race; thorough: 16; --search none: 1, and each runs to its"
                    + " end.");
    private final Option<Integer> maxIter = Option.integer(
                    "--max-iter",
                    "N",
                    0,
                    "Most iterations of a climb. Default 1000, which the tolerance seldom leaves to run.")
            .orElse(1000);
    private final Option<Double> tol = Option.number(
            "--tol",
            "X",
            0,
            "Stop when about this is left to gain, in nats per row; with --search none or a given start, when an iteration"
                    + " gains less. Default 1e-6, or of many rows a twentieth of the estimate's own error, if that is"
                    + " more. With 0 exactly --max-iter iterations run.");
    private final FreedomOptions freedom = new FreedomOptions();
    private final RegularizationOptions regularization = new RegularizationOptions();
    private final Option<Long> seed = Seed.option();
    private final Option<Integer> threads = Threads.option();
    private final Option<String> compat = Option.oneOf(
            "--compat",
            List.of(REFERENCE_WORD),
            "reference: repeat the published program step for step. em: OTT-JAX's fit_gmm, its k-means++ start, no"
                    + " regularisation, exactly --max-iter steps; --verbose prints its lines. cavi, mean-field: their own"
                    + " random start, order and stop; --tol is then of the total bound, 1e-5 and 1e-10, and cavi stops"
                    + " after 100 iterations.");

    private final Option<Boolean> noise = Option.flag(
            "--noise",
            "Let a part of the rows be noise, spread evenly over the box around them all, and belong to no component: for"
                    + " data with junk. Its share is estimated; its label is -1.");

    private final Option<Integer> cells = Option.integer(
            "--cells",
            "N",
            1,
            "Fit this many cells in place of the rows, each with its weight, mean and covariance: for many fits on one large"
                    + " table of up to 4 columns. Default: none. 4000 lose next to nothing of 200000 rows of 2 columns;"
                    + " the log-likelihood of all rows is given beside the bound that was fitted.");
    private final Option<Tails> tails = Option.of(
            "--tails",
            "WHAT",
            FitOptions::parseTails,
            "Give the components heavy tails, Student's, so that outliers hardly pull at them. estimated: each its own degrees"
                    + " of freedom, the fewer the heavier; common: the same for all; a number: known ones, at least 0.5."
                    + " Default: none, which is Gaussian.");

    private static Tails parseTails(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        return switch (word) {
            case "estimated" -> Tails.estimated();
            case "common" -> Tails.common();
            default -> {
                try {
                    yield Tails.fixed(Double.parseDouble(word));
                } catch (NumberFormatException e) {
                    throw new IllegalArgumentException("expected estimated, common or a number such as 4", e);
                }
            }
        };
    }

    private static List<CovarianceStructure> parseStructures(String text) {
        List<CovarianceStructure> structures = new ArrayList<>();
        if (text.strip().equalsIgnoreCase(ALL_WORD)) {
            return List.of(CovarianceStructure.values());
        }
        for (String name : text.split(",", -1)) {
            CovarianceStructure structure = CovarianceStructure.of(name);
            if (!structures.contains(structure)) {
                structures.add(structure);
            }
        }
        return List.copyOf(structures);
    }

    /** The options that say what to fit. */
    Subcommand.Group model() {
        List<Option<?>> options = new ArrayList<>(List.of(method, components, covariance, noise, tails, criterion));
        options.addAll(freedom.all());
        return new Subcommand.Group("Mixture", options);
    }

    /** The options that say how. */
    Subcommand.Group fitting() {
        return new Subcommand.Group(
                "Fit",
                List.of(init, initLabels, partialLabels, search, nInit, maxIter, tol, cells, seed, threads, compat));
    }

    /** The options that keep parameters as they are. */
    FreedomOptions freedom() {
        return freedom;
    }

    /** The options against singular covariances. */
    RegularizationOptions regularization() {
        return regularization;
    }

    /** How many components to try, if the user says so. */
    Optional<List<Integer>> components() {
        return components.given();
    }

    /** Which structures to try, if the user says so. */
    Optional<List<CovarianceStructure>> structures() {
        return covariance.given();
    }

    Criterion criterion() {
        return Criterion.valueOf(criterion.value().toUpperCase(Locale.ROOT));
    }

    Start start() {
        if (initLabels.isGiven() && init.isGiven()) {
            throw new UsageException("--init and --init-labels both say where to start; give one of them");
        }
        String word = init.value().strip().toLowerCase(Locale.ROOT);
        return switch (word) {
            case KMEANS_WORD, "k-means++" -> Start.KMEANS;
            case RANDOM_WORD -> Start.RANDOM;
            default -> Start.MODEL;
        };
    }

    /** The model file to start from, if {@link #start} says so. */
    Path startModel() {
        String text = init.value();
        if (!text.contains(".") && !text.contains("/")) {
            throw new UsageException(
                    "--init is \"" + text + "\"; expected " + KMEANS_WORD + ", " + RANDOM_WORD + " or a model file");
        }
        return Option.parsePath(text);
    }

    /** The column of the classes to start from. */
    Optional<String> labelColumn() {
        return initLabels.given();
    }

    /**
     * Checks that the classes of rows are given one way.
     *
     * @throws UsageException if not
     */
    void checkLabels() {
        if (partialLabels.isGiven() && initLabels.isGiven()) {
            throw new UsageException(
                    "--partial-labels starts from its own classes, --init-labels from others; give one of" + " them");
        }
    }

    /** The column of what is known of the rows' components. */
    Optional<String> partialLabelColumn() {
        return partialLabels.given();
    }

    Methods method() {
        return Methods.of(method.value());
    }

    PriorOptions priors() {
        return priors;
    }

    /** Whether the user says where to start. */
    boolean startGiven() {
        return init.isGiven();
    }

    /** The tolerance, if the user gives one. */
    Optional<Double> givenTolerance() {
        return tol.given();
    }

    Optional<Integer> givenMaxIterations() {
        return maxIter.given();
    }

    /**
     * Checks, before any data is read, that a variational fit knows its number of components.
     *
     * @throws UsageException if several were asked for, or none and the start does not tell it
     */
    void checkCount(Methods method) {
        if (labelColumn().isEmpty() && start() != Start.MODEL) {
            oneCount(method, Optional.empty());
        }
    }

    /**
     * The one number of components of a variational fit.
     *
     * @param ofStart how many the start has, if there is one
     * @throws UsageException if several were asked for, or none where one is needed, or another than the start has
     */
    int oneCount(Methods method, Optional<Integer> ofStart) {
        List<Integer> counts = components().orElse(ofStart.map(List::of).orElse(List.of()));
        if (counts.isEmpty()) {
            throw new UsageException("--method " + method.word() + " needs --components K"
                    + (method.knownCovariance() ? "" : ", the most there may be; those not needed empty"));
        }
        if (counts.size() > 1) {
            throw new UsageException("--method " + method.word() + " takes one number of components, not " + counts
                    + "; compare the evidence lower bounds of several runs");
        }
        if (ofStart.isPresent() && !ofStart.get().equals(counts.get(0))) {
            throw new UsageException("the start has " + Digits.count(ofStart.get(), "component")
                    + ", --components asks for " + counts.get(0) + "; leave --components out");
        }
        return counts.get(0);
    }

    /**
     * The one structure of a variational fit.
     *
     * @throws UsageException if several were asked for, one that has no prior, or one where the covariance is known
     */
    CovarianceStructure oneStructure(Methods method) {
        if (method.knownCovariance() && covariance.isGiven()) {
            throw new UsageException("--method " + method.word()
                    + " has the known covariance 1 in each column; leave --covariance out or take --method bayes");
        }
        List<CovarianceStructure> asked = structures().orElse(List.of(CovarianceStructure.FULL));
        if (asked.size() > 1) {
            throw new UsageException("--method " + method.word() + " takes one --covariance; compare the evidence lower"
                    + " bounds of several runs");
        }
        CovarianceStructure only = asked.get(0);
        if (!only.tied() && only != only.unconstrained()) {
            throw new UsageException("--method " + method.word() + " has no prior for --covariance " + only.label()
                    + "; take full, tied, diag, spherical, tied_diag or tied_spherical, or --method em");
        }
        return only;
    }

    /**
     * Checks that no option of maximum likelihood was given to a method that needs none.
     *
     * @throws UsageException if one was
     */
    void refuseRegularization(Methods method) {
        List<Option<?>> options = new ArrayList<>(regularization.all());
        options.add(criterion);
        options.addAll(freedom.all());
        options.add(noise);
        options.add(cells);
        options.add(partialLabels);
        options.add(tails);
        for (Option<?> option : options) {
            if (option.isGiven()) {
                throw new UsageException(
                        option.name() + " belongs to --method em, not " + method.word() + "; leave it out");
            }
        }
    }

    /**
     * Checks that not more than one start was asked for.
     *
     * @throws UsageException if it was
     */
    void refuseRestarts() {
        if (nInit.isGiven() && nInit.value() != 1) {
            throw new UsageException(
                    "--n-init is " + nInit.value() + ", the published program has one start; leave --n-init out");
        }
    }

    /** Whether rows may be noise. */
    boolean noise() {
        return noise.value();
    }

    /** How many cells to fit in place of the rows, if the user wants that. */
    Optional<Integer> cells() {
        return cells.given();
    }

    /**
     * Checks that what is fitted can be fitted to cells.
     *
     * @throws UsageException if not
     */
    void checkCells() {
        for (Option<?> other : List.of(noise, tails, initLabels, partialLabels)) {
            if (cells.isGiven() && other.isGiven()) {
                throw new UsageException(
                        other.name() + " says something of single rows, and --cells fits none; leave one of them out");
            }
        }
    }

    /** What is known of the tails, if there are any. */
    Optional<Tails> tails() {
        return tails.given();
    }

    /** How many starts, if the user says so. */
    Optional<Integer> restarts() {
        return nInit.given();
    }

    Search search() {
        return Search.valueOf(search.value().toUpperCase(Locale.ROOT));
    }

    int maxIterations() {
        return maxIter.value();
    }

    long seed() {
        return seed.value();
    }

    /** The option that changes no number. */
    Option<Integer> threadsOption() {
        return threads;
    }

    int threads() {
        return threads.value();
    }

    boolean reference() {
        return compat.isGiven() && compat.value().equals(REFERENCE_WORD);
    }

    /**
     * Checks that nothing was asked for that the reference program does not do.
     *
     * @throws UsageException if something was
     */
    void checkReference() {
        boolean otherShape = structures()
                .map(s -> !s.equals(List.of(CovarianceStructure.FULL)))
                .orElse(false);
        refuse(otherShape, covariance, "full covariances only");
        refuse(tol.isGiven() && tol.value() != 0, tol, "exactly --max-iter steps");
        refuse(nInit.isGiven() && nInit.value() != 1, nInit, "one start");
        refuse(search.isGiven() && search() != Search.NONE, search, "no search");
        refuse(start() == Start.RANDOM, init, "kmeans++ or a model to start from");
        refuse(components().map(List::size).orElse(1) > 1, components, "one number of components");
        freedom.all().forEach(option -> refuse(option.isGiven(), option, "free parameters only"));
        refuse(noise(), noise, "mixtures without noise");
        refuse(cells.isGiven(), cells, "all rows");
        refuse(partialLabels.isGiven(), partialLabels, "rows without labels");
        refuse(tails.isGiven(), tails, "Gaussians");
        regularization.checkNone("--compat reference");
    }

    private static void refuse(boolean wrong, Option<?> option, String only) {
        if (wrong) {
            throw new UsageException(
                    "--compat reference knows " + only + "; change " + option.name() + " or leave it out");
        }
    }
}
