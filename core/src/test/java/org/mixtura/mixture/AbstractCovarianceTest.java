package org.mixtura.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mixtura.data.Matrix;
import org.mixtura.kernel.QuadraticForms;
import org.mixtura.linalg.Packed;
import org.mixtura.testing.Dense;
import org.mixtura.testing.Generator;

/** What every structure of covariance must do, against the full matrix that it stands for. */
abstract class AbstractCovarianceTest {
    /** A random covariance of the structure under test. */
    abstract Covariance random(Generator generator, int d);

    abstract CovarianceStructure structure();

    /** The same numbers again, from the public factory methods. */
    abstract Covariance rebuilt(double[][] rows);

    static Stream<Arguments> cases() {
        return IntStream.of(1, 2, 3, 5, 8, 17)
                .boxed()
                .flatMap(d -> IntStream.range(0, 5).mapToObj(seed -> Arguments.of(d, seed)));
    }

    private static double[][] rows(Covariance covariance) {
        return covariance.toMatrix().toRows();
    }

    private static double[][] lowerRows(double[] packed, int d) {
        double[][] rows = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                rows[i][j] = packed[Packed.index(i, j)];
            }
        }
        return rows;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void showsOneMatrixEveryWay(int d, int seed) {
        Covariance covariance = random(Generator.seeded(seed), d);
        double[][] s = rows(covariance);
        assertThat(covariance.dimension()).isEqualTo(d);
        assertThat(covariance.structure()).isEqualTo(structure());
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                assertThat(covariance.get(i, j)).isEqualTo(s[i][j]).isEqualTo(covariance.get(j, i));
            }
        }
        assertThat(covariance.lowerTriangle()).containsExactly(Packed.of(s));
        double[][] l = lowerRows(covariance.lowerFactor(), d);
        assertClose(Dense.times(l, Dense.transpose(l)), s, 1e-14);
        for (int j = 0; j < d; j++) {
            assertClose(covariance.conditionalVariance(j), l[j][j] * l[j][j], 1e-14);
        }
        assertClose(covariance.logDeterminant(), Dense.logAbsDeterminant(s), 1e-13);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whitensUnwhitensAndSolves(int d, int seed) {
        Generator generator = Generator.seeded(seed);
        Covariance covariance = random(generator, d);
        double[][] s = rows(covariance);
        double[][] l = lowerRows(covariance.lowerFactor(), d);
        double[] v = generator.vector(d);
        double[] m = generator.vector(d);
        assertClose(covariance.unwhiten(v), Dense.times(l, v), 1e-14);
        assertClose(covariance.unwhiten(covariance.whiten(v)), v, 1e-14);
        assertClose(Dense.times(s, covariance.solve(v)), v, 1e-13);
        double[] deviation = Dense.minus(v, m);
        double expected = Dense.dot(deviation, Dense.times(Dense.inverse(s), deviation));
        double[] white = covariance.whiten(deviation);
        assertClose(Dense.dot(white, white), expected, 1e-13);
        assertClose(covariance.mahalanobisSquared(v, m), expected, 1e-13);
        assertThat(covariance.mahalanobisSquared(m, m)).isZero();
        Covariance other = random(generator, d);
        double[][] ratio = Dense.times(Dense.inverse(s), rows(other));
        double trace = IntStream.range(0, d).mapToDouble(j -> ratio[j][j]).sum();
        assertClose(covariance.traceOfInverseTimes(other), trace, 1e-12);
        assertClose(covariance.traceOfInverseTimes(other.lowerTriangle()), trace, 1e-12);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tracesAreThoseOfTheMatrix(int d, int seed) {
        Generator generator = Generator.seeded(seed);
        Covariance covariance = random(generator, d);
        double[][] symmetric = Dense.minus(generator.positiveDefinite(d), generator.positiveDefinite(d));
        double[][] product = Dense.times(Dense.inverse(rows(covariance)), symmetric);
        double trace = IntStream.range(0, d).mapToDouble(j -> product[j][j]).sum();
        assertClose(covariance.traceOfInverseTimes(Packed.of(symmetric)), trace, 1e-13);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void marginalsArePartsInAnyOrder(int d, int seed) {
        Generator generator = Generator.seeded(seed);
        Covariance covariance = random(generator, d);
        int[] columns = IntStream.range(0, d)
                .boxed()
                .sorted(java.util.Comparator.comparing(j -> generator.random().nextDouble()))
                .mapToInt(j -> j)
                .toArray();
        for (int count = 1; count <= d; count++) {
            int[] some = Arrays.copyOf(columns, count);
            Covariance marginal = covariance.marginal(some);
            assertThat(rows(marginal)).isDeepEqualTo(Dense.part(rows(covariance), some, some));
            assertThat(marginal.structure()).isEqualTo(structure());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void imagesAndMultiplesAreThoseOfTheMatrix(int d, int seed) {
        Generator generator = Generator.seeded(seed);
        Covariance covariance = random(generator, d);
        double[][] s = rows(covariance);
        for (int m = 1; m <= d; m++) {
            double[][] b = generator.matrix(m, d);
            assertClose(
                    covariance.image(Matrix.of(b)).toMatrix(),
                    Dense.times(Dense.times(b, s), Dense.transpose(b)),
                    1e-13);
        }
        Covariance tripled = covariance.times(3);
        assertThat(rows(tripled)).isDeepEqualTo(Dense.times(3, s));
        assertThat(tripled.structure()).isEqualTo(structure());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void conditionsAreTheBlockFormula(int d, int seed) {
        Generator generator = Generator.seeded(seed);
        Covariance covariance = random(generator, d);
        double[][] s = rows(covariance);
        for (int count = 1; count < d; count++) {
            int[] known = IntStream.range(0, count).map(j -> d - 1 - j).toArray();
            int[] left = IntStream.range(0, d - count).toArray();
            double[][] gain = Dense.times(Dense.part(s, left, known), Dense.inverse(Dense.part(s, known, known)));
            double[] v = generator.vector(count);
            assertClose(covariance.regression(left, known, v), Dense.times(gain, v), 1e-13);
            assertClose(
                    covariance.conditional(left, known).toMatrix(),
                    Dense.minus(Dense.part(s, left, left), Dense.times(gain, Dense.part(s, known, left))),
                    1e-13);
            assertThat(covariance.conditional(left, known).structure()).isEqualTo(structure());
        }
    }

    /** The factor that the kernels use gives the same distances. */
    @ParameterizedTest
    @MethodSource("cases")
    void precisionFactorIsTheInverseOfTheFactor(int d, int seed) {
        Covariance covariance = random(Generator.seeded(seed), d);
        double[] a = covariance.precisionFactor();
        assertThat(a).hasSize(QuadraticForms.size(covariance.factor(), d));
        double[][] full = switch (covariance.factor()) {
            case TRIANGULAR -> lowerRows(a, d);
            case DIAGONAL -> {
                double[][] rows = Dense.identity(d);
                IntStream.range(0, d).forEach(j -> rows[j][j] = a[j]);
                yield rows;
            }
            case SCALAR -> Dense.times(a[0], Dense.identity(d));
        };
        assertClose(Dense.times(full, lowerRows(covariance.lowerFactor(), d)), Dense.identity(d), 1e-14);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void equalsByContent(int d, int seed) {
        Covariance covariance = random(Generator.seeded(seed), d);
        Covariance again = rebuilt(rows(covariance));
        assertThat(again).isEqualTo(covariance).hasSameHashCodeAs(covariance).hasToString(covariance.toString());
        assertThat(covariance)
                .isNotEqualTo(covariance.times(2))
                .isNotEqualTo(random(Generator.seeded(seed), d + 1))
                .isNotEqualTo("covariance");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void arraysThatItGivesAreCopies(int d, int seed) {
        Covariance covariance = random(Generator.seeded(seed), d);
        double[][] before = rows(covariance);
        double[] lower = covariance.lowerFactor();
        covariance.lowerTriangle()[0] = -7;
        covariance.lowerFactor()[0] = -7;
        assertThat(rows(covariance)).isDeepEqualTo(before);
        assertThat(covariance.lowerFactor()).containsExactly(lower);
        double[] v = new double[d];
        covariance.whiten(v)[0] = 7;
        covariance.unwhiten(v)[0] = 7;
        covariance.solve(v)[0] = 7;
        assertThat(v).containsOnly(0);
    }

    /** Powers of two, which change no digit. */
    @ParameterizedTest
    @MethodSource("cases")
    void worksAtAnyScale(int d, int seed) {
        Generator generator = Generator.seeded(seed);
        Covariance covariance = random(generator, d);
        double[] v = generator.vector(d);
        double[] zero = new double[d];
        for (int exponent : new int[] {-500, 500}) {
            double scale = Math.scalb(1.0, exponent);
            Covariance scaled = covariance.times(scale * scale);
            double[] w = Arrays.stream(v).map(x -> x * scale).toArray();
            assertClose(scaled.mahalanobisSquared(w, zero), covariance.mahalanobisSquared(v, zero), 1e-15);
            assertClose(scaled.logDeterminant(), covariance.logDeterminant() + 2 * d * exponent * Math.log(2), 1e-14);
            assertClose(scaled.whiten(w), covariance.whiten(v), 1e-15);
            double[] solved = Arrays.stream(scaled.solve(w)).map(y -> y * scale).toArray();
            assertClose(solved, covariance.solve(v), 1e-15);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void farPointsAreInfinitelyFarAndNeverNaN(int d, int seed) {
        Generator generator = Generator.seeded(seed);
        Covariance covariance = random(generator, d);
        double[] m = new double[d];
        for (double size : new double[] {1e200, 1e300, Double.MAX_VALUE}) {
            double[] x = new double[d];
            for (int j = 0; j < d; j++) {
                x[j] = generator.random().nextBoolean() ? size : -size;
                m[j] = -x[j];
            }
            assertThat(covariance.mahalanobisSquared(x, m)).isEqualTo(Double.POSITIVE_INFINITY);
            assertThat(covariance.mahalanobisSquared(x, new double[d])).isEqualTo(Double.POSITIVE_INFINITY);
        }
        m[d - 1] = Double.NaN;
        assertThat(covariance.mahalanobisSquared(new double[d], m)).isNaN();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void refusesColumnsThatItHasNot(int d, int seed) {
        Covariance covariance = random(Generator.seeded(seed), d);
        for (int wrong : new int[] {-1, d}) {
            assertThatThrownBy(() -> covariance.marginal(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("there is no column " + wrong + "; the columns are 0 to " + (d - 1));
        }
        assertThatThrownBy(() -> covariance.marginal(0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column 0 is named twice");
        assertThatThrownBy(covariance::marginal)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no column is named; at least one must be");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void refusesFactorsThatMakeNoCovariance(int d, int seed) {
        Covariance covariance = random(Generator.seeded(seed), d);
        for (double wrong : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> covariance.times(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "a covariance cannot be multiplied by " + wrong + "; the factor is positive and finite");
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void refusesMapsThatLoseRank(int d, int seed) {
        Generator generator = Generator.seeded(seed);
        Covariance covariance = random(generator, d);
        assertThatThrownBy(() -> covariance.image(Matrix.of(generator.matrix(1, d + 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a map of " + (d + 1) + " columns does not fit a covariance of dimension " + d);
        double[][] wide = generator.matrix(d + 1, d);
        assertThatThrownBy(() -> covariance.image(Matrix.of(wide)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a map of " + (d + 1) + " × " + d
                        + " is not of full row rank: there are more rows than columns");
        double[][] b = generator.matrix(d, d);
        b[d - 1] = new double[d];
        for (int i = 0; i < d - 1; i++) {
            b[d - 1] = Dense.plus(b[d - 1], Dense.times(generator.between(-2, 2), b[i]));
        }
        assertThatThrownBy(() -> covariance.image(Matrix.of(b)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a map of " + d + " × " + d + " is not of full row rank: row " + (d - 1));
    }
}
