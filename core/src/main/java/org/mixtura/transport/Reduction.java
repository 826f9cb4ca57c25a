package org.mixtura.transport;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.mixtura.linalg.Cholesky;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/**
 * A mixture of fewer components that stays close to a given one, by merging, again and again, the two components for which
 * it costs least.
 *
 * <p>Two components of weights w_i and w_j merge into one of weight w = w_i + w_j with their common mean and covariance
 *
 * <pre>  μ = (w_i μ_i + w_j μ_j) / w,   Σ = (w_i Σ_i + w_j Σ_j) / w + w_i w_j / w² (μ_i − μ_j)(μ_i − μ_j)ᵀ,</pre>
 *
 * at the cost ½ (w ln det Σ − w_i ln det Σ_i − w_j ln det Σ_j) nats.
 *
 * <ul>
 *   <li>The mean and covariance of the whole mixture stay as they were, to rounding.
 *   <li>The sum of the costs is an upper bound of KL(mixture ‖ reduced mixture).
 *   <li>Covariances of the reduced mixture are full, unless nothing had to be merged.
 * </ul>
 *
 * <p>Runnalls 2007, <a href="https://doi.org/10.1109/TAES.2007.4383588">doi:10.1109/TAES.2007.4383588</a>. K components take
 * O(K² d³ + K³) operations.
 */
public final class Reduction {
    private final GaussianMixture mixture;
    private final int[] groups;
    private final double bound;

    private Reduction(GaussianMixture mixture, int[] groups, double bound) {
        this.mixture = mixture;
        this.groups = groups;
        this.bound = bound;
    }

    /**
     * Reduces a mixture.
     *
     * @param mixture the given mixture, K components
     * @param components how many are to be left, from 1 to K
     * @return the reduced mixture and how it came about
     * @throws IllegalArgumentException if the number is not between 1 and K
     */
    public static Reduction of(GaussianMixture mixture, int components) {
        int size = mixture.size();
        if (components < 1 || components > size) {
            throw new IllegalArgumentException("cannot reduce a mixture of " + size + " components to " + components
                    + "; choose between 1 and " + size);
        }
        int[] groups = IntStream.range(0, size).toArray();
        if (components == size) {
            return new Reduction(mixture, groups, 0);
        }
        Part[] parts = IntStream.range(0, size)
                .mapToObj(k -> Part.of(mixture.weight(k), mixture.component(k)))
                .toArray(Part[]::new);
        // The cost of merging i and j < i stands at [i][j]; infinite once one is gone. A part is there while its group
        // bears its number.
        double[][] costs = new double[size][];
        for (int i = 0; i < size; i++) {
            costs[i] = new double[i];
            for (int j = 0; j < i; j++) {
                costs[i][j] = parts[i].mergingCost(parts[j]);
            }
        }
        double bound = 0;
        for (int left = size; left > components; left--) {
            int[] pair = cheapest(costs);
            int kept = pair[0];
            int gone = pair[1];
            bound += costs[gone][kept];
            parts[kept] = parts[kept].mergedWith(parts[gone]);
            for (int k = 0; k < size; k++) {
                groups[k] = groups[k] == gone ? kept : groups[k];
                if (k != gone) {
                    costs[Math.max(k, gone)][Math.min(k, gone)] = Double.POSITIVE_INFINITY;
                }
            }
            for (int k = 0; k < size; k++) {
                if (k != kept && groups[k] == k) {
                    costs[Math.max(k, kept)][Math.min(k, kept)] = parts[k].mergingCost(parts[kept]);
                }
            }
        }
        int[] survivors = Arrays.stream(groups).distinct().sorted().toArray();
        double[] weights =
                Arrays.stream(survivors).mapToDouble(k -> parts[k].weight).toArray();
        List<Gaussian> gaussians =
                Arrays.stream(survivors).mapToObj(k -> parts[k].gaussian()).toList();
        int[] numbers = Arrays.stream(groups)
                .map(k -> Arrays.binarySearch(survivors, k))
                .toArray();
        return new Reduction(GaussianMixture.of(weights, gaussians).named(mixture.columns()), numbers, bound);
    }

    /** The pair with the least cost, the smaller number first. */
    private static int[] cheapest(double[][] costs) {
        int[] best = {0, 1};
        for (int i = 1; i < costs.length; i++) {
            for (int j = 0; j < i; j++) {
                if (costs[i][j] < costs[best[1]][best[0]]) {
                    best[0] = j;
                    best[1] = i;
                }
            }
        }
        return best;
    }

    /** {@return the reduced mixture; its components stand in the order of the first given component in each} */
    public GaussianMixture mixture() {
        return mixture;
    }

    /** {@return for each given component the number of the reduced component that holds it, K numbers} */
    public int[] groups() {
        return groups.clone();
    }

    /** {@return an upper bound of KL(given mixture ‖ reduced mixture), in nats} */
    public double bound() {
        return bound;
    }

    /** A weighted Gaussian on its way through the merges. */
    private static final class Part {
        private final double weight;
        private final double[] mean;
        /** Packed lower triangle. */
        private final double[] covariance;

        private final double logDeterminant;

        private Part(double weight, double[] mean, double[] covariance) {
            this.weight = weight;
            this.mean = mean;
            this.covariance = covariance;
            this.logDeterminant = Cholesky.logDeterminant(Cholesky.factor(covariance, mean.length), mean.length);
        }

        static Part of(double weight, Gaussian gaussian) {
            return new Part(weight, gaussian.mean(), gaussian.covariance().lowerTriangle());
        }

        Part mergedWith(Part other) {
            double total = weight + other.weight;
            double share = total > 0 ? other.weight / total : 0;
            double[] shift = new double[mean.length];
            double[] newMean = mean.clone();
            double[] newCovariance = new double[covariance.length];
            for (int i = 0; i < mean.length; i++) {
                shift[i] = other.mean[i] - mean[i];
                newMean[i] += share * shift[i];
                for (int j = 0; j <= i; j++) {
                    int at = Packed.index(i, j);
                    newCovariance[at] = (1 - share) * covariance[at]
                            + share * other.covariance[at]
                            + share * (1 - share) * shift[i] * shift[j];
                }
            }
            return new Part(total, newMean, newCovariance);
        }

        double mergingCost(Part other) {
            double cost = (weight + other.weight) * mergedWith(other).logDeterminant
                    - weight * logDeterminant
                    - other.weight * other.logDeterminant;
            return Math.max(0, 0.5 * cost);
        }

        Gaussian gaussian() {
            return Gaussian.of(mean, Covariance.full(covariance, mean.length));
        }
    }
}
