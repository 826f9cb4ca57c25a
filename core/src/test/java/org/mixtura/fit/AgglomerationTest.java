package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mixtura.data.Rows;
import org.mixtura.kernel.RowSummary;
import org.mixtura.testing.Examples;
import org.mixtura.testing.Golden;

/** The clusters that mclust's hc finds on five data sets (goldens/mclust), the definition written out, and laws. */
class AgglomerationTest {
    private static Agglomeration of(Rows rows) {
        return Agglomeration.of(rows, RowSummary.of(rows, 1));
    }

    private static double[][] clusters(long seed, int n, int d) {
        return Examples.clusters(seed, n, d, 4, 3);
    }

    /** Numbers in the order in which they first come. */
    private static int[] numbered(int[] labels) {
        List<Integer> seen = new ArrayList<>();
        return Arrays.stream(labels)
                .map(label -> {
                    if (!seen.contains(label)) {
                        seen.add(label);
                    }
                    return seen.indexOf(label);
                })
                .toArray();
    }

    static List<Golden> partitions() {
        return Golden.read("mclust/partitions.json").get("partitions").elements();
    }

    @ParameterizedTest
    @MethodSource("partitions")
    void findsTheClustersOfMclust(Golden golden) {
        Agglomeration tree = of(MclustTablesTest.rows(golden));
        for (int k = 2; k <= 9; k++) {
            int[] theirs = golden.get("labels")
                    .get(k - 2)
                    .text()
                    .chars()
                    .map(c -> c - '1')
                    .toArray();
            assertThat(tree.labels(k)).as("%d clusters", k).isEqualTo(numbered(theirs));
        }
    }

