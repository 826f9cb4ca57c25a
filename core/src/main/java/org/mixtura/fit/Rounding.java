package org.mixtura.fit;

import java.util.EnumSet;
import java.util.Set;
import org.mixtura.kernel.RowSummary;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/**
 * By how much rounding alone may lower an objective that theory says can only rise.
 *
 * <p>A relative rounding error ε of a row's image A (x − m) moves its score by about ε √κ, and one of a nearly singular
 * covariance's pivot, ε κ, moves the maximum only in second order; κ = max_k tr(Σ_k⁻¹ diag C) says how much thinner a
 * component is than all rows, C being their covariance, or than itself in another direction if it is wider there than they are,
 * as one may be whose volume is not its own.
 *
 * <p>In first order, ε κ, it moves what is no maximum over all covariances: the trace tr(Σ_k⁻¹ Λ) of a penalty with a prior
 * covariance Λ as thin as C; the likelihood of rows with errors, whose covariances are sums of which a part is given; and that under a structure that keeps the Σ_k from what their rows alone would make them.
 * Where such a structure has axes of its own, these are as exact as the longest of them allows, whatever a column's unit. A fall is
 * seen between two objectives, each of which is off by as much.
 */
final class Rounding {
    /** Rounding of a sum of logarithms, in units of the last place of the objective. */
    private static final double SUM_ROUNDING = 256;

    private static final double EPSILON = Math.ulp(1.0);

    /** Structures whose covariances are not those of the components' own rows, nor of all rows together. */
    private static final Set<CovarianceStructure> AT_ODDS = EnumSet.of(
            CovarianceStructure.VEE,
            CovarianceStructure.EVE,
            CovarianceStructure.VVE,
            CovarianceStructure.EEV,
            CovarianceStructure.VEV,
            CovarianceStructure.EVV);

    /** Structures whose covariances are put together from axes and their lengths. */
    private static final Set<CovarianceStructure> TURNED = EnumSet.of(
            CovarianceStructure.EVE, CovarianceStructure.VVE, CovarianceStructure.EEV, CovarianceStructure.VEV);

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
        double thinness = 0;
        for (Gaussian component : scoring.components()) {
            double[] spread = spread(component.covariance(), summary, scoring.structure());
            thinness = Math.max(thinness, component.covariance().traceOfInverseTimes(spread));
        }
        double pivots = EPSILON * thinness;
        double constrained = AT_ODDS.contains(scoring.structure()) || summary.errors() > 0 ? 1 : 0;
        return SUM_ROUNDING * EPSILON * (Math.abs(objective) + Math.sqrt(thinness) + d)
                + d * pivots * pivots
                + 2 * (priorShare + constrained) * pivots;
    }

    /** The variances that a covariance is compared with, a diagonal matrix. */
    private static double[] spread(Covariance covariance, RowSummary summary, CovarianceStructure structure) {
        int d = covariance.dimension();
        double[] spread = new double[Packed.size(d)];
        double widest = 0;
        for (int j = 0; j < d; j++) {
            int at = Packed.index(j, j);
            spread[at] = Math.max(summary.variance(j), covariance.get(j, j));
            widest = Math.max(widest, spread[at]);
        }
        for (int j = 0; j < d && TURNED.contains(structure); j++) {
            spread[Packed.index(j, j)] = widest;
        }
        return spread;
    }
}
