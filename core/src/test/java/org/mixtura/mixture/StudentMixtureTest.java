package org.mixtura.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Matrix;
import org.mixtura.data.Rows;
import org.mixtura.testing.Generator;
import org.mixtura.testing.Holes;

class StudentMixtureTest {
    private static StudentMixture mixture(CovarianceStructure structure) {
        return StudentMixture.of(Generator.seeded(4).mixture(structure, 3, 4), 1.5, 6, 40);
    }

    @ParameterizedTest
    @EnumSource
    void scoresRowsAsItScoresPoints(CovarianceStructure structure) {
        StudentMixture mixture = mixture(structure);
        double[][] points = Generator.seeded(5).points(50, 4, 4);
        Rows rows = Rows.of(points);
        double[] densities = mixture.logDensity(rows);
        Matrix shares = mixture.responsibilities(rows);
        int[] labels = mixture.labels(rows);
        double sum = 0;
        for (int i = 0; i < 50; i++) {
            double expected = mixture.logDensity(points[i]);
            assertThat(densities[i]).isCloseTo(expected, within(1e-12));
            sum += expected;
            for (int k = 0; k < 3; k++) {
                double share =
                        mixture.weights()[k] * Math.exp(mixture.component(k).logDensity(points[i]) - expected);
                assertThat(shares.get(i, k)).isCloseTo(share, within(1e-12));
                assertThat(share).isLessThanOrEqualTo(shares.get(i, labels[i]) + 1e-12);
            }
        }
        assertClose(mixture.logLikelihood(rows), sum, 1e-12);
    }

    /** A marginal of Student's distribution has the same degrees of freedom. */
    @Test
    void scoresRowsWithGapsByTheMarginal() {
        StudentMixture mixture = mixture(CovarianceStructure.FULL);
        double[][] points = Holes.in(Generator.seeded(6).points(60, 4, 3), 0.5, 7);
        double[] densities = mixture.logDensity(Rows.of(points).withGaps());
        for (int i = 0; i < points.length; i++) {
            int[] observed = Holes.observed(points[i]);
            if (observed.length == 0) {
                assertThat(densities[i]).isCloseTo(0, within(1e-14));
                continue;
            }
            double[] values = new double[observed.length];
            double density = 0;
            for (int j = 0; j < observed.length; j++) {
                values[j] = points[i][observed[j]];
            }
            for (int k = 0; k < 3; k++) {
                Gaussian part = mixture.gaussians().component(k).marginal(observed);
                StudentT marginal = StudentT.of(part.mean(), part.covariance(), mixture.degreesOfFreedom()[k]);
                density += mixture.weights()[k] * Math.exp(marginal.logDensity(values));
            }
            assertThat(densities[i]).isCloseTo(Math.log(density), within(1e-12));
        }
    }

    /** The distance of a draw from its centre, (x − m)ᵀS⁻¹(x − m)/d, is Fisher's F: compared by its probabilities. */
    @ParameterizedTest
    @ValueSource(doubles = {0.7, 2, 9})
    void drawsFromItsDistribution(double freedom) {
        Covariance scale = Covariance.full(Generator.seeded(2).positiveDefinite(2));
        StudentT student = StudentT.of(new double[] {3, -1}, scale, freedom);
        int n = 40_000;
        SplittableRandom random = new SplittableRandom(11);
        int[] within = new int[3];
        double[] squares = {0.5, 2, 20};
        for (int i = 0; i < n; i++) {
            double q = scale.mahalanobisSquared(student.sample(random), new double[] {3, -1});
            for (int s = 0; s < 3; s++) {
                within[s] += q <= squares[s] ? 1 : 0;
            }
        }
        for (int s = 0; s < 3; s++) {
            // In two columns P(q ≤ s) = 1 − (1 + s/ν)^{−ν/2}.
            double expected = 1 - Math.pow(1 + squares[s] / freedom, -freedom / 2);
            assertThat(within[s] / (double) n).isCloseTo(expected, within(4 * Math.sqrt(0.25 / n)));
        }
        StudentMixture mixture = mixture(CovarianceStructure.DIAGONAL);
        assertThat(mixture.sample(20, new SplittableRandom(3))).isEqualTo(mixture.sample(20, new SplittableRandom(3)));
    }

    @Test
    void movesAndIsPutInOrder() {
        GaussianMixture gaussians = Generator.seeded(3).mixture(CovarianceStructure.FULL, 3, 2);
        StudentMixture mixture = StudentMixture.of(gaussians, 1, 2, 3).named(List.of("a", "b"));
        StudentMixture ordered = mixture.canonical();
        assertThat(ordered.gaussians()).isEqualTo(mixture.gaussians().canonical());
        double[] x = {0.3, -1};
        assertThat(ordered.logDensity(x)).isCloseTo(mixture.logDensity(x), within(1e-14));
        StudentMixture moved = mixture.translated(new double[] {1, 2});
        assertThat(moved.logDensity(new double[] {1.3, 1})).isCloseTo(mixture.logDensity(x), within(1e-13));
        assertThat(moved.columns()).containsExactly("a", "b");
        assertThat(mixture.freeParameters()).isEqualTo(17 + 3);
        assertThat(StudentMixture.of(gaussians, 7, 7, 7).freeParameters()).isEqualTo(17 + 1);
    }

    @Test
    void saysWhatIsWrong() {
        GaussianMixture gaussians = Generator.seeded(3).mixture(CovarianceStructure.FULL, 2, 2);
        assertThatThrownBy(() -> StudentMixture.of(gaussians, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 degrees of freedom for 2 components");
        assertThatThrownBy(() -> StudentMixture.of(gaussians, 1, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("degrees of freedom are NaN; they are positive");
        assertThatThrownBy(() -> StudentMixture.of(gaussians, 1, 2).sample(-1, new SplittableRandom(1)))
                .hasMessage("cannot draw -1 rows; the number must not be negative");
    }
}
