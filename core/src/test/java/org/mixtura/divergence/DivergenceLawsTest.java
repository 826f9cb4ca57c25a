package org.mixtura.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Matrix;
import org.mixtura.entropy.RandomMixtures;
import org.mixtura.integration.Estimate;
import org.mixtura.integration.GaussianPair;
import org.mixtura.integration.Method;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

class DivergenceLawsTest {
    private static final double TOLERANCE = 1e-6;

    private static final List<Function<Divergence, Estimate>> ALL = List.of(
            d -> d.kullbackLeibler(TOLERANCE),
            d -> d.jensenShannon(TOLERANCE),
            d -> d.hellinger(TOLERANCE),
            d -> d.totalVariation(2e-3),
            d -> d.bhattacharyyaCoefficient(TOLERANCE));

    /** Three columns cost ten times as much and teach nothing new. */
    private static final int[] DIMENSIONS = {1, 2, 4, 5};

    static IntStream seeds() {
        return IntStream.range(0, 12);
    }

    private static GaussianMixture mixture(int seed, int dimension) {
        return RandomMixtures.of(RandomMixtures.Kind.ORDINARY, 2 + seed % 3, dimension, 1);
    }

    /** Two mixtures of one scale that overlap. */
    private static GaussianMixture[] pair(int seed, int dimension) {
        GaussianMixture all = RandomMixtures.of(RandomMixtures.Kind.ORDINARY, 5, dimension, seed);
        return new GaussianMixture[] {part(all, 0, 2), part(all, 2, 5)};
    }

    private static GaussianMixture part(GaussianMixture all, int from, int to) {
        double sum = IntStream.range(from, to).mapToDouble(all::weight).sum();
        double[] weights =
                IntStream.range(from, to).mapToDouble(k -> all.weight(k) / sum).toArray();
        return GaussianMixture.of(weights, all.components().subList(from, to));
    }

    private static Divergence divergence(int seed, int dimension) {
        GaussianMixture[] pair = pair(seed, dimension);
        return Divergence.between(pair[0], pair[1]).draws(1 << 12);
    }

