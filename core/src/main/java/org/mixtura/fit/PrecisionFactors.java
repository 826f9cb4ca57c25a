package org.mixtura.fit;

import java.util.Arrays;
import java.util.Optional;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.RowSummary;
import org.mixtura.linalg.Cholesky;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/**
 * The slope of a penalised likelihood whose covariances are full and each its own, in ln π_k, means, and the factors W_k = L_k⁻¹ of
 * the precisions with logarithms on their diagonal; in standard deviations of the columns. With N_k, S1_k and S2_k the moments about
 * μ_k, W the total weight and the penalty ½ Σ_k (tr Λ Σ_k⁻¹ + a ln det Σ_k):
 *
 * <pre>
 *   ∂/∂ ln π_k = N_k − π_k W,   ∂/∂ μ_k = Σ_k⁻¹ S1_k,   ∂/∂ W_k = (N_k + a) diag(1 / W_ii) − W_k (S2_k + Λ)
 * </pre>
 */
final class PrecisionFactors implements Slope<GaussianMixture> {
    private final double[] scales;
    private final double pseudoRows;
    private final double[] pseudoScatter;

    /**
     * @param pseudoRows a
     * @param pseudoScatter Λ, packed
     */
    PrecisionFactors(RowSummary summary, double pseudoRows, double[] pseudoScatter) {
        this.scales = summary.scales();
        this.pseudoRows = pseudoRows;
        this.pseudoScatter = pseudoScatter;
    }

    private int size() {
        return Packed.size(scales.length);
    }

    /** Where the factor of a component begins. */
    private int factorAt(int component, int components) {
        return components * (1 + scales.length) + component * size();
    }

    private int meanAt(int component, int components) {
        return components + component * scales.length;
    }

    @Override
    public Optional<double[]> of(GaussianMixture mixture) {
        int k = mixture.size();
        double[] point = new double[factorAt(k, k)];
        for (int c = 0; c < k; c++) {
            if (!(mixture.weight(c) > 0)) {
                return Optional.empty();
            }
            point[c] = Math.log(mixture.weight(c));
            double[] factor = factor(mixture, c);
            for (int i = 0; i < scales.length; i++) {
                point[meanAt(c, k) + i] = mixture.component(c).mean(i) / scales[i];
                for (int j = 0; j <= i; j++) {
                    double element = factor[Packed.index(i, j)] * scales[j];
                    point[factorAt(c, k) + Packed.index(i, j)] = i == j ? Math.log(element) : element;
                }
            }
        }
        return Optional.of(point);
    }

    private double[] factor(GaussianMixture mixture, int component) {
        return Cholesky.invert(mixture.component(component).covariance().lowerFactor(), scales.length);
    }

    @Override
    public GaussianMixture at(double[] point, GaussianMixture like) {
        int k = like.size();
        int d = scales.length;
        double largest = Arrays.stream(point, 0, k).max().orElseThrow();
        double[] weights =
                Arrays.stream(point, 0, k).map(x -> Math.exp(x - largest)).toArray();
        double sum = Arrays.stream(weights).sum();
        Gaussian[] components = new Gaussian[k];
        for (int c = 0; c < k; c++) {
            weights[c] /= sum;
            double[] mean = new double[d];
            double[] factor = new double[size()];
            for (int i = 0; i < d; i++) {
                mean[i] = point[meanAt(c, k) + i] * scales[i];
                for (int j = 0; j <= i; j++) {
                    double element = point[factorAt(c, k) + Packed.index(i, j)];
                    factor[Packed.index(i, j)] = (i == j ? Math.exp(element) : element) / scales[j];
                }
            }
            double[] lower = Cholesky.invert(factor, d);
            components[c] = Gaussian.of(mean, Covariance.full(Packed.timesOwnTranspose(lower, d), d));
        }
        return GaussianMixture.of(weights, Arrays.asList(components)).named(like.columns());
    }

    @Override
    public double[] gradient(GaussianMixture mixture, Moments moments) {
        int k = mixture.size();
        int d = scales.length;
        double total = moments.totalWeight();
        double[] gradient = new double[factorAt(k, k)];
        for (int c = 0; c < k; c++) {
            double own = moments.weights()[c];
            gradient[c] = own - mixture.weight(c) * total;
            double[] firsts = Arrays.copyOfRange(moments.firsts(), c * d, (c + 1) * d);
            double[] pull = mixture.component(c).covariance().solve(firsts);
            double[] factor = factor(mixture, c);
            double[] second = moments.second(c);
            for (int i = 0; i < d; i++) {
                gradient[meanAt(c, k) + i] = pull[i] * scales[i];
                for (int j = 0; j <= i; j++) {
                    double rise = 0;
                    for (int m = 0; m <= i; m++) {
                        rise -= factor[Packed.index(i, m)]
                                * (Packed.get(second, m, j) + Packed.get(pseudoScatter, m, j));
                    }
                    int at = factorAt(c, k) + Packed.index(i, j);
                    double element = factor[Packed.index(i, j)];
                    gradient[at] = i == j ? own + pseudoRows + element * rise : rise / scales[j];
                }
            }
        }
        return divided(gradient, total);
    }

    @Override
    public double[] bend(GaussianMixture mixture, Moments moments) {
        int k = mixture.size();
        int d = scales.length;
        double[] bend = new double[factorAt(k, k)];
        for (int c = 0; c < k; c++) {
            double own = moments.weights()[c] + pseudoRows;
            Covariance covariance = mixture.component(c).covariance();
            double[] factor = factor(mixture, c);
            bend[c] = own;
            for (int i = 0; i < d; i++) {
                for (int j = 0; j <= i; j++) {
                    double element = factor[Packed.index(i, j)];
                    bend[meanAt(c, k) + j] += own * element * element * scales[j] * scales[j];
                    bend[factorAt(c, k) + Packed.index(i, j)] = i == j
                            ? own + own * element * element * covariance.get(j, j)
                            : own * covariance.get(j, j) / scales[j] / scales[j];
                }
            }
        }
        return divided(bend, moments.totalWeight());
    }

    private static double[] divided(double[] values, double by) {
        for (int i = 0; i < values.length; i++) {
            values[i] /= by;
        }
        return values;
    }
}
