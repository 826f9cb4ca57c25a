package org.mixtura.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Matrix;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;

class BuresBarycentreTest {
    private static final double[] HALVES = {0.5, 0.5};

    private static List<Gaussian> gaussians(int count, int d, RandomGenerator random) {
        return IntStream.range(0, count)
                .mapToObj(k -> RandomMixtures.gaussian(d, random))
                .toList();
    }

    /** At the barycentre the Monge maps to the Gaussians average to the identity. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void averagesTheMaps(int d) {
        RandomGenerator random = RandomMixtures.random(d);
        for (int i = 0; i < 5; i++) {
            List<Gaussian> gaussians = gaussians(4, d, random);
            double[] weights = RandomMixtures.weights(4, random);

            BuresBarycentre barycentre = BuresBarycentre.of(weights, gaussians);

            assertThat(barycentre.converged()).isTrue();
            double[] average = new double[d * d];
            for (int k = 0; k < 4; k++) {
                double[] map = MongeMap.between(barycentre.gaussian(), gaussians.get(k))
                        .matrix()
                        .toRowMajor();
                for (int j = 0; j < map.length; j++) {
                    average[j] += weights[k] * map[j];
                }
            }
            assertThat(average).containsExactly(Matrix.identity(d).toRowMajor(), within(1e-12));
        }
    }

    @Test
    void hasTheLeastSpread() {
        RandomGenerator random = RandomMixtures.random(20);
        List<Gaussian> gaussians = gaussians(3, 2, random);
        double[] weights = RandomMixtures.weights(3, random);
        BuresBarycentre barycentre = BuresBarycentre.of(weights, gaussians);
        Gaussian best = barycentre.gaussian();

        assertThat(spread(weights, gaussians, best)).isEqualTo(barycentre.spread());
        for (int i = 0; i < 50; i++) {
            double[] shift = RandomMixtures.point(2, 0.1, random);
            Covariance other = MongeMap.between(best, RandomMixtures.gaussian(2, random))
                    .interpolate(0.05)
                    .covariance();
            Gaussian near = Gaussian.of(best.mean(), other).translated(shift);
            assertThat(spread(weights, gaussians, near)).isGreaterThan(barycentre.spread());
        }
    }

    private static double spread(double[] weights, List<Gaussian> gaussians, Gaussian centre) {
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            sum += weights[k] * BuresWasserstein.squaredDistance(gaussians.get(k), centre);
        }
        return sum;
    }

    /** Without correlations the standard deviations average. */
    @Test
    void averagesDeviations() {
        Gaussian a = Gaussian.of(new double[] {0, 4}, Covariance.diagonal(1, 16));
        Gaussian b = Gaussian.of(new double[] {2, 0}, Covariance.full(new double[] {9, 0}, new double[] {0, 4}));

        BuresBarycentre barycentre = BuresBarycentre.of(new double[] {0.25, 0.75}, List.of(a, b));

        assertThat(barycentre.gaussian().mean()).containsExactly(1.5, 1);
        assertThat(barycentre.gaussian().covariance().lowerTriangle()).containsExactly(2.5 * 2.5, 0, 2.5 * 2.5);
        assertThat(barycentre.iterations()).isEqualTo(1);
    }

    @Test
    void ofTwoIsHalfWay() {
        RandomGenerator random = RandomMixtures.random(21);
        Gaussian a = RandomMixtures.gaussian(3, random);
        Gaussian b = RandomMixtures.gaussian(3, random);
        Gaussian between = MongeMap.between(a, b).interpolate(0.3);

        Gaussian barycentre =
                BuresBarycentre.of(new double[] {0.7, 0.3}, List.of(a, b)).gaussian();

        assertThat(barycentre.mean()).containsExactly(between.mean(), within(1e-13));
        assertThat(barycentre.covariance().lowerTriangle())
                .containsExactly(between.covariance().lowerTriangle(), within(1e-12));
    }

    @Test
    void ofTranslatesIsATranslate() {
        Gaussian a = RandomMixtures.gaussian(3, RandomMixtures.random(22));
        Gaussian b = a.translated(new double[] {2, -4, 6});

        BuresBarycentre barycentre = BuresBarycentre.of(HALVES, List.of(a, b));

        assertThat(barycentre.gaussian().mean())
                .containsExactly(a.translated(new double[] {1, -2, 3}).mean(), within(1e-15));
        assertThat(barycentre.gaussian().covariance().lowerTriangle())
                .containsExactly(a.covariance().lowerTriangle(), within(1e-14));
        assertThat(barycentre.spread()).isCloseTo(1 + 4 + 9, withinPercentage(1e-12));
    }

    @Test
    void passesOverWeightsOfZero() {
        RandomGenerator random = RandomMixtures.random(23);
        List<Gaussian> gaussians = gaussians(2, 2, random);

        Gaussian barycentre = BuresBarycentre.of(new double[] {1, 0}, gaussians).gaussian();

        assertThat(barycentre.mean()).containsExactly(gaussians.get(0).mean());
        assertThat(barycentre.covariance().lowerTriangle())
                .containsExactly(gaussians.get(0).covariance().lowerTriangle(), within(1e-14));
    }

    @Test
    void refusesWhatDoesNotFit() {
        Gaussian line = Gaussian.of(new double[1], Covariance.spherical(1, 1));
        Gaussian plane = Gaussian.of(new double[2], Covariance.spherical(2, 1));

        assertThatThrownBy(() -> BuresBarycentre.of(HALVES, List.of(line, plane)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("one Gaussian has 1 columns, the other 2; transport needs the same columns on both sides");
        assertThatThrownBy(() -> BuresBarycentre.of(HALVES, List.of(line)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 weights of Gaussians for 1; give one each, and at least one");
        assertThatThrownBy(() -> BuresBarycentre.of(new double[] {0.5, 0.25}, List.of(line, line)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weights of Gaussians sum to 0.75; they must sum to 1 within 1.0E-9");
    }
}
