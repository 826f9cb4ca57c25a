package org.mixtura.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.RowSummary;
import org.mixtura.linalg.Cholesky;
import org.mixtura.linalg.NotPositiveDefiniteException;
import org.mixtura.linalg.Packed;

/**
 * The rows as an iteration has divided them among components: for each its weight, mean and scatter. Components can be merged and
 * replaced, and the moments of the result lead to parameters as those of a pass do, whatever the algorithm.
 */
final class Partition {
    /**
     * One component's share of the rows.
     *
     * @param weight Σ w r
     * @param mean relative to the origin, d values
     * @param scatter about the mean, packed or the diagonal
     * @param tail Σ w r (1 + E ln u − E u) / Σ w r; NaN if nothing is known of a tail
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Share(double weight, double[] mean, double[] scatter, double tail) {
        /** A share of which no tail is known. */
        Share(double weight, double[] mean, double[] scatter) {
            this(weight, mean, scatter, Double.NaN);
        }

        static Share of(Moments moments, int component) {
            double weight = moments.weights()[component];
            double tail = moments.tailed() && weight > 0 ? moments.tails()[component] / weight : Double.NaN;
            return new Share(weight, moments.mean(component), moments.scatter(component), tail);
        }

        /** The union of two shares. */
        Share and(Share other) {
            double sum = weight + other.weight;
            if (!(sum > 0)) {
                return this;
            }
            int d = mean.length;
            double[] common = new double[d];
            double[] apart = new double[d];
            for (int j = 0; j < d; j++) {
                apart[j] = other.mean[j] - mean[j];
                common[j] = mean[j] + apart[j] * (other.weight / sum);
            }
            double[] both = new double[scatter.length];
            double between = weight * (other.weight / sum);
            for (int i = 0, at = 0; i < d; i++) {
                if (scatter.length == d) {
                    both[i] = scatter[i] + other.scatter[i] + between * apart[i] * apart[i];
                    continue;
                }
                for (int j = 0; j <= i; j++, at++) {
                    both[at] = scatter[at] + other.scatter[at] + between * apart[i] * apart[j];
                }
            }
            return new Share(sum, common, both, tailWith(other));
        }

        /** The tail of a union; who has no rows has no say. */
        private double tailWith(Share other) {
            if (!(weight > 0)) {
                return other.tail;
            }
            return other.weight > 0 ? tail + (other.tail - tail) * (other.weight / (weight + other.weight)) : tail;
        }

        /** The same with the diagonal of its scatter only. */
        Share diagonal() {
            int d = mean.length;
            if (scatter.length == d) {
                return this;
            }
            double[] diagonal = new double[d];
            for (int j = 0; j < d; j++) {
                diagonal[j] = scatter[Packed.index(j, j)];
            }
            return new Share(weight, mean, diagonal, tail);
        }

        Share times(double factor) {
            double[] scaled = scatter.clone();
            for (int i = 0; i < scaled.length; i++) {
                scaled[i] *= factor;
            }
            return new Share(weight * factor, mean, scaled, tail);
        }

        Share withTail(double value) {
            return new Share(weight, mean, scatter, value);
        }

