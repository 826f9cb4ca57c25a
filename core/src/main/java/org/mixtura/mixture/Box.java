package org.mixtura.mixture;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.mixtura.linalg.Packed;
import org.mixtura.linalg.Ql;

/**
 * A box in d columns, its edges parallel to the axes or not: all points corner + Σ_i u_i edge_i with u_i between 0 and 1. Its
 * volume is |det(edge_1, …, edge_d)|.
 */
public final class Box {
    private final double[] corner;
    private final double[][] edges;
    private final double logVolume;

    private Box(double[] corner, double[][] edges) {
        this.corner = corner;
        this.edges = edges;
        this.logVolume = logVolume(edges, corner.length);
    }

    /**
     * A box.
     *
     * @param corner d values; copied
     * @param edges d edges of d values, one a row; copied
     * @return the box
     * @throws IllegalArgumentException if there are not d edges of d values, one is not finite, or the box has no volume
     */
    public static Box of(double[] corner, double[][] edges) {
        int d = corner.length;
        if (d == 0 || edges.length != d || Arrays.stream(edges).anyMatch(edge -> edge.length != d)) {
            throw new IllegalArgumentException(
                    "a box of " + d + " columns has as many edges of as many values, not " + edges.length);
        }
        double[][] copy = Arrays.stream(edges).map(double[]::clone).toArray(double[][]::new);
        Box box = new Box(corner.clone(), copy);
        if (!Arrays.stream(corner).allMatch(Double::isFinite) || !Double.isFinite(box.logVolume)) {
            throw new IllegalArgumentException("a box with corner " + Arrays.toString(corner) + " and edges "
                    + Arrays.deepToString(edges) + " has no volume; edges are finite and independent");
        }
        return box;
    }

    /** {@return the number of columns, d} */
    public int dimension() {
        return corner.length;
    }

    /** {@return the corner from which the edges go, d values} */
    public double[] corner() {
        return corner.clone();
    }

    /** {@return the edges, d rows of d values} */
    public double[][] edges() {
        return Arrays.stream(edges).map(double[]::clone).toArray(double[][]::new);
    }

    /** {@return ln of the volume} */
    public double logVolume() {
        return logVolume;
    }

    /**
     * What the density 1/V on the box becomes where only some columns are known: 1/V_o with V_o = √det(E_oᵀ E_o), E_o being those
     * columns of the edges. That is the volume of the parallelepiped whose covariance is the box's in these columns; for edges
     * parallel to the axes it is the exact marginal, the box along these columns.
     *
     * @param columns o, from 0, ascending and different
     * @return ln V_o; 0 without columns
     */
    public double logVolume(int... columns) {
        int d = corner.length;
        int[] others = IntStream.range(0, d)
                .filter(j -> Arrays.binarySearch(columns, j) < 0)
                .toArray();
        double[][] sorted = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                sorted[i][j] = edges[i][j < others.length ? others[j] : columns[j - others.length]];
            }
        }
        return logVolume(sorted, columns.length);
    }

    /** ln √det(Eᵀ E) of the last columns of a square matrix. */
    private static double logVolume(double[][] matrix, int last) {
        double[] triangle = Ql.lower(Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new));
        double sum = 0;
        for (int j = matrix.length - last; j < matrix.length; j++) {
            sum += Math.log(triangle[Packed.index(j, j)]);
        }
        return sum;
    }

    /**
     * The same box moved.
     *
     * @param shift d values
     * @return the box, its corner moved
     */
    public Box translated(double[] shift) {
        double[] moved = corner.clone();
        for (int j = 0; j < moved.length; j++) {
            moved[j] += shift[j];
        }
        return of(moved, edges);
    }

    /**
     * Draws a point, evenly.
     *
     * @param random the source of randomness
     * @return d values
     */
    public double[] sample(RandomGenerator random) {
        double[] point = corner.clone();
        for (double[] edge : edges) {
            double u = random.nextDouble();
            for (int j = 0; j < point.length; j++) {
                point[j] += u * edge[j];
            }
        }
        return point;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Box box && Arrays.equals(corner, box.corner) && Arrays.deepEquals(edges, box.edges);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(corner) + Arrays.deepHashCode(edges);
    }

    @Override
    public String toString() {
        return "box from " + Arrays.toString(corner) + " along " + Arrays.deepToString(edges);
    }
}
