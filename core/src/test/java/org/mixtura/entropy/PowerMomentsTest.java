package org.mixtura.entropy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Matrix;
import org.mixtura.linalg.Cholesky;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

class PowerMomentsTest {
    /** ∫ p^{k+1} as the sum over all ordered choices of k + 1 components, each integral written out. */
    private static double naive(GaussianMixture mixture, int k) {
        int[] choice = new int[k + 1];
        double sum = 0;
        while (true) {
            sum += integral(mixture, choice);
            int at = 0;
            while (at <= k && ++choice[at] == mixture.size()) {
                choice[at++] = 0;
            }
            if (at > k) {
                return sum;
            }
        }
    }

    /** ∫ Π π N: the exponent is ½ ηᵀA⁻¹η − ½ Σ μᵀΛμ with A = ΣΛ, η = ΣΛμ. */
    private static double integral(GaussianMixture mixture, int[] choice) {
        int d = mixture.dimension();
        double[] a = new double[Packed.size(d)];
        double[] eta = new double[d];
        double log = 0.5 * d * Math.log(2 * Math.PI);
        for (int t : choice) {
            Gaussian g = mixture.component(t);
            double[] mean = g.mean();
            double[] pull = g.covariance().solve(mean);
            for (int i = 0; i < d; i++) {
                double[] unit = new double[d];
                unit[i] = 1;
                double[] column = g.covariance().solve(unit);
                for (int j = i; j < d; j++) {
                    a[Packed.index(j, i)] += column[j];
                }
                eta[i] += pull[i];
                log -= 0.5 * mean[i] * pull[i];
            }
            log += Math.log(mixture.weight(t)) - 0.5 * (g.covariance().logDeterminant() + d * Math.log(2 * Math.PI));
        }
        double[] lower = Cholesky.factor(a, d);
        double[] solved = Cholesky.solveLower(lower, eta);
        for (double v : solved) {
            log += 0.5 * v * v;
        }
        return Math.exp(log - 0.5 * Cholesky.logDeterminant(lower, d));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 2", "4, 3", "3, 5"})
    void areTheSumsOverOrderedChoices(int size, int dimension) {
        GaussianMixture mixture = RandomMixtures.of(RandomMixtures.Kind.ORDINARY, size, dimension, 31);
        PowerMoments moments = Entropy.of(mixture).moments(5);
        for (int k = 0; k <= 5; k++) {
            double expected = naive(mixture, k);
            assertThat(moments.value(k)).isCloseTo(expected, within(1e-11 * expected));
        }
    }

    /** Double arithmetic stays within the error it claims, measured in double-double. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19})
    void keepTheirError(long seed) {
        RandomMixtures.Kind kind = RandomMixtures.kind(seed);
        GaussianMixture mixture = RandomMixtures.of(kind, 3, 1 + (int) (seed % 4), seed);
        PowerMoments plain = PowerMoments.of(mixture, 8, Arithmetic.DOUBLE);
        PowerMoments precise = PowerMoments.of(mixture, 8, Arithmetic.DOUBLE_DOUBLE);
        for (int k = 0; k <= 8; k++) {
            double ratio = plain.over(1)[k].minus(precise.over(1)[k]).hi() / precise.over(1)[k].hi();
            assertThat(ratio).isCloseTo(0, within(plain.relativeError()));
        }
        assertThat(precise.relativeError()).isLessThan(1e-20);
    }

    /** One Gaussian: v_k = (k + 1)^{−d/2}. */
    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0.5", "2, 0.99999", "3, 0.9", "4, -0.3"})
    void keepTheirErrorInDoubleDouble(int dimension, double correlation) {
        double[][] rows = new double[dimension][dimension];
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j < dimension; j++) {
                rows[i][j] = i == j ? 1 : correlation;
            }
        }
        GaussianMixture mixture = GaussianMixture.of(
                new double[] {1}, List.of(Gaussian.of(new double[dimension], Covariance.full(rows))));
        PowerMoments moments = PowerMoments.of(mixture, 40, Arithmetic.DOUBLE_DOUBLE);
        MathContext digits = new MathContext(60);
        for (int k = 0; k <= 40; k++) {
            BigDecimal expected =
                    BigDecimal.ONE.divide(new BigDecimal(k + 1).pow(dimension).sqrt(digits), digits);
            DoubleDouble v = moments.over(1)[k];
            BigDecimal error =
                    new BigDecimal(v.hi()).add(new BigDecimal(v.lo())).subtract(expected);
            assertThat(error.divide(expected, digits).abs().doubleValue()).isLessThan(moments.relativeError());
        }
    }

    @ParameterizedTest
    @EnumSource
    void fallByTheBoundAndStartAtOne(RandomMixtures.Kind kind) {
        PowerMoments moments = Entropy.of(RandomMixtures.of(kind, 4, 3, 17)).moments(10);
        double tolerance = 10 * moments.relativeError();
        assertThat(moments.value(0)).isCloseTo(1, within(tolerance));
        for (int k = 0; k < 10; k++) {
            double ratio = moments.logValue(k + 1) - moments.logValue(k);
            assertThat(ratio).isLessThanOrEqualTo(moments.logBound() + tolerance);
        }
    }

    @Test
    void takeNoCholeskyWhenCovariancesAreEqual() {
        Covariance shared = Covariance.full(new double[][] {{2, 0.5}, {0.5, 1}});
        List<double[]> means = List.of(new double[] {0, 0}, new double[] {1, 2}, new double[] {-3, 1});
        GaussianMixture mixture = GaussianMixture.tied(new double[] {0.2, 0.3, 0.5}, means, shared);
        MomentInput input = MomentInput.of(mixture);
        assertThat(input.tied()).isTrue();
        double[] tied = new TiedMomentWalk(input, 9).moments();
        double[] general = new MomentWalk(input, 9).moments();
        for (int k = 0; k <= 9; k++) {
            assertThat(tied[k]).isCloseTo(general[k], within(1e-14 * general[k]));
        }
    }

    @Test
    void countTheirTerms() {
        GaussianMixture mixture = RandomMixtures.of(RandomMixtures.Kind.ALIKE, 5, 2, 3);
        assertThat(Entropy.of(mixture).moments(12).terms()).isEqualTo(8567);
        assertThat(PowerMoments.terms(20, 8)).isEqualTo(10_015_004);
        // Far apart, mixed terms vanish and are not visited.
        List<double[]> means = List.of(new double[] {0}, new double[] {100}, new double[] {200});
        GaussianMixture far = GaussianMixture.of(
                new double[] {0.25, 0.25, 0.5},
                List.of(
                        Gaussian.of(means.get(0), Covariance.spherical(1, 1)),
                        Gaussian.of(means.get(1), Covariance.spherical(1, 2)),
                        Gaussian.of(means.get(2), Covariance.spherical(1, 3))));
        PowerMoments moments = Entropy.of(far).moments(12);
        assertThat(moments.terms()).isLessThan(100);
        double alone = 0;
        for (int t = 0; t < 3; t++) {
            alone += Math.pow(far.weight(t), 13) * Math.pow(2 * Math.PI * (t + 1), -6) / Math.sqrt(13);
        }
        assertThat(moments.value(12)).isCloseTo(alone, within(1e-13 * alone));
    }

    /** No digits are lost far from the origin, and units only scale. */
    @Test
    void doNotDependOnOriginAndUnits() {
        GaussianMixture mixture =
                Mixtures.of(new double[] {0.5, 0.5}, new double[][] {{1, 0}, {-1, 0.5}}, new double[][][] {
                    {{1, 0.25}, {0.25, 0.5}}, {{0.5, 0}, {0, 2}}
                });
        PowerMoments moments = Entropy.of(mixture).moments(12);
        PowerMoments moved = Entropy.of(mixture.translated(new double[] {1 << 27, -(1 << 26)}))
                .moments(12);
        double scale = 0x1p-40;
        PowerMoments scaled = Entropy.of(
                        mixture.image(Matrix.of(new double[] {scale, 0}, new double[] {0, scale}), new double[2]))
                .moments(12);
        for (int k = 0; k <= 12; k++) {
            assertThat(moved.logValue(k)).isCloseTo(moments.logValue(k), within(1e-13));
            assertThat(scaled.logValue(k) - 80 * k * Math.log(2)).isCloseTo(moments.logValue(k), within(1e-12));
        }
    }

    @Test
    void stayFiniteInLogarithms() {
        GaussianMixture narrow = GaussianMixture.of(
                new double[] {0.5, 0.5},
                List.of(
                        Gaussian.of(new double[200], Covariance.spherical(200, 1e-6)),
                        Gaussian.of(new double[200], Covariance.spherical(200, 1e6))));
        PowerMoments moments = Entropy.of(narrow).moments(2);
        assertThat(moments.value(0)).isCloseTo(1, within(1e-12));
        assertThat(moments.value(1)).isEqualTo(Double.POSITIVE_INFINITY);
        // The wide component adds nothing: ¼ (4π 1e-6)^−100
        assertThat(moments.logValue(1)).isCloseTo(Math.log(0.25) - 100 * Math.log(4e-6 * Math.PI), within(1e-9));
        assertThat(moments.values()).hasSize(3);
    }

    @Test
    void refuseWhatTakesTooLong() {
        GaussianMixture mixture = RandomMixtures.of(RandomMixtures.Kind.ORDINARY, 12, 2, 3);
        assertThatThrownBy(() -> Entropy.of(mixture).moments(30))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "order 30 of 12 different components takes 15338678263 terms, more than the 200000000 possible"
                                + " in double arithmetic; lower the order, or estimate the entropy without a series");
        assertThatThrownBy(() -> PowerMoments.of(mixture, 14, Arithmetic.DOUBLE_DOUBLE))
                .hasMessage("order 14 of 12 different components takes 17383859 terms, more than the 10000000 possible"
                        + " in double-double arithmetic; lower the order, or estimate the entropy without a series");
        assertThatThrownBy(() -> Entropy.of(mixture).moments(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("order is -1; an order is at least 0");
        double[] variances = new double[200];
        double[] others = new double[200];
        for (int j = 0; j < 200; j++) {
            variances[j] = j < 100 ? 1e16 : 1e-16;
            others[j] = 1 / variances[j];
        }
        GaussianMixture crossed = GaussianMixture.of(
                new double[] {0.5, 0.5},
                List.of(
                        Gaussian.of(new double[200], Covariance.diagonal(variances)),
                        Gaussian.of(new double[200], Covariance.diagonal(others))));
        assertThatThrownBy(() -> Entropy.of(crossed).moments(2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the scales of the components differ too much for moments of 200 columns in double arithmetic;"
                                + " estimate the entropy without a series");
    }
}
