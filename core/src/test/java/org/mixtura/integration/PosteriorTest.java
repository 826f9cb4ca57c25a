package org.mixtura.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.entropy.RandomMixtures;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

class PosteriorTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 2, 4, 6})
    void agreesWithTheMixture(long seed) {
        GaussianMixture mixture = RandomMixtures.of(seed);
        Posterior posterior = new Posterior(mixture);
        // Both round squared distances of up to 100 by their own ways.
        double rounding = 1e-13 + 100 * Rounding.ofDistances(mixture);
        for (double[] x : mixture.sample(50, new SplittableRandom(seed)).toRows()) {
            posterior.at(x);
            double[] r = mixture.responsibilities(x);
            double entropy = 0;
            for (int k = 0; k < r.length; k++) {
                entropy -= r[k] > 0 ? r[k] * Math.log(r[k]) : 0;
                assertThat(posterior.responsibility(k)).isCloseTo(r[k], within(rounding));
                if (r[k] > 1e-8) {
                    assertThat(posterior.logResponsibility(k)).isCloseTo(Math.log(r[k]), within(1e8 * rounding));
                }
            }
            assertThat(posterior.logDensity()).isCloseTo(mixture.logDensity(x), within(rounding));
            assertThat(posterior.entropy()).isCloseTo(entropy, within(10 * rounding));
            assertThat(posterior.logResponsibility(0, r.length)).isCloseTo(0, within(1e-14));
        }
    }

    @Test
    void staysFiniteWhereResponsibilitiesUnderflow() {
        Posterior posterior = new Posterior(GaussianMixture.of(
                new double[] {0.5, 0.5},
                List.of(
                        Gaussian.of(new double[] {0}, Covariance.spherical(1, 1)),
                        Gaussian.of(new double[] {1e6}, Covariance.spherical(1, 1)))));
        posterior.at(new double[] {0});
        assertThat(posterior.responsibility(1)).isZero();
        assertThat(posterior.logResponsibility(1)).isCloseTo(-0.5e12, within(1e-3));
        assertThat(posterior.logResponsibility(1, 2)).isCloseTo(-0.5e12, within(1e-3));
        assertThat(posterior.entropy()).isZero();
    }
}
