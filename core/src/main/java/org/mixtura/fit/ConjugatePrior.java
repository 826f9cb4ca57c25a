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
 * mclust's default prior, conjugate to each component (Fraley &amp; Raftery 2007, <a
 * href="https://doi.org/10.1007/s00357-007-0004-5">doi:10.1007/s00357-007-0004-5</a>): with μ₀ and C the mean and the covariance of all
 * rows (n − 1 in its denominator), ν = d + 2, Λ = C/K^{2/d}, ς² = tr Λ/d,
 *
 * <pre>  μ_k | Σ_k ~ N(μ₀, Σ_k/κ),   Σ_k ~ inverse Wishart(ν, Λ) or, for variances alone, σ² ~ inverse gamma(ν/2, ς²/2).</pre>
 *
 * <p>Its mode given the rows has μ_k = (N_k x̄_k + κμ₀)/(N_k + κ), and its Σ_k follow from scatters T_k = S_k + κ N_k/(N_k + κ) (x̄_k −
 * μ₀)(x̄_k − μ₀)ᵀ, to each of which joins what stands in the table, in place of pseudo-rows, and to its weight N_k a number:
 *
 * <table>
 *   <caption>What joins the scatter of each covariance, and its weight; tied ones are one covariance</caption>
 *   <tr><td>VVV</td><td>Λ</td><td>ν + d + 2</td></tr>
 *   <tr><td>EEE</td><td>Λ</td><td>ν + d + K + 1</td></tr>
 *   <tr><td>VVI</td><td>ς² I</td><td>ν + 3</td></tr>
 *   <tr><td>EEI</td><td>ς² I</td><td>ν + 2</td></tr>
 *   <tr><td>VEI</td><td>ς² I</td><td>(ν + 3)/d</td></tr>
 *   <tr><td>EVI</td><td>ς² I</td><td>(ν + 2)/K</td></tr>
 *   <tr><td>VII</td><td>ς² I/d</td><td>(ν + d + 2)/d</td></tr>
 *   <tr><td>EII</td><td>0</td><td>(ν + 2)/d + K</td></tr>
 *   <tr><td>EEV</td><td>Λ</td><td>(ν + d + 2)/K</td></tr>
 *   <tr><td>VEV</td><td>Λ</td><td>0</td></tr>
 * </table>
 *
 * <p>These are the numbers of mclust 6.0.0, found from its results, which follow no one rule; each step leads to the mode of some
 * posterior all the same, with one exception: mclust does not move the means of EEI, as the mode does and as it is done here. There is
 * no prior for VEE, EVE, VVE and EVV. One component has that of VVV, VVI or VII.
 */
final class ConjugatePrior {
    /** Those for which mclust has none. */
    private static final Set<CovarianceStructure> NONE = EnumSet.of(
            CovarianceStructure.VEE, CovarianceStructure.EVE, CovarianceStructure.VVE, CovarianceStructure.EVV);

    private final double shrinkage;
    private final double[] mean;
    private final double[] scale;
    private final double rows;

    private ConjugatePrior(double shrinkage, double[] mean, double[] scale, double rows) {
        this.shrinkage = shrinkage;
        this.mean = mean;
        this.scale = scale;
        this.rows = rows;
    }

