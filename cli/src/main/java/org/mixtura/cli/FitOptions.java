package org.mixtura.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mixtura.fit.Criterion;
import org.mixtura.fit.Regularization;
import org.mixtura.mixture.CovarianceStructure;

/** The options of {@code fit} that say which mixtures to try and how, with their words for the help. */
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

    private final Option<List<Integer>> components = Option.of(
            "--components",
            "K",
            ComponentCounts::parse,
            "How many Gaussians: a number (3), a range (1..9) or a list (2,4,8). Of several the criterion chooses."
                    + " Default 1..9, since the right number is seldom known; or as many as the start has.");
    private final Option<List<CovarianceStructure>> covariance = Option.of(
            "--covariance",
            "TYPES",
            FitOptions::parseStructures,
            "Shape of the Gaussians: full, tied, diag, spherical, tied_diag, tied_spherical; several, separated by"
                    + " commas, are all tried. Default full: any ellipse, its own for each component. tied: one for all;"
                    + " diag: no correlations; spherical: one variance.");
    private final Option<String> criterion = Option.oneOf(
                    "--criterion",
                    List.of("bic", "aic", "icl"),
                    "What chooses among candidates, lower is better. Default bic, which finds the right number as rows"
                            + " grow; aic predicts, with more components; icl wants them apart.")
            .orElse("bic");
    private final Option<String> init = Option.text(
                    "--init",
                    "START",
                    "Where a fit starts: kmeans++, random, or a model file. Default kmeans++: distant rows as centres,"
                            + " distances in standard deviations so that units do not matter.")
            .orElse(KMEANS_WORD);
    private final Option<String> initLabels = Option.text(
            "--init-labels",
            "COL",
            "Start from the classes in this column, numbers or words, one component for each. The column is then not"
                    + " fitted.");
    private final Option<Integer> nInit = Option.integer(
                    "--n-init",
                    "N",
                    1,
                    "Random starts; the best end is kept. Default 10: one start often ends in a poor local maximum.")
            .orElse(10);
    private final Option<Integer> maxIter = Option.integer(
                    "--max-iter",
                    "N",
                    0,
                    "Most iterations per start. Default 1000, which the tolerance seldom leaves to run.")
            .orElse(1000);
    private final Option<Double> tol = Option.number(
                    "--tol",
                    "X",
                    0,
                    "Stop when an iteration raises the objective by less than this, in nats per row. Default 1e-6. With 0"
                            + " exactly --max-iter iterations run.")
            .orElse(1e-6);
    private final Option<Double> penalty = Option.number(
            "--penalty",
            "A",
            0,
            "Keep covariances from collapsing by A rows' worth of the data's own covariance in each component. Default 1:"
                    + " bounded likelihood, and the same fit in any units.");
    private final Option<Double> regCovar = Option.number(
            "--reg-covar",
            "X",
            0,
            "Instead add X to each variance, as scikit-learn does (1e-6 there). Depends on the units; constant columns"
                    + " stay in.");
    private final Option<Boolean> noRegularization = Option.flag(
            "--no-regularization",
            "Instead do nothing: plain maximum likelihood, which may collapse onto single rows and then says so.");
    private final Option<Long> seed = Option.of(
                    "--seed",
                    "N",
                    FitOptions::parseSeed,
                    "Seed of all random choices. Default 0: the same command gives the same result, bit for bit.")
            .orElse(0L);
    private final Option<Integer> threads = Threads.option();
    private final Option<String> compat = Option.oneOf(
            "--compat",
            List.of(REFERENCE_WORD),
            "reference: repeat OTT-JAX's fit_gmm step for step: its k-means++ start, no regularisation, exactly"
                    + " --max-iter steps; --verbose prints its lines.");

    private static List<CovarianceStructure> parseStructures(String text) {
        List<CovarianceStructure> structures = new ArrayList<>();
        for (String name : text.split(",", -1)) {
            CovarianceStructure structure = CovarianceStructure.of(name);
            if (!structures.contains(structure)) {
                structures.add(structure);
            }
        }
        return List.copyOf(structures);
    }

    static Long parseSeed(String text) {
        try {
            return Long.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a whole number of at most 64 bits", e);
        }
    }

    /** The options that say what to fit. */
    Subcommand.Group model() {
        return new Subcommand.Group("Mixture", List.of(components, covariance, criterion));
    }

    /** The options that say how. */
    Subcommand.Group search() {
        return new Subcommand.Group("Fit", List.of(init, initLabels, nInit, maxIter, tol, seed, threads, compat));
    }

    /** The options against singular covariances, of which only one may be given. */
    Subcommand.Group regularizations() {
        return new Subcommand.Group("Against collapse, one of", List.of(penalty, regCovar, noRegularization));
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
        if (initLabels.isGiven() && init.isGiven()) {
            throw new UsageException("--init and --init-labels both say where to start; give one of them");
        }
        return initLabels.given();
    }

    int restarts() {
        return nInit.value();
    }

    int maxIterations() {
        return maxIter.value();
    }

    double tolerance() {
        return tol.value();
    }

    long seed() {
        return seed.value();
    }

    int threads() {
        return threads.value();
    }

    boolean reference() {
        return compat.isGiven() && compat.value().equals(REFERENCE_WORD);
    }

    /** The policy against singular covariances. */
    Regularization regularization() {
        List<String> given = new ArrayList<>();
        for (Option<?> option : Arrays.asList(penalty, regCovar, noRegularization)) {
            if (option.isGiven()) {
                given.add(option.name());
            }
        }
        if (given.size() > 1) {
            throw new UsageException(String.join(" and ", given) + " exclude each other; give one of them");
        }
        if (noRegularization.value()) {
            return Regularization.none();
        }
        try {
            return regCovar.isGiven()
                    ? Regularization.absolute(regCovar.value())
                    : Regularization.penalty(penalty.given().orElse(1.0));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
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
        refuse(tol.isGiven() && tolerance() != 0, tol, "exactly --max-iter steps");
        refuse(nInit.isGiven() && restarts() != 1, nInit, "one start");
        refuse(penalty.isGiven(), penalty, "no regularization");
        refuse(regCovar.isGiven() && regCovar.value() != 0, regCovar, "no regularization");
        refuse(start() == Start.RANDOM, init, "kmeans++ or a model to start from");
        refuse(components().map(List::size).orElse(1) > 1, components, "one number of components");
    }

    private static void refuse(boolean wrong, Option<?> option, String only) {
        if (wrong) {
            throw new UsageException(
                    "--compat reference knows " + only + "; change " + option.name() + " or leave it out");
        }
    }
}
