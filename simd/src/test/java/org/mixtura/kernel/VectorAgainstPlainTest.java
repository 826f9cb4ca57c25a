package org.mixtura.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
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
            assertAgree(forms, FormsFixture.block(points, count, weights), new double[k * d], tolerance(d, spread));
        }
    }

    static Stream<Arguments> manyRows() {
        return Stream.concat(
                IntStream.rangeClosed(3, 17).mapToObj(d -> Arguments.of(QuadraticForms.Factor.TRIANGULAR, d)),
                IntStream.of(2, 3, 5, 8, 15, 16, 17, 40, 64, 65)
                        .mapToObj(d -> Arguments.of(QuadraticForms.Factor.DIAGONAL, d)));
    }

    /**
     * In a block of many rows moments may come from features about a common centre. Their errors are small next to what the
     * forms expect of the rows, N_k / Q_ii, even if the rows of a component happen to lie closer to its centre.
     */
    @ParameterizedTest
    @MethodSource("manyRows")
    void momentsOfManyRowsAgree(QuadraticForms.Factor factor, int d) {
        int[] components = {23, 24, 31, 33, 40};
        int[] counts = {1023, 1024, 1025, 1311};
        double[] spreads = {1, 1, 3, 12};
        for (int variant = 0; variant < 4; variant++) {
            Generator generator = Generator.seeded(2000L * d + variant);
            int k = components[(d + variant) % components.length];
            int count = counts[(d + variant) % counts.length];
            double[] origin = generator.vector(d);
            for (int j = 0; j < d; j++) {
                origin[j] = Math.rint(origin[j] * (variant == 1 ? 1e8 : 1));
            }
            QuadraticForms forms = FormsFixture.random(generator, factor, k, origin);
            double[][] points = points(generator, forms, count, spreads[variant]);
            double[] weights = generator.rowWeights(count);
            if (variant > 1) {
                weights[count / 2] = 0;
                points[count / 2][0] = Double.NaN;
            }
            assertAgree(
                    forms,
                    FormsFixture.block(points, count, weights),
                    variances(forms),
                    tolerance(d, spreads[variant]));
        }
    }

    /** Far from the common centre for their size: here nothing may be lost to it. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-1, 1e-3, 1e-6})
    void momentsOfTightComponentsFarApartAgree(double size) {
        for (int d : new int[] {4, 8, 16}) {
            int k = 24;
            int count = 1100;
            Generator generator = Generator.seeded(77 + d);
            double[] centres = generator.vector(k * d);
            double[][] factors = new double[k][d * (d + 1) / 2];
            for (int c = 0; c < k; c++) {
                for (int i = 0; i < d; i++) {
                    factors[c][i * (i + 1) / 2 + i] = 1 / size;
                }
            }
            QuadraticForms forms =
                    QuadraticForms.of(QuadraticForms.Factor.TRIANGULAR, new double[d], centres, new double[k], factors);
            double[][] points = generator.points(count, d, size);
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < d; j++) {
                    points[i][j] += centres[i % k * d + j];
                }
            }
            assertAgree(forms, FormsFixture.block(points, count, new double[0]), new double[k * d], TOLERANCE);
        }
    }

    /** Where most components are out of the question for whole vectors of rows, and where that ends within a block. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 16, 33})
    void momentsOfNeighbouringRowsAgree(int d) {
        for (int k : new int[] {31, 32, 33, 70}) {
            Generator generator = Generator.seeded(90 + (long) d * k);
            int count = 1500;
            double[] centres = generator.vector(k * d);
            double[][] factors = new double[k][d * (d + 1) / 2];
            for (int c = 0; c < k; c++) {
                for (int j = 0; j < d; j++) {
                    centres[c * d + j] = Math.rint(100 * centres[c * d + j]);
                    factors[c][j * (j + 1) / 2 + j] = 1;
                }
            }
            QuadraticForms forms =
                    QuadraticForms.of(QuadraticForms.Factor.TRIANGULAR, new double[d], centres, new double[k], factors);
            double[][] points = generator.points(count, d, 1);
            for (int i = 0; i < count; i++) {
                int component = i < count / 2 ? i * 2 * k / count : i % k;
                for (int j = 0; j < d; j++) {
                    points[i][j] += centres[component * d + j];
                }
            }
            assertAgree(forms, FormsFixture.block(points, count, new double[0]), new double[k * d], TOLERANCE);
        }
    }

    /** 1 / Q_ii of each component, Q = AᵀA: the variances of a component in one column when all others are known. */
    private static double[] variances(QuadraticForms forms) {
        int d = forms.dimension();
        double[] variances = new double[forms.components() * d];
        for (int k = 0; k < forms.components(); k++) {
            for (int j = 0; j < d; j++) {
                double precision = 0;
                for (int i = 0; i < d; i++) {
                    precision += FormsFixture.element(forms, k, i, j) * FormsFixture.element(forms, k, i, j);
                }
                variances[k * d + j] = 1 / precision;
            }
        }
        return variances;
    }

    /** ‖A (x − o − m)‖² is about (spread² + 1) d/2; a responsibility has the absolute error of the scores. */
    private static double tolerance(int d, double spread) {
        return TOLERANCE * Math.max(1, (spread * spread + 1) * d / 2 / 100);
    }

    private static void assertAgree(QuadraticForms forms, Block block, double[] variances, double tolerance) {
        for (Moments.Scatter scatter : Moments.Scatter.values()) {
            Moments expected = Moments.about(forms, scatter);
            Moments actual = Moments.about(forms, scatter);
            new PlainKernels().worker(forms).accumulate(block, expected);
            new VectorKernels().worker(forms).accumulate(block, actual);
            assertAgree(actual, expected, variances, tolerance);
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

    private static void assertAgree(Moments actual, Moments expected, double[] variances, double tolerance) {
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
                root[j] = Math.sqrt(second[expected.scatter() == Moments.Scatter.FULL ? j * (j + 1) / 2 + j : j]
                        + weight * variances[k * d + j]);
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
