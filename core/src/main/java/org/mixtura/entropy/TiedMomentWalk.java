package org.mixtura.entropy;

import org.mixtura.linalg.Packed;

/**
 * The moments v_k = E[(p/a₀)ᵏ] as {@link MomentWalk} when all covariances are equal: then A = (k + 1) Λ, so that no matrix
 * is factored, |A|^−½ = (k + 1)^{−d/2}, and Q(l) = Σ_{s&lt;t} l_s l_t D_st / (k + 1) with D_st the squared Mahalanobis
 * distances of the means.
 */
final class TiedMomentWalk {
    private final MomentInput input;
    private final int order;
    private final int size;
    private final double[][] distances;
    private final double[] inverseRoots;
    private final MomentSums sums;
    /** Per depth of the tree: Σ l_s D_st for each later component t. */
    private final double[][] pulls;

    TiedMomentWalk(MomentInput input, int order) {
        this.input = input;
        this.order = order;
        this.size = input.size();
        this.distances = new double[size][size];
        for (int s = 0; s < size; s++) {
            for (int t = 0; t < s; t++) {
                distances[s][t] = squaredDistance(input.mean(s), input.mean(t), input.precision(0));
                distances[t][s] = distances[s][t];
            }
        }
        this.inverseRoots = new double[order + 2];
        for (int n = 1; n <= order + 1; n++) {
            inverseRoots[n] = Math.pow(n, -0.5 * input.dimension());
        }
        this.sums = new MomentSums(order);
        this.pulls = new double[size + 1][size];
    }

    private static double squaredDistance(double[] a, double[] b, double[] precision) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                sum += Packed.get(precision, i, j) * (a[i] - b[i]) * (a[j] - b[j]);
            }
        }
        return sum;
    }

    /** The moments v_0, …, v_N. */
    double[] moments() {
        branch(0, 0, 0, 1, 0);
        return sums.values();
    }

    /** How many terms were added. */
    long terms() {
        return sums.terms();
    }

    private void branch(int depth, int from, int total, double probability, double pairs) {
        for (int t = from; t < size; t++) {
            double q = probability;
            double pull = pulls[depth][t];
            int most = order + 1 - total;
            for (int copies = 1; copies <= most; copies++) {
                int count = total + copies;
                q *= count * input.share(t) / copies;
                double grown = pairs + copies * pull;
                sums.add(count - 1, q * inverseRoots[count] * Math.exp(-0.5 * grown / count));
                if (copies < most && t + 1 < size) {
                    for (int later = t + 1; later < size; later++) {
                        pulls[depth + 1][later] = pulls[depth][later] + copies * distances[t][later];
                    }
                    branch(depth + 1, t + 1, count, q, grown);
                }
            }
        }
    }
}