    /** The rows along their principal axes, each divided by the square root of its singular value. */
    static double[][] transformed(double[][] rows) {
        int n = rows.length;
        DMatrixRMaj x = new DMatrixRMaj(rows);
        for (int j = 0; j < x.numCols; j++) {
            int column = j;
            double mean = Arrays.stream(rows)
                    .mapToDouble(row -> row[column])
                    .average()
                    .orElseThrow();
            double squares = Arrays.stream(rows)
                    .mapToDouble(row -> (row[column] - mean) * (row[column] - mean))
                    .sum();
            for (int i = 0; i < n; i++) {
                x.set(i, j, (rows[i][j] - mean) / Math.sqrt(squares / (n - 1)));
            }
        }
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(true, true, true);
        svd.decompose(x.copy());
        DMatrixRMaj u = svd.getU(null, false);
        double[][] transformed = new double[n][Math.min(x.numCols, n - 1)];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < transformed[i].length; j++) {
                transformed[i][j] = u.get(i, j) * Math.sqrt(svd.getSingularValues()[j]);
            }
        }
        return transformed;
    }

    private static DMatrixRMaj covariance(double[][] x, List<Integer> cluster) {
        int d = x[0].length;
        DMatrixRMaj covariance = new DMatrixRMaj(d, d);
        double[] mean = new double[d];
        for (int j = 0; j < d; j++) {
            int column = j;
            mean[j] = cluster.stream().mapToDouble(i -> x[i][column]).average().orElseThrow();
        }
        for (int a = 0; a < d; a++) {
            for (int b = 0; b < d; b++) {
                for (int i : cluster) {
                    covariance.add(a, b, (x[i][a] - mean[a]) * (x[i][b] - mean[b]) / cluster.size());
                }
            }
        }
        return covariance;
    }

    private static double criterion(double[][] x, List<List<Integer>> clusters) {
        int d = x[0].length;
        List<Integer> all = IntStream.range(0, x.length).boxed().toList();
        double least = CommonOps_DDRM.trace(covariance(x, all)) / d;
        double sum = 0;
        for (List<Integer> cluster : clusters) {
            DMatrixRMaj covariance = covariance(x, cluster);
            double determinant = cluster.size() > d ? CommonOps_DDRM.det(covariance) : 0;
            double trace = CommonOps_DDRM.trace(covariance) + least / cluster.size();
            sum += cluster.size() * Math.log(determinant + trace);
        }
        return sum;
    }

    @ParameterizedTest
    @CsvSource({"1, 14, 1", "2, 18, 2", "3, 20, 3", "4, 22, 5", "5, 9, 12"})
    void mergesWhatRaisesTheCriterionLeast(long seed, int n, int d) {
        double[][] rows = clusters(seed, n, d);
        double[][] x = transformed(rows);
        Agglomeration tree = of(Rows.of(rows));
        List<List<Integer>> clusters = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            clusters.add(List.of(i));
        }
        for (int k = n - 1; k >= 1; k--) {
            List<List<Integer>> best = List.of();
            for (int i = 0; i < clusters.size(); i++) {
                for (int j = 0; j < i; j++) {
                    List<List<Integer>> merged = new ArrayList<>(clusters);
                    List<Integer> both = new ArrayList<>(merged.remove(i));
                    both.addAll(merged.get(j));
                    merged.set(j, both);
                    if (best.isEmpty() || criterion(x, merged) < criterion(x, best)) {
                        best = merged;
                    }
                }
            }
            clusters = best;
            int[] labels = new int[n];
            for (int c = 0; c < clusters.size(); c++) {
                for (int i : clusters.get(c)) {
                    labels[i] = c;
                }
            }
            assertThat(tree.labels(k)).as("%d clusters", k).isEqualTo(numbered(labels));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 60, 2", "2, 80, 4", "3, 50, 1"})
    void doesNotDependOnTheOrderOfTheRows(long seed, int n, int d) {
        double[][] rows = clusters(seed, n, d);
        List<Integer> order = new ArrayList<>(IntStream.range(0, n).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        Agglomeration tree = of(Rows.of(rows));
        Agglomeration shuffled = of(Rows.of(order.stream().map(i -> rows[i]).toArray(double[][]::new)));
        for (int k = 1; k <= n; k++) {
            int[] labels = tree.labels(k);
            assertThat(shuffled.labels(k))
                    .isEqualTo(numbered(order.stream().mapToInt(i -> labels[i]).toArray()));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 60, 2", "2, 80, 4"})
    void doesNotDependOnUnitsAndOffsets(long seed, int n, int d) {
        double[][] rows = clusters(seed, n, d);
        double[][] moved = Arrays.stream(rows)
                .map(row -> IntStream.range(0, d)
                        .mapToDouble(j -> 1e5 + row[j] * Math.pow(1000, j))
                        .toArray())
                .toArray(double[][]::new);
        Agglomeration tree = of(Rows.of(rows));
        Agglomeration other = of(Rows.of(moved));
        for (int k = 1; k < 20; k++) {
            assertThat(other.labels(k)).isEqualTo(tree.labels(k));
        }
    }

    /** From where the rows that agree have been merged on. */
    @Test
    void aWeightIsSoManyRowsThatAgree() {
        double[][] rows = clusters(5, 40, 3);
        double[] weights = IntStream.range(0, 40).mapToDouble(i -> i % 4).toArray();
        int[] order = IntStream.range(0, 40)
                .flatMap(i -> IntStream.range(0, i % 4).map(times -> i))
                .toArray();
        Agglomeration weighted = of(Rows.of(rows).weighted(weights));
        Agglomeration repeated =
                of(Rows.of(Arrays.stream(order).mapToObj(i -> rows[i]).toArray(double[][]::new)));
        for (int k = 1; k <= 6; k++) {
            int[] labels = weighted.labels(k);
            assertThat(labels[0]).isEqualTo(-1);
            assertThat(repeated.labels(k))
                    .isEqualTo(Arrays.stream(order).map(i -> labels[i]).toArray());
        }
    }

    @Test
    void aColumnThatSaysNothingNewChangesNothing() {
        double[][] rows = clusters(5, 40, 2);
        double[][] constant =
                Arrays.stream(rows).map(row -> new double[] {row[0], row[1], 7}).toArray(double[][]::new);
        for (int k = 1; k < 40; k++) {
            assertThat(of(Rows.of(constant)).labels(k))
                    .isEqualTo(of(Rows.of(rows)).labels(k));
        }
    }

    @Test
    void hasNoMoreClustersThanRows() {
        Agglomeration tree = of(Rows.of(new double[] {1, 2}, new double[] {3, 4}, new double[] {1, 2})
                .weighted(new double[] {1, 1, 0}));
        assertThat(tree.labels(2)).containsExactly(0, 1, -1);
        assertThat(tree.labels(1)).containsExactly(0, 0, -1);
        assertThatThrownBy(() -> tree.labels(3))
                .isInstanceOf(CollapseException.class)
                .hasMessage("only 2 rows with weight for 3 clusters");
    }
}
