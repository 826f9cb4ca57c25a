package org.mixtura.fit;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.mixtura.bayes.MixturePosterior;
import org.mixtura.bayes.MixturePrior;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.QuadraticForms;
import org.mixtura.kernel.RowSummary;

/**
 * The three formulas of variational Bayes, for every combination of priors: expected log-densities for scores, conjugate
 * updates, and the divergence from the prior as penalty. The objective is the evidence lower bound.
 *
 * <p>Parameters are posteriors whose means are relative to the rows' origin.
 */
final class VariationalInference implements Algorithm<MixturePosterior> {
    private final MixturePrior prior;
    private final RowSummary summary;
    private final boolean reordering;

    /**
     * @param prior the prior, its mean relative to the rows' origin
     * @param summary the rows' summary
     * @param reordering whether the components of a prior that favours it are put in the order of their counts before each
     *     update, which raises the bound
     */
    VariationalInference(MixturePrior prior, RowSummary summary, boolean reordering) {
        this.prior = prior;
        this.summary = summary;
        this.reordering = reordering && prior.weights().favoursLargestFirst();
    }

    @Override
    public QuadraticForms forms(MixturePosterior parameters) {
        return parameters.formsAbout(summary.origin());
    }

    @Override
    public MixturePosterior update(Moments moments, MixturePosterior previous) {
        return first(moments);
    }

    /** The parameters that follow from moments alone; those of the iteration before do not matter. */
    MixturePosterior first(Moments moments) {
        try {
            return prior.posterior(moments, order(moments.weights()));
        } catch (IllegalArgumentException e) {
            throw new CollapseException(String.valueOf(e.getMessage()));
        }
    }

    private List<Integer> order(double[] counts) {
        Comparator<Integer> largestFirst = Comparator.comparingDouble(k -> -counts[k]);
        return IntStream.range(0, counts.length)
                .boxed()
                .sorted(reordering ? largestFirst : Comparator.naturalOrder())
                .toList();
    }

    @Override
    public double penalty(MixturePosterior parameters) {
        return parameters.divergence();
    }

    @Override
    public Moments.Scatter scatter() {
        return prior.scatter();
    }

    @Override
    public double roundingAllowance(MixturePosterior parameters, double objective, double weight) {
        return Rounding.allowance(parameters.mixture(), summary, objective);
    }

    /** As many as it stands for: the prior must weigh no more against a sample than against all rows. */
    @Override
    public double racingWeight(double share) {
        return share;
    }
}
