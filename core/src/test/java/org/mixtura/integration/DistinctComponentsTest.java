package org.mixtura.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

class DistinctComponentsTest {
    private static final Gaussian A = Gaussian.of(new double[] {1}, Covariance.spherical(1, 2));
    private static final Gaussian B = Gaussian.of(new double[] {3}, Covariance.spherical(1, 4));

    @Test
    void leavesDistinctComponentsAlone() {
        GaussianMixture mixture = GaussianMixture.of(new double[] {0.25, 0.75}, List.of(A, B));
        assertThat(DistinctComponents.of(mixture)).isSameAs(mixture);
    }

    @Test
    void mergesEqualComponentsAndDropsEmptyOnes() {
        Gaussian again = Gaussian.of(new double[] {1}, Covariance.spherical(1, 2));
        Gaussian empty = Gaussian.of(new double[] {9}, Covariance.spherical(1, 1));
        GaussianMixture mixture = GaussianMixture.of(new double[] {0.25, 0.5, 0, 0.25}, List.of(A, B, empty, again))
                .named(List.of("height"));
        assertThat(DistinctComponents.of(mixture))
                .isEqualTo(GaussianMixture.of(new double[] {0.5, 0.5}, List.of(A, B))
                        .named(List.of("height")));
    }

    @Test
    void poolsMixturesOfDifferentKindsOfCovariance() {
        GaussianMixture f = GaussianMixture.of(new double[] {1}, List.of(A));
        Gaussian full = Gaussian.of(new double[] {3}, Covariance.full(new double[][] {{4}}));
        GaussianMixture g = GaussianMixture.of(new double[] {0.5, 0.5}, List.of(full, full));
        GaussianMixture pooled = DistinctComponents.pooled(f, g);
        assertThat(pooled.weights()).containsExactly(0.5, 0.25, 0.25);
        assertThat(pooled.component(0).covariance()).isEqualTo(Covariance.full(new double[][] {{2}}));
        assertThat(pooled.component(2)).isEqualTo(full);
    }
}
