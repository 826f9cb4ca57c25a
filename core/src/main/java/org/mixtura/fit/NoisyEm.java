package org.mixtura.fit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.RowSummary;
import org.mixtura.mixture.Box;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.mixture.NoisyMixture;

/**
 * Fits a Gaussian mixture among evenly spread noise by expectation-maximisation; made by {@link Em#withNoise}.
 *
 * <p>The noise has the density 1/V on the box around the rows, V the less of the volumes of the box along the columns and the one
 * along the principal axes of the standardised columns. Its share is estimated with the rest, and the criteria count two
 * parameters for it, the share and V, as mclust does. Without noise in the rows its share comes out near zero, and the rest near
 * the fit without it. It is estimated even where all parameters of the Gaussians are frozen. Around rows with
 * gaps the box is the one along the columns.
 */
public final class NoisyEm implements Estimator<NoisyMixture> {
    /** The share of the noise and the volume of its box. */
    static final int MORE_PARAMETERS = 2;

    private final Em em;

    NoisyEm(Em em) {
        this.em = em;
    }

    /**
     * Fits the mixture.
     *
     * @param rows n rows of d columns
     * @return the fit, its components heaviest first unless they started from a model or labels
     * @throws IllegalArgumentException as {@link Em#fit}, or if a column is constant
     * @throws IllegalStateException if the objective falls, which would be a defect
     */
    @Override
    public Fit<NoisyMixture> fit(Rows rows) {
        long began = System.nanoTime();
        SearchSettings settings = em.settings();
        em.checkStart(rows);
        Labelling labelling = em.labelling(rows, 1);
        RowSummary summary = settings.summary(rows);
        Task.requireEnoughRows(rows, settings.components);
        Box box = NoiseBox.around(rows, summary, settings.threads);
        Em.requireSpread(rows.columns(), summary, em.regularization());
        MaximumLikelihood gaussians = em.algorithm(summary, rows.columns());
        NoisyLikelihood algorithm = new NoisyLikelihood(gaussians, summary, box);
        long parameters = em.freeParameters(rows.dimension()) + MORE_PARAMETERS;
        Function<Initialization.Start, Moments> beginning =
                labelling.beginning(settings.initialization, summary, settings.threads);
        Task.Result<NoisyMixture> result = new Task<>(
                        settings,
                        labelling.rows(),
                        summary,
                        labelling.heeded(algorithm),
                        parameters,
                        start -> algorithm.first(em.first(gaussians, start, beginning)))
                .run(em.mending());
        Ascent.Climb<NoisyMixture> best = result.best();
        NoisyMixture fitted = best.parameters().translated(summary.origin());
        NoisyMixture model = settings.initialization.randomized() ? fitted.canonical(em.pinned()) : fitted;
        return new Fit.Builder<>(model)
                .reached(result)
                .rows(rows.count())
                .freeParameters(parameters)
                .seed(settings.seed)
                .warnings(warnings(model, parameters, summary))
                .options(noisy(
                        em.options(rows, Double.toString(result.tolerance().value()))))
                .seconds((System.nanoTime() - began) / 1e9)
                .build();
    }

    private static List<String> warnings(NoisyMixture model, long parameters, RowSummary summary) {
        GaussianMixture gaussians = model.gaussians();
        List<String> warnings = new ArrayList<>(Em.warnings(gaussians, parameters, summary));
        if (model.share() > 0.5) {
            warnings.add("more than half of the rows, " + Math.round(100 * model.share())
                    + " %, are noise: there may be more components than asked for");
        }
        return warnings;
    }

    private static Map<String, String> noisy(Map<String, String> ofGaussians) {
        Map<String, String> options = new LinkedHashMap<>(ofGaussians);
        options.put("noise", "uniform");
        return options;
    }

    @Override
    public String toString() {
        return noisy(em.options(em.settings().tolerance())).toString();
    }
}
