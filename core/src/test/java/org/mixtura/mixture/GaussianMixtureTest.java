package org.mixtura.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Matrix;
import org.mixtura.testing.Dense;
import org.mixtura.testing.Generator;

/** Mixtures as values: what they are made of, their names, order and equality, and what is refused. */
class GaussianMixtureTest {
    private static Gaussian unit(double... mean) {
        return Gaussian.of(mean, Covariance.spherical(mean.length, 1));
    }

    private static GaussianMixture pair(double first, double second) {
        return GaussianMixture.of(new double[] {first, second}, List.of(unit(0), unit(1)));
    }

    @Test
    void showsWhatItIsMadeOf() {
        Gaussian zero = unit(0, 0);
        Gaussian one = unit(1, 1);
        double[] weights = {0.25, 0.75};
        GaussianMixture mixture = GaussianMixture.of(weights, List.of(zero, one));
        weights[0] = 9;
        mixture.weights()[0] = 9;
        assertThat(mixture.size()).isEqualTo(2);
        assertThat(mixture.dimension()).isEqualTo(2);
        assertThat(mixture.weights()).containsExactly(0.25, 0.75);
        assertThat(mixture.weight(1)).isEqualTo(0.75);
        assertThat(mixture.components()).containsExactly(zero, one);
        assertThat(mixture.component(1)).isSameAs(one);
        assertThat(mixture.columns()).containsExactly("x0", "x1");
        assertThat(mixture.named(List.of("a", "b")).columns()).containsExactly("a", "b");
        assertThat(mixture.toString().lines())
                .containsExactly(
                        "mixture of 2 spherical Gaussians in 2 columns",
                        "0.25 × N([0.0, 0.0], spherical 1.0 in 2 dimensions)",
                        "0.75 × N([1.0, 1.0], spherical 1.0 in 2 dimensions)");
    }

    @ParameterizedTest
    @EnumSource
    void knowsItsStructureAndFreeParameters(CovarianceStructure structure) {
        GaussianMixture mixture = Generator.seeded(1).mixture(structure, 3, 4);
        assertThat(mixture.structure()).isEqualTo(structure);
        assertThat(mixture.freeParameters()).isEqualTo(structure.parameters(3, 4));
        assertThat(mixture.named(List.of("a", "b", "c", "d")).structure()).isEqualTo(structure);
        assertThat(mixture.canonical().structure()).isEqualTo(structure);
        assertThat(mixture.translated(new double[4]).structure()).isEqualTo(structure);
        assertThat(mixture.marginal("x3", "x2", "x0", "x1").structure()).isEqualTo(structure);
        boolean parts = List.of("EVI", "EVE", "VVE", "EEV", "VEV", "EVV").contains(structure.identifier());
        CovarianceStructure ofPart = parts ? structure.unconstrained() : structure;
        assertThat(mixture.marginal("x2", "x0").structure()).isEqualTo(ofPart);
        assertThat(mixture.given("x1", 0.5).structure()).isEqualTo(ofPart);
    }

    /** Multiples of one covariance go to multiples by any linear map. */
    @Test
    void anImageKeepsWhatItCan() {
        Generator generator = Generator.seeded(2);
        Matrix map = Matrix.of(generator.map(3));
        for (String name : List.of("VEI", "VEE")) {
            GaussianMixture image =
                    generator.mixture(CovarianceStructure.of(name), 2, 3).image(map, new double[3]);
            assertThat(image.structure()).isEqualTo(CovarianceStructure.VEE);
            double ratio = image.component(1).covariance().get(0, 0)
                    / image.component(0).covariance().get(0, 0);
            assertClose(
                    Dense.times(
                            1 / ratio,
                            image.component(1).covariance().toMatrix().toRows()),
                    image.component(0).covariance().toMatrix().toRows(),
                    1e-12);
        }
        assertThat(generator
                        .mixture(CovarianceStructure.EVV, 2, 3)
                        .image(map, new double[3])
                        .structure())
                .isEqualTo(CovarianceStructure.FULL);
    }

