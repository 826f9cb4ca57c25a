package org.mixtura.entropy;

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
    private final boolean tied;
    private final double inflation;

    private MomentInput(
            double[] weights,
            double[][] means,
            double[][] precisions,
            double[] shares,
            boolean tied,
            double inflation) {
        this.weights = weights;
        this.means = means;
        this.precisions = precisions;
        this.shares = shares;
        this.tied = tied;
        this.inflation = inflation;
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
        Covariance within = meanCovariance(mixture);
        double[] shares = shares(mixture);
        // b_t = π_t |Λ_t|^½ / Σ in any coordinates, so the scale follows from any one component.
        double logScale = (Math.log(shares[0])
                        - Math.log(mixture.weight(0))
                        + 0.5 * (mixture.component(0).covariance().logDeterminant() - within.logDeterminant()))
                / d;
        double scale = Math.exp(logScale);
        double[][] means = new double[size][];
        double[][] precisions = new double[size][];
        double inflation = 1;
        for (int t = 0; t < size; t++) {
            Gaussian component = mixture.component(t);
            double[] difference = component.mean();
            for (int j = 0; j < d; j++) {
                difference[j] -= mean[j];
            }
            means[t] = within.whiten(difference);
            for (int j = 0; j < d; j++) {
                means[t][j] /= scale;
            }
            precisions[t] = precision(component.covariance(), within, scale);
            inflation = Math.max(inflation, inflation(precisions[t], d));
        }
        return new MomentInput(mixture.weights(), means, precisions, shares, tied(mixture), inflation);
    }

    private static boolean tied(GaussianMixture mixture) {
        Covariance first = mixture.component(0).covariance();
        return mixture.components().stream()
                .allMatch(component -> component.covariance().equals(first));
    }

    private static Covariance meanCovariance(GaussianMixture mixture) {
        double[] sum = new double[Packed.size(mixture.dimension())];
        for (int k = 0; k < mixture.size(); k++) {
            double[] triangle = mixture.component(k).covariance().lowerTriangle();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += mixture.weight(k) * triangle[i];
            }
        }
        return Covariance.full(sum, mixture.dimension());
    }

    /** b_t = π_t |Σ_t|^−½ over their sum. */
    private static double[] shares(GaussianMixture mixture) {
        double[] logs = new double[mixture.size()];
        double largest = Double.NEGATIVE_INFINITY;
        for (int t = 0; t < logs.length; t++) {
            logs[t] = Math.log(mixture.weight(t))
                    - 0.5 * mixture.component(t).covariance().logDeterminant();
            largest = Math.max(largest, logs[t]);
        }
        double sum = 0;
        for (int t = 0; t < logs.length; t++) {
            logs[t] = Math.exp(logs[t] - largest);
            sum += logs[t];
        }
        for (int t = 0; t < logs.length; t++) {
            logs[t] /= sum;
        }
        return logs;
    }

    /** (L⁻¹ Σ L⁻ᵀ)⁻¹ c² for the frame's factor L and scale c: WᵀW with W the inverse of L⁻¹N, Σ = N Nᵀ. */
    private static double[] precision(Covariance covariance, Covariance frame, double scale) {
        int d = covariance.dimension();
        double[] factor = new double[Packed.size(d)];
        for (int j = 0; j < d; j++) {
            double[] unit = new double[d];
            unit[j] = 1 / scale;
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

    /** The largest ratio of a diagonal element to its pivot in the Cholesky factor. */
    private static double inflation(double[] precision, int d) {
        double[] lower = Cholesky.factor(precision, d);
        double largest = 1;
        for (int i = 0; i < d; i++) {
            double pivot = lower[Packed.index(i, i)];
            largest = Math.max(largest, precision[Packed.index(i, i)] / (pivot * pivot));
        }
        return largest;
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

    /** b_t = π_t |Λ_t|^½, which sum to one. */
    double share(int component) {
        return shares[component];
    }

    /** Whether all covariances are equal. */
    boolean tied() {
        return tied;
    }

    /** How much larger than rounding the errors of determinants and exponents may be: 1 without correlations. */
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
