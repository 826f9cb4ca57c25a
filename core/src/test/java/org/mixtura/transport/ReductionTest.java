package org.mixtura.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

class ReductionTest {
    @ParameterizedTest
    @CsvSource({"2, 1, 1", "6, 1, 3", "8, 2, 3", "12, 3, 5", "10, 6, 1"})
    void keepsMeanAndCovariance(int from, int d, int to) {
        RandomGenerator random = RandomMixtures.random(10L * from + d);
        for (int i = 0; i < 10; i++) {
            GaussianMixture mixture = RandomMixtures.mixture(from, d, random);
            GaussianMixture reduced = Reduction.of(mixture, to).mixture();

            assertThat(reduced.size()).isEqualTo(to);
            assertThat(reduced.mean()).containsExactly(mixture.mean(), within(1e-13));
            assertThat(reduced.covariance().lowerTriangle())
                    .containsExactly(mixture.covariance().lowerTriangle(), within(1e-12));
        }
    }

    /** The share of a group whose members have the moments of the whole. */
    private static GaussianMixture group(GaussianMixture mixture, int[] members) {
        double total = Arrays.stream(members).mapToDouble(mixture::weight).sum();
        return GaussianMixture.of(
                Arrays.stream(members)
                        .mapToDouble(k -> mixture.weight(k) / total)
                        .toArray(),
                Arrays.stream(members).mapToObj(mixture::component).toList());
    }

    @Test
    void givesEachGroupItsMoments() {
        RandomGenerator random = RandomMixtures.random(1);
        for (int i = 0; i < 10; i++) {
            GaussianMixture mixture = RandomMixtures.mixture(9, 2, random);
            Reduction reduction = Reduction.of(mixture, 4);
            double bound = 0;
            for (int g = 0; g < 4; g++) {
                int number = g;
                int[] members = IntStream.range(0, 9)
                        .filter(k -> reduction.groups()[k] == number)
                        .toArray();
                GaussianMixture part = group(mixture, members);
                Gaussian merged = reduction.mixture().component(g);
                double weight =
                        Arrays.stream(members).mapToDouble(mixture::weight).sum();

                assertThat(reduction.mixture().weight(g)).isCloseTo(weight, within(1e-15));
                assertThat(merged.mean()).containsExactly(part.mean(), within(1e-13));
                assertThat(merged.covariance().lowerTriangle())
                        .containsExactly(part.covariance().lowerTriangle(), within(1e-12));
                bound += 0.5 * weight * merged.covariance().logDeterminant();
                for (int k : members) {
                    bound -= 0.5
                            * mixture.weight(k)
                            * mixture.component(k).covariance().logDeterminant();
                }
            }
            // the costs of the merges add up to Σ w KL(component ‖ its group)
            assertThat(reduction.bound()).isCloseTo(bound, within(1e-13));
        }
    }

    /** KL(mixture ‖ reduced) on a line by the trapezoid rule, which converges fast for densities that vanish at the ends. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void boundsTheDivergence(int to) {
        RandomGenerator random = RandomMixtures.random(2);
        for (int i = 0; i < 20; i++) {
            GaussianMixture mixture = RandomMixtures.mixture(6, 1, random);
            Reduction reduction = Reduction.of(mixture, to);
            double divergence = 0;
            double step = 0.01;
            for (double x = -40; x < 40; x += step) {
                double[] point = {x};
                double log = mixture.logDensity(point);
                divergence += step * Math.exp(log) * (log - reduction.mixture().logDensity(point));
            }
            assertThat(divergence).isBetween(-1e-9, reduction.bound() + 1e-9);
        }
    }

    /** Each merge written out: all pairs tried, the best taken. */
    @Test
    void isGreedy() {
        RandomGenerator random = RandomMixtures.random(3);
        for (int i = 0; i < 10; i++) {
            GaussianMixture mixture = RandomMixtures.mixture(7, 2, random);
            GaussianMixture expected = mixture;
            while (expected.size() > 3) {
                expected = bestMerge(expected);
            }
            GaussianMixture reduced = Reduction.of(mixture, 3).mixture();
            for (int k = 0; k < 3; k++) {
                assertThat(reduced.weight(k)).isCloseTo(expected.weight(k), within(1e-14));
                assertThat(reduced.component(k).mean())
                        .containsExactly(expected.component(k).mean(), within(1e-12));
            }
        }
    }

