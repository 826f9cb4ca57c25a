package org.mixtura.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Matrix;
import org.mixtura.linalg.Cholesky;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

class MatchingTest {
    @ParameterizedTest
    @EnumSource
    void findsTheComponentsOfAShuffledMixture(Matching.Distance distance) {
        RandomGenerator random = RandomMixtures.random(1);
        for (int i = 0; i < 10; i++) {
            GaussianMixture mixture = RandomMixtures.mixture(8, 3, random);
            List<Integer> order = new ArrayList<>(IntStream.range(0, 8).boxed().toList());
            Collections.shuffle(order, new Random(i));
            GaussianMixture shuffled = mixture.permuted(order);

            Matching matching = Matching.of(mixture, shuffled, distance);

            assertThat(matching.total()).isEqualTo(0);
            assertThat(shuffled.permuted(matching.order())).isEqualTo(mixture);
            for (int k = 0; k < 8; k++) {
                assertThat(order.get(matching.target(k))).isEqualTo(k);
            }
            assertThat(matching.leftOverSources()).isEmpty();
            assertThat(matching.leftOverTargets()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 3", "6, 6", "3, 5", "1, 4", "2, 7"})
    void isTheBestAssignment(int m, int n) {
        RandomGenerator random = RandomMixtures.random(10L * m + n);
        for (int i = 0; i < 20; i++) {
            Matrix distances = RandomMixtures.costs(m, n, random);
            double best = CouplingTest.cheapestPermutation(distances, 0, new boolean[n]);

            Matching matching = Matching.of(distances);
            Matching turned = Matching.of(distances.transpose());

            assertThat(matching.total()).isCloseTo(best, within(1e-13));
            assertThat(turned.total()).isCloseTo(best, within(1e-13));
            assertThat(matching.leftOverTargets()).hasSize(n - m).isEqualTo(turned.leftOverSources());
            assertThat(matching.leftOverSources()).isEmpty();
            assertThat(matching.order()).hasSize(n).doesNotHaveDuplicates();
            assertThat(turned.order()).hasSize(m).doesNotHaveDuplicates();
            for (int row = 0; row < m; row++) {
                assertThat(turned.target(matching.target(row))).isEqualTo(row);
            }
            for (int column : matching.leftOverTargets()) {
                assertThat(turned.target(column)).isEqualTo(Matching.LEFT_OVER);
            }
        }
    }

    @Test
    void copesWithTies() {
        Matching matching = Matching.of(Matrix.of(30, 40, new double[1200]));

        assertThat(matching.total()).isEqualTo(0);
        assertThat(matching.order()).hasSize(40).doesNotHaveDuplicates();
    }

    /** The symmetrised divergence of one pair, against the traces of the definition. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void knowsTheSymmetricDivergence(int d) {
        RandomGenerator random = RandomMixtures.random(20 + d);
        for (int i = 0; i < 10; i++) {
            Gaussian a = RandomMixtures.gaussian(d, random);
            Gaussian b = RandomMixtures.gaussian(d, random);

            double expected = divergence(a, b) + divergence(b, a);
            assertThat(symmetric(a, b)).isCloseTo(expected, withinPercentage(1e-9));
        }
    }

    private static double symmetric(Gaussian a, Gaussian b) {
        double[] one = {1};
        return Matching.of(
                        GaussianMixture.of(one, List.of(a)),
                        GaussianMixture.of(one, List.of(b)),
                        Matching.Distance.SYMMETRIC_KL)
                .total();
    }

    /** KL(a ‖ b) = ½ (tr Σ_b⁻¹ Σ_a + (μ_b − μ_a)ᵀ Σ_b⁻¹ (μ_b − μ_a) − d + ln det Σ_b / det Σ_a). */
    private static double divergence(Gaussian a, Gaussian b) {
        int d = a.dimension();
        double[] lower = b.covariance().lowerFactor();
        double trace = 0;
        for (int j = 0; j < d; j++) {
            trace += Cholesky.solve(lower, a.covariance().toMatrix().column(j))[j];
        }
        double logRatio = b.covariance().logDeterminant() - a.covariance().logDeterminant();
        return 0.5 * (trace + b.covariance().mahalanobisSquared(a.mean(), b.mean()) - d + logRatio);
    }

    /** For N(μ, Σ) and N(μ, (1 + h) Σ) it is ½ d h² / (1 + h). */
    @Test
    void keepsTheDigitsOfSmallDivergences() {
        Gaussian a = RandomMixtures.gaussian(3, RandomMixtures.random(30));
        double h = 0x1p-30;
        Gaussian b = Gaussian.of(a.mean(), a.covariance().times(1 + h));

        assertThat(symmetric(a, b)).isCloseTo(1.5 * h * h / (1 + h), withinPercentage(1e-3));
    }

    @Test
    void dependsOnTheDistance() {
        // The first target is nearest to the wide source, but under the narrow one it is far likelier than under the
        // wide.
        Gaussian wide = Gaussian.of(new double[] {0}, Covariance.spherical(1, 10_000));
        Gaussian narrow = Gaussian.of(new double[] {30}, Covariance.spherical(1, 1));
        GaussianMixture both = GaussianMixture.of(new double[] {0.5, 0.5}, List.of(wide, narrow));
        GaussianMixture target = GaussianMixture.of(
                new double[] {1}, List.of(Gaussian.of(new double[] {60}, Covariance.spherical(1, 2500))));

        assertThat(Matching.of(both, target, Matching.Distance.WASSERSTEIN).target(1))
                .isEqualTo(0);
        assertThat(Matching.of(both, target, Matching.Distance.SYMMETRIC_KL).target(0))
                .isEqualTo(0);
    }

    @Test
    void refusesWhatDoesNotFit() {
        GaussianMixture line = RandomMixtures.mixture(2, 1, RandomMixtures.random(40));
        GaussianMixture plane = RandomMixtures.mixture(2, 2, RandomMixtures.random(41));
        Matrix unknown = Matrix.of(new double[] {0, Double.NaN});

        for (Matching.Distance distance : Matching.Distance.values()) {
            assertThatThrownBy(() -> Matching.of(line, plane, distance))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("one mixture has the columns [x0], the other [x0, x1];"
                            + " transport needs the same columns on both sides");
        }
        assertThatThrownBy(() -> Matching.of(unknown))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the cost from source 0 to target 1 is NaN; a cost is finite");
        assertThatThrownBy(() -> Matching.of(Matrix.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nothing to match in a matrix of 0 × 0 distances");
    }
}
