package org.mixtura.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Block;
import org.mixtura.testing.Dense;
import org.mixtura.testing.Generator;
import org.mixtura.testing.TextbookMixture;

/** What every implementation of {@link Kernels} must do, over sizes around its tiles and vectors. */
abstract class AbstractKernelsTest {
    private static final int[] COUNTS = {0, 1, 2, 3, 63, 64, 65, 127, 128, 129, 255, 256, 257};
    private static final int LARGEST = 257;

    abstract Kernels kernels();

    static Stream<Arguments> shapes() {
        return Arrays.stream(QuadraticForms.Factor.values())
                .flatMap(factor -> IntStream.of(1, 2, 3, 4, 5, 7, 8, 9, 16, 33)
                        .boxed()
                        .flatMap(d -> IntStream.of(1, 2, 5, 32).mapToObj(k -> Arguments.of(factor, d, k))));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void scoresAreTheDefinition(QuadraticForms.Factor factor, int d, int k) {
        Generator generator = Generator.seeded(31L * d + k);
        QuadraticForms forms = FormsFixture.random(generator, factor, k, generator.vector(d));
        double[][] points = generator.points(LARGEST, d, 1.5);
        double[][] expected = new double[LARGEST][];
        double[] expectedLogDensity = new double[LARGEST];
        for (int i = 0; i < LARGEST; i++) {
            double[] scores = FormsFixture.scores(forms, points[i]);
            expected[i] = TextbookMixture.shares(scores);
            expectedLogDensity[i] = TextbookMixture.logSumExp(scores);
        }
        Kernels.Worker worker = kernels().worker(forms);
        for (int count : COUNTS) {
            Block block = FormsFixture.block(points, count, new double[0]);
            double[] logDensity = new double[count];
            double[] responsibilities = new double[count * k];
            worker.score(block, logDensity, responsibilities);
            assertClose(logDensity, Arrays.copyOf(expectedLogDensity, count), 1e-13);
            for (int i = 0; i < count; i++) {
                assertClose(Arrays.copyOfRange(responsibilities, i * k, (i + 1) * k), expected[i], 1e-13);
            }
            double[] alone = new double[count];
            worker.score(block, alone, new double[0]);
            assertThat(alone).containsExactly(logDensity);
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void momentsAreTheDefinition(QuadraticForms.Factor factor, int d, int k) {
        Generator generator = Generator.seeded(37L * d + k);
        QuadraticForms forms = FormsFixture.random(generator, factor, k, generator.vector(d));
        double[][] points = generator.points(LARGEST, d, 1.5);
        double[] weights = generator.rowWeights(LARGEST);
        Kernels.Worker worker = kernels().worker(forms);
        NaiveMoments plain = new NaiveMoments(forms);
        NaiveMoments weighted = new NaiveMoments(forms);
        int added = 0;
        for (int count : COUNTS) {
            for (; added < count; added++) {
                plain.accept(points[added], 1);
                weighted.accept(points[added], weights[added]);
            }
            for (Moments.Scatter scatter : Moments.Scatter.values()) {
                Moments moments = Moments.about(forms, scatter);
                worker.accumulate(FormsFixture.block(points, count, new double[0]), moments);
                plain.assertAre(moments, 1e-12);
                moments.clear();
                worker.accumulate(FormsFixture.block(points, count, weights), moments);
                weighted.assertAre(moments, 1e-12);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void scoresAndMomentsWithTailsAreTheDefinition(QuadraticForms.Factor factor, int d, int k) {
        Generator generator = Generator.seeded(39L * d + k);
        double[] freedom = new double[k];
        for (int c = 0; c < k; c++) {
            freedom[c] = c == 3 ? Double.POSITIVE_INFINITY : Math.exp(generator.between(-0.5, 3));
        }
        QuadraticForms forms =
                FormsFixture.random(generator, factor, k, generator.vector(d)).withTails(freedom);
        int n = 700;
        double[][] points = generator.points(n, d, 3);
        double[] weights = generator.rowWeights(n);
        Kernels.Worker worker = TailWorker.of(kernels(), forms);
        double[] logDensity = new double[n];
        double[] responsibilities = new double[n * k];
        worker.score(FormsFixture.block(points, n, weights), logDensity, responsibilities);
        NaiveMoments expected = new NaiveMoments(forms);
        for (int i = 0; i < n; i++) {
            double[] scores = FormsFixture.scores(forms, points[i]);
            assertClose(logDensity[i], TextbookMixture.logSumExp(scores), 1e-13);
            assertClose(
                    Arrays.copyOfRange(responsibilities, i * k, (i + 1) * k), TextbookMixture.shares(scores), 1e-12);
            expected.accept(points[i], weights[i]);
        }
        for (Moments.Scatter scatter : Moments.Scatter.values()) {
            Moments moments = Moments.about(forms, scatter);
            worker.accumulate(FormsFixture.block(points, n, weights), moments);
            expected.assertAre(moments, 1e-12);
            Moments twice = moments.emptyCopy();
            twice.combine(moments);
            expected.assertAre(twice.emptyCopy().restored(twice.toArray()), 1e-12);
        }
    }

    /** Where a square overflows a tail has a density still: (ν + d)/2 nats less for each nat of the square. */
    @ParameterizedTest
    @EnumSource
    void tailsReachAsFarAsNumbersDo(QuadraticForms.Factor factor) {
        Generator generator = Generator.seeded(40);
        QuadraticForms forms =
                FormsFixture.random(generator, factor, 3, new double[5]).withTails(new double[] {2, 5, 9});
        double[] direction = generator.vector(5);
        double[][] points = {Dense.times(1e140, direction), Dense.times(1e150, direction), Dense.times(1e300, direction)
        };
        double[] logDensity = new double[3];
        double[] responsibilities = new double[9];
        Kernels.Worker worker = TailWorker.of(kernels(), forms);
        worker.score(FormsFixture.block(points, 3, new double[0]), logDensity, responsibilities);
        assertClose(logDensity[1] - logDensity[0], -(2 + 5) * 10 * Math.log(10), 1e-11);
        assertClose(logDensity[2] - logDensity[1], -(2 + 5) * 150 * Math.log(10), 1e-11);
        assertClose(Arrays.copyOfRange(responsibilities, 6, 9), new double[] {1, 0, 0}, 1e-15);
        points[1][2] = Double.NaN;
        worker.score(FormsFixture.block(points, 3, new double[0]), logDensity, responsibilities);
        assertThat(logDensity[1]).isNaN();
        Moments moments = Moments.about(forms, Moments.Scatter.FULL);
        worker.accumulate(FormsFixture.block(points, 3, new double[] {1, 0, 1}), moments);
        assertThat(moments.logLikelihood()).isCloseTo(logDensity[0] + logDensity[2], within(1e-9));
        worker.accumulate(FormsFixture.block(points, 3, new double[0]), moments);
        assertThat(moments.logLikelihood()).isNaN();
    }

    @ParameterizedTest
    @EnumSource
    void addsToWhatIsThere(QuadraticForms.Factor factor) {
        Generator generator = Generator.seeded(41);
        QuadraticForms forms = FormsFixture.random(generator, factor, 3, generator.vector(5));
        double[][] points = generator.points(300, 5, 1.5);
        Kernels.Worker worker = kernels().worker(forms);
        Moments moments = Moments.about(forms, Moments.Scatter.FULL);
        worker.accumulate(FormsFixture.block(points, 100, new double[0]), moments);
        worker.accumulate(FormsFixture.block(Arrays.copyOfRange(points, 100, 300), 200, new double[0]), moments);
        NaiveMoments naive = new NaiveMoments(forms);
        for (double[] point : points) {
            naive.accept(point, 1);
        }
        naive.assertAre(moments, 1e-12);
    }

    /** Values on a grid of 2⁻²⁰, so that 1e8 can be added and taken away without rounding. */
    @ParameterizedTest
    @EnumSource
    void anOriginTakesAnOffsetAwayToTheLastBit(QuadraticForms.Factor factor) {
        int d = 5;
        Generator generator = Generator.seeded(43);
        double[] offset = new double[d];
        Arrays.fill(offset, 1e8);
        QuadraticForms near = FormsFixture.random(generator, factor, 4, new double[d]);
        double[][] factors = IntStream.range(0, 4).mapToObj(near::factor).toArray(double[][]::new);
        QuadraticForms far = QuadraticForms.of(factor, offset, near.centres(), near.constants(), factors);
        double[][] points = generator.points(200, d, 1.5);
        double[][] moved = new double[200][d];
        for (int i = 0; i < 200; i++) {
            for (int j = 0; j < d; j++) {
                points[i][j] = Math.rint(points[i][j] * 0x1p20) * 0x1p-20;
                moved[i][j] = points[i][j] + 1e8;
            }
        }
        Moments atZero = Moments.about(near, Moments.Scatter.FULL);
        Moments atOffset = Moments.about(far, Moments.Scatter.FULL);
        kernels().worker(near).accumulate(FormsFixture.block(points, 200, new double[0]), atZero);
        kernels().worker(far).accumulate(FormsFixture.block(moved, 200, new double[0]), atOffset);
        assertThat(atOffset.logLikelihood()).isEqualTo(atZero.logLikelihood());
        assertThat(atOffset.weights()).containsExactly(atZero.weights());
        assertThat(atOffset.firsts()).containsExactly(atZero.firsts());
        for (int k = 0; k < 4; k++) {
            assertThat(atOffset.second(k)).containsExactly(atZero.second(k));
        }
    }

    /** Two unit Gaussians, the second at a distance that makes its share of a row at zero e^−gap. */
    private static QuadraticForms apart(double gap) {
        return QuadraticForms.of(
                QuadraticForms.Factor.SCALAR,
                new double[1],
                new double[] {0, Math.sqrt(2 * gap)},
                new double[2],
                new double[][] {{1}, {1}});
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 10, 36, 37, 100, 138, 139, 300, 690, 707, 709, 720, 740, 744})
    void responsibilitiesAreRightDownToUnderflow(double gap) {
        double[] responsibilities = new double[2];
        double[] logDensity = new double[1];
        kernels()
                .worker(apart(gap))
                .score(FormsFixture.block(new double[1][1], 1, new double[0]), logDensity, responsibilities);
        double expected = Math.exp(-gap) / (1 + Math.exp(-gap));
        assertThat(Math.abs(responsibilities[1] - expected)).isLessThanOrEqualTo(1e-12 * expected + Double.MIN_VALUE);
        assertClose(logDensity[0], Math.log1p(Math.exp(-gap)), 1e-15);
    }

    @ParameterizedTest
    @ValueSource(doubles = {746, 1000, 1e10, 1e300})
    void responsibilitiesBelowTheLeastNumberAreZero(double gap) {
        double[] responsibilities = new double[2];
        kernels()
                .worker(apart(gap))
                .score(FormsFixture.block(new double[1][1], 1, new double[0]), new double[1], responsibilities);
        assertThat(responsibilities).containsExactly(1, 0);
    }

    /** A component far from every row keeps the moments that it has, however small. */
    @Test
    void momentsOfAComponentThatOwnsNoRowAreRight() {
        QuadraticForms forms = apart(120);
        Moments moments = Moments.about(forms, Moments.Scatter.FULL);
        kernels()
                .worker(forms)
                .accumulate(FormsFixture.block(new double[][] {{0}, {0.5}, {-0.5}}, 3, new double[0]), moments);
        double expected = 0;
        for (double x : new double[] {0, 0.5, -0.5}) {
            expected += TextbookMixture.shares(FormsFixture.scores(forms, new double[] {x}))[1];
        }
        assertThat(expected).isBetween(1e-53, 1e-48);
        assertThat(Math.abs(moments.weights()[1] - expected)).isLessThanOrEqualTo(1e-12 * expected);
    }

    @ParameterizedTest
    @EnumSource
    void aComponentThatIsSwitchedOffOwnsNothing(QuadraticForms.Factor factor) {
        Generator generator = Generator.seeded(47);
        for (int off = 0; off < 3; off++) {
            QuadraticForms forms = FormsFixture.random(generator, factor, 3, new double[2]);
            forms.constants()[off] = Double.NEGATIVE_INFINITY;
            double[][] points = generator.points(150, 2, 1.5);
            points[0] = new double[] {1e200, -1e200};
            points[1] = new double[] {Double.MAX_VALUE, Double.MAX_VALUE};
            double[] logDensity = new double[150];
            double[] responsibilities = new double[450];
            Block block = FormsFixture.block(points, 150, new double[0]);
            kernels().worker(forms).score(block, logDensity, responsibilities);
            for (int i = 0; i < 150; i++) {
                assertThat(responsibilities[3 * i + off]).isZero();
                assertClose(
                        responsibilities[3 * i] + responsibilities[3 * i + 1] + responsibilities[3 * i + 2], 1, 1e-15);
            }
            for (int i = 2; i < 150; i++) {
                assertClose(logDensity[i], FormsFixture.logDensity(forms, points[i]), 1e-13);
            }
        }
    }

    static Stream<Arguments> farRows() {
        return Arrays.stream(QuadraticForms.Factor.values())
                .flatMap(factor -> Stream.of(1e160, 1e200, 1e300, Double.MAX_VALUE)
                        .flatMap(size -> Stream.of(1, 2, 3, 8).map(d -> Arguments.of(factor, size, d))));
    }

    /** A far row belongs to the component whose form grows least in its direction, whatever overflows on the way. */
    /** As far as an infinity away, so to the first; whatever fills up a tile adds nothing. */
    @ParameterizedTest
    @EnumSource
    void whereAllComponentsAreSwitchedOffRowsBelongToTheFirst(QuadraticForms.Factor factor) {
        Generator generator = Generator.seeded(4);
        for (int n : new int[] {1, 3, 8, 70, 300}) {
            QuadraticForms off = FormsFixture.random(generator, factor, 2, generator.vector(3))
                    .withConstants(new double[] {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY});
            double[] values = generator.vector(3 * n);
            Block block = new Block();
            block.show(values, 0, n, 3, null, 0);
            Moments moments = Moments.about(off, Moments.Scatter.FULL);
            kernels().worker(off).accumulate(block, moments);
            assertThat(moments.weights()).containsExactly(n, 0);
            assertThat(moments.totalWeight()).isEqualTo(n);
            assertThat(moments.logLikelihood()).isEqualTo(Double.NEGATIVE_INFINITY);
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += values[3 * i] - off.origin()[0] - off.centres()[0];
            }
            assertClose(moments.firsts()[0], sum, 1e-12);
        }
    }

    @ParameterizedTest
    @MethodSource("farRows")
    void farRowsBelongToOneComponent(QuadraticForms.Factor factor, double size, int d) {
        Generator generator = Generator.seeded(53 + d);
        QuadraticForms forms = FormsFixture.random(generator, factor, 4, new double[d]);
        double[][] points = new double[130][d];
        double[] weights = generator.rowWeights(130);
        int[] nearest = new int[130];
        for (int i = 0; i < 130; i++) {
            double[] direction = new double[d];
            for (int j = 0; j < d; j++) {
                direction[j] = i % 2 == 0
                        ? generator.between(-1, 1)
                        : generator.random().nextInt(2) * 2.0 - 1;
                points[i][j] = direction[j] * size;
            }
            double[] growth = growth(forms, direction);
            for (int k = 1; k < 4; k++) {
                nearest[i] = growth[k] < growth[nearest[i]] ? k : nearest[i];
            }
        }
        Block block = FormsFixture.block(points, 130, weights);
        double[] logDensity = new double[130];
        double[] responsibilities = new double[4 * 130];
        kernels().worker(forms).score(block, logDensity, responsibilities);
        for (int i = 0; i < 130; i++) {
            double[] expected = new double[4];
            expected[nearest[i]] = 1;
            assertThat(Arrays.copyOfRange(responsibilities, 4 * i, 4 * i + 4)).containsExactly(expected);
            assertThat(logDensity[i]).isEqualTo(Double.NEGATIVE_INFINITY);
        }
        Moments moments = Moments.about(forms, Moments.Scatter.DIAGONAL);
        kernels().worker(forms).accumulate(block, moments);
        double[] expected = new double[4];
        double total = 0;
        for (int i = 0; i < 130; i++) {
            expected[nearest[i]] += weights[i];
            total += weights[i];
        }
        assertClose(moments.weights(), expected, 1e-14);
        assertClose(moments.totalWeight(), total, 1e-14);
        assertThat(moments.logLikelihood()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(moments.assignmentEntropy()).isZero();
    }

    /** ‖A_k v‖² of each component. */
    private static double[] growth(QuadraticForms forms, double[] v) {
        QuadraticForms centred = QuadraticForms.of(
                forms.factor(),
                new double[v.length],
                new double[forms.centres().length],
                new double[forms.components()],
                IntStream.range(0, forms.components()).mapToObj(forms::factor).toArray(double[][]::new));
        return Arrays.stream(FormsFixture.scores(centred, v)).map(s -> -s).toArray();
    }

    /** One component's form overflows to infinity minus infinity; the other is wide enough to hold the row. */
    @Test
    void aComponentThatOverflowsLeavesTheRowToOneThatDoesNot() {
        QuadraticForms forms = QuadraticForms.of(
                QuadraticForms.Factor.TRIANGULAR, new double[2], new double[4], new double[] {0, -2}, new double[][] {
                    {1e200, -1e200, 1e200}, {1e-150, 0, 1e-150}
                });
        double[] logDensity = new double[1];
        double[] responsibilities = new double[2];
        kernels()
                .worker(forms)
                .score(
                        FormsFixture.block(new double[][] {{1e150, 1e150}}, 1, new double[0]),
                        logDensity,
                        responsibilities);
        assertThat(responsibilities).containsExactly(0, 1);
        assertClose(logDensity[0], -3, 1e-15);
    }

    static Stream<Arguments> rowsThatAreNotFinite() {
        return Arrays.stream(QuadraticForms.Factor.values())
                .flatMap(factor -> Stream.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)
                        .flatMap(value -> Stream.of(0, 1, 2).map(column -> Arguments.of(factor, value, column))));
    }

    @ParameterizedTest
    @MethodSource("rowsThatAreNotFinite")
    void aRowThatIsNotFiniteHasNoScoreAndHarmsNoOther(QuadraticForms.Factor factor, double value, int column) {
        Generator generator = Generator.seeded(59);
        QuadraticForms forms = FormsFixture.random(generator, factor, 3, new double[3]);
        double[][] points = generator.points(140, 3, 1.5);
        points[70][column] = value;
        double[] logDensity = new double[140];
        double[] responsibilities = new double[420];
        double[] weights = generator.rowWeights(140);
        weights[70] = 0;
        Block block = FormsFixture.block(points, 140, weights);
        kernels().worker(forms).score(block, logDensity, responsibilities);
        Moments moments = Moments.about(forms, Moments.Scatter.FULL);
        kernels().worker(forms).accumulate(block, moments);
        NaiveMoments naive = new NaiveMoments(forms);
        for (int i = 0; i < 140; i++) {
            if (i == 70) {
                assertThat(logDensity[i]).isNaN();
                assertThat(Arrays.copyOfRange(responsibilities, 210, 213)).containsOnly(Double.NaN);
            } else {
                assertClose(logDensity[i], FormsFixture.logDensity(forms, points[i]), 1e-13);
                naive.accept(points[i], weights[i]);
            }
        }
        naive.assertAre(moments, 1e-12);
        weights[70] = 1;
        Moments spoiled = Moments.about(forms, Moments.Scatter.FULL);
        kernels().worker(forms).accumulate(FormsFixture.block(points, 140, weights), spoiled);
        assertThat(spoiled.logLikelihood()).isNaN();
    }

    @Test
    void saysWhatItIs() {
        assertThat(kernels().description()).isNotBlank();
    }
}
