package org.mixtura.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

/** Moments, marginals, conditionals and images of mixtures, against the definitions and their laws. */
class MixtureAlgebraTest {
    private static final int D = 4;

    static Stream<Arguments> cases() {
        return Arrays.stream(CovarianceStructure.values())
                .flatMap(structure -> IntStream.range(0, 8).mapToObj(seed -> Arguments.of(structure, seed)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void momentsAreTheDefinition(CovarianceStructure structure, int seed) {
        GaussianMixture mixture = Generator.seeded(seed).mixture(structure, 3, D);
        double[] mean = new double[D];
        for (int k = 0; k < 3; k++) {
            mean = Dense.plus(
                    mean, Dense.times(mixture.weight(k), mixture.component(k).mean()));
        }
        double[][] covariance = new double[D][D];
        for (int k = 0; k < 3; k++) {
            double[] away = Dense.minus(mixture.component(k).mean(), mean);
            for (int i = 0; i < D; i++) {
                for (int j = 0; j < D; j++) {
                    covariance[i][j] += mixture.weight(k)
                            * (mixture.component(k).covariance().get(i, j) + away[i] * away[j]);
                }
            }
        }
        assertClose(mixture.mean(), mean, 1e-14);
        assertClose(mixture.covariance().toMatrix(), covariance, 1e-13);
    }

    /** Offsets far beyond the spread, and means on a grid so that the offset itself is exact. */
    @Test
    void momentsKeepTheirDigitsFarFromZero() {
        double[][] means = {{0, 1}, {0.5, -2}, {-3, 4}};
        double[] weights = {0.3, 0.3, 0.4};
        GaussianMixture near = GaussianMixture.tied(weights, List.of(means), Covariance.spherical(2, 0.01));
        for (double offset : new double[] {1e8, 1e12, 1e15}) {
            GaussianMixture far = near.translated(new double[] {offset, -offset});
            assertThat(far.covariance()).isEqualTo(near.covariance());
            assertThat(far.mean()[0]).isEqualTo(offset + near.mean()[0]);
            assertThat(far.mean()[1]).isEqualTo(-offset + near.mean()[1]);
        }
    }

    /** A mean that no component of weight is near to may not cost the digits of the mean. */
    @Test
    void momentsDoNotSeeComponentsOfWeightZero() {
        GaussianMixture mixture = GaussianMixture.tied(
                new double[] {0, 0.5, 0.5},
                List.of(new double[] {1e300}, new double[] {0.1}, new double[] {0.3}),
                Covariance.spherical(1, 1));
        assertClose(mixture.mean(), new double[] {0.2}, 1e-16);
        assertClose(mixture.covariance().get(0, 0), 1.01, 1e-15);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void marginalsAreThoseOfTheComponents(CovarianceStructure structure, int seed) {
        GaussianMixture mixture =
                Generator.seeded(seed).mixture(structure, 3, D).named(List.of("a", "b", "c", "d"));
        GaussianMixture marginal = mixture.marginal("d", "b");
        assertThat(marginal.columns()).containsExactly("d", "b");
        assertThat(marginal.weights()).containsExactly(mixture.weights());
        for (int k = 0; k < 3; k++) {
            assertThat(marginal.component(k)).isEqualTo(mixture.component(k).marginal(3, 1));
        }
        assertThat(mixture.marginal("a", "b", "c", "d")).isEqualTo(mixture);
    }

    /** p(x) = p(x_B) p(x_A | x_B), for every set B of columns. */
    @ParameterizedTest
    @MethodSource("cases")
    void densityIsMarginalTimesConditional(CovarianceStructure structure, int seed) {
        Generator generator = Generator.seeded(seed);
        GaussianMixture mixture = generator.mixture(structure, 3, D);
        double[] x = generator.vector(D);
        for (int set = 1; set < (1 << D) - 1; set++) {
            int chosen = set;
            int[] known =
                    IntStream.range(0, D).filter(j -> (chosen >> j & 1) == 1).toArray();
            int[] left =
                    IntStream.range(0, D).filter(j -> (chosen >> j & 1) == 0).toArray();
            Map<String, Double> values = new HashMap<>();
            for (int j : known) {
                values.put("x" + j, x[j]);
            }
            String[] names = Arrays.stream(known).mapToObj(j -> "x" + j).toArray(String[]::new);
            GaussianMixture conditional = mixture.given(values);
            assertThat(conditional.columns())
                    .containsExactly(Arrays.stream(left).mapToObj(j -> "x" + j).toArray(String[]::new));
            double product = mixture.marginal(names).logDensity(Dense.part(x, known))
                    + conditional.logDensity(Dense.part(x, left));
            assertClose(product, mixture.logDensity(x), 1e-12);
        }
    }

    /** The law of total expectation, by quadrature over the known column. */
    @Test
    void conditionalMeansAverageToTheMean() {
        GaussianMixture mixture = Generator.seeded(5).mixture(CovarianceStructure.FULL, 3, 2);
        GaussianMixture known = mixture.marginal("x0");
        double sum = 0;
        double step = 0.05;
        for (double x = -20; x < 20; x += step) {
            sum += step
                    * known.density(new double[] {x})
                    * mixture.given("x0", x).mean()[0];
        }
        assertClose(sum, mixture.mean()[1], 1e-10);
    }

    @Test
    void whatIsKnownOneByOneIsKnownTogether() {
        GaussianMixture mixture = Generator.seeded(6).mixture(CovarianceStructure.FULL, 3, D);
        GaussianMixture together = mixture.given(Map.of("x0", 0.5, "x2", -1.0));
        GaussianMixture oneByOne = mixture.given("x2", -1).given("x0", 0.5);
        assertThat(together.columns()).isEqualTo(oneByOne.columns());
        assertClose(together.weights(), oneByOne.weights(), 1e-13);
        assertClose(together.mean(), oneByOne.mean(), 1e-13);
        assertClose(together.covariance().lowerTriangle(), oneByOne.covariance().lowerTriangle(), 1e-13);
        assertThat(mixture.given(Map.of())).isEqualTo(mixture);
    }

    /** A known value far away chooses one component and leaves numbers. */
    @Test
    void aDistantKnownValueChoosesOneComponent() {
        GaussianMixture mixture = Generator.seeded(7).mixture(CovarianceStructure.FULL, 3, 2);
        double[] weights = mixture.given("x0", 1e200).weights();
        assertThat(Arrays.stream(weights).sorted().toArray()).containsExactly(0, 0, 1);
    }

    /** p_image(B x + c) = p(x) / |det B|, and moments map as B m + c and B S Bᵀ. */
    @ParameterizedTest
    @MethodSource("cases")
    void imagesObeyTheirLaws(CovarianceStructure structure, int seed) {
        Generator generator = Generator.seeded(seed);
        GaussianMixture mixture = generator.mixture(structure, 3, D);
        double[][] b = generator.map(D);
        double[] c = generator.vector(D);
        GaussianMixture image = mixture.image(Matrix.of(b), c);
        double[] x = generator.vector(D);
        assertClose(
                image.logDensity(Dense.plus(Dense.times(b, x), c)),
                mixture.logDensity(x) - Dense.logAbsDeterminant(b),
                1e-11);
        assertClose(image.mean(), Dense.plus(Dense.times(b, mixture.mean()), c), 1e-13);
        double[][] s = mixture.covariance().toMatrix().toRows();
        assertClose(image.covariance().toMatrix(), Dense.times(Dense.times(b, s), Dense.transpose(b)), 1e-12);
        boolean multiples = structure == CovarianceStructure.VEI || structure == CovarianceStructure.VEE;
        CovarianceStructure apart = multiples ? CovarianceStructure.VEE : CovarianceStructure.FULL;
        assertThat(image.structure()).isEqualTo(structure.tied() ? CovarianceStructure.TIED : apart);
        assertThat(image.columns()).isEqualTo(mixture.columns());
        // A selection of columns is the marginal.
        GaussianMixture two = mixture.image(Matrix.of(2, D, new double[] {0, 0, 1, 0, 1, 0, 0, 0}), new double[2]);
        GaussianMixture marginal = mixture.marginal("x2", "x0");
        assertThat(two.columns()).containsExactly("x0", "x1");
        assertClose(two.logDensity(new double[] {x[2], x[0]}), marginal.logDensity(new double[] {x[2], x[0]}), 1e-13);
    }

    @ParameterizedTest
    @EnumSource
    void aTranslationMovesTheDensity(CovarianceStructure structure) {
        Generator generator = Generator.seeded(8);
        GaussianMixture mixture = generator.mixture(structure, 3, D).named(List.of("a", "b", "c", "d"));
        double[] shift = generator.vector(D);
        double[] x = generator.vector(D);
        GaussianMixture moved = mixture.translated(shift);
        assertClose(moved.logDensity(Dense.plus(x, shift)), mixture.logDensity(x), 1e-13);
        assertThat(moved.columns()).isEqualTo(mixture.columns());
        assertThat(moved.structure()).isEqualTo(structure);
    }

    @Test
    void refusesColumnsThatItHasNot() {
        GaussianMixture mixture =
                Generator.seeded(9).mixture(CovarianceStructure.FULL, 2, 2).named(List.of("fare", "tip"));
        String unknown = "no column \"tax\"; the columns are [fare, tip]";
        assertThatThrownBy(() -> mixture.marginal("fare", "tax"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(unknown);
        assertThatThrownBy(() -> mixture.given("tax", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(unknown);
        assertThatThrownBy(() -> mixture.marginal("fare", "fare"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a marginal needs different columns, got [fare, fare]");
        assertThatThrownBy(mixture::marginal)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a marginal needs different columns, got []");
        assertThatThrownBy(() -> mixture.given(Map.of("fare", 1.0, "tip", 2.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("all 2 columns are named; none is left to describe");
        assertThatThrownBy(() -> mixture.given("tip", Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column \"tip\" is NaN; every value must be a finite number");
        Map<String, Double> none = new HashMap<>();
        none.put("tip", null);
        assertThatThrownBy(() -> mixture.given(none))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column \"tip\" has no value");
        assertThatThrownBy(() -> mixture.image(Matrix.identity(3), new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a map of 3 columns does not fit a Gaussian of 2 columns");
        assertThatThrownBy(() -> mixture.translated(new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a shift of 3 values for 2 columns");
    }
}
