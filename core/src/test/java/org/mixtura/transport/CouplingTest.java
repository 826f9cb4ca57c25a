package org.mixtura.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Matrix;

class CouplingTest {
    /** What every optimal coupling must be: sums, sparsity, and the proof of its optimality. */
    private static void assertOptimal(Coupling coupling, double[] a, double[] b, Matrix costs) {
        Matrix p = coupling.toMatrix();
        assertThat(RandomMixtures.rowSums(p)).containsExactly(a, within(1e-15));
        assertThat(RandomMixtures.rowSums(p.transpose())).containsExactly(b, within(1e-15));
        assertThat(coupling.entries().size()).isLessThan(a.length + b.length);
        double[] u = coupling.sourcePotentials();
        double[] v = coupling.targetPotentials();
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b.length; j++) {
                double rounding = 1e-13 * (Math.abs(u[i]) + Math.abs(v[j]) + Math.abs(costs.get(i, j)));
                assertThat(u[i] + v[j]).isLessThanOrEqualTo(costs.get(i, j) + rounding);
                if (p.get(i, j) > 0) {
                    assertThat(u[i] + v[j]).isCloseTo(costs.get(i, j), within(rounding));
                }
            }
        }
        double cost = 0;
        for (Coupling.Entry entry : coupling.entries()) {
            assertThat(entry.mass()).isPositive().isEqualTo(p.get(entry.source(), entry.target()));
            cost += entry.mass() * costs.get(entry.source(), entry.target());
        }
        assertThat(coupling.cost()).isEqualTo(cost);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 7", "7, 1", "2, 2", "3, 8", "8, 3", "20, 20", "50, 31", "100, 120"})
    void provesItself(int m, int n) {
        RandomGenerator random = RandomMixtures.random(100L * m + n);
        for (int i = 0; i < 10; i++) {
            double[] a = RandomMixtures.weights(m, random);
            double[] b = RandomMixtures.weights(n, random);
            Matrix costs = RandomMixtures.costs(m, n, random);

            assertOptimal(Coupling.optimal(a, b, costs), a, b, costs);
        }
    }

    /** With equal weights the best coupling is the best permutation. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 7})
    void beatsEveryPermutation(int n) {
        RandomGenerator random = RandomMixtures.random(n);
        double[] equal = new double[n];
        Arrays.fill(equal, 1.0 / n);
        for (int i = 0; i < 20; i++) {
            Matrix costs = RandomMixtures.costs(n, n, random);

            assertThat(Coupling.optimal(equal, equal, costs).cost())
                    .isCloseTo(cheapestPermutation(costs, 0, new boolean[n]) / n, within(1e-14));
        }
    }

    static double cheapestPermutation(Matrix costs, int row, boolean[] taken) {
        if (row == costs.rows()) {
            return 0;
        }
        double best = Double.POSITIVE_INFINITY;
        for (int j = 0; j < costs.columns(); j++) {
            if (!taken[j]) {
                taken[j] = true;
                best = Math.min(best, costs.get(row, j) + cheapestPermutation(costs, row + 1, taken));
                taken[j] = false;
            }
        }
        return best;
    }

    /** The optimum is at a vertex, and a vertex is a choice of m + n − 1 cells without a cycle. */
    @ParameterizedTest
    @CsvSource({"2, 2", "2, 3", "3, 3", "2, 5"})
    void beatsEveryVertex(int m, int n) {
        RandomGenerator random = RandomMixtures.random(10L * m + n);
        for (int i = 0; i < 20; i++) {
            double[] a = RandomMixtures.weights(m, random);
            double[] b = RandomMixtures.weights(n, random);
            Matrix costs = RandomMixtures.costs(m, n, random);

            double best = IntStream.range(0, 1 << (m * n))
                    .filter(cells -> Integer.bitCount(cells) == m + n - 1)
                    .mapToDouble(cells -> vertexCost(cells, a.clone(), b.clone(), costs))
                    .min()
                    .orElseThrow();
            assertThat(Coupling.optimal(a, b, costs).cost()).isCloseTo(best, within(1e-13));
        }
    }

    /** Fills cells that are alone in their row or column until none is left; infinite if that fails. */
    private static double vertexCost(int cells, double[] a, double[] b, Matrix costs) {
        int n = b.length;
        int left = cells;
        double sum = 0;
        boolean found = true;
        while (left != 0 && found) {
            found = false;
            for (int cell = 0; cell < a.length * n && !found; cell++) {
                int i = cell / n;
                int j = cell % n;
                int rowCells = ((1 << n) - 1) << (i * n);
                int columnCells = 0;
                for (int k = 0; k < a.length; k++) {
                    columnCells |= 1 << (k * n + j);
                }
                boolean aloneInRow = (left & rowCells) == 1 << cell;
                boolean aloneInColumn = (left & columnCells) == 1 << cell;
                if ((left & 1 << cell) != 0 && (aloneInRow || aloneInColumn)) {
                    double mass = aloneInRow ? a[i] : b[j];
                    a[i] -= mass;
                    b[j] -= mass;
                    sum += mass * costs.get(i, j);
                    left &= ~(1 << cell);
                    found = true;
                    if (mass < -1e-12) {
                        return Double.POSITIVE_INFINITY;
                    }
                }
            }
        }
        boolean balanced = Arrays.stream(a).allMatch(x -> Math.abs(x) < 1e-12)
                && Arrays.stream(b).allMatch(x -> Math.abs(x) < 1e-12);
        return left == 0 && balanced ? sum : Double.POSITIVE_INFINITY;
    }

    /** Ties everywhere: equal weights, costs of few values. */
    @ParameterizedTest
    @CsvSource({"6, 6", "30, 30", "30, 20", "64, 64"})
    void copesWithTies(int m, int n) {
        RandomGenerator random = RandomMixtures.random(1000L * m + n);
        double[] a = new double[m];
        double[] b = new double[n];
        Arrays.fill(a, 1.0 / m);
        Arrays.fill(b, 1.0 / n);
        for (int i = 0; i < 10; i++) {
            double[] costs = IntStream.range(0, m * n)
                    .mapToDouble(cell -> random.nextInt(3))
                    .toArray();
            Matrix matrix = Matrix.of(m, n, costs);

            assertOptimal(Coupling.optimal(a, b, matrix), a, b, matrix);
        }
        Matrix zero = Matrix.of(m, n, new double[m * n]);
        assertThat(Coupling.optimal(a, b, zero).cost()).isEqualTo(0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-300, 1e-150, 1e150, 1e300})
    void doesNotDependOnTheUnitOfCosts(double unit) {
        RandomGenerator random = RandomMixtures.random(5);
        double[] a = RandomMixtures.weights(12, random);
        double[] b = RandomMixtures.weights(15, random);
        Matrix costs = RandomMixtures.costs(12, 15, random);
        double[] scaled = Arrays.stream(costs.toRowMajor()).map(c -> c * unit).toArray();

        Coupling coupling = Coupling.optimal(a, b, Matrix.of(12, 15, scaled));

        assertThat(coupling.entries()).isEqualTo(Coupling.optimal(a, b, costs).entries());
    }

    /** A far-away source changes only its own part of the coupling's cost. */
    @ParameterizedTest
    @ValueSource(doubles = {1e6, 1e12})
    void keepsTheDigitsOfSmallCostsBesideLargeOnes(double far) {
        RandomGenerator random = RandomMixtures.random(6);
        for (int i = 0; i < 20; i++) {
            double[] a = RandomMixtures.weights(8, random);
            double[] b = RandomMixtures.weights(8, random);
            double[][] costs = RandomMixtures.costs(8, 8, random).toRows();
            Coupling near = Coupling.optimal(a, b, Matrix.of(costs));
            int row = random.nextInt(8);
            Arrays.setAll(costs[row], j -> costs[row][j] + far);

            Coupling coupling = Coupling.optimal(a, b, Matrix.of(costs));

            assertThat(coupling.cost() - a[row] * far).isCloseTo(near.cost(), within(1e-14 * far));
            // a constant on a row changes no coupling, down to the rounding of the far costs
            double nearCost = coupling.entries().stream()
                    .mapToDouble(e -> e.mass() * (costs[e.source()][e.target()] - (e.source() == row ? far : 0)))
                    .sum();
            assertThat(nearCost).isCloseTo(near.cost(), within(1e-15 * far));
        }
    }

    @Test
    void takesWeightsOfAllSizes() {
        double[] a = {1e-20, 1e-9, 1 - 1e-9};
        double[] b = {0.5, 0.5 - 1e-15, 1e-15};
        Matrix costs = RandomMixtures.costs(3, 3, RandomMixtures.random(7));

        Coupling coupling = Coupling.optimal(a, b, costs);

        assertOptimal(coupling, a, b, costs);
        assertThat(RandomMixtures.rowSums(coupling.toMatrix())[0]).isCloseTo(1e-20, withinPercentage(1e-8));
    }

    @Test
    void keepsPointsOfWeightZero() {
        double[] a = {0, 0.25, 0.75, 0};
        double[] b = {0.5, 0, 0.5};
        Matrix costs = RandomMixtures.costs(4, 3, RandomMixtures.random(8));

        Coupling coupling = Coupling.optimal(a, b, costs);

        assertOptimal(coupling, a, b, costs);
        assertThat(coupling.toMatrix().row(0)).containsExactly(0, 0, 0);
        assertThat(coupling.toMatrix().column(1)).containsExactly(0, 0, 0, 0);
    }

    @Test
    void takesCostsOfEitherSign() {
        double[] half = {0.5, 0.5};
        Matrix costs = Matrix.of(new double[] {-1, 2}, new double[] {3, -4});

        assertThat(Coupling.optimal(half, half, costs).cost()).isEqualTo(-2.5);
    }

    @Test
    void isAValue() {
        double[] half = {0.5, 0.5};
        Matrix costs = Matrix.of(new double[] {1, 2}, new double[] {2, 1});
        Coupling coupling = Coupling.optimal(half, half, costs);
        coupling.sourcePotentials()[0] = 99;
        coupling.targetPotentials()[0] = 99;

        assertThat(coupling)
                .isEqualTo(Coupling.optimal(half, half, costs))
                .hasSameHashCodeAs(Coupling.optimal(half, half, costs));
        assertThat(coupling).isNotEqualTo(Coupling.optimal(half, half, Matrix.of(new double[] {2, 1}, new double[] {1, 2
        })));
        assertThat(coupling.entries()).isEqualTo(List.of(new Coupling.Entry(0, 0, 0.5), new Coupling.Entry(1, 1, 0.5)));
        assertThat(coupling)
                .hasToString("coupling of 2 × 2 points at cost 1.0: [Entry[source=0, target=0, mass=0.5],"
                        + " Entry[source=1, target=1, mass=0.5]]");
    }

    @Test
    void refusesWhatIsNoProblem() {
        double[] half = {0.5, 0.5};
        Matrix costs = Matrix.identity(2);
        Matrix infinite = Matrix.of(new double[] {0, 1}, new double[] {Double.POSITIVE_INFINITY, 0});

        assertThatThrownBy(() -> Coupling.optimal(new double[] {1}, half, costs))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 source weights for 2; give one each, and at least one");
        assertThatThrownBy(() -> Coupling.optimal(new double[0], new double[0], Matrix.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("0 source weights for 0; give one each, and at least one");
        assertThatThrownBy(() -> Coupling.optimal(half, new double[] {0.5, 0.75}, costs))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("target weights sum to 1.25; they must sum to 1 within 1.0E-9");
        assertThatThrownBy(() -> Coupling.optimal(half, new double[] {1.5, -0.5}, costs))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("target weights: number 1 is -0.5; a weight is not negative");
        assertThatThrownBy(() -> Coupling.optimal(half, new double[] {1, Double.NaN}, costs))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Coupling.optimal(half, half, infinite))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the cost from source 1 to target 0 is Infinity; a cost is finite");
    }
}
