package org.mixtura.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.testing.Generator;

/** Predictions against the conditional mixture, and quantiles against the probability that defines them. */
class RegressionTest {
    private static final double[] PROBABILITIES = {1e-300, 1e-12, 0.001, 0.05, 0.25, 0.5, 0.75, 0.95, 0.999, 1 - 1e-12};

    @ParameterizedTest
    @EnumSource
    void isTheConditionalOfTheMixture(CovarianceStructure structure) {
        for (long seed = 0; seed < 20; seed++) {
            Generator generator = Generator.seeded(seed);
            GaussianMixture mixture = generator.mixture(structure, (int) (1 + seed % 4), 5);
            Regression regression = Regression.of(mixture, List.of("x3", "x0"), "x2");
            assertThat(regression.given()).containsExactly("x3", "x0");
            double[] x = generator.vector(2);
            Map<String, Double> known = new HashMap<>(Map.of("x3", x[0], "x0", x[1]));
            GaussianMixture conditional = mixture.given(known).marginal("x2");
            Prediction prediction = regression.at(x);
            assertClose(prediction.mean(), conditional.mean()[0], 1e-12, "mean");
            assertClose(prediction.variance(), conditional.covariance().get(0, 0), 1e-12, "variance");
            double step = 1e-4;
            double below = prediction.probabilityBelow(0.3 + step) - prediction.probabilityBelow(0.3 - step);
            assertClose(below / (2 * step), conditional.density(new double[] {0.3}), 1e-6, "density");
        }
    }

    /** Against the definition, p(y | x) = p(x, y) / p(x), by the trapezium rule over y = sinh t. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void isTheConditionalOfAMixtureWithTails(long seed) {
        Generator generator = Generator.seeded(seed);
        GaussianMixture gaussians = generator.mixture(CovarianceStructure.FULL, 3, 4);
        double[] freedom = {2.5, 8, Double.POSITIVE_INFINITY};
        StudentMixture all = StudentMixture.of(gaussians.marginal("x3", "x0", "x2"), freedom);
        StudentMixture known = StudentMixture.of(gaussians.marginal("x3", "x0"), freedom);
        double[] x = generator.vector(2);
        Prediction prediction = Regression.of(StudentMixture.of(gaussians, freedom), List.of("x3", "x0"), "x2")
                .at(x);
        assertClose(prediction.shares(), known.responsibilities(x), 1e-15, "shares");
        double step = 1e-2;
        double mass = 0;
        double mean = 0;
        double square = 0;
        for (double t = -15; t <= 15; t += step) {
            double y = Math.sinh(t);
            double density = Math.exp(all.logDensity(new double[] {x[0], x[1], y}) - known.logDensity(x));
            double part = step * Math.cosh(t) * density;
            if (Math.abs(t % 1) < step / 2 && Math.abs(t) < 3) {
                assertClose(prediction.probabilityBelow(y), mass + part / 2, 1e-2, "probability");
                double below = prediction.probabilityBelow(y + 1e-4) - prediction.probabilityBelow(y - 1e-4);
                assertClose(below / 2e-4, density, 1e-6, "density");
            }
            mass += part;
            mean += part * y;
            square += part * y * y;
        }
        assertClose(mass, 1, 1e-10, "mass");
        assertClose(prediction.mean(), mean, 1e-9, "mean");
        assertClose(prediction.variance(), square - mean * mean, 1e-5, "variance");
        for (double p : PROBABILITIES) {
            double quantile = prediction.quantile(p);
            double beyond = p <= 0.5 ? prediction.probabilityBelow(quantile) / p : 1;
            assertThat(beyond).isBetween(1 - 1e-12, 1 + 1e-12);
            assertThat(prediction.probabilityBelow(quantile)).isBetween(p - 1e-14, p + 1e-14);
        }
    }

    @Test
    void tailsTooHeavyHaveNoVariance() {
        GaussianMixture gaussians = Generator.seeded(3).mixture(CovarianceStructure.FULL, 2, 2);
        Regression regression = Regression.of(StudentMixture.of(gaussians, 0.9, 5), List.of("x1"), "x0");
        assertThat(regression.at(new double[] {0.3}).variance()).isInfinite();
        assertThat(regression.at(new double[] {0.3}).mean()).isFinite();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void quantilesUndoProbabilities(long seed) {
        Generator generator = Generator.seeded(seed);
        int k = 1 + (int) (seed % 5);
        double[] means = generator.vector(k);
        double[] deviations = new double[k];
        for (int i = 0; i < k; i++) {
            means[i] *= Math.pow(10, (int) (seed % 4));
            deviations[i] = generator.between(0.01, 3);
        }
        Prediction prediction = Prediction.normal(generator.weights(k), means, deviations);
        double last = Double.NEGATIVE_INFINITY;
        for (double p : PROBABILITIES) {
            double quantile = prediction.quantile(p);
            assertThat(quantile).isGreaterThan(last);
            last = quantile;
            // What is solved for is within some ulps: there the probability passes p.
            double largest = Math.abs(quantile);
            for (double mean : means) {
                largest = Math.max(largest, Math.abs(mean));
            }
            double ulps = 8 * Math.ulp(largest);
            if (p <= 0.5) {
                assertThat(prediction.probabilityBelow(quantile - ulps)).isLessThanOrEqualTo(p);
                assertThat(prediction.probabilityBelow(quantile + ulps)).isGreaterThanOrEqualTo(p);
            } else {
                Prediction mirrored = Prediction.normal(prediction.shares(), negated(means), deviations);
                assertThat(mirrored.probabilityBelow(-quantile + ulps)).isGreaterThanOrEqualTo(1 - p);
                assertThat(mirrored.probabilityBelow(-quantile - ulps)).isLessThanOrEqualTo(1 - p);
            }
        }
    }

    private static double[] negated(double[] values) {
        double[] negated = values.clone();
        for (int i = 0; i < negated.length; i++) {
            negated[i] = -negated[i];
        }
        return negated;
    }

    @Test
    void aSingleNormalHasItsOwnQuantiles() {
        Prediction normal = Prediction.normal(new double[] {1}, new double[] {2}, new double[] {3});
        assertThat(normal.mean()).isEqualTo(2);
        assertThat(normal.variance()).isEqualTo(9);
        assertClose(normal.quantile(0.5), 2, 1e-15);
        assertClose(normal.quantile(0.975), 2 + 3 * 1.959963984540054, 1e-14);
        assertClose(normal.quantile(0.025), 2 - 3 * 1.959963984540054, 1e-14);
    }

    /** Between components that are far apart the probability is flat, and Newton's method alone would jump off. */
    @Test
    void quantilesCrossAGap() {
        Prediction gap = Prediction.normal(
                new double[] {0.25, 0.75, 0}, new double[] {0, 1e6, Double.NaN}, new double[] {1, 1, 1});
        assertThat(gap.quantile(0.25 - 1e-9)).isBetween(5.0, 7.0);
        assertThat(gap.quantile(0.25 + 1e-9)).isBetween(1e6 - 7.0, 1e6 - 5.0);
        assertThat(gap.mean()).isEqualTo(0.75e6);
    }

