package org.mixtura.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mixtura.testing.Generator;

class NeighbouringRowsTest {
    private static final int LEAF = 256;

    @ParameterizedTest
    @CsvSource({"1, 1", "255, 2", "256, 2", "257, 3", "1000, 1", "5000, 4"})
    void areTheSameRowsWithTheirWeights(int n, int d) {
        Generator generator = Generator.seeded(n);
        double[][] points = generator.points(n, d, 2);
        double[] weights = generator.rowWeights(n);
        Rows plain = Rows.of(points);
        for (Rows rows : List.of(plain, plain.weighted(weights), plain.inSinglePrecision())) {
            Rows ordered = NeighbouringRows.of(rows);
            assertThat(ordered.count()).isEqualTo(n);
            assertThat(ordered.columns()).isEqualTo(rows.columns());
            assertThat(sorted(all(ordered, 100))).isDeepEqualTo(sorted(all(rows, n)));
            assertThat(all(ordered, 100)).isDeepEqualTo(all(ordered, 37));
        }
    }

    /** In a plane of n rows a leaf is about a square of its share: far smaller than the whole. */
    @Test
    void leavesAreSmall() {
        int leaves = 64;
        double[][] points = Generator.seeded(3).points(leaves * LEAF, 2, 1);
        double[][] ordered = all(NeighbouringRows.of(Rows.of(points)), LEAF);
        double sum = 0;
        for (int leaf = 0; leaf < leaves; leaf++) {
            double[] low = {Double.MAX_VALUE, Double.MAX_VALUE};
            double[] high = {-Double.MAX_VALUE, -Double.MAX_VALUE};
            for (int i = leaf * LEAF; i < (leaf + 1) * LEAF; i++) {
                for (int j = 0; j < 2; j++) {
                    low[j] = Math.min(low[j], ordered[i][j]);
                    high[j] = Math.max(high[j], ordered[i][j]);
                }
            }
            double share = 1;
            for (int j = 0; j < 2; j++) {
                int column = j;
                share *= Math.max(
                        1,
                        Arrays.stream(points)
                                .filter(p -> p[column] >= low[column] && p[column] <= high[column])
                                .count());
            }
            sum += share / Math.pow(leaves * LEAF, 2);
        }
        // Leaves do not overlap; by ranks, each is a box that holds 1/64 of all rows, and no larger than a few times
        // that.
        assertThat(sum / leaves).isLessThan(4.0 / leaves);
    }

    @Test
    void rowsOfWeightZeroMayHoldAnything() {
        double[][] points = Generator.seeded(5).points(2000, 3, 1);
        double[] weights = new double[2000];
        Arrays.fill(weights, 1);
        for (int i = 0; i < 2000; i += 7) {
            Arrays.fill(points[i], i % 2 == 0 ? Double.NaN : Double.POSITIVE_INFINITY);
            weights[i] = 0;
        }
        Rows rows = Rows.of(points).weighted(weights);
        assertThat(Arrays.deepToString(sorted(all(NeighbouringRows.of(rows), 100))))
                .isEqualTo(Arrays.deepToString(sorted(all(rows, 100))));
    }

    @Test
    void otherRowsStayAsTheyAre() {
        Rows gapped = Rows.of(new double[][] {{1, 2}, {Double.NaN, 3}}).withGaps();
        assertThat(NeighbouringRows.of(gapped)).isSameAs(gapped);
        Rows spread = Rows.of(new double[][] {{1, 2}, {4, 3}}).withSpread(RowCovariances.variances(1, 1));
        assertThat(NeighbouringRows.of(spread)).isSameAs(spread);
    }

    @Test
    void columnsOfRowsAtHandAreAtHand() {
        Rows part = Rows.of(new double[][] {{1, 2}, {4, 3}})
                .select(List.of("x1"))
                .named(List.of("y"))
                .weighted(new double[] {1, 5});
        assertThat(part.atHand()).isTrue();
        assertThat(all(ReorderedRows.of(part, new int[] {1, 0}), 2)).isDeepEqualTo(new double[][] {{3, 5}, {2, 1}});
    }

    @Test
    void anOrderIsOfAllRowsAtHand() {
        Rows rows = Rows.of(new double[][] {{1, 2}, {4, 3}});
        assertThatThrownBy(() -> ReorderedRows.of(rows, new int[] {0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an order of 1 rows for 2");
        assertThatThrownBy(() -> ReorderedRows.of(rows.withGaps(), new int[] {0, 1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an order of 2 rows for 2 that are not at hand");
    }

    /** Values and weight of each row, read in blocks of some rows. */
    private static double[][] all(Rows rows, int together) {
        List<double[]> all = new ArrayList<>();
        try (Rows.Reader reader = rows.reader()) {
            for (long first = 0; first < rows.count(); first += together) {
                Block block = reader.read(first, (int) Math.min(together, rows.count() - first));
                for (int i = 0; i < block.count(); i++) {
                    double[] row = new double[rows.dimension() + 1];
                    for (int j = 0; j < rows.dimension(); j++) {
                        row[j] = block.get(i, j);
                    }
                    row[rows.dimension()] = block.weight(i);
                    all.add(row);
                }
            }
        }
        return all.toArray(double[][]::new);
    }

    private static double[][] sorted(double[][] rows) {
        Arrays.sort(rows, Comparator.comparing(Arrays::toString));
        return rows;
    }
}
