package org.mixtura.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mixtura.data.Matrix;
import org.mixtura.testing.Dense;
import org.mixtura.testing.Generator;
import org.mixtura.testing.TextbookMixture;

class GaussianTest {
    private static Gaussian random(Generator generator, CovarianceStructure structure, int d) {
        return Gaussian.of(generator.vector(d), generator.covariance(structure, d));
    }

    static Stream<Arguments> cases() {
        return Stream.of(CovarianceStructure.FULL, CovarianceStructure.DIAGONAL, CovarianceStructure.SPHERICAL)
                .flatMap(structure -> IntStream.of(2, 3, 5, 9)
                        .boxed()
                        .flatMap(d -> IntStream.range(0, 5).mapToObj(seed -> Arguments.of(structure, d, seed))));
    }

    /** Some of the columns, at least one and not all, in any order. */
    private static int[] someColumns(Generator generator, int d) {
        int[] columns = IntStream.range(0, d).toArray();
        for (int j = 0; j < d; j++) {
            int other = generator.random().nextInt(d);
            int column = columns[j];
            columns[j] = columns[other];
            columns[other] = column;
        }
        return Arrays.copyOf(columns, 1 + generator.random().nextInt(d - 1));
    }

    private static double[][] rows(Gaussian gaussian) {
        return gaussian.covariance().toMatrix().toRows();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void densityIsTheTextbooks(CovarianceStructure structure, int d, int seed) {
        Generator generator = Generator.seeded(seed);
        Gaussian gaussian = random(generator, structure, d);
        TextbookMixture textbook = new TextbookMixture(
                new double[] {1}, new double[][] {gaussian.mean()}, new double[][][] {rows(gaussian)});
        for (int i = 0; i < 20; i++) {
            double[] x = generator.vector(d);
            assertClose(gaussian.logDensity(x), textbook.logDensity(x), 1e-13);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void conditionalIsTheBlockFormula(CovarianceStructure structure, int d, int seed) {
        Generator generator = Generator.seeded(seed);
        Gaussian gaussian = random(generator, structure, d);
        int[] known = someColumns(generator, d);
        int[] left = Gaussian.others(known, d);
        double[] values = generator.vector(known.length);
        double[][] s = rows(gaussian);
        double[][] gain = Dense.times(Dense.part(s, left, known), Dense.inverse(Dense.part(s, known, known)));
        double[] deviation = Dense.minus(values, Dense.part(gaussian.mean(), known));
        Gaussian conditional = gaussian.given(known, values);
        assertClose(
                conditional.mean(), Dense.plus(Dense.part(gaussian.mean(), left), Dense.times(gain, deviation)), 1e-13);
        assertClose(
                rows(conditional),
                Dense.minus(Dense.part(s, left, left), Dense.times(gain, Dense.part(s, known, left))),
                1e-13);
        assertThat(conditional.covariance().structure()).isEqualTo(structure);
    }

    /** p(x) = p(x_B) p(x_A | x_B). */
    @ParameterizedTest
    @MethodSource("cases")
    void densityIsMarginalTimesConditional(CovarianceStructure structure, int d, int seed) {
        Generator generator = Generator.seeded(100 + seed);
        Gaussian gaussian = random(generator, structure, d);
        int[] known = someColumns(generator, d);
        double[] x = generator.vector(d);
        double[] values = Dense.part(x, known);
        double[] rest = Dense.part(x, Gaussian.others(known, d));
        double product = gaussian.marginal(known).logDensity(values)
                + gaussian.given(known, values).logDensity(rest);
        assertClose(product, gaussian.logDensity(x), 1e-13);
    }

    /** A column that is nearly a copy of another leaves a small but positive variance. */
    @Test
    void conditionalsOfNearlyDependentColumnsStayPositive() {
        for (double noise = 1; noise > 1e-15; noise /= 10) {
            Gaussian gaussian =
                    Gaussian.of(new double[2], Covariance.full(new double[] {1, 1}, new double[] {1, 1 + noise}));
            double left =
                    gaussian.given(new int[] {0}, new double[] {3}).covariance().get(0, 0);
            assertThat(left).isCloseTo(noise, within(4e-16));
        }
    }

    /** ln p(B x + c) of the image is ln p(x) − ln |det B|. */
    @ParameterizedTest
    @MethodSource("cases")
    void densityOfAnImageIsDividedByTheDeterminant(CovarianceStructure structure, int d, int seed) {
        Generator generator = Generator.seeded(200 + seed);
        Gaussian gaussian = random(generator, structure, d);
        double[][] b = generator.map(d);
        double[] c = generator.vector(d);
        double[] x = generator.vector(d);
        double[] y = Dense.plus(Dense.times(b, x), c);
        double expected = gaussian.logDensity(x) - Dense.logAbsDeterminant(b);
        assertClose(gaussian.image(Matrix.of(b), c).logDensity(y), expected, 1e-12);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aTranslationMovesTheMean(CovarianceStructure structure, int d, int seed) {
        Generator generator = Generator.seeded(seed);
        Gaussian gaussian = random(generator, structure, d);
        double[] shift = generator.vector(d);
        Gaussian moved = gaussian.translated(shift);
        assertThat(moved.mean()).containsExactly(Dense.plus(gaussian.mean(), shift));
        assertThat(moved.covariance()).isSameAs(gaussian.covariance());
    }

    /** Means of n draws within five standard errors; covariances too, with Var(z_i z_j) = Σ_ii Σ_jj + Σ_ij². */
    @ParameterizedTest
    @EnumSource(names = {"FULL", "DIAGONAL", "SPHERICAL"})
    void drawsHaveItsMoments(CovarianceStructure structure) {
        int d = 3;
        int n = 100_000;
        Gaussian gaussian = random(Generator.seeded(5), structure, d);
        SplittableRandom random = new SplittableRandom(7);
        double[] sum = new double[d];
        double[][] products = new double[d][d];
        for (int i = 0; i < n; i++) {
            double[] deviation = Dense.minus(gaussian.sample(random), gaussian.mean());
            for (int a = 0; a < d; a++) {
                sum[a] += deviation[a];
                for (int b = 0; b < d; b++) {
                    products[a][b] += deviation[a] * deviation[b];
                }
            }
        }
        double[][] s = rows(gaussian);
        for (int a = 0; a < d; a++) {
            assertThat(Math.abs(sum[a] / n)).isLessThan(5 * Math.sqrt(s[a][a] / n));
            for (int b = 0; b < d; b++) {
                double error = Math.sqrt((s[a][a] * s[b][b] + s[a][b] * s[a][b]) / n);
                assertThat(Math.abs(products[a][b] / n - s[a][b])).isLessThan(5 * error);
            }
        }
    }

    @Test
    void theSameSourceGivesTheSameDraw() {
        Gaussian gaussian = random(Generator.seeded(1), CovarianceStructure.FULL, 4);
        assertThat(gaussian.sample(new SplittableRandom(3))).containsExactly(gaussian.sample(new SplittableRandom(3)));
    }

    @Test
    void equalsByContentAndIsApartFromItsArrays() {
        double[] mean = {1, 2};
        Gaussian gaussian = Gaussian.of(mean, Covariance.spherical(2, 3));
        mean[0] = 9;
        gaussian.mean()[0] = 9;
        assertThat(gaussian.mean()).containsExactly(1, 2);
        assertThat(gaussian.mean(1)).isEqualTo(2);
        assertThat(gaussian.dimension()).isEqualTo(2);
        Gaussian again = Gaussian.of(new double[] {1, 2}, Covariance.spherical(2, 3));
        assertThat(again).isEqualTo(gaussian).hasSameHashCodeAs(gaussian);
        assertThat(gaussian)
                .hasToString("N([1.0, 2.0], spherical 3.0 in 2 dimensions)")
                .isNotEqualTo(Gaussian.of(new double[] {1, 3}, Covariance.spherical(2, 3)))
                .isNotEqualTo(Gaussian.of(new double[] {1, 2}, Covariance.spherical(2, 4)))
                .isNotEqualTo(Gaussian.of(new double[] {1, 2}, Covariance.diagonal(3, 3)));
    }

    @Test
    void refusesWhatDoesNotFit() {
        Gaussian gaussian = Gaussian.of(new double[] {1, 2, 3}, Covariance.diagonal(1, 2, 3));
        assertThatThrownBy(() -> Gaussian.of(new double[2], Covariance.spherical(3, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a mean of 2 values does not fit a covariance of dimension 3");
        assertThatThrownBy(() -> Gaussian.of(new double[] {0, Double.NaN}, Covariance.spherical(2, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mean of column 1 is NaN; a mean is finite");
        assertThatThrownBy(() -> gaussian.marginal(3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no column 3; the columns are 0 to 2");
        assertThatThrownBy(() -> gaussian.given(new int[] {0, 0}, new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column 0 is named twice");
        assertThatThrownBy(() -> gaussian.given(new int[] {2, 0, 1}, new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("all 3 columns are named; none is left to describe");
        assertThatThrownBy(() -> gaussian.given(new int[] {2, 0}, new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("3 values for 2 known columns");
        assertThatThrownBy(() -> gaussian.given(new int[] {2}, new double[] {Double.NaN}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column 2 is NaN; a known value must be a finite number");
        assertThatThrownBy(() -> gaussian.translated(new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a shift of 2 values for 3 columns");
        assertThatThrownBy(() -> gaussian.image(Matrix.identity(3), new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a shift of 2 values after a map to 3");
        assertThatThrownBy(() -> gaussian.image(Matrix.identity(2), new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a map of 2 columns does not fit a Gaussian of 3 columns");
        assertThatThrownBy(() -> gaussian.logDensity(new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a point of 2 values for a Gaussian of 3 columns");
    }

    /** A known value so far away that what follows from it has no number is an error, not an infinite mean. */
    @Test
    void refusesConditionalMeansThatOverflow() {
        Gaussian gaussian = Gaussian.of(new double[2], Covariance.full(new double[] {1, 10, 200}, 2));
        assertThatThrownBy(() -> gaussian.given(new int[] {0}, new double[] {Double.MAX_VALUE}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mean of column 0 is Infinity; a mean is finite");
    }
}
