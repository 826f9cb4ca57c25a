package org.mixtura.cli;

import java.util.List;
import java.util.Optional;
import org.mixtura.bayes.MixturePosterior;
import org.mixtura.fit.Criterion;
import org.mixtura.fit.Fit;
import org.mixtura.io.MixtureFile;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.mixture.NoisyMixture;
import org.mixtura.mixture.StudentMixture;

/**
 * What a fit came to.
 *
 * @param fit the chosen fit
 * @param mixture its mixture, to show; without its noise or tails
 * @param noisy the mixture with its noise, if it has any
 * @param file what a model file of it holds
 * @param criterion what it was chosen by
 * @param choices all candidates, in the order in which they were tried
 * @param posterior what a variational fit knows besides
 * @param passes the work of all candidates in passes over all rows; NaN where it was not counted
 * @param cells what was fitted in place of the rows, if it was cells
 */
record Outcome(
        Fit<?> fit,
        GaussianMixture mixture,
        Optional<NoisyMixture> noisy,
        MixtureFile file,
        Criterion criterion,
        List<Choice> choices,
        Optional<PosteriorResult> posterior,
        double passes,
        Optional<OnCells> cells) {
    /**
     * What a fit on cells came to there.
     *
     * @param count how many cells
     * @param bound the lower bound of the log-likelihood of all rows, nats
     */
    record OnCells(long count, double bound) {}

    static Outcome of(Fit<GaussianMixture> fit, Criterion criterion, List<Choice> choices) {
        return new Outcome(
                fit,
                fit.model(),
                Optional.empty(),
                MixtureFile.of(fit),
                criterion,
                choices,
                Optional.empty(),
                fit.passes(),
                Optional.empty());
    }

    /** A fit among noise. */
    static Outcome ofNoisy(Fit<NoisyMixture> fit, Criterion criterion, List<Choice> choices) {
        NoisyMixture model = fit.model();
        return new Outcome(
                fit,
                model.gaussians(),
                Optional.of(model),
                MixtureFile.ofNoisy(fit),
                criterion,
                choices,
                Optional.empty(),
                fit.passes(),
                Optional.empty());
    }

    /** A fit with tails. */
    static Outcome ofTailed(Fit<StudentMixture> fit, Criterion criterion, List<Choice> choices) {
        return new Outcome(
                fit,
                fit.model().gaussians(),
                Optional.empty(),
                MixtureFile.ofTailed(fit),
                criterion,
                choices,
                Optional.empty(),
                fit.passes(),
                Optional.empty());
    }

    /** What scores rows. */
    RowScorer scorer() {
        return RowScorer.of(file);
    }

    /** A variational fit, whose mixture is the one that the posterior expects. */
    static Outcome of(Fit<MixturePosterior> fit, PosteriorResult posterior, Criterion criterion) {
        GaussianMixture mixture = posterior.posterior().mixture();
        MixtureFile file =
                MixtureFile.of(mixture, fit).with("evidence_lower_bound", Double.toString(posterior.lastBound()));
        Choice only = Choice.only(mixture.size(), mixture.structure(), fit);
        return new Outcome(
                fit,
                mixture,
                Optional.empty(),
                file,
                criterion,
                List.of(only),
                Optional.of(posterior),
                fit.passes(),
                Optional.empty());
    }

    /** The same after other work. */
    Outcome passes(double count) {
        return new Outcome(fit, mixture, noisy, file, criterion, choices, posterior, count, cells);
    }

    /** The same fitted on cells, if it was. */
    Outcome onCells(Optional<OnCells> some) {
        return new Outcome(fit, mixture, noisy, file, criterion, choices, posterior, passes, some);
    }
}
