package org.mixtura.fit;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.mixtura.mixture.Covariance;

/**
 * The M-step along given axes: the spectra b_k = λ_k A_k, d positive values each, that minimise
 *
 * <pre>  Σ_k ( n_k Σ_j ln b_kj + Σ_j w_kj / b_kj )</pre>
 *
 * for spectra w_k of scatters along the same axes, when volumes λ_k = (Π_j b_kj)^{1/d}, shapes A_k, both or none are common.
 */
final class Spectra {
    /** Turns of the iteration for a common shape; seldom more than ten are needed. */
    private static final int MOST_TURNS = 1000;

    /** When another turn would change no volume by more. */
    private static final double SETTLED = 1e-14;

    private Spectra() {}

    /** What the spectra have in common. */
    enum Rule {
        /** Nothing: b_k = w_k / n_k. */
        OWN {
            @Override
            double[][] of(double[][] w, double[] counts, double[] volumes) {
                return by(w, k -> 1 / counts[k]);
            }
        },
        /** All: b = Σ_k w_k / n. */
        COMMON {
            @Override
            double[][] of(double[][] w, double[] counts, double[] volumes) {
                double n = Arrays.stream(counts).sum();
                double[] pooled = pooled(by(w, k -> 1 / n));
                return by(w, pooled, k -> 1);
            }
        },
        /** Volume: b_k = λ g(w_k), λ = Σ_k (Π_j w_kj)^{1/d} / n. */
        COMMON_VOLUME {
            @Override
            double[][] of(double[][] w, double[] counts, double[] volumes) {
                double[] own = Arrays.stream(w).mapToDouble(Spectra::volume).toArray();
                double volume = Arrays.stream(own).sum() / Arrays.stream(counts).sum();
                return by(w, k -> volume / own[k]);
            }
        },
        /**
         * Shape: A = g(Σ_k w_k / λ_k) and λ_k = Σ_j (w_kj / A_j) / (n_k d) in turn. The problem is convex in the logarithms of
         * both, so that there is one solution.
         */
        COMMON_SHAPE {
            @Override
            double[][] of(double[][] w, double[] counts, double[] volumes) {
                double[] lambda = volumes.length > 0 ? volumes.clone() : equal(w.length);
                for (int turn = 0; turn < MOST_TURNS; turn++) {
                    double[] shape = pooled(by(w, k -> 1 / lambda[k]));
                    double own = volume(shape);
                    for (int j = 0; j < shape.length; j++) {
                        shape[j] /= own;
                    }
                    if (settle(lambda, sizes(w, counts, shape)) || turn == MOST_TURNS - 1) {
                        return by(w, shape, k -> lambda[k]);
                    }
                }
                throw new AssertionError();
            }
        };

        /**
         * The spectra.
         *
         * @param w K × d
         * @param counts n_k
         * @param volumes λ_k to start from; empty if there are none
         */
        abstract double[][] of(double[][] w, double[] counts, double[] volumes);
    }

    /** Takes new volumes for old; answers whether they hardly differ. */
    static boolean settle(double[] volumes, double[] changed) {
        boolean settled = true;
        for (int k = 0; k < volumes.length; k++) {
            settled &= Math.abs(changed[k] - volumes[k]) <= SETTLED * changed[k];
            volumes[k] = changed[k];
        }
        return settled;
    }

    /** Volumes to start from where none are known: from equal ones the first turn goes on in any units of the columns. */
    static double[] equal(int components) {
        double[] volumes = new double[components];
        Arrays.fill(volumes, 1);
        return volumes;
    }

    /** λ_k of covariances, (det Σ_k)^{1/d}. */
    static double[] volumes(List<Covariance> covariances) {
        return covariances.stream()
                .mapToDouble(c -> Math.exp(c.logDeterminant() / c.dimension()))
                .toArray();
    }

    /** (Π_j w_j)^{1/d}. */
    private static double volume(double[] w) {
        double sum = 0;
        for (double value : w) {
            sum += Math.log(value);
        }
        return Math.exp(sum / w.length);
    }

    /** Σ_j (w_kj / A_j) / (n_k d). */
    private static double[] sizes(double[][] w, double[] counts, double[] shape) {
        double[] sizes = new double[w.length];
        for (int k = 0; k < w.length; k++) {
            for (int j = 0; j < w[k].length; j++) {
                sizes[k] += w[k][j] / shape[j];
            }
            sizes[k] /= counts[k] * w[k].length;
        }
        return sizes;
    }

    private static double[] pooled(double[][] w) {
        double[] sum = new double[w[0].length];
        for (double[] each : w) {
            for (int j = 0; j < sum.length; j++) {
                sum[j] += each[j];
            }
        }
        return sum;
    }

    private static double[][] by(double[][] w, IntToDoubleFunction factor) {
        double[][] scaled = new double[w.length][];
        for (int k = 0; k < w.length; k++) {
            double f = factor.applyAsDouble(k);
            scaled[k] = Arrays.stream(w[k]).map(value -> value * f).toArray();
        }
        return scaled;
    }

    private static double[][] by(double[][] w, double[] common, IntToDoubleFunction factor) {
        double[][] same = new double[w.length][];
        Arrays.fill(same, common);
        return by(same, factor);
    }
}