    @Test
    void farFromAllComponentsTheNearestPredicts() {
        GaussianMixture mixture = GaussianMixture.of(
                new double[] {0.5, 0.5},
                List.of(
                        Gaussian.of(new double[] {0, 5}, Covariance.diagonal(1, 1)),
                        Gaussian.of(new double[] {1, 9}, Covariance.diagonal(1, 1))));
        Regression regression = Regression.of(mixture, List.of("x0"), "x1");
        assertThat(regression.at(new double[] {1e200}).mean()).isBetween(5.0, 9.0);
        assertThat(regression.at(new double[] {1e9}).mean()).isEqualTo(9);
        assertThat(regression.at(new double[] {-1e9}).mean()).isEqualTo(5);
    }

    @Test
    void saysWhatIsWrong() {
        GaussianMixture mixture = Generator.seeded(1).mixture(CovarianceStructure.FULL, 2, 3);
        assertThatThrownBy(() -> Regression.of(mixture, List.of(), "x1"))
                .hasMessage("nothing is given to predict \"x1\" from; name a column");
        assertThatThrownBy(() -> Regression.of(mixture, List.of("x1", "x0"), "x1"))
                .hasMessage("column \"x1\" is given, so there is nothing to predict");
        assertThatThrownBy(() -> Regression.of(mixture, List.of("x0", "x0"), "x1"))
                .hasMessage("a column is given twice in [x0, x0]");
        assertThatThrownBy(() -> Regression.of(mixture, List.of("x0"), "y"))
                .hasMessage("no column \"y\"; the columns are [x0, x1, x2]");
        assertThatThrownBy(() -> Regression.of(mixture, List.of("z"), "x1"))
                .hasMessage("no column \"z\"; the columns are [x0, x1, x2]");
        Prediction prediction = Regression.of(mixture, List.of("x0"), "x1").at(new double[] {0});
        for (double p : new double[] {0, 1, -0.5, Double.NaN}) {
            assertThatThrownBy(() -> prediction.quantile(p))
                    .hasMessage("quantile " + p + " does not exist; a probability is above 0 and below 1");
        }
        assertThatThrownBy(() -> Regression.of(mixture, List.of("x0"), "x1").at(new double[] {1, 2}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