    @Test
    void isSaidToHaveAStructureOfItsKindOnly() {
        GaussianMixture full = Generator.seeded(3).mixture(CovarianceStructure.FULL, 2, 2);
        assertThat(full.structured(CovarianceStructure.EVE).freeParameters())
                .isEqualTo(CovarianceStructure.EVE.parameters(2, 2));
        assertThat(full.structured(CovarianceStructure.EVE).structured(CovarianceStructure.FULL))
                .isEqualTo(full);
        assertThatThrownBy(() -> full.structured(CovarianceStructure.VEI))
                .hasMessage("a mixture of full covariances cannot be of structure VEI, which takes diag ones");
        assertThatThrownBy(() -> full.structured(CovarianceStructure.TIED))
                .hasMessage("a mixture of full covariances cannot be of structure tied, whose components share one; use"
                        + " GaussianMixture.tied");
        GaussianMixture one = Generator.seeded(3).mixture(CovarianceStructure.FULL, 1, 2);
        assertThat(one.structured(CovarianceStructure.VEE)).isSameAs(one);
        assertThat(one.structured(CovarianceStructure.TIED)).isSameAs(one);
    }

    @Test
    void onlySharedCovariancesAreTied() {
        Covariance shared = Covariance.full(new double[] {2});
        Covariance equal = Covariance.full(new double[] {2});
        double[] weights = {0.5, 0.5};
        assertThat(GaussianMixture.of(
                                weights,
                                List.of(Gaussian.of(new double[] {0}, shared), Gaussian.of(new double[] {1}, shared)))
                        .structure())
                .isEqualTo(CovarianceStructure.TIED);
        assertThat(GaussianMixture.of(
                                weights,
                                List.of(Gaussian.of(new double[] {0}, shared), Gaussian.of(new double[] {1}, equal)))
                        .structure())
                .isEqualTo(CovarianceStructure.FULL);
        assertThat(GaussianMixture.tied(new double[] {1}, List.of(new double[] {0}), shared)
                        .structure())
                .isEqualTo(CovarianceStructure.FULL);
    }

    /** Sums off by more than a few roundings are divided out, so that densities integrate to one. */
    @ParameterizedTest
    @CsvSource({"0.5, 0.5000000009", "0.5, 0.4999999991", "0.3, 0.7000000000001"})
    void weightsAreMadeToSumToOne(double first, double second) {
        double[] weights = pair(first, second).weights();
        assertClose(weights[0] + weights[1], 1, Math.ulp(1.0));
        assertClose(weights[0], first / (first + second), 1e-16);
    }

    /** Weights that were written to a file and read back keep their bits. */
    @Test
    void weightsOffByRoundingStay() {
        for (int seed = 0; seed < 200; seed++) {
            Generator generator = Generator.seeded(seed);
            int k = 1 + generator.random().nextInt(30);
            double[] weights = generator.weights(k);
            List<Gaussian> components =
                    IntStream.range(0, k).mapToObj(c -> unit(c)).toList();
            GaussianMixture mixture = GaussianMixture.of(weights, components);
            assertThat(mixture.weights()).containsExactly(weights);
            assertThat(GaussianMixture.of(mixture.weights(), components)).isEqualTo(mixture);
        }
    }

