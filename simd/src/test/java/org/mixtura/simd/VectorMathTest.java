package org.mixtura.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import jdk.incubator.vector.DoubleVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorMathTest {
    private static final MathContext DIGITS = new MathContext(40);

    private static double exp(double x) {
        return VectorMath.expOfNegative(DoubleVector.broadcast(Lanes.DOUBLES, x))
                .lane(Lanes.WIDTH - 1);
    }

    private static double log(double x) {
        return VectorMath.logFromOne(DoubleVector.broadcast(Lanes.DOUBLES, x)).lane(Lanes.WIDTH - 1);
    }

    /** Errors in units in the last place of the exact value, from a power series in 40 digits. */
    @Test
    void exponentialIsWithinItsBound() {
        SplittableRandom random = new SplittableRandom(61);
        DoubleStream arguments = DoubleStream.concat(
                random.doubles(10_000, -1, 0),
                DoubleStream.concat(random.doubles(10_000, -40, 0), random.doubles(4_000, -708, 0)));
        arguments.forEach(x -> {
            BigDecimal exact = exactExp(x);
            double error =
                    Math.abs(new BigDecimal(exp(x)).subtract(exact, DIGITS).doubleValue());
            assertThat(error / Math.ulp(exact.doubleValue())).as("exp(%s)", x).isLessThanOrEqualTo(1.1);
        });
    }

    private static BigDecimal exactExp(double x) {
        // e^x = (e^(x/1024))^1024
        BigDecimal small = new BigDecimal(x).divide(BigDecimal.valueOf(1024), new MathContext(60));
        BigDecimal term = BigDecimal.ONE;
        BigDecimal sum = BigDecimal.ONE;
        for (int n = 1; n < 40; n++) {
            term = term.multiply(small, new MathContext(60)).divide(BigDecimal.valueOf(n), new MathContext(60));
            sum = sum.add(term, new MathContext(60));
        }
        return sum.pow(1024, new MathContext(50));
    }

    private static double expOfNegated(double u) {
        DoubleVector nearest = VectorMath.nearest(DoubleVector.broadcast(Lanes.DOUBLES, u));
        return VectorMath.expOfNegated(nearest).lane(Lanes.WIDTH - 1);
    }

    /** Down to 1e-60, e to the minus 138. */
    @Test
    void exponentialOfWhatCountsHasTheSameBits() {
        SplittableRandom random = new SplittableRandom(71);
        DoubleStream.concat(random.doubles(20_000, 0, 1), random.doubles(50_000, 0, 138))
                .forEach(u -> assertThat(expOfNegated(u)).as("exp(-%s)", u).isEqualTo(exp(-u)));
        assertThat(expOfNegated(0)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {176, 176.5, 177, 750, 1e10, 1e300, Double.MAX_VALUE, Double.POSITIVE_INFINITY})
    void exponentialOfWhatCannotCountIsZero(double u) {
        assertThat(expOfNegated(u)).isZero();
    }

    @Test
    void exponentialOfWhatHardlyCountsIsNeverBelowZero() {
        for (double u = 138; u < 176; u += 0.001) {
            assertThat(expOfNegated(u)).as("exp(-%s)", u).isBetween(0.0, Math.exp(-u) * (1 + 1e-15));
        }
    }

    @Test
    void exponentialUnderflowsGradually() {
        for (double x = -708; x > -746; x -= 0.01) {
            assertThat(Math.abs(exp(x) - StrictMath.exp(x)))
                    .as("exp(%s)", x)
                    .isLessThanOrEqualTo(Math.max(Double.MIN_VALUE, Math.ulp(StrictMath.exp(x))));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-745.2, -746, -751, -1e10, -1e300, Double.NEGATIVE_INFINITY})
    void exponentialOfVeryNegativeIsZero(double x) {
        assertThat(exp(x)).isZero();
    }

    @Test
    void exponentialOfZeroIsOne() {
        assertThat(exp(0)).isEqualTo(1);
        assertThat(exp(-0.0)).isEqualTo(1);
    }

    /** StrictMath is itself within one unit in the last place, so that the sum of both bounds is allowed. */
    @Test
    void logarithmIsWithinItsBound() {
        SplittableRandom random = new SplittableRandom(67);
        DoubleStream arguments = DoubleStream.concat(
                random.doubles(50_000, 1, 2),
                DoubleStream.concat(
                        random.doubles(20_000, 1, 1.0001),
                        random.doubles(20_000, 0, 300).map(Math::exp)));
        arguments.forEach(x -> assertThat(Math.abs(log(x) - StrictMath.log(x)) / Math.ulp(StrictMath.log(x)))
                .as("log(%s)", x)
                .isLessThanOrEqualTo(1.9));
    }

    @Test
    void logarithmOfOneIsZero() {
        assertThat(log(1)).isZero();
    }
}
