package org.mixtura.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mixtura.data.Block;
import org.mixtura.data.CodedRows;
import org.mixtura.data.RowCovariances;
import org.mixtura.data.Rows;
import org.mixtura.testing.Generator;
import org.mixtura.testing.Holes;

class ImputationTest {
    private static final double NAN = Double.NaN;

    @ParameterizedTest
    @EnumSource
    void isTheConditionalMixture(CovarianceStructure structure) {
        for (long seed = 0; seed < 40; seed++) {
            Generator generator = Generator.seeded(seed);
            int d = 2 + (int) (seed % 5);
            GaussianMixture mixture = generator.mixture(structure, 1 + (int) (seed % 4), d);
            double[] row = Holes.in(generator.points(1, d, 2), 0.5, seed)[0];
            row[(int) (seed % d)] = 1;
            int[] missing = Holes.missing(row);
            Completion completion = Imputation.of(mixture).complete(row);
            assertThat(completion.gaps()).isEqualTo(missing.length);
            if (missing.length == 0) {
                assertThat(completion.mean()).isEqualTo(row);
                continue;
            }
            Map<String, Double> known = new HashMap<>();
            for (int j : Holes.observed(row)) {
                known.put("x" + j, row[j]);
                assertThat(completion.mean()[j]).isEqualTo(row[j]);
                assertThat(completion.standardDeviation()[j]).isZero();
            }
            GaussianMixture conditional = mixture.given(known);
            double[] mean = conditional.mean();
            for (int i = 0; i < missing.length; i++) {
                assertClose(completion.mean()[missing[i]], mean[i], 1e-12, "mean");
                double variance = conditional.covariance().get(i, i);
                assertClose(completion.standardDeviation()[missing[i]], Math.sqrt(variance), 1e-11, "deviation");
            }
            assertClose(completion.responsibilities(), conditional.weights(), 1e-12, "responsibilities");
        }
    }

    @Test
    void drawsFromTheConditional() {
        GaussianMixture mixture = Generator.seeded(4).mixture(CovarianceStructure.FULL, 3, 4);
        Completion completion = Imputation.of(mixture).complete(new double[] {0.5, NAN, -1, NAN});
        GaussianMixture conditional = mixture.given(Map.of("x0", 0.5, "x2", -1.0));
        SplittableRandom random = new SplittableRandom(5);
        int n = 200_000;
        double[] sum = new double[2];
        double[][] products = new double[2][2];
        double[] mean = conditional.mean();
        for (int i = 0; i < n; i++) {
            double[] draw = completion.draw(random);
            assertThat(draw[0]).isEqualTo(0.5);
            double[] away = {draw[1] - mean[0], draw[3] - mean[1]};
            for (int a = 0; a < 2; a++) {
                sum[a] += away[a] / n;
                for (int b = 0; b < 2; b++) {
                    products[a][b] += away[a] * away[b] / n;
                }
            }
        }
        Covariance covariance = conditional.covariance();
        for (int a = 0; a < 2; a++) {
            // Five standard errors.
            assertThat(Math.abs(sum[a])).isLessThan(5 * Math.sqrt(covariance.get(a, a) / n));
            for (int b = 0; b < 2; b++) {
                double scale = Math.sqrt(covariance.get(a, a) * covariance.get(b, b));
                assertThat(Math.abs(products[a][b] - covariance.get(a, b))).isLessThan(0.02 * scale);
            }
        }
    }

    @Test
    void givesTheMixtureItselfWhereNothingIsThere() {
        GaussianMixture mixture = Generator.seeded(6).mixture(CovarianceStructure.FULL, 3, 3);
        Completion completion = Imputation.of(mixture).complete(new double[] {NAN, NAN, NAN});
        assertClose(completion.mean(), mixture.mean(), 1e-12, "mean");
        for (int j = 0; j < 3; j++) {
            double variance = mixture.covariance().get(j, j);
            assertClose(completion.standardDeviation()[j], Math.sqrt(variance), 1e-12, "deviation");
        }
        assertClose(completion.responsibilities(), mixture.weights(), 1e-15, "responsibilities");
    }

