package org.mixtura.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mixtura.testing.Generator;

/** One row at a time against the plain kernels, which take tiles: near and far, crowded and apart. */
class PointFormsTest {
    private static final int POINTS = 40;

    static Stream<Arguments> shapes() {
        return Arrays.stream(QuadraticForms.Factor.values())
                .flatMap(factor -> IntStream.of(1, 2, 3, 4, 7, 8, 9, 16, 33, 64)
                        .boxed()
                        .flatMap(d -> IntStream.of(1, 2, 7, 32).mapToObj(k -> Arguments.of(factor, d, k))));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void agreesWithTheKernelsOfManyRows(QuadraticForms.Factor factor, int d, int k) {
        for (double offset : new double[] {1, 1e8}) {
            for (double spread : new double[] {1, 12}) {
                Generator generator = Generator.seeded(41L * d + k);
                double[] origin = generator.vector(d);
                for (int j = 0; j < d; j++) {
                    origin[j] = Math.rint(origin[j] * offset);
                }
                QuadraticForms forms = FormsFixture.random(generator, factor, k, origin);
                double[][] points = generator.points(POINTS, d, spread);
                for (double[] point : points) {
                    for (int j = 0; j < d; j++) {
                        point[j] += origin[j];
                    }
                }
                assertAgrees(forms, points, 1e-13 * Math.max(1, spread * spread * d / 100));
            }
        }
    }

    private static void assertAgrees(QuadraticForms forms, double[][] points, double tolerance) {
        int k = forms.components();
        double[] logDensity = new double[points.length];
        double[] responsibilities = new double[points.length * k];
        new PlainKernels()
                .worker(forms)
                .score(FormsFixture.block(points, points.length, new double[0]), logDensity, responsibilities);
        PointForms point = new PointForms(forms);
        double[] scores = new double[k];
        for (int i = 0; i < points.length; i++) {
            double actual = point.logDensity(points[i]);
            assertThat(Math.abs(actual - logDensity[i]) <= tolerance * Math.max(1, Math.abs(logDensity[i])))
                    .as("log-density of point %s is %s, should be %s", i, actual, logDensity[i])
                    .isTrue();
            point.score(points[i], scores);
            for (int c = 0; c < k; c++) {
                double share = Math.exp(scores[c] - actual);
                assertThat(Math.abs(share - responsibilities[i * k + c])
                                <= 2 * tolerance * Math.max(1, Math.abs(logDensity[i])))
                        .as("share %s of point %s is %s, should be %s", c, i, share, responsibilities[i * k + c])
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(QuadraticForms.Factor.class)
    void isMinusInfinityWhereFormsOverflow(QuadraticForms.Factor factor) {
        int d = 5;
        int k = 6;
        Generator generator = Generator.seeded(3);
        QuadraticForms forms = FormsFixture.random(generator, factor, k, new double[d]);
        double[] x = {1e300, -1e300, Double.MAX_VALUE, -Double.MAX_VALUE, 1e200};
        double[] scores = new double[k];
        PointForms point = new PointForms(forms);
        point.score(x, scores);
        assertThat(scores).containsOnly(Double.NEGATIVE_INFINITY);
        assertThat(point.logDensity(x)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @ParameterizedTest
    @EnumSource(QuadraticForms.Factor.class)
    void leavesOutAComponentThatIsSwitchedOff(QuadraticForms.Factor factor) {
        Generator generator = Generator.seeded(5);
        QuadraticForms all = FormsFixture.random(generator, factor, 3, new double[4]);
        double[] constants = all.constants().clone();
        constants[1] = Double.NEGATIVE_INFINITY;
        QuadraticForms two = all.withConstants(constants);
        double[] x = generator.vector(4);
        double[] scores = new double[3];
        PointForms point = new PointForms(two);
        point.score(x, scores);
        assertThat(scores[1]).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(point.logDensity(x)).isLessThan(new PointForms(all).logDensity(x));
        assertAgrees(two, new double[][] {x}, 1e-13);
    }

    /** Terms that are too small to matter alone do where there are many of them. */
    @ParameterizedTest
    @EnumSource(QuadraticForms.Factor.class)
    void missesNoneOfManySmallTerms(QuadraticForms.Factor factor) {
        int k = 20_001;
        double[] constants = new double[k];
        Arrays.fill(constants, 0, k - 1, -38.5);
        double[][] factors = new double[k][QuadraticForms.size(factor, 1)];
        QuadraticForms forms = QuadraticForms.of(factor, new double[1], new double[k], constants, factors);
        double expected = Math.log1p((k - 1) * Math.exp(-38.5));
        assertThat(Math.abs(new PointForms(forms).logDensity(new double[1]) - expected))
                .isLessThan(3e-16);
    }
}