    /**
     * The prior of a fit.
     *
     * @param shrinkage κ
     * @throws IllegalArgumentException if there is none for the structure, or the rows weigh too little for a covariance
     */
    static ConjugatePrior of(CovarianceStructure structure, double shrinkage, RowSummary summary, int components) {
        require(structure);
        int d = summary.origin().length;
        double[] scale = summary.covariance();
        double weight = summary.totalWeight();
        if (!(weight > 1)) {
            throw new IllegalArgumentException(
                    "the rows weigh " + weight
                            + " together; mclust's prior is made of their covariance over a weight of n - 1: scale the weights up");
        }
        double factor = weight / (weight - 1) / Math.pow(components, 2.0 / d);
        double trace = 0;
        for (int i = 0; i < scale.length; i++) {
            scale[i] *= factor;
        }
        for (int j = 0; j < d; j++) {
            trace += scale[Packed.index(j, j)];
        }
        double[] mean = summary.mean();
        double freedom = d + 2;
        double[] round = diagonal(d, trace / d);
        CovarianceStructure own = components == 1 ? structure.unconstrained() : structure;
        return switch (own) {
            case TIED -> new ConjugatePrior(shrinkage, mean, scale, freedom + d + components + 1);
            case DIAGONAL -> new ConjugatePrior(shrinkage, mean, round, freedom + 3);
            case TIED_DIAGONAL -> new ConjugatePrior(shrinkage, mean, round, freedom + 2);
            case VEI -> new ConjugatePrior(shrinkage, mean, round, (freedom + 3) / d);
            case EVI -> new ConjugatePrior(shrinkage, mean, round, (freedom + 2) / components);
            // The spherical steps take the mean over d columns of what is added to each.
            case SPHERICAL -> new ConjugatePrior(shrinkage, mean, diagonal(d, trace / d / d), 1 + (freedom + 2) / d);
            case TIED_SPHERICAL -> new ConjugatePrior(shrinkage, mean, diagonal(d, 0), (freedom + 2) / d + components);
            case EEV -> new ConjugatePrior(shrinkage, mean, scale, (freedom + d + 2) / components);
            case VEV -> new ConjugatePrior(shrinkage, mean, scale, 0);
            case FULL -> new ConjugatePrior(shrinkage, mean, scale, freedom + d + 2);
            case VEE, EVE, VVE, EVV -> throw new AssertionError(own);
        };
    }

    /**
     * Checks that there is a prior for a structure.
     *
     * @throws IllegalArgumentException if not
     */
    static void require(CovarianceStructure structure) {
        if (NONE.contains(structure)) {
            throw new IllegalArgumentException(
                    "mclust has no prior for " + structure.label()
                            + " covariances; it has one for all but VEE, EVE, VVE and EVV: take another structure or keep the penalty");
        }
    }

    private static double[] diagonal(int d, double value) {
        double[] elements = new double[Packed.size(d)];
        for (int j = 0; j < d; j++) {
            elements[Packed.index(j, j)] = value;
        }
        return elements;
    }

    /** What joins the scatter and the weight of each covariance: Λ, and ν with what else stands in the denominator. */
    Scatters.Prior joining() {
        return new Scatters.Prior(scale, rows, 0);
    }

    /** A share about the mode of its mean. */
    Partition.Share shrunk(Partition.Share share) {
        double sum = share.weight() + shrinkage;
        double[] mode = share.mean().clone();
        for (int j = 0; j < mode.length; j++) {
            mode[j] += (mean[j] - mode[j]) * (shrinkage / sum);
        }
        return widened(share, mode, shrinkage * (share.weight() / sum));
    }

    /** A share about a mean that stays. */
    Partition.Share held(Partition.Share share) {
        return widened(share, share.mean(), shrinkage);
    }

    private Partition.Share widened(Partition.Share share, double[] mode, double weight) {
        int d = mode.length;
        double[] scatter = share.scatter().clone();
        for (int i = 0; i < d; i++) {
            double away = share.mean()[i] - mean[i];
            if (scatter.length == d) {
                scatter[i] += weight * away * away;
                continue;
            }
            for (int j = 0; j <= i; j++) {
                scatter[Packed.index(i, j)] += weight * away * (share.mean()[j] - mean[j]);
            }
        }
        return new Partition.Share(share.weight(), mode, scatter);
    }

    /** The part of −ln prior that is about the means, ½ κ Σ_k (μ_k − μ₀)ᵀ Σ_k⁻¹ (μ_k − μ₀). */
    double penaltyOfMeans(GaussianMixture mixture) {
        double sum = 0;
        for (Gaussian component : mixture.components()) {
            Covariance covariance = component.covariance();
            sum += covariance.mahalanobisSquared(component.mean(), mean);
        }
        return shrinkage * sum / 2;
    }
}
