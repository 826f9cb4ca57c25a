package org.mixtura.fit;

import java.util.stream.IntStream;
import org.mixtura.linalg.Packed;

/**
 * The merges of an {@link Agglomeration}: of points into one cluster, two at a time, those that raise its criterion least.
 *
 * <p>What each pair would cost is kept in a triangle, with the cheapest of each row, so that a merge takes as many new costs as there
 * are clusters, and now and then a look through a row. Without its determinant a cost is too low, if anything; so determinants are only
 * computed of pairs that would else be merged. Clusters stand in places; the one in the last place takes that of one that has
 * gone. Of pairs that cost the same the one that stands last is merged, by the later of its places, then the other one: this is how
 * mclust's {@code hc} (6.0.0) is seen to choose, and measurements to a few digits have many such pairs.
 */
final class Merging {
    private final int d;
    private final int size;
    /** tr W / (n d). */
    private final double share;
    /** What is known of the cluster in each place. */
    private final double[] weights;

    private final int[] rows;
    private final double[] means;
    private final double[] scatters;
    private final double[] traces;
    private final double[] terms;
    private final int[] names;
    private int left;
    /** What it costs to merge i with j &lt; i, at i (i − 1)/2 + j. */
    private final double[] costs;
    /** Which of the costs hold the determinant of the union; the others are too low, if anything. */
    private final boolean[] exact;
    /** For each place the one before it with which to merge is cheapest. */
    private final int[] cheapest;
    /** For each merge the cluster that goes on, and the one that it takes up. */
    private final int[][] merges;

    private final double[] apart;
    private final double[] scatter;
    private double work;