    @Test
    void refusesWeightsAgainstTheRules() {
        for (double wrong : new double[] {-1e-300, -1, 1.1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> pair(0.5, wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("weight of component 1 is " + wrong + "; a weight is between 0 and 1");
        }
        assertThatThrownBy(() -> pair(0.5, 0.25))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weights sum to 0.75; they must sum to 1 within 1.0E-9");
        assertThatThrownBy(() -> pair(0.5, 0.500000002)).hasMessageStartingWith("weights sum to 1.00000000");
        assertThatThrownBy(() -> pair(0, 0)).hasMessageStartingWith("weights sum to 0.0;");
    }

    @Test
    void refusesComponentsThatDoNotFit() {
        assertThatThrownBy(() -> GaussianMixture.of(new double[0], List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a mixture needs at least one component");
        assertThatThrownBy(() -> GaussianMixture.tied(new double[0], List.of(), Covariance.spherical(1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a mixture needs at least one component");
        assertThatThrownBy(() -> GaussianMixture.of(new double[3], List.of(unit(0), unit(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("3 weights for 2 components");
        assertThatThrownBy(() -> GaussianMixture.of(new double[] {0.5, 0.5}, List.of(unit(0), unit(1, 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("component 1 has 2 columns, component 0 has 1");
        Gaussian full = Gaussian.of(new double[1], Covariance.full(new double[] {1}));
        assertThatThrownBy(() -> GaussianMixture.of(new double[] {0.5, 0.5}, List.of(unit(0), full)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("component 1 has a full covariance, component 0 a spherical one; "
                        + "make all of them full, with Covariance.full(covariance.toMatrix())");
    }

    @Test
    void refusesNamesThatDoNotFit() {
        assertThatThrownBy(() -> pair(0.5, 0.5).named(List.of("a", "b")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 column names for 1 columns");
        GaussianMixture mixture = Generator.seeded(1).mixture(CovarianceStructure.FULL, 2, 3);
        assertThatThrownBy(() -> mixture.named(List.of("a", "b", "a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column name \"a\" is given twice");
    }

    @ParameterizedTest
    @EnumSource
    void equalsByContent(CovarianceStructure structure) {
        GaussianMixture mixture = Generator.seeded(3).mixture(structure, 3, 2);
        GaussianMixture again = Generator.seeded(3).mixture(structure, 3, 2);
        assertThat(again).isEqualTo(mixture).hasSameHashCodeAs(mixture).hasToString(mixture.toString());
        assertThat(mixture)
                .isNotEqualTo(mixture.named(List.of("a", "b")))
                .isNotEqualTo(mixture.permuted(List.of(2, 0, 1)))
                .isNotEqualTo(mixture.translated(new double[] {1, 0}))
                .isNotEqualTo(Generator.seeded(4).mixture(structure, 3, 2))
                .isNotEqualTo("mixture");
    }

    @ParameterizedTest
    @EnumSource
    void theCanonicalOrderIsTheSameFromAnyOrder(CovarianceStructure structure) {
        for (int seed = 0; seed < 20; seed++) {
            GaussianMixture mixture = Generator.seeded(seed).mixture(structure, 5, 3);
            List<Integer> order = IntStream.range(0, 5).boxed().collect(java.util.stream.Collectors.toList());
            Collections.shuffle(order, new java.util.Random(seed));
            GaussianMixture canonical = mixture.canonical();
            assertThat(mixture.permuted(order).canonical()).isEqualTo(canonical);
            for (int k = 1; k < 5; k++) {
                assertThat(canonical.weight(k)).isLessThanOrEqualTo(canonical.weight(k - 1));
            }
        }
    }

    /** Equal weights, then equal means in the first column, then equal means, decide by what comes next. */
    @Test
    void theCanonicalOrderBreaksTies() {
        Covariance narrow = Covariance.spherical(2, 1);
        Covariance wide = Covariance.spherical(2, 4);
        Gaussian a = Gaussian.of(new double[] {-1, 5}, narrow);
        Gaussian b = Gaussian.of(new double[] {0, -3}, wide);
        Gaussian c = Gaussian.of(new double[] {0, 2}, narrow);
        Gaussian e = Gaussian.of(new double[] {0, 2}, wide);
        double[] quarter = {0.25, 0.25, 0.25, 0.25};
        for (List<Gaussian> order :
                List.of(List.of(a, b, c, e), List.of(e, c, b, a), List.of(c, e, a, b), List.of(e, c, a, b))) {
            assertThat(GaussianMixture.of(quarter, order).canonical().components())
                    .containsExactly(a, b, c, e);
        }
    }

    @Test
    void permutes() {
        GaussianMixture mixture = Generator.seeded(6).mixture(CovarianceStructure.FULL, 3, 2);
        GaussianMixture permuted = mixture.named(List.of("a", "b")).permuted(List.of(2, 0, 1));
        assertThat(permuted.components())
                .containsExactly(mixture.component(2), mixture.component(0), mixture.component(1));
        assertThat(permuted.weights()).containsExactly(mixture.weight(2), mixture.weight(0), mixture.weight(1));
        assertThat(permuted.columns()).containsExactly("a", "b");
        for (List<Integer> wrong : List.of(List.of(0, 1), List.of(0, 1, 1), List.of(0, 1, 3), List.of(0, 1, 2, 2))) {
            assertThatThrownBy(() -> mixture.permuted(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(wrong + " is not an order of 3 components");
        }
    }

    @Test
    void drawsDependOnTheSourceAlone() {
        GaussianMixture mixture = Generator.seeded(7).mixture(CovarianceStructure.FULL, 3, 2);
        assertThat(mixture.sample(50, new SplittableRandom(1))).isEqualTo(mixture.sample(50, new SplittableRandom(1)));
        assertThat(mixture.sample(50, new SplittableRandom(1)))
                .isNotEqualTo(mixture.sample(50, new SplittableRandom(2)));
        assertThat(mixture.sample(0, new SplittableRandom(1)).rows()).isZero();
        assertThatThrownBy(() -> mixture.sample(-1, new SplittableRandom(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot draw -1 rows; the number must not be negative");
    }

    /** Components so far apart that each draw shows where it came from. */
    @Test
    void drawsComponentsByWeight() {
        double[] weights = {0, 0.1, 0.6, 0, 0.3, 0};
        List<Gaussian> components =
                IntStream.range(0, 6).mapToObj(k -> unit(1000 * k)).toList();
        int n = 100_000;
        double[] counts = new double[6];
        for (double x : GaussianMixture.of(weights, components)
                .sample(n, new SplittableRandom(11))
                .column(0)) {
            counts[(int) Math.rint(x / 1000)]++;
        }
        for (int k = 0; k < 6; k++) {
            double error = Math.sqrt(weights[k] * (1 - weights[k]) / n);
            assertThat(Math.abs(counts[k] / n - weights[k])).isLessThanOrEqualTo(5 * error);
        }
    }

    @Test
    void findsTheFirstLargest() {
        double[] r = {9, 0.2, 0.4, 0.4, 0, 9};
        assertThat(GaussianMixture.largest(r, 1, 4)).isEqualTo(1);
        assertThat(GaussianMixture.largest(r, 1, 1)).isZero();
    }

    /** Mean and covariance against those of draws, within five standard errors. */
    @ParameterizedTest
    @ValueSource(strings = {"full", "tied", "diag", "spherical"})
    void meanAndCovarianceAreThoseOfDraws(String structure) {
        int n = 100_000;
        GaussianMixture mixture = Generator.seeded(13).mixture(CovarianceStructure.of(structure), 3, 2);
        double[] mean = mixture.mean();
        double[][] rows = mixture.sample(n, new SplittableRandom(17)).toRows();
        for (int a = 0; a < 2; a++) {
            int column = a;
            double sum = Arrays.stream(rows).mapToDouble(x -> x[column]).sum();
            double variance = mixture.covariance().get(a, a);
            assertThat(Math.abs(sum / n - mean[a])).isLessThan(5 * Math.sqrt(variance / n));
            for (int b = 0; b < 2; b++) {
                int other = b;
                double[] products = Arrays.stream(rows)
                        .mapToDouble(x -> (x[column] - mean[column]) * (x[other] - mean[other]))
                        .toArray();
                double average = Arrays.stream(products).average().orElseThrow();
                double spread = Arrays.stream(products)
                        .map(p -> (p - average) * (p - average))
                        .average()
                        .orElseThrow();
                assertThat(Math.abs(average - mixture.covariance().get(a, b))).isLessThan(5 * Math.sqrt(spread / n));
            }
        }
    }
}