        /**
         * ½ N ln det of the covariance (S + aΛ)/(N + a).
         *
         * @param pseudoScatter aΛ, packed
         */
        double halfLogDeterminant(double[] pseudoScatter, double pseudoRows) {
            int d = mean.length;
            double count = weight + pseudoRows;
            double sum = 0;
            if (scatter.length == d) {
                for (int j = 0; j < d; j++) {
                    sum += Math.log((scatter[j] + pseudoScatter[Packed.index(j, j)]) / count);
                }
                return weight * sum / 2;
            }
            double[] covariance = new double[scatter.length];
            for (int i = 0; i < covariance.length; i++) {
                covariance[i] = (scatter[i] + pseudoScatter[i]) / count;
            }
            try {
                return weight * Cholesky.logDeterminant(Cholesky.factor(covariance, d), d) / 2;
            } catch (NotPositiveDefiniteException e) {
                return Double.NaN;
            }
        }
    }

    private final Moments moments;
    private final List<Share> shares;

    private Partition(Moments moments, List<Share> shares) {
        this.moments = moments;
        this.shares = shares;
    }

    static Partition of(Moments moments) {
        List<Share> shares = new ArrayList<>();
        for (int k = 0; k < moments.components(); k++) {
            shares.add(Share.of(moments, k));
        }
        return new Partition(moments, List.copyOf(shares));
    }

    int size() {
        return shares.size();
    }

    Share share(int component) {
        return shares.get(component);
    }

    /** The partition in which two components are one, in the place of the first; the places behind the second move up. */
    Partition merged(int first, int second) {
        return merged(first, second, Share::and);
    }

    /** The same by another union of two shares. */
    Partition merged(int first, int second, BinaryOperator<Share> union) {
        List<Share> changed = new ArrayList<>(shares);
        changed.set(first, union.apply(share(first), share(second)));
        changed.remove(second);
        return new Partition(moments, List.copyOf(changed));
    }

    /**
     * The partition in which a component is replaced by others, the first in its place and the rest at the end; they have its
     * tail.
     */
    Partition replaced(int component, List<Share> by) {
        List<Share> changed = new ArrayList<>(shares);
        List<Share> alike =
                by.stream().map(s -> s.withTail(share(component).tail)).toList();
        changed.set(component, alike.get(0));
        changed.addAll(alike.subList(1, alike.size()));
        return new Partition(moments, List.copyOf(changed));
    }

    /** The partition in which the pairs that cost least to merge are one, one after another, until so many are left. */
    Partition mergedTo(int components, RowSummary summary) {
        Partition partition = this;
        while (partition.size() > components) {
            double[][] costs = partition.mergeCosts(summary);
            int first = 0;
            int second = 1;
            double least = Double.POSITIVE_INFINITY;
            for (int a = 0; a < partition.size(); a++) {
                for (int b = a + 1; b < partition.size(); b++) {
                    if (costs[a][b] < least) {
                        least = costs[a][b];
                        first = a;
                        second = b;
                    }
                }
            }
            partition = partition.merged(first, second);
        }
        return partition;
    }

    /**
     * What it costs to merge each pair, at most: ½ (N_ab ln det Σ_ab − N_a ln det Σ_a − N_b ln det Σ_b) nats for full or diagonal
     * covariances (Runnalls 2007, <a href="https://doi.org/10.1109/TAES.2007.4383588">doi:10.1109/TAES.2007.4383588</a>).
     *
     * @return K × K, of which the pairs a &lt; b are filled; NaN where it cannot be told
     */
    double[][] mergeCosts(RowSummary summary) {
        int k = size();
        double[] pseudoScatter = Regularization.penalty(1).pseudoScatter(summary, k);
        double[] own = new double[k];
        for (int a = 0; a < k; a++) {
            own[a] = share(a).halfLogDeterminant(pseudoScatter, 1);
        }
        double[][] costs = new double[k][k];
        for (int a = 0; a < k; a++) {
            for (int b = a + 1; b < k; b++) {
                costs[a][b] = share(a).and(share(b)).halfLogDeterminant(pseudoScatter, 1) - own[a] - own[b];
            }
        }
        return costs;
    }

    /** The moments of a pass over rows that are divided like this, about the components' means. */
    Moments moments() {
        return moments(moments.scatter());
    }

    /**
     * The same moments for an algorithm that needs others.
     *
     * @param scatter diagonal, or what the moments at hand have
     */
    Moments moments(Moments.Scatter scatter) {
        int d = moments.dimension();
        double[] centres = new double[size() * d];
        for (int k = 0; k < size(); k++) {
            System.arraycopy(share(k).mean, 0, centres, k * d, d);
        }
        Moments result = moments.emptyAbout(centres, scatter);
        for (int k = 0; k < size(); k++) {
            Share share = scatter == Moments.Scatter.DIAGONAL ? share(k).diagonal() : share(k);
            result.weights()[k] = share.weight;
            if (result.tailed()) {
                result.pulls()[k] = share.weight;
                result.tails()[k] = share.weight > 0 ? share.weight * share.tail : 0;
            }
            System.arraycopy(share.scatter, 0, result.second(k), 0, share.scatter.length);
        }
        return result;
    }
}
