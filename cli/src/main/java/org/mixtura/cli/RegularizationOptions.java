package org.mixtura.cli;

import java.util.ArrayList;
import java.util.List;
import org.mixtura.fit.Regularization;

/** The options against singular covariances, of which one may be given. */
final class RegularizationOptions {
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
    private final Option<Boolean> none = Option.flag(
            "--no-regularization",
            "Instead do nothing: plain maximum likelihood, which may collapse onto single rows and then says so.");

    private final Option<Boolean> mclustPrior = Option.flag(
            "--mclust-prior",
            "Instead take the prior that R's mclust gives by priorControl(), to agree with it: for all covariances but VEE,"
                    + " EVE, VVE and EVV.");

    /** The options. */
    List<Option<?>> all() {
        return List.of(penalty, regCovar, none, mclustPrior);
    }

    /** The options, for the help. */
    Subcommand.Group group() {
        return new Subcommand.Group("Against collapse, one of", all());
    }

    /**
     * The policy that the user wants.
     *
     * @throws UsageException if several are given, or one with a value that it cannot have
     */
    Regularization policy() {
        List<String> given = new ArrayList<>();
        for (Option<?> option : all()) {
            if (option.isGiven()) {
                given.add(option.name());
            }
        }
        if (given.size() > 1) {
            throw new UsageException(String.join(" and ", given) + " exclude each other; give one of them");
        }
        if (none.value()) {
            return Regularization.none();
        }
        if (mclustPrior.value()) {
            return Regularization.mclust();
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
     * Checks that the user wants no policy.
     *
     * @param by what knows none
     * @throws UsageException if one is given
     */
    void checkNone(String by) {
        if (mclustPrior.value()) {
            throw new UsageException(by + " knows no regularization; leave " + mclustPrior.name() + " out");
        }
        if (penalty.isGiven() || (regCovar.isGiven() && regCovar.value() != 0)) {
            throw new UsageException(
                    by + " knows no regularization; leave " + (penalty.isGiven() ? penalty : regCovar).name() + " out");
        }
    }
}
