package org.mixtura.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mixtura.entropy.RandomMixtures;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

class EllipsoidGridTest {
    /** The smallest squared Mahalanobis distance from a component. */
    private static double nearest(GaussianMixture mixture, double[] x) {
        return mixture.components().stream()
                .mapToDouble(g -> g.covariance().mahalanobisSquared(x, g.mean()))
                .min()
                .orElseThrow();
    }

    /** Every point is within the union, none is visited twice, and together they hold all the mass. */
    @ParameterizedTest
    @CsvSource({"1, ORDINARY", "2, ORDINARY", "3, ORDINARY", "2, FAR", "3, FAR", "2, ALIKE"})
    void visitsTheUnionOnce(int dimension, RandomMixtures.Kind kind) {
        GaussianMixture mixture = RandomMixtures.of(kind, 3, dimension, 21);
        Set<List<Double>> visited = new HashSet<>();
        long[] count = new long[1];
        Estimate estimate = EllipsoidGrid.of(mixture, mixture.components(), Smoothness.ANALYTIC)
                .average(
                        () -> Integrand.of(posterior -> {
                            double[] x = posterior.point().clone();
                            assertThat(nearest(mixture, x)).isLessThan(81 + 1e-6);
                            List<Double> key = new ArrayList<>();
                            for (double v : x) {
                                key.add(v);
                            }
                            visited.add(key);
                            count[0]++;
                            return 1;
                        }),
                        1e-10,
                        10_000_000);
        assertThat(estimate.value()).isCloseTo(1, within(1e-12));
        assertThat(estimate.evaluations()).isEqualTo(count[0]);
        // Two grids: the points of both that coincide are the only ones seen twice.
        assertThat(visited.size()).isGreaterThan((int) (0.9 * count[0]));
    }

    /** However far components are apart, only their ellipsoids cost. */
    @Test
    void costsNothingBetweenComponents() {
        long near = evaluations(10);
        assertThat(evaluations(1e7)).isBetween(near / 2, 2 * near + 4000);
    }

    private static long evaluations(double distance) {
        GaussianMixture mixture = GaussianMixture.of(
                new double[] {0.5, 0.5},
                List.of(
                        Gaussian.of(new double[] {-distance, 0}, Covariance.spherical(2, 1)),
                        Gaussian.of(new double[] {distance, 0}, Covariance.spherical(2, 2))));
        return EllipsoidGrid.of(mixture, mixture.components(), Smoothness.ANALYTIC)
                .average(() -> Integrand.of(Posterior::entropy), 1e-6, 10_000_000)
                .evaluations();
    }

    /** Parallel needles of condition 1e8 are an ordinary mixture in the right coordinates. */
    @Test
    void findsTheRightCoordinates() {
        double[][] needle = {{1, 1 - 1e-8}, {1 - 1e-8, 1}};
        GaussianMixture mixture = GaussianMixture.of(
                new double[] {0.5, 0.5},
                List.of(
                        Gaussian.of(new double[] {0, 0}, Covariance.full(needle)),
                        Gaussian.of(new double[] {1, 1}, Covariance.full(needle))));
        EllipsoidGrid grid = EllipsoidGrid.of(mixture, mixture.components(), Smoothness.ANALYTIC);
        assertThat(grid.fits(10_000)).isTrue();
        // Along the needle a distance of √2 is one deviation of √2: two standard normals one apart.
        GaussianMixture line = GaussianMixture.of(
                new double[] {0.5, 0.5},
                List.of(
                        Gaussian.of(new double[] {0}, Covariance.spherical(1, 1)),
                        Gaussian.of(new double[] {1}, Covariance.spherical(1, 1))));
        double truth = EllipsoidGrid.of(line, line.components(), Smoothness.ANALYTIC)
                .average(() -> Integrand.of(Posterior::entropy), 1e-12, 10_000)
                .value();
        Estimate estimate = grid.average(() -> Integrand.of(Posterior::entropy), 1e-10, 1_000_000);
        assertThat(estimate.value()).isCloseTo(truth, within(1e-8));
    }
}
