package org.mixtura.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mixtura.data.Block;
import org.mixtura.simd.VectorKernels;
import org.mixtura.testing.Generator;

/**
 * The vector kernels against the plain ones, over every number of columns near those at which they change their way,
 * near and far, crowded and apart: to 1e-13 where scores are moderate.
 */
class VectorAgainstPlainTest {
    private static final double TOLERANCE = 1e-13;
    private static final int[] COMPONENTS = {1, 2, 3, 7, 8, 17, 40};
    private static final int[] COUNTS = {1, 7, 31, 33, 127, 129, 255, 257, 513};

    static Stream<Arguments> shapes() {
        return Arrays.stream(QuadraticForms.Factor.values())
                .flatMap(factor -> IntStream.concat(IntStream.rangeClosed(1, 40), IntStream.of(64, 128))
                        .mapToObj(d -> Arguments.of(factor, d)));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void momentsAgree(QuadraticForms.Factor factor, int d) {
        for (int variant = 0; variant < 4; variant++) {
            Generator generator = Generator.seeded(1000L * d + variant);
            int k = COMPONENTS[(d + variant) % COMPONENTS.length];
            int count = COUNTS[(d + 2 * variant) % COUNTS.length];
            double offset = variant % 2 == 0 ? 1 : 1e8;
            double spread = variant < 2 ? 1 : 12;
            double[] origin = generator.vector(d);
            for (int j = 0; j < d; j++) {
                origin[j] = Math.rint(origin[j] * offset);
            }
            QuadraticForms forms = FormsFixture.random(generator, factor, k, origin);
            double[][] points = points(generator, forms, count, spread);
            double[] weights = generator.rowWeights(count);
            for (int i = 0; i < count; i += 5) {
                weights[i] = 0;
                points[i][i % d] = Double.NaN;
            }
            for (Moments.Scatter scatter : Moments.Scatter.values()) {
                Block block = FormsFixture.block(points, count, weights);
                Moments expected = Moments.about(forms, scatter);
                Moments actual = Moments.about(forms, scatter);
                new PlainKernels().worker(forms).accumulate(block, expected);
                new VectorKernels().worker(forms).accumulate(block, actual);
                // ‖A (x − o − m)‖² is about this; a responsibility has the absolute error of the scores.
                double square = (spread * spread + 1) * d / 2;
                assertAgree(actual, expected, TOLERANCE * Math.max(1, square / 100));
            }
        }
    }

    /** Rows about the centres; the wider the spread, the more responsibilities underflow. */
    private static double[][] points(Generator generator, QuadraticForms forms, int count, double spread) {
        int d = forms.dimension();
        double[][] points = generator.points(count, d, spread);
        for (double[] point : points) {
            for (int j = 0; j < d; j++) {
                point[j] += forms.origin()[j];
            }
        }
        return points;
    }

    private static void assertAgree(Moments actual, Moments expected, double tolerance) {
        int d = expected.dimension();
        assertWithin("total weight", actual.totalWeight(), expected.totalWeight(), expected.totalWeight(), tolerance);
        double size = Math.max(Math.abs(expected.logLikelihood()), expected.totalWeight());
        assertWithin("log-likelihood", actual.logLikelihood(), expected.logLikelihood(), size, tolerance);
        assertWithin("entropy", actual.assignmentEntropy(), expected.assignmentEntropy(), size, tolerance);
        for (int k = 0; k < expected.components(); k++) {
            double weight = expected.weights()[k];
            assertWithin("weight " + k, actual.weights()[k], weight, weight, tolerance);
            double[] second = expected.second(k);
            double[] root = new double[d];
            for (int j = 0; j < d; j++) {
                root[j] = Math.sqrt(second[expected.scatter() == Moments.Scatter.FULL ? j * (j + 1) / 2 + j : j]);
                assertWithin(
                        "first " + k + ", " + j,
                        actual.firsts()[k * d + j],
                        expected.firsts()[k * d + j],
                        Math.sqrt(weight) * root[j],
                        tolerance);
            }
            int at = 0;
            for (int i = 0; i < d; i++) {
                for (int j = expected.scatter() == Moments.Scatter.FULL ? 0 : i; j <= i; j++) {
                    assertWithin(
                            "second " + k + ", " + i + ", " + j,
                            actual.second(k)[at],
                            second[at],
                            root[i] * root[j],
                            tolerance);
                    at++;
                }
            }
        }
    }

    /** Within the tolerance of what rounding may move: by Cauchy and Schwarz, the sum of the terms' absolute values. */
    private static void assertWithin(String what, double actual, double expected, double size, double tolerance) {
        assertThat(Math.abs(actual - expected) <= tolerance * size + 1e-50)
                .as("%s is %s, should be %s, size %s", what, actual, expected, size)
                .isTrue();
    }
}
