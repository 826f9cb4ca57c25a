package org.mixtura.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;
import org.mixtura.kernel.RowSummary;
import org.mixtura.linalg.Packed;

/**
 * Clusters of rows for every number of clusters at once: each row begins as one, and again and again the two clusters are merged
 * ({@link Merging}) that raise least
 *
 * <pre>  Σ_k n_k ln( det(W_k / n_k) + (tr W_k + tr W / (n d)) / n_k )</pre>
 *
 * with n_k and W_k the weight and scatter of a cluster, n and W those of all rows. Without traces this would be, up to constants, −2
 * times the log-likelihood of the rows if each cluster is a Gaussian; the traces tell clusters apart that have no more rows than
 * columns, where all determinants are 0. (Banfield &amp; Raftery 1993, <a
 * href="https://doi.org/10.2307/2532201">doi:10.2307/2532201</a>; Fraley 1998, <a
 * href="https://doi.org/10.1137/S1064827596311451">doi:10.1137/S1064827596311451</a>.)
 *
 * <p>The rows are taken along the principal axes of the columns divided by their standard deviations, each axis divided by the square
 * root of its singular value, so that units and offsets do not matter (Scrucca &amp; Raftery 2015, <a
 * href="https://doi.org/10.1007/s11634-015-0220-z">doi:10.1007/s11634-015-0220-z</a>). Axes without spread are left out. Rows without
 * weight are in no cluster.
 */
final class Agglomeration {
    /** With more rows the pairs take too long; of so many there are 2,000,000. */
    private static final int MOST_ROWS = 2000;
    /** The most numbers that the scatters of all rows may take: 32 MB. */
    private static final long MOST_NUMBERS = 1L << 22;
    /** An axis of less variance, in units of a column's own, is rounding. */
    private static final double FLAT = 1e-12;

    /** For each row its number among those with weight; −1 without. */
    private final int[] numbers;

    private final Merging merging;

    private Agglomeration(int[] numbers, Merging merging) {
        this.numbers = numbers;
        this.merging = merging;
    }

    /** Whether rows are few enough. */
    static boolean suits(Rows rows) {
        return rows.count() <= MOST_ROWS && rows.count() * Packed.size(rows.dimension()) <= MOST_NUMBERS;
    }

    /**
     * The clusters of rows.
     *
     * @param rows rows without gaps, as few as {@link #suits} says, some of them with weight
     * @param summary of these rows, which are not all the same
     * @throws CollapseException if there are no axes to be found
     */
    static Agglomeration of(Rows rows, RowSummary summary) {
        double[][] axes = axes(summary);
        double[] mean = summary.mean();
        int d = mean.length;
        double[] origin = summary.origin();
        int[] numbers = new int[Math.toIntExact(rows.count())];
        List<double[]> points = new ArrayList<>();
        double[] weights = new double[numbers.length];
        double[] row = new double[d];
        try (Rows.Reader reader = rows.reader()) {
            for (int i = 0; i < numbers.length; i++) {
                Block block = reader.read(i, 1);
                numbers[i] = block.weight(0) > 0 ? points.size() : -1;
                if (numbers[i] >= 0) {
                    for (int j = 0; j < d; j++) {
                        row[j] = block.values()[block.offset() + j] - origin[j] - mean[j];
                    }
                    weights[numbers[i]] = block.weight(0);
                    points.add(along(axes, row));
                }
            }
        }
        double[] heavy = Arrays.copyOf(weights, points.size());
        return new Agglomeration(numbers, Merging.of(points.toArray(double[][]::new), heavy));
    }

    private static double[] along(double[][] axes, double[] row) {
        double[] point = new double[axes.length];
        for (int a = 0; a < axes.length; a++) {
            for (int j = 0; j < row.length; j++) {
                point[a] += axes[a][j] * row[j];
            }
        }
        return point;
    }

    /**
     * What gives the coordinates of a row along the axes: v_j / (s_j √σ), with v an eigenvector of the correlations, s_j the
     * deviations with n − 1, and σ = √((n − 1) λ) the singular value of the rows along it.
     */
    private static double[][] axes(RowSummary summary) {
        double[] scales = summary.scales();
        double[] covariance = summary.covariance();
        int d = scales.length;
        double n = summary.totalWeight();
        double freedom = Math.max(1, n - 1);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                if (summary.isConstant(i) || summary.isConstant(j)) {
                    covariance[Packed.index(i, j)] = 0;
                }
            }
        }
        ScaledAxes correlations = ScaledAxes.of(covariance, scales)
                .orElseThrow(() -> new CollapseException("the correlations of the columns have no eigenvectors"));
        List<double[]> axes = new ArrayList<>();
        for (int a = 0; a < d; a++) {
            double variance = correlations.variances()[a];
            if (variance > FLAT) {
                double[] axis = correlations.vectors()[a];
                double length = Math.pow(freedom * variance, 0.25);
                for (int j = 0; j < d; j++) {
                    axis[j] *= Math.sqrt(freedom / n) / (scales[j] * length);
                }
                axes.add(axis);
            }
        }
        return axes.toArray(double[][]::new);
    }

    /** What it took, in pairs of a row and a component that are scored and learnt from. */
    double work() {
        return merging.work();
    }

    /**
     * The cluster of each row.
     *
     * @param clusters how many
     * @return numbers from 0 in the order of their first rows, −1 for rows without weight
     * @throws CollapseException if there are fewer rows with weight
     */
    int[] labels(int clusters) {
        int[] roots = merging.roots(clusters);
        Map<Integer, Integer> labels = new HashMap<>();
        return Arrays.stream(numbers)
                .map(i -> {
                    if (i < 0) {
                        return -1;
                    }
                    labels.putIfAbsent(roots[i], labels.size());
                    return labels.getOrDefault(roots[i], -1);
                })
                .toArray();
    }
}
