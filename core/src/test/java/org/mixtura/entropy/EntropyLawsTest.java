package org.mixtura.entropy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Matrix;
import org.mixtura.integration.Estimate;
import org.mixtura.integration.Method;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

class EntropyLawsTest {
    private static final double TOLERANCE = 1e-6;

    static IntStream seeds() {
        return IntStream.range(0, 24);
    }

    /** Small, so that each estimate is quick; three columns cost ten times as much and teach nothing new. */
    private static GaussianMixture mixture(int seed) {
        int[] dimensions = {2, 1, 4, 5, 6};
        return RandomMixtures.of(RandomMixtures.kind(seed), 1 + seed % 4, dimensions[seed % 5], seed);
    }

    private static Estimate estimate(GaussianMixture mixture) {
        return Entropy.of(mixture).draws(1 << 12).estimate(TOLERANCE);
    }

    private static void assertAgree(Estimate a, Estimate b, double difference) {
        assertThat(a.value() - b.value()).isCloseTo(difference, within(a.error() + b.error() + 1e-12));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void liesBetweenItsBounds(int seed) {
        Entropy entropy = Entropy.of(mixture(seed)).draws(1 << 12);
        Entropy.Bounds bounds = entropy.bounds();
        Estimate estimate = entropy.estimate(TOLERANCE);
        assertThat(estimate.value()).isBetween(bounds.lower(), bounds.upper());
        for (double lower :
                new double[] {bounds.conditionalLower(), bounds.jensenLower(), bounds.bhattacharyyaLower()}) {
            assertThat(lower).isLessThanOrEqualTo(estimate.value() + estimate.error());
        }
        for (double upper : new double[] {bounds.labelUpper(), bounds.gaussianUpper(), bounds.kullbackLeiblerUpper()}) {
            assertThat(upper).isGreaterThanOrEqualTo(estimate.value() - estimate.error());
        }
        assertThat(bounds.bhattacharyyaLower()).isGreaterThanOrEqualTo(bounds.conditionalLower() - 1e-12);
        assertThat(bounds.kullbackLeiblerUpper()).isLessThanOrEqualTo(bounds.labelUpper() + 1e-12);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void doesNotChangeUnderShifts(int seed) {
        GaussianMixture mixture = mixture(seed);
        double[] shift = new double[mixture.dimension()];
        for (int j = 0; j < shift.length; j++) {
            shift[j] = (j + 1) * 16.0 * Math.sqrt(mixture.covariance().get(j, j));
        }
        assertAgree(estimate(mixture.translated(shift)), estimate(mixture), 0);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void gainsTheLogDeterminantOfAMap(int seed) {
        GaussianMixture mixture = mixture(seed);
        int d = mixture.dimension();
        double[][] rows = new double[d][d];
        double logDeterminant = 0;
        for (int i = 0; i < d; i++) {
            rows[i][i] = i % 2 == 0 ? 3 : -0.25;
            logDeterminant += Math.log(Math.abs(rows[i][i]));
            for (int j = 0; j < i; j++) {
                rows[i][j] = 0.5 / (i + j);
            }
        }
        GaussianMixture image = mixture.image(Matrix.of(rows), new double[d]);
        // The images of needles are rounded: their determinants are known to the rounding that the errors contain.
        assertAgree(estimate(image), estimate(mixture), logDeterminant);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void doesNotChangeUnderPermutations(int seed) {
        GaussianMixture mixture = mixture(seed);
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, mixture.size()).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        assertAgree(estimate(mixture.permuted(order)), estimate(mixture), 0);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void doesNotChangeWhenComponentsAreSplitOrEmptyOnesAdded(int seed) {
        GaussianMixture mixture = mixture(seed);
        List<Gaussian> components = new ArrayList<>(mixture.components());
        double[] weights = new double[mixture.size() + 2];
        System.arraycopy(mixture.weights(), 0, weights, 0, mixture.size());
        weights[0] /= 4;
        weights[mixture.size()] = 3 * weights[0];
        components.add(mixture.component(0));
        components.add(mixture.component(0).translated(new double[mixture.dimension()]));
        GaussianMixture split = GaussianMixture.of(weights, components);
        assertThat(estimate(split).value()).isCloseTo(estimate(mixture).value(), within(1e-12));
        assertThat(Entropy.of(split).taylor(4).value())
                .isCloseTo(Entropy.of(mixture).taylor(4).value(), within(1e-10));
    }

    /** Independent standard normal columns add ½ ln 2πe each: sampling in 4–6 columns against quadrature in one or two. */
    @ParameterizedTest
    @CsvSource({"1, 4", "1, 6", "2, 4", "2, 5"})
    void addsOverIndependentColumns(int dimension, int padded) {
        for (int seed = 0; seed < 6; seed++) {
            GaussianMixture mixture = RandomMixtures.of(RandomMixtures.Kind.ORDINARY, 3, dimension, seed);
            List<Gaussian> components = new ArrayList<>();
            for (Gaussian component : mixture.components()) {
                double[][] rows = new double[padded][padded];
                double[] mean = new double[padded];
                for (int i = 0; i < padded; i++) {
                    rows[i][i] = 1;
                    for (int j = 0; i < dimension && j < dimension; j++) {
                        rows[i][j] = component.covariance().get(i, j);
                    }
                    mean[i] = i < dimension ? component.mean(i) : 0;
                }
                components.add(Gaussian.of(mean, Covariance.full(rows)));
            }
            GaussianMixture wide = GaussianMixture.of(mixture.weights(), components);
            Estimate sampled = Entropy.of(wide).draws(1 << 12).estimate(TOLERANCE);
            double added = (padded - dimension) * 0.5 * Math.log(2 * Math.PI * Math.E);
            assertAgree(sampled, Entropy.of(mixture).estimate(TOLERANCE), added);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 70})
    void isExactForOneGaussian(int dimension) {
        Gaussian gaussian = Gaussian.of(new double[dimension], Covariance.spherical(dimension, 4));
        GaussianMixture disguised = GaussianMixture.of(
                new double[] {0.25, 0, 0.75},
                List.of(gaussian, Gaussian.of(new double[dimension], Covariance.spherical(dimension, 1)), gaussian));
        Estimate estimate = Entropy.of(disguised).estimate(TOLERANCE);
        assertThat(estimate.method()).isEqualTo(Method.CLOSED_FORM);
        assertThat(estimate.evaluations()).isZero();
        assertThat(estimate.value())
                .isCloseTo(0.5 * dimension * Math.log(8 * Math.PI * Math.E), within(estimate.error()));
        assertThat(estimate.error()).isLessThan(1e-12);
    }

    @Test
    void choosesItsMethod() {
        assertThat(method(1)).isEqualTo(Method.GAUSS_KRONROD);
        assertThat(method(2)).isEqualTo(Method.GRID);
        assertThat(method(3)).isEqualTo(Method.GRID);
        assertThat(method(4)).isEqualTo(Method.GRID);
        assertThat(method(5)).isEqualTo(Method.SOBOL);
        assertThat(method(70)).isEqualTo(Method.MONTE_CARLO);
        GaussianMixture mixture = RandomMixtures.of(RandomMixtures.Kind.ORDINARY, 2, 2, 8);
        Estimate sampled = Entropy.of(mixture).sampled(1e-4);
        assertThat(sampled.method()).isEqualTo(Method.SOBOL);
        assertThat(sampled.error()).isLessThanOrEqualTo(1e-4 + 1e-12);
        assertAgree(sampled, Entropy.of(mixture).estimate(TOLERANCE), 0);
        GaussianMixture far = GaussianMixture.of(
                new double[] {0.5, 0.5},
                List.of(
                        Gaussian.of(new double[] {0}, Covariance.spherical(1, 1)),
                        Gaussian.of(new double[] {100}, Covariance.spherical(1, 1))));
        assertThat(Entropy.of(far).estimate(1e-12).method()).isEqualTo(Method.BOUNDS);
        assertThat(Entropy.of(far).value())
                .isCloseTo(0.5 * Math.log(2 * Math.PI * Math.E) + Math.log(2), within(1e-14));
    }

    private static Method method(int dimension) {
        GaussianMixture mixture = RandomMixtures.of(RandomMixtures.Kind.ALIKE, 2, dimension, 8);
        return Entropy.of(mixture).draws(1 << 11).estimate(1e-14).method();
    }

    @Test
    void treatsAllKindsOfCovarianceAlike() {
        List<double[]> means = List.of(new double[] {0, 0}, new double[] {1, 2});
        double[] weights = {0.4, 0.6};
        double expected = Entropy.of(GaussianMixture.tied(weights, means, Covariance.full(new double[][] {{3, 0}, {0, 3}
                })))
                .estimate(TOLERANCE)
                .value();
        for (Covariance covariance : List.of(Covariance.diagonal(3, 3), Covariance.spherical(2, 3))) {
            GaussianMixture mixture = GaussianMixture.tied(weights, means, covariance);
            assertThat(mixture.structure()).isNotEqualTo(CovarianceStructure.TIED);
            assertThat(Entropy.of(mixture).estimate(TOLERANCE).value()).isCloseTo(expected, within(TOLERANCE));
            assertThat(Entropy.of(mixture).taylor(6).value())
                    .isLessThan(expected)
                    .isGreaterThan(expected - 1);
        }
    }

    @Test
    void isRepeatableAndSeeded() {
        GaussianMixture mixture = RandomMixtures.of(RandomMixtures.Kind.ORDINARY, 3, 5, 6);
        Entropy entropy = Entropy.of(mixture).draws(1 << 12);
        assertThat(entropy.seed(3).estimate(1e-9)).isEqualTo(entropy.seed(3).estimate(1e-9));
        assertThat(entropy.seed(3).estimate(1e-9)).isNotEqualTo(entropy.seed(4).estimate(1e-9));
    }

    @Test
    void rejectsBadOptions() {
        Entropy entropy = Entropy.of(mixture(1));
        for (double bad : new double[] {0, -1, Double.NaN}) {
            String message = "tolerance is " + bad + "; a tolerance is positive";
            assertThatThrownBy(() -> entropy.estimate(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(message);
            assertThatThrownBy(() -> entropy.sampled(bad)).hasMessage(message);
            assertThatThrownBy(() -> entropy.seriesTolerance(bad)).hasMessage(message);
        }
        assertThatThrownBy(() -> entropy.draws(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("draws is 0; at least one point must be drawn");
        assertThatThrownBy(() -> entropy.approximateAboutMeans(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("order is 1; the expansion about the means has orders 0 and 2");
    }
}
