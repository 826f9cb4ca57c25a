package org.mixtura.entropy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against 60-digit decimals. */
class DoubleDoubleTest {
    private static final MathContext DIGITS = new MathContext(60);

    private static BigDecimal exact(DoubleDouble x) {
        return new BigDecimal(x.hi()).add(new BigDecimal(x.lo()));
    }

    private static void assertClose(DoubleDouble actual, BigDecimal expected, int bits) {
        BigDecimal error = exact(actual).subtract(expected).abs();
        assertThat(error).isLessThanOrEqualTo(expected.abs().multiply(new BigDecimal(Math.scalb(1.0, -bits))));
        assertThat(Math.abs(actual.lo())).isLessThanOrEqualTo(0.5 * Math.ulp(actual.hi()));
    }

    private static DoubleDouble random(SplittableRandom random) {
        double hi = (random.nextDouble() + 0.5) * Math.pow(10, random.nextInt(7) - 3) * (random.nextBoolean() ? 1 : -1);
        return new DoubleDouble(hi, (random.nextDouble() - 0.5) * Math.ulp(hi));
    }

    @RepeatedTest(50)
    void calculates(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        DoubleDouble a = random(random);
        DoubleDouble b = random(random);
        BigDecimal x = exact(a);
        BigDecimal y = exact(b);
        assertClose(a.plus(b), x.add(y), 102);
        assertClose(a.minus(b), x.subtract(y), 102);
        assertClose(a.times(b), x.multiply(y), 102);
        assertClose(a.times(b.hi()), x.multiply(new BigDecimal(b.hi())), 102);
        assertClose(a.dividedBy(b), x.divide(y, DIGITS), 102);
        DoubleDouble positive = a.hi() > 0 ? a : a.negated();
        assertClose(positive.squareRoot(), x.abs().sqrt(DIGITS), 102);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1e-20, -1e-3, -0.3, -0.7, -1, -5.5, -40, -300, -599, 0.2, 3})
    void exponentiates(double x) {
        // x is a double, so the series of exp(x/2^20), squared twenty times, is exact to 60 digits and more.
        MathContext digits = new MathContext(80);
        BigDecimal y = new BigDecimal(x).divide(new BigDecimal(1 << 20), digits);
        BigDecimal term = BigDecimal.ONE;
        BigDecimal sum = BigDecimal.ONE;
        for (int n = 1; n < 40; n++) {
            term = term.multiply(y).divide(new BigDecimal(n), digits);
            sum = sum.add(term);
        }
        for (int i = 0; i < 20; i++) {
            sum = sum.multiply(sum, digits);
        }
        assertClose(DoubleDouble.of(x).exp(), sum, 94);
    }

    @Test
    void hasLimits() {
        assertThat(DoubleDouble.of(-601).exp()).isEqualTo(DoubleDouble.ZERO);
        assertThat(DoubleDouble.ZERO.squareRoot()).isEqualTo(DoubleDouble.ZERO);
    }

    @Test
    void takesLargeIntegers() {
        BigInteger integer = new BigInteger("1234567890123456789012345678901");
        assertThat(exact(DoubleDouble.of(integer))).isEqualByComparingTo(new BigDecimal(integer));
        assertThat(DoubleDouble.of(integer).toDouble()).isEqualTo(integer.doubleValue());
    }
}