    private static void assertAgree(Estimate a, Estimate b) {
        assertThat(a.value()).isCloseTo(b.value(), within(a.error() + b.error()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 70})
    void vanishesBetweenEquals(int dimension) {
        GaussianMixture f = mixture(1, dimension);
        GaussianMixture g = f.permuted(List.of(2, 0, 1))
                .named(IntStream.range(0, dimension).mapToObj(j -> "other" + j).toList());
        for (GaussianMixture other : List.of(f, g)) {
            Divergence divergence = Divergence.between(f, other);
            for (Function<Divergence, Estimate> method : ALL.subList(0, 4)) {
                assertThat(method.apply(divergence)).isEqualTo(new Estimate(0, 0, 0, Method.CLOSED_FORM));
            }
            assertThat(divergence.bhattacharyyaCoefficient(TOLERANCE).value()).isEqualTo(1);
            assertThat(divergence.squaredL2()).isZero();
            assertThat(divergence.cauchySchwarz()).isZero();
        }
    }

    /** By Simpson's rule on the definitions. */
    @ParameterizedTest
    @MethodSource("seeds")
    void areTheIntegralsOfTheirDefinitions(int seed) {
        GaussianMixture[] pair = pair(seed, 1);
        double deviation = Math.sqrt(
                Math.max(pair[0].covariance().get(0, 0), pair[1].covariance().get(0, 0)));
        double from = Math.min(pair[0].mean()[0], pair[1].mean()[0]) - 20 * deviation;
        double to = Math.max(pair[0].mean()[0], pair[1].mean()[0]) + 20 * deviation;
        int panels = 200_000;
        double h = (to - from) / panels;
        double[] sums = new double[5];
        for (int i = 0; i <= panels; i++) {
            double[] x = {from + i * h};
            double weight = (i == 0 || i == panels ? 1 : i % 2 == 1 ? 4 : 2) * h / 3;
            double logF = pair[0].logDensity(x);
            double logG = pair[1].logDensity(x);
            double f = Math.exp(logF);
            double g = Math.exp(logG);
            double m = 0.5 * (f + g);
            sums[0] += weight * f * (logF - logG);
            sums[1] += m > 0 ? weight * 0.5 * (xlog(f, m) + xlog(g, m)) : 0;
            sums[2] += weight * 0.5 * (Math.sqrt(f) - Math.sqrt(g)) * (Math.sqrt(f) - Math.sqrt(g));
            sums[3] += weight * 0.5 * Math.abs(f - g);
            sums[4] += weight * Math.sqrt(f * g);
        }
        sums[2] = Math.sqrt(sums[2]);
        Divergence divergence = Divergence.between(pair[0], pair[1]);
        for (int i = 0; i < 5; i++) {
            Estimate estimate = ALL.get(i).apply(divergence);
            double tolerance = (i == 3 ? 2e-3 : 1e-6) * Math.max(1, sums[i]);
            assertThat(estimate.value()).isCloseTo(sums[i], within(tolerance));
            assertThat(estimate.method()).isEqualTo(Method.GAUSS_KRONROD);
        }
    }

    private static double xlog(double x, double over) {
        return x > 0 ? x * Math.log(x / over) : 0;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void areSymmetricBoundedAndOrdered(int seed) {
        Divergence divergence = divergence(seed, DIMENSIONS[seed % 4]);
        for (Function<Divergence, Estimate> method : ALL.subList(1, 5)) {
            assertAgree(method.apply(divergence), method.apply(divergence.reversed()));
        }
        double kl = divergence.kullbackLeibler(TOLERANCE).value();
        double js = divergence.jensenShannon(TOLERANCE).value();
        double hellinger = divergence.hellinger(TOLERANCE).value();
        Estimate variation = divergence.totalVariation(2e-3);
        double tv = variation.value();
        double slack = variation.error() + 1e-3;
        assertThat(js).isBetween(0.0, Math.log(2));
        assertThat(hellinger).isBetween(0.0, 1.0);
        assertThat(tv).isBetween(0.0, 1.0);
        // H² ≤ TV ≤ H √(2 − H²); Pinsker; JS ≤ TV ln 2; KL ≥ −2 ln(1 − H²)
        assertThat(tv)
                .isBetween(hellinger * hellinger - slack, hellinger * Math.sqrt(2 - hellinger * hellinger) + slack);
        assertThat(kl).isGreaterThan(2 * tv * tv - slack);
        assertThat(js).isLessThan(tv * Math.log(2) + slack);
        assertThat(kl).isGreaterThan(-2 * Math.log(1 - hellinger * hellinger) - slack * (1 + kl));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void doNotChangeUnderMaps(int seed) {
        int dimension = DIMENSIONS[seed % 4];
        GaussianMixture[] pair = pair(seed, dimension);
        double[][] rows = new double[dimension][dimension];
        double[] shift = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            rows[i][i] = i % 2 == 0 ? 3 : -0.5;
            shift[i] = 100 * Math.sqrt(pair[0].covariance().get(i, i));
            for (int j = 0; j < i; j++) {
                rows[i][j] = 0.25;
            }
        }
        Matrix map = Matrix.of(rows);
        Divergence image = Divergence.between(pair[0].image(map, shift), pair[1].image(map, shift))
                .draws(1 << 12);
        Divergence plain = divergence(seed, dimension);
        for (Function<Divergence, Estimate> method : ALL) {
            assertAgree(method.apply(image), method.apply(plain));
        }
        assertThat(image.cauchySchwarz()).isCloseTo(plain.cauchySchwarz(), within(1e-10));
    }

    /** A common independent column changes nothing: sampling in 4 and 5 columns against quadrature in one. */
    @ParameterizedTest
    @MethodSource("seeds")
    void doNotSeeCommonColumns(int seed) {
        int padded = 4 + seed % 2;
        GaussianMixture[] pair = pair(seed, 1);
        Divergence plain = Divergence.between(pair[0], pair[1]);
        Divergence wide = Divergence.between(padded(pair[0], padded), padded(pair[1], padded))
                .draws(1 << 13);
        for (Function<Divergence, Estimate> method : ALL) {
            Estimate sampled = method.apply(wide);
            assertAgree(sampled, method.apply(plain));
        }
        assertThat(wide.squaredL2() * Math.pow(4 * Math.PI, 0.5 * (padded - 1)))
                .isCloseTo(plain.squaredL2(), within(1e-10 * plain.squaredL2()));
    }

    private static GaussianMixture padded(GaussianMixture mixture, int dimension) {
        List<Gaussian> components = new ArrayList<>();
        for (Gaussian component : mixture.components()) {
            double[] variances = new double[dimension];
            Arrays.fill(variances, 1);
            variances[0] = component.covariance().get(0, 0);
            double[] mean = new double[dimension];
            mean[0] = component.mean(0);
            components.add(Gaussian.of(mean, Covariance.diagonal(variances)));
        }
        return GaussianMixture.of(mixture.weights(), components);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6})
    void areFiniteFarApart(int dimension) {
        GaussianMixture[] pair = pair(3, dimension);
        double[] shift = new double[dimension];
        shift[0] = 1e6 * Math.sqrt(pair[0].covariance().get(0, 0));
        GaussianMixture far = pair[1].translated(shift);
        Divergence divergence = Divergence.between(pair[0], far).draws(1 << 12);
        Estimate kl = divergence.kullbackLeibler(1e-3);
        // Every point of f has nearly the same quadratic form under each component of g: the mean of its minimum.
        double least = 0;
        for (int a = 0; a < pair[0].size(); a++) {
            Gaussian component = pair[0].component(a);
            double smallest = far.components().stream()
                    .mapToDouble(g -> GaussianPair.kullbackLeibler(component, g))
                    .min()
                    .orElseThrow();
            least += pair[0].weight(a) * smallest;
        }
        assertThat(kl.value()).isCloseTo(least, within(1e-5 * least)).isBetween(1e9, 1e16);
        assertThat(kl.error()).isLessThan(1e-4 * least);
        assertThat(divergence.jensenShannon(TOLERANCE).value()).isCloseTo(Math.log(2), within(1e-15));
        assertThat(divergence.totalVariation(TOLERANCE).value()).isEqualTo(1);
        assertThat(divergence.hellinger(TOLERANCE).value()).isEqualTo(1);
        assertThat(divergence.bhattacharyyaCoefficient(TOLERANCE).value()).isZero();
        assertThat(divergence.innerProduct()).isZero();
        assertThat(divergence.cauchySchwarz()).isBetween(1e9, 1e16);
    }

    @Test
    void isInfiniteOnlyWhereADoubleCannotHoldIt() {
        GaussianMixture f =
                GaussianMixture.of(new double[] {1}, List.of(Gaussian.of(new double[1], Covariance.spherical(1, 1))));
        Estimate estimate =
                Divergence.between(f, f.translated(new double[] {1e200})).kullbackLeibler(1);
        assertThat(estimate.value()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(estimate.error()).isEqualTo(Double.POSITIVE_INFINITY);
    }

    /** A needle of g inside f, far narrower than any detail of f: the grid must follow g too. */
    @Test
    void resolvesTheSecondMixture() {
        Gaussian wide = Gaussian.of(new double[2], Covariance.diagonal(1, 1));
        Gaussian other = Gaussian.of(new double[] {1, 0}, Covariance.diagonal(1, 1));
        Gaussian narrow = Gaussian.of(new double[] {0.013, 0}, Covariance.diagonal(1e-4, 1));
        GaussianMixture f = GaussianMixture.of(new double[] {0.5, 0.5}, List.of(wide, other));
        GaussianMixture g = GaussianMixture.of(new double[] {0.5, 0.5}, List.of(wide, narrow));
        // The second column is independent and common, so one column gives the truth.
        GaussianMixture f1 = f.marginal("x0");
        GaussianMixture g1 = g.marginal("x0");
        Estimate truth = Divergence.between(f1, g1).kullbackLeibler(1e-12);
        Estimate grid = Divergence.between(f, g).kullbackLeibler(1e-8);
        assertThat(grid.method()).isEqualTo(Method.GRID);
        assertThat(grid.value()).isCloseTo(truth.value(), within(1e-8));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void haveClosedFormsForGaussians(int dimension) {
        GaussianMixture pair = RandomMixtures.of(RandomMixtures.Kind.ORDINARY, 2, dimension, 4);
        Gaussian p = pair.component(0);
        Gaussian q = pair.component(1);
        Divergence divergence = Divergence.between(
                GaussianMixture.of(new double[] {1}, List.of(p)), GaussianMixture.of(new double[] {1}, List.of(q)));
        double kl = GaussianPair.kullbackLeibler(p, q);
        double coefficient = Math.exp(-GaussianPair.bhattacharyya(p, q));
        assertThat(divergence.kullbackLeibler(TOLERANCE).value()).isCloseTo(kl, within(1e-12 * kl));
        assertThat(divergence.kullbackLeibler(TOLERANCE).method()).isEqualTo(Method.CLOSED_FORM);
        assertThat(divergence.bhattacharyyaCoefficient(TOLERANCE).value()).isCloseTo(coefficient, within(1e-14));
        assertThat(divergence.hellinger(TOLERANCE).value()).isCloseTo(Math.sqrt(1 - coefficient), within(1e-12));
        // All approximations are exact for two Gaussians; the unscented points integrate any quadratic.
        for (Approximation.Kind kind : Approximation.Kind.values()) {
            assertThat(divergence.approximateKullbackLeibler(kind).value()).isCloseTo(kl, within(1e-10 * (1 + kl)));
        }
    }

    @Test
    void compareMixturesOfDifferentKindsOfCovariance() {
        double[] weights = {0.5, 0.5};
        double[] first = {0, 0};
        double[] second = {1, 2};
        GaussianMixture round = GaussianMixture.tied(weights, List.of(second, first), Covariance.spherical(2, 3));
        GaussianMixture diagonal = GaussianMixture.of(
                weights,
                List.of(Gaussian.of(first, Covariance.diagonal(1, 2)), Gaussian.of(second, Covariance.diagonal(2, 1))));
        GaussianMixture full = GaussianMixture.of(
                weights,
                List.of(
                        Gaussian.of(first, Covariance.full(new double[][] {{1, 0}, {0, 2}})),
                        Gaussian.of(second, Covariance.full(new double[][] {{2, 0}, {0, 1}}))));
        for (Function<Divergence, Estimate> method : ALL) {
            assertAgree(
                    method.apply(Divergence.between(round, diagonal)), method.apply(Divergence.between(round, full)));
        }
    }

    @Test
    void areRepeatableAndSeeded() {
        Divergence divergence = divergence(3, 5);
        assertThat(divergence.seed(3).kullbackLeibler(1e-9))
                .isEqualTo(divergence.seed(3).kullbackLeibler(1e-9));
        assertThat(divergence.seed(3).kullbackLeibler(1e-9))
                .isNotEqualTo(divergence.seed(4).kullbackLeibler(1e-9));
    }

    @Test
    void rejectBadInput() {
        GaussianMixture two = mixture(0, 2);
        GaussianMixture three = mixture(0, 3);
        assertThatThrownBy(() -> Divergence.between(two, three))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mixtures of 2 and 3 columns have no divergence; take marginals of the same columns");
        Divergence divergence = divergence(1, 2);
        for (double bad : new double[] {0, -1, Double.NaN}) {
            List<Function<Divergence, Estimate>> methods = List.of(
                    d -> d.kullbackLeibler(bad),
                    d -> d.jensenShannon(bad),
                    d -> d.hellinger(bad),
                    d -> d.totalVariation(bad),
                    d -> d.bhattacharyyaCoefficient(bad));
            for (Function<Divergence, Estimate> method : methods) {
                assertThatThrownBy(() -> method.apply(divergence))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("tolerance is " + bad + "; a tolerance is positive");
            }
        }
        assertThatThrownBy(() -> divergence.draws(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("draws is 0; at least one point must be drawn");
    }
}
