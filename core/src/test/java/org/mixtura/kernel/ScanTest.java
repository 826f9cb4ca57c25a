package org.mixtura.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Matrix;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Moments.Scatter;
import org.mixtura.kernel.QuadraticForms.Factor;
import org.mixtura.testing.Generator;

class ScanTest {
    private static final int N = 20_000;
    private static final int D = 5;
    private static final int K = 6;

    private final Generator generator = Generator.seeded(83);
    private final double[][] points = generator.points(N, D, 1.5);
    private final double[] weights = generator.rowWeights(N);

    /** Enough work for several threads. */
    private Rows rows() {
        return Rows.of(points).weighted(weights).named(List.of("a", "b", "c", "d", "e"));
    }

    private static QuadraticForms forms(Factor factor) {
        Generator generator = Generator.seeded(89);
        return FormsFixture.random(generator, factor, K, generator.vector(D));
    }

    private static void assertSameBits(Moments actual, Moments expected) {
        assertThat(actual.logLikelihood()).isEqualTo(expected.logLikelihood());
        assertThat(actual.assignmentEntropy()).isEqualTo(expected.assignmentEntropy());
        assertThat(actual.totalWeight()).isEqualTo(expected.totalWeight());
        assertThat(actual.weights()).containsExactly(expected.weights());
        assertThat(actual.firsts()).containsExactly(expected.firsts());
        for (int k = 0; k < expected.components(); k++) {
            assertThat(actual.second(k)).containsExactly(expected.second(k));
        }
    }

    @ParameterizedTest
    @EnumSource
    void momentsAreTheDefinitionAndHaveTheSameBitsForAnyThreads(Factor factor) {
        QuadraticForms forms = forms(factor);
        Moments expected = Scan.moments(rows(), forms, Scatter.FULL, 1);
        NaiveMoments naive = new NaiveMoments(forms);
        for (int i = 0; i < N; i++) {
            naive.accept(points[i], weights[i]);
        }
        naive.assertAre(expected, 1e-12);
        for (int threads : new int[] {2, 3, 8}) {
            assertSameBits(Scan.moments(rows(), forms, Scatter.FULL, threads), expected);
        }
    }

    @Test
    void scoresAreInOrderAndHaveTheSameBitsForAnyThreads() {
        QuadraticForms forms = forms(Factor.TRIANGULAR);
        double[] expectedDensities = new double[N];
        double[] expectedShares = new double[N * K];
        for (int threads : new int[] {1, 2, 3, 8}) {
            double[] densities = new double[N];
            double[] shares = new double[N * K];
            long[] next = new long[1];
            Scan.scores(rows(), forms, threads, (first, count, logDensity, responsibilities) -> {
                assertThat(first).isEqualTo(next[0]);
                next[0] += count;
                System.arraycopy(logDensity, 0, densities, (int) first, count);
                System.arraycopy(responsibilities, 0, shares, (int) first * K, count * K);
            });
            assertThat(next[0]).isEqualTo(N);
            if (threads == 1) {
                System.arraycopy(densities, 0, expectedDensities, 0, N);
                System.arraycopy(shares, 0, expectedShares, 0, N * K);
            }
            assertThat(Arrays.mismatch(densities, expectedDensities)).isEqualTo(-1);
            assertThat(Arrays.mismatch(shares, expectedShares)).isEqualTo(-1);
        }
        for (int i = 0; i < N; i += 97) {
            assertClose(expectedDensities[i], FormsFixture.logDensity(forms, points[i]), 1e-13);
        }
    }

    @Test
    void logDensitiesAloneAreThoseOfTheScores() {
        QuadraticForms forms = forms(Factor.TRIANGULAR);
        double[] expected = new double[N];
        double[] actual = new double[N];
        Scan.scores(
                rows(),
                forms,
                2,
                (first, count, logDensity, responsibilities) ->
                        System.arraycopy(logDensity, 0, expected, (int) first, count));
        Scan.logDensities(rows(), forms, 3, (first, count, logDensity, responsibilities) -> {
            assertThat(responsibilities).isEmpty();
            System.arraycopy(logDensity, 0, actual, (int) first, count);
        });
        assertThat(actual).containsExactly(expected);
    }

