package org.mixtura.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GaussKronrodTest {
    @Test
    void isExactForPolynomialsOfDegreeThirtyOne() {
        for (int degree = 0; degree <= 31; degree++) {
            int n = degree;
            Estimate estimate = GaussKronrod.integrate(
                    x -> Math.pow(x, n), Smoothness.ANALYTIC, new double[] {0, 1}, 1, Integer.MAX_VALUE);
            assertThat(estimate.evaluations()).isEqualTo(21);
            assertThat(estimate.value()).isCloseTo(1.0 / (degree + 1), within(1e-15));
        }
    }

    @ParameterizedTest
    @CsvSource({"1e-6", "1e-9", "1e-12"})
    void keepsItsErrors(double tolerance) {
        check(
                GaussKronrod.integrate(Math::exp, Smoothness.ANALYTIC, new double[] {-1, 2}, tolerance, 100_000),
                Math.exp(2) - Math.exp(-1));
        // a kink, a narrow peak beside a breakpoint, and an end with an infinite slope
        check(
                GaussKronrod.integrate(
                        x -> Math.abs(x - 0.3), Smoothness.KINKED, new double[] {0, 1}, tolerance, 100_000),
                0.29);
        check(
                GaussKronrod.integrate(
                        x -> 1 / (1e-6 + x * x), Smoothness.ANALYTIC, new double[] {-1, 0, 1}, tolerance, 100_000),
                2000 * Math.atan(1000));
        check(GaussKronrod.integrate(Math::sqrt, Smoothness.KINKED, new double[] {0, 1}, tolerance, 100_000), 2.0 / 3);
    }

    /** Two thousand kinks, wherever they fall. */
    @Test
    void isNotFooledByKinks() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 2000; i++) {
            double at = random.nextDouble();
            Estimate estimate = GaussKronrod.integrate(
                    x -> Math.abs(x - at), Smoothness.KINKED, new double[] {0, 1}, 1e-7, 100_000);
            check(estimate, 0.5 * (at * at + (1 - at) * (1 - at)));
            assertThat(estimate.error()).isLessThanOrEqualTo(1e-7);
            assertThat(estimate.evaluations()).isLessThan(4000);
        }
    }

    private static void check(Estimate estimate, double truth) {
        assertThat(estimate.value()).isCloseTo(truth, within(estimate.error()));
        assertThat(estimate.method()).isEqualTo(Method.GAUSS_KRONROD);
    }

    @Test
    void saysSoWhenTheEvaluationsRunOut() {
        Estimate estimate =
                GaussKronrod.integrate(x -> Math.sin(1 / x), Smoothness.ANALYTIC, new double[] {1e-9, 1}, 1e-12, 210);
        assertThat(estimate.evaluations()).isBetween(210L, 251L);
        assertThat(estimate.error()).isGreaterThan(1e-3);
    }

    @Test
    void stopsWhereRoundingStandsInTheWay() {
        Estimate estimate =
                GaussKronrod.integrate(x -> 1e10, Smoothness.ANALYTIC, new double[] {0, 1, 1, 2}, 1e-12, 1_000_000);
        assertThat(estimate.evaluations()).isEqualTo(42);
        assertThat(estimate.value()).isCloseTo(2e10, within(estimate.error()));
    }
}
