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
 * rows (n − 1 in its denominator), ν = d + 2,
 *
 * <pre>  μ_k | Σ_k ~ N(μ₀, Σ_k/κ),   Σ_k ~ inverse Wishart(ν, Λ) or, for variances alone, σ² ~ inverse gamma(ν/2, ς²/2),</pre>
 *
 * <p>Λ = C/K^{2/d}, ς² = tr Λ/d. Its mode given the rows has μ_k = (N_k x̄_k + κμ₀)/(N_k + κ), and for Σ_k the scatters T_k = S_k + κ N_k/(N_k
 * + κ) (x̄_k − μ₀)(x̄_k − μ₀)ᵀ joined by Λ, in place of pseudo-rows: full (T_k + Λ)/(N_k + ν + d + 2), tied (Σ T_k + Λ)/(Σ N_k + ν + d + K +
 * 1), diagonal (diag T_k + ς²)/(N_k + ν + 3), spherical (tr T_k + ς²)/(N_k d + ν + d + 2).
 */
final class ConjugatePrior {
    /** Those for which mclust's M-step is the mode of a posterior. */
    private static final Set<CovarianceStructure> KNOWN = EnumSet.of(
            CovarianceStructure.FULL,
            CovarianceStructure.TIED,
            CovarianceStructure.DIAGONAL,
            CovarianceStructure.SPHERICAL);

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
        int freedom = d + 2;
        return switch (structure) {
            case TIED -> new ConjugatePrior(shrinkage, summary.mean(), scale, freedom + d + 1.0 + components);
            case DIAGONAL -> new ConjugatePrior(shrinkage, summary.mean(), diagonal(d, trace / d), freedom + 3.0);
            // The spherical step takes the mean over d columns of what is added to each.
            case SPHERICAL ->
                new ConjugatePrior(shrinkage, summary.mean(), diagonal(d, trace / d / d), 1 + (freedom + 2.0) / d);
            default -> new ConjugatePrior(shrinkage, summary.mean(), scale, freedom + d + 2.0);
        };
    }

    /**
     * Checks that there is a prior for a structure.
     *
     * @throws IllegalArgumentException if not
     */
    static void require(CovarianceStructure structure) {
        if (!KNOWN.contains(structure)) {
            throw new IllegalArgumentException("mclust's prior is for full, tied, diag and spherical covariances, not "
                    + structure.label() + ", where its steps are no mode of a posterior; keep the penalty instead");
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
