package org.mixtura.fit;

import java.util.Optional;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.QuadraticForms;

/**
 * An algorithm as three formulas around the shared pass. Its objective is L − penalty, where L is the sum of the
 * log-normalisers that the pass returns: the log-likelihood for EM, and together with the penalty the evidence lower bound
 * for variational fits.
 *
 * @param <P> the parameters, relative to the rows' origin
 */
interface Algorithm<P> {
    /** The forms that score rows under some parameters. */
    QuadraticForms forms(P parameters);

    /**
     * The parameters that follow from the moments of a pass.
     *
     * @throws CollapseException if no valid parameters follow
     */
    P update(Moments moments, P previous);

    /** What the objective subtracts from L. */
    double penalty(P parameters);

    /** The second moments that {@link #update} needs. */
    Moments.Scatter scatter();

    /**
     * By how much rounding alone may lower the objective per unit of weight.
     *
     * @param weight of the rows that the objective is of
     */
    double roundingAllowance(P parameters, double objective, double weight);

    /** Coordinates in which to extrapolate; empty if steps cannot be extrapolated. */
    default Optional<Squarem.Coordinates<P>> coordinates() {
        return Optional.empty();
    }

    /** How the objective rises; empty if only the algorithm's own steps are known. */
    default Optional<Slope<P>> slope() {
        return Optional.empty();
    }

    /**
     * What to try between steps: a guess that is taken only if the objective is no lower there.
     *
     * @param moments of the rows under the present parameters
     * @param present the parameters
     * @param next where the algorithm's own step leads
     * @param extrapolated what follows from the last steps; empty if that is nothing better than the next one
     * @return that, or what an algorithm knows of parameters that its steps are slow to move
     */
    default Optional<P> guess(Moments moments, P present, P next, Optional<P> extrapolated) {
        return extrapolated;
    }

    /** Of two components the one into which the other may dissolve, with the rows of both; empty if they merge as any. */
    default Optional<Partition.Share> absorbed(Partition.Share one, Partition.Share other) {
        return Optional.empty();
    }

    /** How many of the forms, the first ones, stand for something else than components that may be split and merged. */
    default int fixed() {
        return 0;
    }

    /**
     * What each row of a part of a sample weighs in a race: 1, so that a penalty keeps components of few rows from collapsing,
     * unless a prior would then empty them.
     *
     * @param share how many rows it stands for
     */
    default double racingWeight(double share) {
        return 1;
    }
}