    /** With one gap there is a regression on the other columns. */
    @Test
    void isTheRegressionOnTheOthersWithTails() {
        GaussianMixture gaussians = Generator.seeded(8).mixture(CovarianceStructure.FULL, 3, 4);
        StudentMixture mixture = StudentMixture.of(gaussians, 1.5, 4, 30);
        double[] known = {0.7, -0.4, 1.1};
        Prediction expected =
                Regression.of(mixture, List.of("x0", "x2", "x3"), "x1").at(known);
        Completion completion = Imputation.of(mixture).complete(new double[] {known[0], NAN, known[1], known[2]});
        assertClose(completion.responsibilities(), expected.shares(), 1e-13, "responsibilities");
        assertClose(completion.mean()[1], expected.mean(), 1e-12, "mean");
        assertClose(completion.standardDeviation()[1], Math.sqrt(expected.variance()), 1e-12, "deviation");
        SplittableRandom random = new SplittableRandom(3);
        int n = 40_000;
        for (double p : new double[] {0.01, 0.2, 0.5, 0.9, 0.999}) {
            double quantile = expected.quantile(p);
            int below = 0;
            for (int i = 0; i < n; i++) {
                below += completion.draw(random)[1] <= quantile ? 1 : 0;
            }
            // Five standard errors.
            assertThat(Math.abs(below - n * p)).isLessThan(5 * Math.sqrt(n * p * (1 - p)));
        }
    }

    @Test
    void tailsTooHeavyHaveNoDeviation() {
        StudentMixture mixture = StudentMixture.of(
                Generator.seeded(8).mixture(CovarianceStructure.FULL, 2, 3), 0.8, Double.POSITIVE_INFINITY);
        Completion completion = Imputation.of(mixture).complete(new double[] {NAN, 1, NAN});
        assertThat(completion.standardDeviation()).containsExactly(1 / 0.0, 0, 1 / 0.0);
        Completion nothing = Imputation.of(mixture).complete(new double[] {NAN, NAN, NAN});
        assertClose(nothing.mean(), mixture.gaussians().mean(), 1e-12, "locations");
    }

    @Test
    void refusesWhatIsNoRow() {
        Imputation imputation = Imputation.of(Generator.seeded(7).mixture(CovarianceStructure.FULL, 2, 2));
        assertThatThrownBy(() -> imputation.complete(new double[] {1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a row of 1 values for a mixture of 2 columns");
        assertThatThrownBy(() -> imputation.complete(new double[] {NAN, -1 / 0.0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column \"x1\" is -Infinity; every value must be a finite number, or NaN for a gap");
    }

    /** What goes with rows stays with them when their gaps are filled. */
    @Test
    void completedRowsKeepTheirCodesErrorsAndWeights() {
        GaussianMixture mixture = Generator.seeded(3).mixture(CovarianceStructure.FULL, 2, 2);
        Rows rows = CodedRows.of(
                Rows.of(new double[][] {{1, 2}, {NAN, 3}, {4, NAN}})
                        .withGaps()
                        .weighted(new double[] {1, 2, 3})
                        .withErrors(RowCovariances.deviations(Rows.of(new double[][] {{1, 2}, {3, 4}, {5, 6}}))),
                new int[] {7, 0, 9});
        Rows completed = Imputation.of(mixture).complete(rows);
        try (Rows.Reader before = rows.reader();
                Rows.Reader after = completed.reader()) {
            for (int first : new int[] {1, 0}) {
                Block expected = before.read(first, 2);
                Block found = after.read(first, 2);
                assertThat(found.covarianceSize()).isEqualTo(2);
                for (int i = 0; i < 2; i++) {
                    assertThat(found.code(i)).isEqualTo(expected.code(i));
                    assertThat(found.weight(i)).isEqualTo(expected.weight(i));
                    assertThat(found.covariance(i, 0)).isEqualTo(expected.covariance(i, 0));
                    assertThat(found.covariance(i, 1)).isEqualTo(expected.covariance(i, 1));
                    assertThat(found.gaps(i)).isZero();
                }
            }
        }
    }
}