    @ParameterizedTest
    @EnumSource
    void momentsOfGivenResponsibilitiesHaveTheSameBitsForAnyThreads(Scatter scatter) {
        double[] origin = generator.vector(D);
        double[] centres = generator.vector(2 * D);
        Scan.Assignment byParity = (block, first, r) -> {
            for (int i = 0; i < block.count(); i++) {
                r[2 * i + (int) ((first + i) % 2)] = 1;
            }
        };
        double[] parityWeights = new double[2];
        double[] sums = new double[2 * D];
        for (int i = 0; i < N; i++) {
            parityWeights[i % 2] += weights[i];
            for (int j = 0; j < D; j++) {
                sums[i % 2 * D + j] += weights[i] * (points[i][j] - origin[j] - centres[i % 2 * D + j]);
            }
        }
        Moments expected = Scan.moments(rows(), origin, centres, scatter, byParity, 1);
        assertClose(expected.weights(), parityWeights, 1e-13);
        assertClose(expected.firsts(), sums, 1e-11);
        assertClose(expected.totalWeight(), parityWeights[0] + parityWeights[1], 1e-13);
        assertThat(expected.logLikelihood()).isZero();
        for (int threads : new int[] {2, 3, 8}) {
            assertSameBits(Scan.moments(rows(), origin, centres, scatter, byParity, threads), expected);
        }
    }

    /** Weight 2 is the row twice, weight 0 the row not at all, and a common factor of all weights is a factor of all sums. */
    @Test
    void weightsCountRows() {
        int n = 600;
        double[] counts = new double[n];
        double[] repeated = new double[0];
        for (int i = 0; i < n; i++) {
            counts[i] = i % 4;
            for (int times = 0; times < i % 4; times++) {
                repeated = Arrays.copyOf(repeated, repeated.length + D);
                System.arraycopy(points[i], 0, repeated, repeated.length - D, D);
            }
        }
        QuadraticForms forms = forms(Factor.TRIANGULAR);
        Rows few = Rows.of(Arrays.copyOf(points, n));
        Moments byWeight = Scan.moments(few.weighted(counts), forms, Scatter.FULL, 1);
        Moments byRow = Scan.moments(Rows.owning(repeated, D), forms, Scatter.FULL, 1);
        assertClose(byWeight.logLikelihood(), byRow.logLikelihood(), 1e-13);
        assertClose(byWeight.weights(), byRow.weights(), 1e-13);
        assertClose(byWeight.firsts(), byRow.firsts(), 1e-13);
        for (int k = 0; k < K; k++) {
            assertClose(byWeight.second(k), byRow.second(k), 1e-13);
        }
        double[] scaled = Arrays.stream(counts).map(w -> w * 0x1p-40).toArray();
        Moments small = Scan.moments(few.weighted(scaled), forms, Scatter.FULL, 1);
        assertThat(small.logLikelihood()).isEqualTo(byWeight.logLikelihood() * 0x1p-40);
        assertThat(small.second(0))
                .containsExactly(
                        Arrays.stream(byWeight.second(0)).map(s -> s * 0x1p-40).toArray());
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void namesTheFirstValueThatIsNotFinite(double wrong) {
        points[7777][3] = wrong;
        points[7778][0] = wrong;
        points[16000][1] = wrong;
        weights[7777] = 1;
        String message = "row 7777, column \"d\" is " + wrong
                + "; every value must be a finite number: drop the row or fill the gap";
        for (Factor factor : Factor.values()) {
            for (int threads : new int[] {1, 3}) {
                assertThatThrownBy(() -> Scan.moments(rows(), forms(factor), Scatter.FULL, threads))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage(message);
                assertThatThrownBy(() -> Scan.scores(rows(), forms(factor), threads, (first, count, l, r) -> {}))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage(message);
            }
        }
    }

    @Test
    void rowsOfWeightZeroDoNoHarm() {
        QuadraticForms forms = forms(Factor.TRIANGULAR);
        weights[7777] = 0;
        Moments expected = Scan.moments(rows(), forms, Scatter.FULL, 2);
        points[7777][3] = Double.NaN;
        assertSameBits(Scan.moments(rows(), forms, Scatter.FULL, 2), expected);
        Scan.scores(rows(), forms, 2, (first, count, logDensity, r) -> {
            for (int i = 0; i < count; i++) {
                assertThat(Double.isNaN(logDensity[i])).isEqualTo(first + i == 7777);
            }
        });
        weights[7777] = 1;
        assertThatThrownBy(() -> Scan.scores(rows(), forms, 2, (first, count, l, r) -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("row 7777, column \"d\" is NaN");
    }

    @Test
    void farRowsAreScored() {
        double[][] far = generator.points(5000, D, 1e300);
        Scan.scores(Rows.of(Matrix.of(far)), forms(Factor.TRIANGULAR), 2, (first, count, logDensity, r) -> {
            for (int i = 0; i < count; i++) {
                assertThat(logDensity[i]).isEqualTo(Double.NEGATIVE_INFINITY);
                assertThat(Arrays.stream(r, i * K, (i + 1) * K).sum()).isEqualTo(1);
            }
        });
    }
}
