package org.mixtura.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;
import org.mixtura.testing.Generator;

/**
 * Passes of kernels that leave out components which do not matter to any row of a tile, beside passes over all of them, on
 * the way of components that move and turn from pass to pass.
 */
abstract class AbstractLeftOutComponentsTest {
    private static final int COMPONENTS = 24;
    private static final int ROWS = 800;
    private static final int PASSES = 4;
    private static final double TOLERANCE = 1e-12;
    /** How far clusters lie from the middle, in standard deviations. */
    private static final double NEAR = 60;

    private static final double FAR = 400;

    private final Kernels kernels;

    AbstractLeftOutComponentsTest(Kernels kernels) {
        this.kernels = kernels;
    }

    static Stream<Arguments> shapes() {
        return Stream.of(
                        IntStream.of(1, 2, 5, 17, 33).mapToObj(d -> Arguments.of(QuadraticForms.Factor.TRIANGULAR, d)),
                        IntStream.of(2, 9).mapToObj(d -> Arguments.of(QuadraticForms.Factor.DIAGONAL, d)),
                        // In so many columns tiles have fewer rows.
                        IntStream.of(3, 130).mapToObj(d -> Arguments.of(QuadraticForms.Factor.SCALAR, d)))
                .flatMap(shapes -> shapes);
    }

    /** Far apart, and one after the other, as if in the order of their owners. */
    private static double[][] points(Generator generator, double[] centres, int d) {
        double[][] points = generator.points(ROWS, d, 1);
        for (int i = 0; i < ROWS; i++) {
            int component = i * COMPONENTS / ROWS;
            for (int j = 0; j < d; j++) {
                points[i][j] += centres[component * d + j];
            }
        }
        return points;
    }

    private static double[] centres(Generator generator, int d, double spread) {
        double[] centres = generator.vector(COMPONENTS * d);
        for (int i = 0; i < centres.length; i++) {
            centres[i] *= spread / Math.sqrt(d);
        }
        return centres;
    }

    /** Forms near the clusters, the less so the later the pass: each centre and each factor moves by itself. */
    private static QuadraticForms forms(QuadraticForms.Factor shape, double[] clusters, int d, int pass) {
        Generator generator = Generator.seeded(31L * d + pass);
        double[] centres = clusters.clone();
        double step = 0.1 * (pass + 1) / Math.sqrt(d);
        double[] moves = generator.vector(centres.length);
        double[][] factors = new double[COMPONENTS][];
        for (int k = 0; k < COMPONENTS; k++) {
            for (int j = 0; j < d; j++) {
                centres[k * d + j] += step * moves[k * d + j];
            }
            factors[k] = generator.vector(QuadraticForms.size(shape, d));
            for (int i = 0; i < factors[k].length; i++) {
                factors[k][i] *= step / Math.sqrt(d);
            }
            for (int j = 0; j < (shape == QuadraticForms.Factor.SCALAR ? 1 : d); j++) {
                int diagonal = shape == QuadraticForms.Factor.TRIANGULAR ? j * (j + 1) / 2 + j : j;
                factors[k][diagonal] += 1;
            }
        }
        double[] constants = generator.vector(COMPONENTS);
        constants[3] = Double.NEGATIVE_INFINITY;
        return QuadraticForms.of(shape, new double[d], centres, constants, factors);
    }

    private Moments pass(Nearness near, Block block, QuadraticForms forms, Moments.Scatter scatter) {
        Moments moments = Moments.about(forms, scatter);
        near.begin(forms, kernels, ROWS);
        kernels.worker(forms).accumulate(block, moments, near.chunk(0));
        near.end(forms);
        return moments;
    }

    private static void assertAgree(Moments few, Moments all) {
        double size = Math.abs(all.logLikelihood()) + all.totalWeight();
        assertThat(few.logLikelihood()).isCloseTo(all.logLikelihood(), within(TOLERANCE * size));
        assertThat(few.assignmentEntropy()).isCloseTo(all.assignmentEntropy(), within(TOLERANCE * size));
        assertThat(difference(few.weights(), all.weights())).isLessThanOrEqualTo(TOLERANCE * all.totalWeight());
        assertThat(difference(few.firsts(), all.firsts())).isLessThanOrEqualTo(TOLERANCE * largest(all.firsts()));
        for (int k = 0; k < COMPONENTS; k++) {
            // Of a component that owns next to nothing the moments are next to nothing.
            double most = largest(all.second(k)) + 1e-12;
            assertThat(difference(few.second(k), all.second(k))).isLessThanOrEqualTo(TOLERANCE * most);
        }
    }

