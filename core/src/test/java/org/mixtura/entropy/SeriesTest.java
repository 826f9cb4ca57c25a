package org.mixtura.entropy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

class SeriesTest {
    private static final GaussianMixture NORMAL =
            GaussianMixture.of(new double[] {1}, List.of(Gaussian.of(new double[1], Covariance.spherical(1, 1))));
    private static final double ENTROPY = 0.5 * Math.log(2 * Math.PI * Math.E);

    /** The published double sum with its coefficients b_n as integrals, written out with factorials. */
    private static double literalLegendre(double logCutoff, double[] u) {
        int order = u.length - 1;
        double sum = 0;
        for (int n = 0; n <= order; n++) {
            double b = 0;
            double e = 0;
            for (int j = 0; j <= n; j++) {
                double sign = (n + j) % 2 == 0 ? 1 : -1;
                double ratio = factorial(n + j) / (factorial(n - j) * factorial(j) * factorial(j));
                b += sign * ratio * ((j + 1) * logCutoff - 1) / ((j + 1.0) * (j + 1.0));
                e += sign * ratio * u[j];
            }
            sum -= (2 * n + 1) * b * e;
        }
        return sum;
    }

    private static double factorial(int n) {
        double product = 1;
        for (int i = 2; i <= n; i++) {
            product *= i;
        }
        return product;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 4, 5})
    void isThePublishedDoubleSum(long seed) {
        GaussianMixture mixture = RandomMixtures.of(RandomMixtures.kind(seed), 3, 2, seed);
        Series series = Entropy.of(mixture).legendre(6);
        double logCutoff = Cutoff.logBound(mixture);
        double[] u = new double[7];
        for (int k = 0; k <= 6; k++) {
            u[k] = Math.exp(series.moments().logValue(k) - k * logCutoff);
        }
        assertThat(series.value()).isCloseTo(literalLegendre(logCutoff, u), within(1e-9));
    }

    /** E[(1 − p/a)ⁿ] by quadrature of its definition. */
    @Test
    void isTheAverageOfPowers() {
        double expected = 0.5 * Math.log(2 * Math.PI);
        double h = 0.01;
        for (int n = 1; n <= 10; n++) {
            double mean = 0;
            for (double x = -12; x <= 12; x += h) {
                double ratio = Math.exp(-0.5 * x * x);
                mean += h * ratio / Math.sqrt(2 * Math.PI) * Math.pow(1 - ratio, n);
            }
            expected += mean / n;
            assertThat(Entropy.of(NORMAL).taylor(n).value()).isCloseTo(expected, within(1e-12));
        }
    }

    /** Truncation errors of a standard normal as known from 50-digit arithmetic (cut-off of the reference). */
    @ParameterizedTest
    @CsvSource({"4, 2.0e-2", "8, 4.5e-3", "12, 9.7e-4", "16, -2.1e-4", "20, -6.2e-4", "24, -7.1e-4", "32, -5.0e-4"})
    void convergesAsKnown(int order, double error) {
        Series series = Entropy.of(NORMAL).cutoff(Cutoff.reference()).legendre(order);
        assertThat(series.value() - ENTROPY).isCloseTo(error, within(0.03 * Math.abs(error)));
        assertThat(series.roundingBound()).isLessThanOrEqualTo(1e-6);
        Arithmetic expected = order <= 12 ? Arithmetic.DOUBLE : Arithmetic.DOUBLE_DOUBLE;
        assertThat(series.moments().arithmetic()).isEqualTo(expected);
    }

    /** The rounding bound covers what double arithmetic does, measured in double-double. */
    @ParameterizedTest
    @EnumSource
    void keepsItsRoundingBound(Series.Kind kind) {
        for (long seed = 0; seed < 30; seed++) {
            GaussianMixture mixture = RandomMixtures.of(RandomMixtures.kind(seed), 2, 1 + (int) (seed % 3), seed);
            for (int order : new int[] {3, 8, 12}) {
                Series plain = Series.of(mixture, kind, order, Cutoff.bound(), Double.MAX_VALUE);
                assertThat(plain.moments().arithmetic()).isEqualTo(Arithmetic.DOUBLE);
                double least = Math.max(1e-12, plain.roundingBound() / 1e8);
                Series precise = Series.of(mixture, kind, order, Cutoff.bound(), Math.min(least, 1e-9));
                assertThat(plain.value())
                        .as("seed %d order %d", seed, order)
                        .isCloseTo(precise.value(), within(plain.roundingBound() + precise.roundingBound()));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
    void taylorRisesBelowTheEntropy(long seed) {
        GaussianMixture mixture = RandomMixtures.of(RandomMixtures.kind(seed), 3, 1, seed);
        double[] values = Entropy.of(mixture).taylor(14).values();
        double entropy = Entropy.of(mixture).estimate(1e-10).value();
        for (int n = 1; n < values.length; n++) {
            assertThat(values[n]).isGreaterThan(values[n - 1]);
        }
        assertThat(values[14]).isLessThan(entropy);
    }

    /** Levin's transform: errors on N(0, 1) as known from 50-digit arithmetic, far below Taylor's. */
    @Test
    void levinGainsDigits() {
        Entropy entropy = Entropy.of(NORMAL);
        assertThat(Math.abs(entropy.levin(12).value() - ENTROPY)).isBetween(1e-5, 6e-5);
        assertThat(Math.abs(entropy.levin(20).value() - ENTROPY)).isBetween(1e-6, 2e-5);
        assertThat(ENTROPY - entropy.taylor(12).value()).isGreaterThan(2e-2);
        assertThat(entropy.levin(0).value()).isEqualTo(entropy.taylor(0).value());
        assertThat(entropy.levin(1).value()).isCloseTo(entropy.taylor(1).value(), within(1e-15));
    }

    /** A geometric-like series is summed exactly by the u-transform: terms 1/n of a uniform p/a = 1/2 sum to ln 2. */
    @Test
    void levinSumsALogarithm() {
        DoubleDouble[] u = new DoubleDouble[13];
        for (int k = 0; k < u.length; k++) {
            u[k] = DoubleDouble.of(Math.scalb(1.0, -k));
        }
        assertThat(LevinSeries.of(0, u).last().hi()).isCloseTo(Math.log(2), within(1e-9));
        assertThat(TaylorSeries.of(0, u).last().hi()).isCloseTo(Math.log(2), within(1e-4));
    }

    @Test
    void hasWholeNumberCoefficients() {
        assertThat(Binomials.row(5)).extracting(DoubleDouble::hi).containsExactly(1.0, 5.0, 10.0, 10.0, 5.0, 1.0);
        assertThat(Binomials.legendre(3)).extracting(DoubleDouble::hi).containsExactly(1.0, 12.0, 30.0, 20.0);
        // C(40, 20) C(60, 20), exactly
        DoubleDouble large = Binomials.legendre(40)[20];
        assertThat(new BigDecimal(large.hi()).add(new BigDecimal(large.lo())))
                .isEqualByComparingTo(new BigDecimal("137846528820").multiply(new BigDecimal("4191844505805495")));
    }

    @Test
    void tellsHowItWasComputed() {
        Series series = Entropy.of(NORMAL).cutoff(Cutoff.reference()).taylor(5);
        assertThat(series.kind()).isEqualTo(Series.Kind.TAYLOR);
        assertThat(series.order()).isEqualTo(5);
        assertThat(series.terms()).isEqualTo(6);
        assertThat(series.values()).hasSize(6).endsWith(series.value());
        assertThat(series.cutoff()).isCloseTo(1 / Math.sqrt(2 * Math.PI) + 1e-3, within(1e-15));
        assertThat(series)
                .hasToString(
                        "taylor series of order 5: " + series.value() + " nats, rounding " + series.roundingBound());
    }

    @Test
    void refusesWhatItCannotDo() {
        assertThatThrownBy(() -> Entropy.of(NORMAL).legendre(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("order is -1; an order is between 0 and 64");
        assertThatThrownBy(() -> Entropy.of(NORMAL).taylor(65)).hasMessage("order is 65; an order is between 0 and 64");
        assertThatThrownBy(() -> Entropy.of(NORMAL).legendre(60))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        "order 60 may be off by \\d\\.\\de\\+\\d+ nats even in double-double arithmetic, above"
                                + " the tolerance of 1\\.0e-06; lower the order, or raise the tolerance");
        GaussianMixture mixture = RandomMixtures.of(RandomMixtures.Kind.FAR, 12, 1, 3);
        assertThatThrownBy(() -> Entropy.of(mixture).seriesTolerance(1e-14).legendre(14))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        "order 14 of 12 different components may be off by .* nats in double arithmetic, above"
                                + " the tolerance of 1\\.0e-14, and takes 17383859 terms, more than the 10000000 possible in"
                                + " double-double arithmetic; lower the order, or estimate the entropy without a series");
    }

    @Test
    void takesAnyCutoffAboveTheBound() {
        double bound = 1 / Math.sqrt(2 * Math.PI);
        Entropy entropy = Entropy.of(NORMAL);
        assertThat(entropy.cutoff(Cutoff.of(bound)).legendre(8).value())
                .isCloseTo(entropy.legendre(8).value(), within(1e-11));
        assertThat(entropy.cutoff(Cutoff.of(2 * bound)).taylor(8).cutoff()).isCloseTo(2 * bound, within(1e-15));
        assertThatThrownBy(() -> entropy.cutoff(Cutoff.of(0.39)).legendre(8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cut-off is 0.39, below the bound " + Math.exp(Cutoff.logBound(NORMAL))
                        + " of the density, so the series may diverge; raise it, or use Cutoff.unchecked if the density is"
                        + " known to stay below it");
        // Below the maximum of the density the series diverges, as the one who does not check must know.
        assertThat(entropy.cutoff(Cutoff.unchecked(0.9 * bound)).legendre(12).value() - ENTROPY)
                .isGreaterThan(1);
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> Cutoff.of(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("cut-off is " + bad + "; a cut-off is positive and finite");
            assertThatThrownBy(() -> Cutoff.unchecked(bad)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(List.of(Cutoff.bound(), Cutoff.reference(), Cutoff.of(2)))
                .extracting(Cutoff::toString)
                .containsExactly("bound", "reference", "2.0");
    }
}