    private Merging(double[][] points, double[] weights) {
        int n = points.length;
        this.d = points[0].length;
        this.size = Packed.size(d);
        this.weights = weights.clone();
        this.rows = new int[n];
        this.means = new double[n * d];
        this.scatters = new double[n * size];
        this.traces = new double[n];
        this.terms = new double[n];
        this.names = new int[n];
        this.left = n;
        this.costs = new double[n * (n - 1) / 2];
        this.exact = new boolean[costs.length];
        this.cheapest = new int[n];
        this.merges = new int[n - 1][];
        this.apart = new double[d];
        this.scatter = new double[size];
        double squares = 0;
        double mass = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                squares += weights[i] * points[i][j] * points[i][j];
            }
            System.arraycopy(points[i], 0, means, i * d, d);
            mass += weights[i];
            rows[i] = 1;
            names[i] = i;
        }
        this.share = squares / (mass * d);
        for (int i = 0; i < n; i++) {
            terms[i] = weights[i] * Math.log(share / weights[i]);
        }
    }

    /**
     * Merges until one cluster is left.
     *
     * @param points at least one, of as many coordinates each, about their mean
     * @param weights what they weigh, each positive
     */
    static Merging of(double[][] points, double[] weights) {
        Merging merging = new Merging(points, weights);
        merging.run();
        return merging;
    }

    /** What it took, in pairs of a row and a component that are scored and learnt from. */
    double work() {
        return work;
    }

    /**
     * The clusters, each named by one of its points.
     *
     * @param clusters how many
     * @return for each point the name of its cluster
     * @throws CollapseException if there are fewer points
     */
    int[] roots(int clusters) {
        int n = merges.length + 1;
        if (clusters > n) {
            throw new CollapseException("only " + n + " rows with weight for " + clusters + " clusters");
        }
        int[] roots = IntStream.range(0, n).toArray();
        // Backwards, so that what a cluster goes into is known already.
        for (int m = n - clusters - 1; m >= 0; m--) {
            roots[merges[m][1]] = roots[merges[m][0]];
        }
        return roots;
    }

    private void run() {
        for (int i = 1; i < left; i++) {
            for (int j = 0; j < i; j++) {
                reckon(i, j);
            }
            look(i);
        }
        while (left > 1) {
            int later = place();
            int pair = at(later, cheapest[later]);
            if (!exact[pair]) {
                exact[pair] = true;
                costs[pair] = term(later, cheapest[later]) - terms[later] - terms[cheapest[later]];
                look(later);
                continue;
            }
            merges[merges.length + 1 - left] = new int[] {names[cheapest[later]], names[later]};
            merge(cheapest[later], later);
        }
    }

    /** The later place of the cheapest pair. */
    private int place() {
        int later = 1;
        for (int i = 2; i < left; i++) {
            if (costs[at(i, cheapest[i])] <= costs[at(later, cheapest[later])]) {
                later = i;
            }
        }
        return later;
    }

    private static int at(int i, int j) {
        return i > j ? i * (i - 1) / 2 + j : j * (j - 1) / 2 + i;
    }

    /** Looks through a row for its cheapest pair. */
    private void look(int i) {
        int best = 0;
        int row = at(i, 0);
        for (int j = 1; j < i; j++) {
            best = costs[row + j] <= costs[row + best] ? j : best;
        }
        cheapest[i] = best;
    }

    private void merge(int place, int gone) {
        terms[place] += costs[at(place, gone)] + terms[gone];
        traces[place] = joint(place, gone);
        System.arraycopy(scatter, 0, scatters, place * size, size);
        weights[place] += weights[gone];
        rows[place] += rows[gone];
        for (int j = 0; j < d; j++) {
            means[place * d + j] += weights[gone] / weights[place] * apart[j];
        }
        left--;
        if (gone < left) {
            move(left, gone);
        }
        for (int i = 0; i < left; i++) {
            if (i != place) {
                reckon(i, place);
            }
        }
        for (int i = 1; i < left; i++) {
            if (i == place || i == gone || cheapest[i] == place || cheapest[i] == gone) {
                look(i);
                continue;
            }
            offer(i, Math.min(place, gone));
            offer(i, Math.max(place, gone));
        }
    }

    /** Whether a pair that costs something else now is the cheapest of its row. */
    private void offer(int i, int j) {
        if (j >= i) {
            return;
        }
        double cost = costs[at(i, j)];
        double least = costs[at(i, cheapest[i])];
        if (cost < least || (cost == least && j > cheapest[i])) {
            cheapest[i] = j;
        }
    }

    private void move(int from, int to) {
        weights[to] = weights[from];
        rows[to] = rows[from];
        traces[to] = traces[from];
        terms[to] = terms[from];
        names[to] = names[from];
        System.arraycopy(means, from * d, means, to * d, d);
        System.arraycopy(scatters, from * size, scatters, to * size, size);
        for (int i = 0; i < left; i++) {
            if (i != to) {
                costs[at(i, to)] = costs[at(from, i)];
                exact[at(i, to)] = exact[at(from, i)];
            }
        }
    }

    /** Takes note of what a pair costs, or would if its determinant were 0. */
    private void reckon(int i, int j) {
        work += 3.0 / d;
        double weight = weights[i] + weights[j];
        double term = weight * Math.log((jointTrace(i, j) + share) / weight);
        costs[at(i, j)] = term - terms[i] - terms[j];
        exact[at(i, j)] = rows[i] + rows[j] <= d;
    }

    /** What the union of two clusters adds to the criterion. */
    private double term(int i, int j) {
        double weight = weights[i] + weights[j];
        work += 1 + d / 6.0;
        double trace = joint(i, j);
        return weight * Math.log(determinant(weight) + (trace + share) / weight);
    }

    /** The trace of the scatter of a union; leaves how far the means are apart. */
    private double jointTrace(int i, int j) {
        double square = 0;
        for (int a = 0; a < d; a++) {
            apart[a] = means[j * d + a] - means[i * d + a];
            square += apart[a] * apart[a];
        }
        return traces[i] + traces[j] + weights[i] * (weights[j] / (weights[i] + weights[j])) * square;
    }

    /** The same; leaves the scatter of the union too. */
    private double joint(int i, int j) {
        double trace = jointTrace(i, j);
        double between = weights[i] * (weights[j] / (weights[i] + weights[j]));
        for (int a = 0, at = 0; a < d; a++) {
            double step = between * apart[a];
            for (int b = 0; b <= a; b++, at++) {
                scatter[at] = scatters[i * size + at] + scatters[j * size + at] + step * apart[b];
            }
        }
        return trace;
    }

    /** The determinant of the scatter that was left, over a weight: the product of its pivots. It is overwritten. */
    private double determinant(double weight) {
        double product = 1;
        for (int i = 0; i < d; i++) {
            int rowI = Packed.index(i, 0);
            double pivot = scatter[rowI + i];
            for (int j = 0; j < i; j++) {
                int rowJ = Packed.index(j, 0);
                double sum = scatter[rowI + j];
                for (int m = 0; m < j; m++) {
                    sum -= scatter[rowI + m] * scatter[rowJ + m];
                }
                scatter[rowI + j] = sum / scatter[rowJ + j];
                pivot -= scatter[rowI + j] * scatter[rowI + j];
            }
            if (!(pivot > 0)) {
                return 0;
            }
            product *= pivot / weight;
            scatter[rowI + i] = Math.sqrt(pivot);
        }
        return product;
    }
}
