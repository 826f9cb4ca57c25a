package org.mixtura.entropy;

import org.mixtura.integration.Rounding;
import org.mixtura.integration.WithinCovariance;
import org.mixtura.linalg.Cholesky;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/**
 * A mixture in the coordinates in which its moments are computed: about its mean, standardised by the mean covariance of its
 * components, and scaled so that Σ_t π_t |Λ_t|^½ = 1.
 *
 * <p>The moments over powers of the bound a₀ do not change under any such map, but in these coordinates no exponent is large
 * and no determinant over- or underflows before its moment does.
 */
final class MomentInput {
    private final double[] weights;
    private final double[][] means;
    private final double[][] precisions;
    private final double[] shares;
    private final double normaliser;
    private final boolean tied;
    private final double inflation;

    private MomentInput(double[] weights, double[][] means, double[][] precisions, boolean tied) {
        this.weights = weights;
        this.means = means;
        this.precisions = precisions;
        this.tied = tied;
        this.shares = new double[weights.length];
        int d = means[0].length;
        double largest = 1;
        double sum = 0;
        for (int t = 0; t < weights.length; t++) {
            // From the very precisions that the moments are made of, so that all of them belong to one mixture.
            double[] lower = Cholesky.factor(precisions[t], d);
            double root = 1;
            for (int i = 0; i < d; i++) {
                root *= lower[Packed.index(i, i)];
            }
            largest = Math.max(largest, Rounding.inflation(lower, d));
            shares[t] = weights[t] * root;
            sum += shares[t];
        }
        for (int t = 0; t < weights.length; t++) {
            shares[t] /= sum;
        }
        this.normaliser = sum;
        this.inflation = largest;
    }

    /**
     * The input for a mixture.
     *
     * @param mixture K different components of positive weight
     */
    static MomentInput of(GaussianMixture mixture) {
        int size = mixture.size();
        int d = mixture.dimension();
        double[] mean = mixture.mean();
        Covariance within = WithinCovariance.of(mixture.weights(), mixture.components());
        double logPeaks = Cutoff.logBound(mixture) + 0.5 * (d * Math.log(2 * Math.PI) + within.logDeterminant());
        double scale = Math.exp(logPeaks / d);
        double[][] means = new double[size][];
        double[][] precisions = new double[size][];
        for (int t = 0; t < size; t++) {
            Gaussian component = mixture.component(t);
            double[] difference = component.mean();
            for (int j = 0; j < d; j++) {
                difference[j] -= mean[j];
            }
            means[t] = within.whiten(difference);
            for (int j = 0; j < d; j++) {
                means[t][j] *= scale;
            }
            precisions[t] = precision(component.covariance(), within, scale);
        }
        return new MomentInput(mixture.weights(), means, precisions, tied(mixture));
    }

    private static boolean tied(GaussianMixture mixture) {
        Covariance first = mixture.component(0).covariance();
        return mixture.components().stream()
                .allMatch(component -> component.covariance().equals(first));
    }

    /** (c² L⁻¹ Σ L⁻ᵀ)⁻¹ for the frame's factor L and scale c: WᵀW with W the inverse of c L⁻¹N, Σ = N Nᵀ. */
    private static double[] precision(Covariance covariance, Covariance frame, double scale) {
        int d = covariance.dimension();
        double[] factor = new double[Packed.size(d)];
        for (int j = 0; j < d; j++) {
            double[] unit = new double[d];
            unit[j] = scale;
            double[] column = frame.whiten(covariance.unwhiten(unit));
            for (int i = j; i < d; i++) {
                factor[Packed.index(i, j)] = column[i];
            }
        }
        double[] inverse = Cholesky.invert(factor, d);
        double[] precision = new double[factor.length];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                for (int m = i; m < d; m++) {
                    precision[Packed.index(i, j)] += inverse[Packed.index(m, i)] * inverse[Packed.index(m, j)];
                }
            }
        }
        return precision;
    }

    int size() {
        return weights.length;
    }

    int dimension() {
        return means[0].length;
    }

    double weight(int component) {
        return weights[component];
    }

    /** μ_t; the object's own array. */
    double[] mean(int component) {
        return means[component];
    }

    /** Λ_t, packed; the object's own array. */
    double[] precision(int component) {
        return precisions[component];
    }

    /** b_t = π_t |Λ_t|^½ / Σ, which sum to one. */
    double share(int component) {
        return shares[component];
    }

    /** Σ_t π_t |Λ_t|^½, which is one but for rounding. */
    double normaliser() {
        return normaliser;
    }

    /** Whether all covariances are equal. */
    boolean tied() {
        return tied;
    }

    /** The largest {@link Rounding#inflation} of the precisions; sums of them are hardly larger. */
    double inflation() {
        return inflation;
    }

    /** A lower bound of the moment of an order over the power of a₀: the largest term of a single component. */
    double smallestMoment(int order) {
        double largest = 0;
        for (int t = 0; t < weights.length; t++) {
            double term = weights[t] * Math.pow(shares[t], order) * Math.pow(order + 1, -0.5 * dimension());
            largest = Math.max(largest, term);
        }
        return largest;
    }
}
