package org.mixtura.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mixtura.testing.Closeness.assertClose;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NegatedExponentialsTest {
    private static final MathContext DIGITS = new MathContext(60);

    /** e⁻ᵘ of each, all taken together. */
    private static double[] exponentials(double... exponents) {
        int n = exponents.length;
        double[] values = DoubleStream.of(exponents).map(u -> -u).toArray();
        new NegatedExponentials(n).take(new double[n], values, new double[n], new double[n], n);
        return values;
    }

    /** From a power series in 60 digits: e⁻ᵘ = (e^(−u/1024))^1024. */
    private static BigDecimal exact(double u) {
        BigDecimal small = new BigDecimal(-u).divide(BigDecimal.valueOf(1024), DIGITS);
        BigDecimal term = BigDecimal.ONE;
        BigDecimal sum = BigDecimal.ONE;
        for (int n = 1; n < 40; n++) {
            term = term.multiply(small, DIGITS).divide(BigDecimal.valueOf(n), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        return sum.pow(1024, new MathContext(50));
    }

    @Test
    void areWithinTheirBound() {
        SplittableRandom random = new SplittableRandom(61);
        double[] exponents = DoubleStream.concat(
                        random.doubles(10_000, 0, 1),
                        DoubleStream.concat(random.doubles(10_000, 0, 40), random.doubles(4_000, 0, 708)))
                .toArray();
        double[] found = exponentials(exponents);
        for (int i = 0; i < exponents.length; i++) {
            BigDecimal exact = exact(exponents[i]);
            double error =
                    new BigDecimal(found[i]).subtract(exact, DIGITS).abs().doubleValue();
            assertThat(error / Math.ulp(exact.doubleValue()))
                    .as("exp(-%s)", exponents[i])
                    .isLessThanOrEqualTo(1.1);
        }
    }

    @Test
    void underflowGradually() {
        double[] exponents =
                DoubleStream.iterate(708, u -> u < 746, u -> u + 0.01).toArray();
        double[] found = exponentials(exponents);
        for (int i = 0; i < exponents.length; i++) {
            double expected = StrictMath.exp(-exponents[i]);
            assertThat(Math.abs(found[i] - expected))
                    .as("exp(-%s)", exponents[i])
                    .isLessThanOrEqualTo(Math.max(Double.MIN_VALUE, Math.ulp(expected)));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {745.2, 746, 751, 1e10, 1e300, Double.MAX_VALUE, Double.POSITIVE_INFINITY})
    void ofWhatIsTooFarAreZero(double u) {
        assertThat(exponentials(u)).containsExactly(0);
    }

    @Test
    void ofZeroAreOne() {
        assertThat(exponentials(0.0, -0.0)).containsExactly(1, 1);
    }

    /** −∞ stands for what is not there: it adds nothing to either sum. */
    @Test
    void areAddedUpWithTheirProducts() {
        double[] largest = {1, 3};
        double[] values = {-1, Double.NEGATIVE_INFINITY};
        double[] sums = {10, 20};
        double[] products = {30, 40};
        new NegatedExponentials(5).take(largest, values, sums, products, 2);
        assertClose(values, new double[] {Math.exp(-2), 0}, 1e-15);
        assertClose(sums, new double[] {10 + Math.exp(-2), 20}, 1e-15);
        assertClose(products, new double[] {30 + 2 * Math.exp(-2), 40}, 1e-15);
    }

    /** What is taken with others has the bits that it has alone, wherever it stands. */
    @Test
    void doNotDependOnTheirNeighbours() {
        double[] exponents = new SplittableRandom(71).doubles(300, 0, 800).toArray();
        double[] together = exponentials(exponents);
        for (int i = 0; i < exponents.length; i++) {
            assertThat(exponentials(exponents[i])).containsExactly(together[i]);
        }
    }
}
