package org.mixtura.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;
import org.mixtura.testing.Generator;

class RowSummaryTest {
    private static double[] column(double[]... rows) {
        return Arrays.stream(rows).mapToDouble(row -> row[0]).toArray();
    }

    private static Rows oneColumn(double... values) {
        return Rows.owning(values, 1).named(List.of("fare"));
    }

    /** Values of two binary digits after the point, to which whole numbers can be added without rounding. */
    private static double[][] onAGrid(int n, int d, double offset) {
        Generator generator = Generator.seeded(97);
        double[][] points = generator.points(n, d, 100);
        for (double[] point : points) {
            for (int j = 0; j < d; j++) {
                point[j] = Math.rint(point[j] * 4) / 4 + offset;
            }
        }
        return points;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 1000, 1001, 1002, 5000})
    void isTheDefinition(int n) {
        int d = 3;
        Generator generator = Generator.seeded(n);
        double[][] points = generator.points(n, d, 2);
        double[] weights = generator.rowWeights(n);
        RowSummary summary = RowSummary.of(Rows.of(points).weighted(weights), 2);
        double total = Arrays.stream(weights).sum();
        assertClose(summary.totalWeight(), total, 1e-14);
        double[] mean = new double[d];
        for (int j = 0; j < d; j++) {
            double smallest = Double.POSITIVE_INFINITY;
            double largest = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < n; i++) {
                mean[j] += weights[i] / total * points[i][j];
                smallest = weights[i] > 0 ? Math.min(smallest, points[i][j]) : smallest;
                largest = weights[i] > 0 ? Math.max(largest, points[i][j]) : largest;
            }
            assertThat(summary.smallest(j)).isEqualTo(smallest);
            assertThat(summary.largest(j)).isEqualTo(largest);
            assertThat(summary.isConstant(j)).isEqualTo(smallest == largest);
            assertClose(summary.origin()[j] + summary.mean()[j], mean[j], 1e-14);
            assertThat(summary.origin()[j]).isIn(values(points, j));
        }
        for (int a = 0; a < d; a++) {
            for (int b = 0; b <= a; b++) {
                double covariance = 0;
                for (int i = 0; i < n; i++) {
                    covariance += weights[i] / total * (points[i][a] - mean[a]) * (points[i][b] - mean[b]);
                }
                assertClose(summary.covariance()[a * (a + 1) / 2 + b], covariance, 1e-14);
                if (a == b) {
                    assertThat(summary.variance(a)).isEqualTo(summary.covariance()[a * (a + 3) / 2]);
                }
            }
        }
    }

    private static List<Double> values(double[][] points, int column) {
        return Arrays.stream(points).map(point -> point[column]).toList();
    }

    @Test
    void hasTheSameBitsForAnyThreads() {
        Rows rows = Rows.of(Generator.seeded(101).points(150_000, 8, 1));
        RowSummary one = RowSummary.of(rows, 1);
        for (int threads : new int[] {2, 3, 8}) {
            RowSummary more = RowSummary.of(rows, threads);
            assertThat(more.mean()).containsExactly(one.mean());
            assertThat(more.covariance()).containsExactly(one.covariance());
        }
    }

    @Test
    void theOriginLiesInTheBulkWhateverAFewRowsSay() {
        double[][] points = Generator.seeded(103).points(2000, 2, 1);
        for (int i = 0; i < 2000; i += 10) {
            points[i][1] = 1e30;
        }
        RowSummary summary = RowSummary.of(Rows.of(points), 1);
        assertThat(summary.origin()[0]).isBetween(-1.0, 1.0);
        assertThat(summary.origin()[1]).isBetween(-1.0, 1.0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e8, 1e12, -1e12, 1e15})
    void anOffsetCostsNoBit(double offset) {
        RowSummary near = RowSummary.of(Rows.of(onAGrid(3000, 3, 0)), 1);
        RowSummary far = RowSummary.of(Rows.of(onAGrid(3000, 3, offset)), 1);
        assertThat(far.covariance()).containsExactly(near.covariance());
        assertThat(far.mean()).containsExactly(near.mean());
        assertThat(far.origin())
                .containsExactly(
                        Arrays.stream(near.origin()).map(o -> o + offset).toArray());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 1e12 + 0.3, -1e300, Double.MIN_VALUE, 0})
    void aConstantColumnHasNoVarianceAtAll(double value) {
        double[][] points = Generator.seeded(107).points(5000, 2, 1);
        for (double[] point : points) {
            point[1] = value;
        }
        RowSummary summary = RowSummary.of(Rows.of(points), 2);
        assertThat(summary.isConstant(1)).isTrue();
        assertThat(summary.variance(1)).isZero();
        assertThat(summary.covariance()[2]).isZero();
        assertThat(summary.origin()[1] + summary.mean()[1]).isEqualTo(value);
        assertThat(summary.isConstant(0)).isFalse();
    }

    @Test
    void rowsOfWeightZeroCountForNothing() {
        double[][] points = Generator.seeded(109).points(300, 2, 1);
        double[] weights = new double[301];
        Arrays.fill(weights, 0, 300, 0.7);
        RowSummary without = RowSummary.of(Rows.of(points).weighted(Arrays.copyOf(weights, 300)), 1);
        for (double value : new double[] {1e9, Double.NaN, Double.POSITIVE_INFINITY, -Double.MAX_VALUE}) {
            double[][] more = Arrays.copyOf(points, 301);
            more[300] = new double[] {value, value};
            RowSummary with = RowSummary.of(Rows.of(more).weighted(weights), 1);
            assertThat(with.smallest(0)).isEqualTo(without.smallest(0));
            assertThat(with.largest(0)).isEqualTo(without.largest(0));
            assertClose(with.covariance(), without.covariance(), 1e-14);
            assertThat(with.totalWeight()).isEqualTo(without.totalWeight());
        }
    }

    @Test
    void wholeWeightsAreRepeatedRows() {
        double[] values = {3, 1, 4, 1, 5, 9, 2, 6};
        double[] counts = {1, 2, 0, 3, 1, 1, 2, 1};
        double[] repeated = {3, 1, 1, 1, 1, 1, 5, 9, 2, 2, 6};
        RowSummary weighted = RowSummary.of(oneColumn(values).weighted(counts), 1);
        RowSummary plain = RowSummary.of(oneColumn(repeated), 1);
        assertClose(weighted.variance(0), plain.variance(0), 1e-15);
        assertClose(weighted.origin()[0] + weighted.mean()[0], plain.origin()[0] + plain.mean()[0], 1e-15);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-150, 1e-8, 1e8, 1e150})
    void scalesWithItsColumns(double scale) {
        double[][] points = Generator.seeded(113).points(500, 1, 1);
        double[][] scaled =
                Arrays.stream(points).map(p -> new double[] {p[0] * scale}).toArray(double[][]::new);
        double expected = RowSummary.of(Rows.of(points), 1).variance(0);
        double actual = RowSummary.of(Rows.of(scaled), 1).variance(0);
        assertClose(actual / scale / scale, expected, 1e-14);
    }

    @Test
    void refusesSpreadsWhoseSquaresNoDoubleHolds() {
        assertThatThrownBy(() -> RowSummary.of(oneColumn(-1e200, 0, 1e200), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column \"fare\" spreads from -1.0E200 to 1.0E200: the squares are too large for a double; "
                        + "divide the column by a power of ten");
        assertThatThrownBy(() -> RowSummary.of(oneColumn(-Double.MAX_VALUE, 0, Double.MAX_VALUE), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("column \"fare\" spreads from -1.797");
        assertThatThrownBy(() -> RowSummary.of(oneColumn(-1e-170, 0, 1e-170), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column \"fare\" spreads only from -1.0E-170 to 1.0E-170: the squares are too small for a "
                        + "double; multiply the column by a power of ten");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void namesTheFirstValueThatIsNotFinite(double wrong) {
        double[] values = column(Generator.seeded(127).points(10_000, 1, 1));
        values[5001] = wrong;
        values[9000] = wrong;
        assertThatThrownBy(() -> RowSummary.of(oneColumn(values), 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row 5001, column \"fare\" is " + wrong
                        + "; every value must be a finite number: drop the row or fill the gap");
    }

    @Test
    void someRowMustCount() {
        Rows rows = new Rows() {
            @Override
            public long count() {
                return 3;
            }

            @Override
            public int dimension() {
                return 1;
            }

            @Override
            public List<String> columns() {
                return List.of("fare");
            }

            @Override
            public boolean weighted() {
                return true;
            }

            @Override
            public Reader reader() {
                return (first, count) -> {
                    Block block = new Block();
                    block.show(new double[] {1, 2, 3}, (int) first, count, 1, new double[3], (int) first);
                    return block;
                };
            }
        };
        assertThatThrownBy(() -> RowSummary.of(rows, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("all 3 weights are zero; at least one row must count");
    }
}