    /** The largest difference of two elements; NaN if one is. */
    private static double difference(double[] values, double[] others) {
        double largest = 0;
        for (int i = 0; i < values.length; i++) {
            largest = Math.max(largest, Math.abs(values[i] - others[i]));
        }
        return largest;
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElseThrow();
    }

    private static Nearness nothingKnown() {
        return Nearness.of(Rows.of(new double[ROWS][1]), COMPONENTS);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theyAddNothing(QuadraticForms.Factor shape, int d) {
        Generator generator = Generator.seeded(d);
        double[] clusters = centres(generator, d, NEAR);
        double[][] points = points(generator, clusters, d);
        double[] weights = generator.rowWeights(ROWS);
        for (int i = 0; i < ROWS; i += 5) {
            weights[i] = 0;
            points[i][i % d] = Double.NaN;
        }
        Block block = FormsFixture.block(points, ROWS, weights);
        for (Moments.Scatter scatter : Moments.Scatter.values()) {
            Nearness near = nothingKnown();
            for (int pass = 0; pass < PASSES; pass++) {
                QuadraticForms forms = forms(shape, clusters, d, pass);
                Moments few = pass(near, block, forms, scatter);
                Moments all = Moments.about(forms, scatter);
                kernels.worker(forms).accumulate(block, all);
                assertAgree(few, all);
                // Whether bounds spared scores or not.
                double[] fresh = pass(nothingKnown(), block, forms, scatter).toArray();
                assertThat(Arrays.equals(few.toArray(), fresh)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void mostAreSparedOnceTheirDistancesAreKnown(QuadraticForms.Factor shape, int d) {
        Generator generator = Generator.seeded(d);
        double[] clusters = centres(generator, d, FAR);
        Block block = FormsFixture.block(points(generator, clusters, d), ROWS, new double[0]);
        Nearness near = nothingKnown();
        for (int pass = 0; pass < PASSES; pass++) {
            pass(near, block, forms(shape, clusters, d, pass), Moments.Scatter.DIAGONAL);
            if (pass == 0) {
                assertThat(near.scoredShare()).isGreaterThan(0.9);
            } else {
                // Of 24 components a tile of 256 rows has the rows of seven.
                assertThat(near.scoredShare()).isLessThanOrEqualTo(0.5);
            }
        }
    }

    /** A row too far away for any score belongs to the nearest component, as always; others of its tile lose nothing by it. */
    @Test
    void aRowOutOfReachIsServed() {
        Generator generator = Generator.seeded(8);
        double[] clusters = centres(generator, 2, NEAR);
        double[][] points = points(generator, clusters, 2);
        Arrays.fill(points[501], 1e160);
        Block block = FormsFixture.block(points, ROWS, new double[0]);
        Nearness near = nothingKnown();
        for (int pass = 0; pass < 3; pass++) {
            QuadraticForms forms = forms(QuadraticForms.Factor.TRIANGULAR, clusters, 2, pass);
            Moments few = pass(near, block, forms, Moments.Scatter.FULL);
            Moments all = Moments.about(forms, Moments.Scatter.FULL);
            kernels.worker(forms).accumulate(block, all);
            assertThat(few.logLikelihood()).isEqualTo(Double.NEGATIVE_INFINITY);
            for (int k = 0; k < COMPONENTS; k++) {
                assertThat(few.weights()[k]).isCloseTo(all.weights()[k], within(1e-12 * ROWS));
            }
        }
    }

    /** Bounds of components that move on while nobody looks go on to hold. */
    @Test
    void aPassThatFailsIsForgotten() {
        Generator generator = Generator.seeded(7);
        double[] clusters = centres(generator, 3, FAR);
        Block block = FormsFixture.block(points(generator, clusters, 3), ROWS, new double[0]);
        Nearness near = nothingKnown();
        QuadraticForms first = forms(QuadraticForms.Factor.TRIANGULAR, clusters, 3, 0);
        QuadraticForms second = forms(QuadraticForms.Factor.TRIANGULAR, clusters, 3, 1);
        pass(near, block, first, Moments.Scatter.FULL);
        near.begin(second, kernels, ROWS);
        pass(near, block, second, Moments.Scatter.FULL);
        assertThat(near.scoredShare()).isGreaterThan(0.9);
    }
}