    private static GaussianMixture bestMerge(GaussianMixture mixture) {
        double least = Double.POSITIVE_INFINITY;
        GaussianMixture best = mixture;
        for (int i = 0; i < mixture.size(); i++) {
            for (int j = i + 1; j < mixture.size(); j++) {
                GaussianMixture pair = group(mixture, new int[] {i, j});
                double w = mixture.weight(i) + mixture.weight(j);
                double cost = w * pair.covariance().logDeterminant()
                        - mixture.weight(i) * mixture.component(i).covariance().logDeterminant()
                        - mixture.weight(j) * mixture.component(j).covariance().logDeterminant();
                if (cost < least) {
                    least = cost;
                    List<Gaussian> components = new ArrayList<>(mixture.components());
                    components.set(i, Gaussian.of(pair.mean(), pair.covariance()));
                    components.remove(j);
                    double[] weights = mixture.weights();
                    weights[i] = w;
                    System.arraycopy(weights, j + 1, weights, j, weights.length - j - 1);
                    best = GaussianMixture.of(Arrays.copyOf(weights, weights.length - 1), components);
                }
            }
        }
        return best;
    }

    @Test
    void mergesRepeatedComponentsForNothing() {
        GaussianMixture mixture = RandomMixtures.mixture(3, 2, RandomMixtures.random(4));
        List<Gaussian> twice = new ArrayList<>(mixture.components());
        twice.addAll(mixture.components());
        double[] weights = new double[6];
        Arrays.setAll(weights, k -> mixture.weight(k % 3) * (k < 3 ? 0.25 : 0.75));

        Reduction reduction = Reduction.of(GaussianMixture.of(weights, twice), 3);

        assertThat(reduction.bound()).isLessThan(1e-15);
        assertThat(reduction.groups()).containsExactly(0, 1, 2, 0, 1, 2);
        for (int k = 0; k < 3; k++) {
            assertThat(reduction.mixture().weight(k)).isCloseTo(mixture.weight(k), within(1e-15));
            assertThat(reduction.mixture().component(k).mean())
                    .containsExactly(mixture.component(k).mean(), within(1e-15));
        }
    }

    @Test
    void mergesComponentsOfWeightZeroFirst() {
        RandomGenerator random = RandomMixtures.random(5);
        List<Gaussian> gaussians = RandomMixtures.mixture(4, 2, random).components();
        GaussianMixture mixture = GaussianMixture.of(new double[] {0, 0.5, 0, 0.5}, gaussians);

        Reduction reduction = Reduction.of(mixture, 2);

        assertThat(reduction.bound()).isEqualTo(0);
        assertThat(reduction.mixture().weights()).containsExactly(0.5, 0.5);
        assertThat(reduction.mixture().component(0).mean())
                .containsExactly(gaussians.get(1).mean(), within(1e-14));
        assertThat(reduction.mixture().component(1).mean())
                .containsExactly(gaussians.get(3).mean(), within(1e-14));
    }

    @Test
    void leavesAMixtureOfTheRightSizeAlone() {
        GaussianMixture mixture = GaussianMixture.tied(
                HALVES, List.of(new double[] {0, 1}, new double[] {1, 0}), Covariance.diagonal(1, 2));

        Reduction reduction = Reduction.of(mixture, 2);

        assertThat(reduction.mixture()).isEqualTo(mixture);
        assertThat(reduction.groups()).containsExactly(0, 1);
        assertThat(reduction.bound()).isEqualTo(0);
    }

    private static final double[] HALVES = {0.5, 0.5};

    @Test
    void keepsColumnNamesAndItsArrays() {
        GaussianMixture mixture =
                RandomMixtures.mixture(3, 2, RandomMixtures.random(6)).named(List.of("a", "b"));
        Reduction reduction = Reduction.of(mixture, 1);
        reduction.groups()[0] = 99;

        assertThat(reduction.mixture().columns()).containsExactly("a", "b");
        assertThat(reduction.groups()).containsExactly(0, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, -1})
    void refusesNumbersOutOfRange(int components) {
        GaussianMixture mixture = RandomMixtures.mixture(3, 2, RandomMixtures.random(7));

        assertThatThrownBy(() -> Reduction.of(mixture, components))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot reduce a mixture of 3 components to " + components + "; choose between 1 and 3");
    }
}
