package org.mixtura.special;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against mpmath 1.4.1 in 40 digits. */
class GammaFunctionsTest {
    @ParameterizedTest
    @CsvSource({
        "1e-300, -9.9999999999999997494e+299",
        "1e-12, -1000000000000.5772358",
        "3e-07, -3333333.9105485049056",
        "9.9e-06, -101010.67820948118135",
        "1e-05, -100000.57719921567289",
        "1.1e-05, -90909.6681066616837",
        "0.001, -1000.5755719318102797",
        "0.1, -10.423754940411076232",
        "0.5, -1.9635100260214234794",
        "1, -0.57721566490153286061",
        "1.5, 0.036489973978576520559",
        "2.7, 0.79678316899114109494",
        "10, 2.2517525890667211076",
        "48.9, 3.8795175992028619958",
        "49.1, 3.8836411703161883468",
        "1234.5, 7.1180162318279978433",
        "1e9, 20.723265836446411156",
    })
    void digamma(double x, double expected) {
        assertClose(Digamma.value(x), expected, 2e-15);
    }

    @ParameterizedTest
    @CsvSource({
        "0.3, 1, 1.0957979948180755606, -3.5025242222001331249",
        "0.75, 2, 2.0636684190540729159, -5.3133144131627375777",
        "5.5, 4, 14.815553495585359657, 5.7621994118048809707",
        "40, 10, 1010.2869229114157257, 36.169379115013827722",
        "1000000, 3, 38446494.701273201808, 41.446528673891197311",
    })
    void multivariateGamma(double x, int d, double log, double digamma) {
        assertClose(MultivariateGamma.log(x, d), log, 2e-15);
        assertClose(MultivariateGamma.digamma(x, d), digamma, 2e-15);
    }

    private static void assertClose(double actual, double expected, double tolerance) {
        assertThat(Math.abs(actual - expected) / Math.max(1, Math.abs(expected)))
                .as("%s, expected %s", actual, expected)
                .isLessThanOrEqualTo(tolerance);
    }
}
