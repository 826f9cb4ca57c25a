package org.mixtura.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

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

class TransportTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "3, 1", "4, 2", "10, 3", "40, 5"})
    void isZeroBetweenAMixtureAndItself(int components, int d) {
        RandomGenerator random = RandomMixtures.random(components);
        GaussianMixture mixture = RandomMixtures.mixture(components, d, random);
        List<Integer> reversed =
                IntStream.range(0, components).mapToObj(k -> components - 1 - k).toList();

        assertThat(Transport.between(mixture, mixture).squaredDistance()).isEqualTo(0);
        assertThat(Transport.between(mixture, mixture.permuted(reversed)).squaredDistance())
                .isEqualTo(0);
    }

    @Test
    void isZeroBetweenMixturesWithRepeatedComponents() {
        RandomGenerator random = RandomMixtures.random(3);
        GaussianMixture once = RandomMixtures.mixture(3, 2, random);
        List<Gaussian> repeated = new ArrayList<>(once.components());
        repeated.addAll(once.components());
        repeated.addAll(once.components());
        for (int i = 0; i < 20; i++) {
            GaussianMixture mixture = GaussianMixture.of(RandomMixtures.weights(9, random), repeated);
            assertThat(Transport.between(mixture, mixture.canonical()).squaredDistance())
                    .isEqualTo(0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void isTheSameInBothDirections(int d) {
        RandomGenerator random = RandomMixtures.random(10 + d);
        for (int i = 0; i < 20; i++) {
            GaussianMixture a = RandomMixtures.mixture(1 + random.nextInt(8), d, random);
            GaussianMixture b = RandomMixtures.mixture(1 + random.nextInt(8), d, random);

            assertThat(Transport.between(a, b).squaredDistance())
                    .isCloseTo(Transport.between(b, a).squaredDistance(), withinPercentage(1e-12));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void fulfilsTheTriangleInequality(int d) {
        RandomGenerator random = RandomMixtures.random(20 + d);
        for (int i = 0; i < 30; i++) {
            GaussianMixture a = RandomMixtures.mixture(1 + random.nextInt(6), d, random);
            GaussianMixture b = RandomMixtures.mixture(1 + random.nextInt(6), d, random);
            GaussianMixture c = RandomMixtures.mixture(1 + random.nextInt(6), d, random);

            double over =
                    Transport.between(a, b).distance() + Transport.between(b, c).distance();
            assertThat(Transport.between(a, c).distance()).isLessThanOrEqualTo(over * (1 + 1e-14));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void isTheShiftBetweenTranslates(int d) {
        RandomGenerator random = RandomMixtures.random(30 + d);
        for (int i = 0; i < 20; i++) {
            GaussianMixture mixture = RandomMixtures.mixture(1 + random.nextInt(8), d, random);
            double[] shift = RandomMixtures.point(d, 2, random);
            double squared = Arrays.stream(shift).map(x -> x * x).sum();

            assertThat(Transport.between(mixture, mixture.translated(shift)).squaredDistance())
                    .isCloseTo(squared, withinPercentage(1e-10));
        }
    }

    /** Components that are almost points on a line: then MW₂ is W₂, which sorting solves. */
    @Test
    void isWassersteinForPointsOnALine() {
        double[] from = {5, 1, 9, 2};
        double[] to = {4, 0, 7, 7};
        double[] quarter = {0.25, 0.25, 0.25, 0.25};
        Transport.Plan plan = Transport.between(points(quarter, from), points(quarter, to));

        assertThat(plan.squaredDistance()).isCloseTo((1 + 4 + 4 + 4) / 4.0, within(1e-12));
    }

    private static GaussianMixture points(double[] weights, double[] places) {
        return GaussianMixture.of(
                weights,
                Arrays.stream(places)
                        .mapToObj(x -> Gaussian.of(new double[] {x}, Covariance.spherical(1, 1e-200)))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void interpolatesAtConstantSpeed(int d) {
        RandomGenerator random = RandomMixtures.random(40 + d);
        GaussianMixture a = RandomMixtures.mixture(3, d, random).named(names(d));
        GaussianMixture b = RandomMixtures.mixture(5, d, random);
        Transport.Plan plan = Transport.between(a, b);

        for (double t : new double[] {0, 0.25, 0.5, 1}) {
            GaussianMixture between = plan.interpolate(t);
            assertThat(between.columns()).isEqualTo(names(d));
            // Squares: mass that is right to 1e-16 makes them right to 1e-15, and the distances to 1e-8 only.
            assertThat(Transport.between(a, between).squaredDistance())
                    .isCloseTo(t * t * plan.squaredDistance(), within(1e-13));
            assertThat(Transport.between(between, b.named(names(d))).squaredDistance())
                    .isCloseTo((1 - t) * (1 - t) * plan.squaredDistance(), within(1e-13));
        }
    }

    private static List<String> names(int d) {
        return IntStream.range(0, d).mapToObj(j -> "column" + j).toList();
    }

    @Test
    void showsItsParts() {
        RandomGenerator random = RandomMixtures.random(50);
        GaussianMixture a = RandomMixtures.mixture(3, 2, random);
        GaussianMixture b = RandomMixtures.mixture(4, 2, random);
        Transport.Plan plan = Transport.between(a, b);

        assertThat(plan.source()).isEqualTo(a);
        assertThat(plan.target()).isEqualTo(b);
        assertThat(plan.costs()).isEqualTo(BuresWasserstein.squaredDistances(a, b));
        assertThat(plan.coupling()).isEqualTo(Coupling.optimal(a.weights(), b.weights(), plan.costs()));
        assertThat(plan.distance()).isEqualTo(Math.sqrt(plan.squaredDistance()));
    }

    @Test
    void refusesWhatDoesNotFit() {
        GaussianMixture line = RandomMixtures.mixture(2, 1, RandomMixtures.random(60));
        GaussianMixture plane = RandomMixtures.mixture(2, 2, RandomMixtures.random(61));

        assertThatThrownBy(() -> Transport.between(line, plane))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("one mixture has the columns [x0], the other [x0, x1];"
                        + " transport needs the same columns on both sides");
        assertThatThrownBy(() -> Transport.between(line, line).interpolate(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("time -1.0 of an interpolation; it lies between 0 (the source) and 1 (the target)");
    }
}
