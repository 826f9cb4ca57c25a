package org.mixtura.fit;

import org.mixtura.kernel.RowSummary;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/**
 * By how much rounding alone may lower an objective that theory says can only rise.
 *
 * <p>A relative rounding error ε of a row's image A (x − m) moves its score by about ε √κ, and one of a nearly singular
 * covariance's pivot, ε κ, moves the maximum only in second order; κ = max_k tr(Σ_k⁻¹ diag C) says how much thinner a
 * component is than all rows, C being their covariance, or than itself in another direction if it is wider there than they are,
 * as one may be whose volume is not its own. The trace tr(Σ_k⁻¹ Λ) of a penalty with a prior covariance Λ as thin as
 * C is a small difference of numbers of size κ, so its error is ε κ in first order.
 */
final class Rounding {
    /** Rounding of a sum of logarithms, in units of the last place of the objective. */
    private static final double SUM_ROUNDING = 256;

    private static final double EPSILON = Math.ulp(1.0);

    private Rounding() {}

    /** The allowance per unit of weight of an objective without such traces. */
    static double allowance(GaussianMixture scoring, RowSummary summary, double objective) {
        return allowance(scoring, summary, objective, 0);
    }

    /**
     * The allowance per unit of weight.
     *
     * @param scoring the mixture whose covariances score the rows
     * @param summary the rows' summary
     * @param objective the objective per unit of weight
     * @param priorShare the weight of the traces tr(Σ_k⁻¹ Λ) in the objective, all together, per unit of weight
     */
    static double allowance(GaussianMixture scoring, RowSummary summary, double objective, double priorShare) {
        int d = scoring.dimension();
        double[] spread = new double[Packed.size(d)];
        double thinness = 0;
        for (Gaussian component : scoring.components()) {
            for (int j = 0; j < d; j++) {
                spread[Packed.index(j, j)] =
                        Math.max(summary.variance(j), component.covariance().get(j, j));
            }
            thinness = Math.max(thinness, component.covariance().traceOfInverseTimes(spread));
        }
        double pivots = EPSILON * thinness;
        return SUM_ROUNDING * EPSILON * (Math.abs(objective) + Math.sqrt(thinness) + d)
                + d * pivots * pivots
                + priorShare * pivots;
    }
}
