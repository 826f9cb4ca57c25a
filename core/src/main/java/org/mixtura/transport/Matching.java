package org.mixtura.transport;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mixtura.data.Matrix;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/**
 * Which components of two mixtures belong together: the assignment of components one to one that has the least total
 * distance, whatever the weights. Where the mixtures differ in size, the components of the larger one that fit worst are
 * left over.
 */
public final class Matching {
    /** What counts as the distance of two components. */
    public enum Distance {
        /** W₂², in squared units of the columns: where the mass lies. */
        WASSERSTEIN,
        /** KL(i ‖ j) + KL(j ‖ i), in nats: how well the two can be told apart, whatever the units of the columns. */
        SYMMETRIC_KL
    }

    /** Stands for the partner of a component that has none. */
    public static final int LEFT_OVER = -1;

    private final int[] targets;
    private final int targetSize;
    private final double total;

    private Matching(int[] targets, int targetSize, double total) {
        this.targets = targets;
        this.targetSize = targetSize;
        this.total = total;
    }

    /**
     * Matches the components of two mixtures.
     *
     * @param source K₀ components
     * @param target K₁ components over the same columns
     * @param distance what counts as the distance of two components
     * @return the best assignment
     * @throws IllegalArgumentException if the mixtures differ in dimension or describe the same columns in another order
     */
    public static Matching of(GaussianMixture source, GaussianMixture target, Distance distance) {
        Matrix distances = switch (distance) {
            case WASSERSTEIN -> BuresWasserstein.squaredDistances(source, target);
            case SYMMETRIC_KL -> symmetricDivergences(source, target);
        };
        return of(distances);
    }

    /**
     * Matches rows with columns of any matrix of distances.
     *
     * @param distances m × n finite numbers, at least one
     * @return the assignment of min(m, n) rows to columns with the least sum
     * @throws IllegalArgumentException if there is no number or one is not finite
     */
    public static Matching of(Matrix distances) {
        Coupling.requireFinite(distances);
        int m = distances.rows();
        int n = distances.columns();
        if (m == 0 || n == 0) {
            throw new IllegalArgumentException("nothing to match in a matrix of " + m + " × " + n + " distances");
        }
        // Points of mass 1. What one side has more goes to, or comes from, a place more that costs nothing.
        int rows = m < n ? m + 1 : m;
        int columns = n < m ? n + 1 : n;
        double[] costs = new double[rows * columns];
        for (int i = 0; i < m; i++) {
            System.arraycopy(distances.row(i), 0, costs, i * columns, n);
        }
        long[] flow = new TransportSimplex(masses(m, n, rows), masses(n, m, columns), costs).flow();
        int[] targets = new int[m];
        double total = 0;
        for (int i = 0; i < m; i++) {
            targets[i] = LEFT_OVER;
            for (int j = 0; j < n; j++) {
                if (flow[i * columns + j] > 0) {
                    targets[i] = j;
                    total += distances.get(i, j);
                }
            }
        }
        return new Matching(targets, n, total);
    }

    private static long[] masses(int count, int opposite, int places) {
        long[] masses = new long[places];
        Arrays.fill(masses, 0, count, 1);
        if (places > count) {
            masses[count] = (long) opposite - count;
        }
        return masses;
    }

    private static Matrix symmetricDivergences(GaussianMixture a, GaussianMixture b) {
        BuresWasserstein.requireSameColumns(a, b);
        return Matrix.of(a.components().stream()
                .map(p -> b.components().stream()
                        .mapToDouble(q -> symmetricDivergence(p, q))
                        .toArray())
                .toArray(double[][]::new));
    }

    /**
     * ½ (tr Σ₁⁻¹Σ₀ + tr Σ₀⁻¹Σ₁ − 2d + δᵀ (Σ₀⁻¹ + Σ₁⁻¹) δ), the traces as ‖L₁⁻¹ (Σ₀ − Σ₁) L₀⁻ᵀ‖², which keeps its digits for
     * nearly equal covariances.
     */
    private static double symmetricDivergence(Gaussian a, Gaussian b) {
        int d = a.dimension();
        double[] shift = new double[d];
        double[][] left = new double[d][];
        for (int j = 0; j < d; j++) {
            shift[j] = a.mean(j) - b.mean(j);
            double[] column = new double[d];
            for (int i = 0; i < d; i++) {
                column[i] = a.covariance().get(i, j) - b.covariance().get(i, j);
            }
            left[j] = b.covariance().whiten(column);
        }
        Matrix rows = Matrix.of(left).transpose();
        double sum = squaredNorm(a.covariance().whiten(shift))
                + squaredNorm(b.covariance().whiten(shift));
        for (int i = 0; i < d; i++) {
            sum += squaredNorm(a.covariance().whiten(rows.row(i)));
        }
        return 0.5 * sum;
    }

    private static double squaredNorm(double[] v) {
        return Arrays.stream(v).map(x -> x * x).sum();
    }

    /**
     * The partner of a source component.
     *
     * @param source its number, from 0
     * @return the number of the target component, or {@link #LEFT_OVER}
     */
    public int target(int source) {
        return targets[source];
    }

    /** {@return the source components without a partner, in their order; empty unless K₀ > K₁} */
    public List<Integer> leftOverSources() {
        return IntStream.range(0, targets.length)
                .filter(i -> targets[i] == LEFT_OVER)
                .boxed()
                .toList();
    }

    /** {@return the target components without a partner, in their order; empty unless K₁ > K₀} */
    public List<Integer> leftOverTargets() {
        return IntStream.range(0, targetSize)
                .filter(j -> Arrays.stream(targets).noneMatch(t -> t == j))
                .boxed()
                .toList();
    }

    /**
     * The order that brings the target into line with the source: the partners in the order of the source, then the target
     * components left over. {@code target.permuted(matching.order())} has matching components at equal numbers if no source
     * component is left over.
     *
     * @return K₁ different numbers from 0
     */
    public List<Integer> order() {
        return Stream.concat(Arrays.stream(targets).filter(t -> t != LEFT_OVER).boxed(), leftOverTargets().stream())
                .toList();
    }

    /** {@return the sum of the distances of the pairs, the least possible} */
    public double total() {
        return total;
    }
}
