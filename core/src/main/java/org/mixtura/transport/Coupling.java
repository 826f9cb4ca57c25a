package org.mixtura.transport;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.mixtura.data.Matrix;

/**
 * The cheapest way to move one discrete distribution onto another: the coupling P ≥ 0 with row sums a and column sums b that
 * minimises Σ P_ij C_ij.
 *
 * <ul>
 *   <li>P has at most m + n − 1 positive entries, and its sums are those asked for to rounding, 1e-16.
 *   <li>The optimum is exact: potentials u and v with u_i + v_j ≤ C_ij everywhere and equality where P is positive prove it.
 *   <li>Points of weight zero are kept, with rows or columns of zeros.
 *   <li>Where several couplings are optimal, one of them is returned, always the same.
 * </ul>
 *
 * <p>Found by the simplex method on spanning trees, which suits up to about a thousand points on each side.
 */
public final class Coupling {
    private final int rows;
    private final int columns;
    private final List<Entry> entries;
    private final double cost;
    private final double[] sourcePotentials;
    private final double[] targetPotentials;

    private Coupling(
            int rows,
            int columns,
            List<Entry> entries,
            double cost,
            double[] sourcePotentials,
            double[] targetPotentials) {
        this.rows = rows;
        this.columns = columns;
        this.entries = entries;
        this.cost = cost;
        this.sourcePotentials = sourcePotentials;
        this.targetPotentials = targetPotentials;
    }

    /**
     * What one source point sends to one target point.
     *
     * @param source i, from 0
     * @param target j, from 0
     * @param mass P_ij, positive
     */
    public record Entry(int source, int target, double mass) {}

    /**
     * Solves a transport problem.
     *
     * @param source a, m weights that are not negative and sum to one within 1e-9
     * @param target b, n such weights
     * @param costs C, m × n finite numbers
     * @return the optimal coupling
     * @throws IllegalArgumentException if weights break their rule, the shapes do not fit or a cost is not finite
     */
    public static Coupling optimal(double[] source, double[] target, Matrix costs) {
        double[] allSources = Weights.normalised(source, costs.rows(), "source weights");
        double[] allTargets = Weights.normalised(target, costs.columns(), "target weights");
        requireFinite(costs);
        int[] rows = positive(allSources);
        int[] columns = positive(allTargets);
        double[] a = part(allSources, rows);
        double[] b = part(allTargets, columns);
        // As many binary digits as fit beside the solver's factor m + 1.
        long unit = 1L << (62 - (Integer.SIZE - Integer.numberOfLeadingZeros(rows.length)));
        long[] supply = multiples(a, unit);
        long[] demand = multiples(b, unit);
        TransportSimplex solution = new TransportSimplex(supply, demand, part(costs, rows, columns));
        long[] flow = solution.flow();
        List<Entry> entries = new ArrayList<>();
        double cost = 0;
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                double units = flow[i * columns.length + j];
                if (units > 0) {
                    // As a share of the smaller end, so that points much lighter than one unit get their mass too.
                    double mass = supply[i] <= demand[j] ? a[i] * (units / supply[i]) : b[j] * (units / demand[j]);
                    entries.add(new Entry(rows[i], columns[j], mass));
                    cost += mass * costs.get(rows[i], columns[j]);
                }
            }
        }
        // Two steps from the solver's potentials of the rows reach those of all points, of weight zero too.
        double[] v = largestPotentials(costs, rows, solution.rowPotentials());
        double[] u = largestPotentials(
                costs.transpose(), IntStream.range(0, target.length).toArray(), v);
        return new Coupling(source.length, target.length, List.copyOf(entries), cost, u, v);
    }

    static void requireFinite(Matrix costs) {
        for (int i = 0; i < costs.rows(); i++) {
            for (int j = 0; j < costs.columns(); j++) {
                if (!Double.isFinite(costs.get(i, j))) {
                    throw new IllegalArgumentException("the cost from source " + i + " to target " + j + " is "
                            + costs.get(i, j) + "; a cost is finite");
                }
            }
        }
    }

    static int[] positive(double[] weights) {
        return IntStream.range(0, weights.length).filter(i -> weights[i] > 0).toArray();
    }

    static double[] part(double[] values, int[] which) {
        return Arrays.stream(which).mapToDouble(i -> values[i]).toArray();
    }

    static double[] part(Matrix matrix, int[] rows, int[] columns) {
        return Arrays.stream(rows)
                .boxed()
                .flatMapToDouble(i -> Arrays.stream(columns).mapToDouble(j -> matrix.get(i, j)))
                .toArray();
    }

    /** Weights as whole multiples of 1/unit, at least one each, that sum to one; the largest takes up what rounding left. */
    private static long[] multiples(double[] weights, long unit) {
        long[] multiples = Arrays.stream(weights)
                .mapToLong(w -> Math.max(1, Math.round(w * unit)))
                .toArray();
        int largest = 0;
        for (int i = 1; i < weights.length; i++) {
            largest = multiples[i] > multiples[largest] ? i : largest;
        }
        multiples[largest] += unit - Arrays.stream(multiples).sum();
        return multiples;
    }

    /** For each column the most that v may be, min_i C_ij − u_i over some rows. */
    private static double[] largestPotentials(Matrix costs, int[] rows, double[] u) {
        return IntStream.range(0, costs.columns())
                .mapToDouble(j -> IntStream.range(0, rows.length)
                        .mapToDouble(i -> costs.get(rows[i], j) - u[i])
                        .min()
                        .orElse(0))
                .toArray();
    }

    /** {@return Σ P_ij C_ij, the least possible} */
    public double cost() {
        return cost;
    }

    /** {@return the positive entries of P, at most m + n − 1, row by row} */
    public List<Entry> entries() {
        return entries;
    }

    /** {@return P, m × n} */
    public Matrix toMatrix() {
        double[] masses = new double[Math.multiplyExact(rows, columns)];
        for (Entry entry : entries) {
            masses[entry.source() * columns + entry.target()] = entry.mass();
        }
        return Matrix.owning(rows, columns, masses);
    }

    /** {@return u, m values: with {@link #targetPotentials} the proof that no coupling is cheaper} */
    public double[] sourcePotentials() {
        return sourcePotentials.clone();
    }

    /** {@return v, n values; Σ a_i u_i + Σ b_j v_j is the cost} */
    public double[] targetPotentials() {
        return targetPotentials.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Coupling coupling
                && rows == coupling.rows
                && columns == coupling.columns
                && entries.equals(coupling.entries)
                && Arrays.equals(sourcePotentials, coupling.sourcePotentials)
                && Arrays.equals(targetPotentials, coupling.targetPotentials);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    @Override
    public String toString() {
        return "coupling of " + rows + " × " + columns + " points at cost " + cost + ": " + entries;
    }
}
