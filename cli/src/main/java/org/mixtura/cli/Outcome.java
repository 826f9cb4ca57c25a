package org.mixtura.cli;

import java.util.List;
import org.mixtura.fit.Criterion;
import org.mixtura.fit.Fit;
import org.mixtura.io.MixtureFile;
import org.mixtura.mixture.GaussianMixture;

/**
 * What a fit came to.
 *
 * @param fit the chosen fit
 * @param mixture its mixture, to score and to show
 * @param file what a model file of it holds
 * @param criterion what it was chosen by
 * @param choices all candidates, in the order in which they were tried
 */
record Outcome(Fit<?> fit, GaussianMixture mixture, MixtureFile file, Criterion criterion, List<Choice> choices) {
    static Outcome of(Fit<GaussianMixture> fit, Criterion criterion, List<Choice> choices) {
        return new Outcome(fit, fit.model(), MixtureFile.of(fit), criterion, choices);
    }
}
