package org.mixtura.fit;

import java.util.ArrayList;
import java.util.List;
import org.mixtura.linalg.Packed;

/**
 * What an M-step learns covariances from: for each of some covariances a scatter W_k and a count n_k, such that the step
 * maximises
 *
 * <pre>  Q = −½ Σ_k ( n_k ln det Σ_k + tr W_k Σ_k⁻¹ )</pre>
 *
 * over the covariances that a structure allows. With S_k and N_k the scatter and weight of a component's rows, a pseudo-rows of
 * covariance Λ, and a ridge ε ({@link Regularization}),
 *
 * <pre>  n_k = N_k + a,   W_k = S_k + aΛ + n_k ε I.</pre>
 *
 * <p>The penalty (a/2) Σ_k (tr ΛΣ_k⁻¹ + ln det Σ_k) is thus within Q, whatever the structure, and what maximises Q cannot lower
 * the penalised likelihood. One of them without constraints is W_k / n_k = (S_k + aΛ)/(N_k + a) + ε I.
 *
 * @param each W_k, packed lower triangles or diagonals
 * @param counts n_k, positive
 * @param names whose each is, for messages
 * @param dimension d
 */
@SuppressWarnings("ArrayRecordComponent")
record Scatters(List<double[]> each, double[] counts, List<String> names, int dimension) {
    /**
     * Where regularisation enters.
     *
     * @param pseudoScatter aΛ, packed
     * @param pseudoRows a
     * @param ridge ε
     */
    record Prior(double[] pseudoScatter, double pseudoRows, double ridge) {
        /** Adds what is independent of the rows to a scatter; returns the count. */
        double join(double[] scatter, double weight, int d) {
            double count = weight + pseudoRows;
            boolean full = scatter.length != d || d == 1;
            for (int i = 0; i < d; i++) {
                for (int j = full ? 0 : i; j <= i; j++) {
                    scatter[full ? Packed.index(i, j) : i] +=
                            pseudoScatter[Packed.index(i, j)] + (i == j ? count * ridge : 0);
                }
            }
            return count;
        }
    }

    /**
     * One for each of some components.
     *
     * @param shares their shares of the rows, of positive weight
     * @param names whose they are
     */
    static Scatters each(List<Partition.Share> shares, List<String> names, Prior prior) {
        int d = shares.get(0).mean().length;
        List<double[]> each = new ArrayList<>();
        double[] counts = new double[shares.size()];
        for (int k = 0; k < counts.length; k++) {
            double[] scatter = shares.get(k).scatter().clone();
            counts[k] = prior.join(scatter, shares.get(k).weight(), d);
            each.add(scatter);
        }
        return new Scatters(List.copyOf(each), counts, names, d);
    }

    /** One for all components together, which the pseudo-rows join once. */
    static Scatters pooled(List<Partition.Share> shares, String name, Prior prior) {
        int d = shares.get(0).mean().length;
        double[] sum = new double[shares.get(0).scatter().length];
        double weight = 0;
        for (Partition.Share share : shares) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += share.scatter()[i];
            }
            weight += share.weight();
        }
        double count = prior.join(sum, weight, d);
        return new Scatters(List.of(sum), new double[] {count}, List.of(name), d);
    }

    /** How many there are. */
    int size() {
        return counts.length;
    }

    /** W_k / n_k, in the packing of the scatter. */
    double[] mean(int k) {
        double[] mean = each.get(k).clone();
        for (int i = 0; i < mean.length; i++) {
            mean[i] /= counts[k];
        }
        return mean;
    }

    /** The diagonal of W_k / n_k. */
    double[] variances(int k) {
        double[] mean = mean(k);
        if (mean.length == dimension) {
            return mean;
        }
        double[] variances = new double[dimension];
        for (int j = 0; j < dimension; j++) {
            variances[j] = mean[Packed.index(j, j)];
        }
        return variances;
    }

    /** W_k as d rows of d. */
    double[][] rows(int k) {
        return Packed.toSymmetricRows(each.get(k), dimension);
    }
}
