package org.mixtura.fit;

import java.util.Map;
import org.mixtura.data.Rows;
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
        return em.fit(
                rows,
                (gaussians, summary) ->
                        new NoisyLikelihood(gaussians, summary, NoiseBox.around(rows, summary, em.settings().threads)),
                NoisyEm::describe);
    }

    private static void describe(Map<String, String> options) {
        options.put("noise", "uniform");
    }

    @Override
    public String toString() {
        Map<String, String> options = em.options(em.settings().tolerance());
        describe(options);
        return options.toString();
    }
}
