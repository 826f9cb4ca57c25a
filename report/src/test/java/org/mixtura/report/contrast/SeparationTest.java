package org.mixtura.report.contrast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Matrix;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/** Against the integral that the distance comes from, and laws. */
class SeparationTest {
    @ParameterizedTest
    @CsvSource({"0, 1, 3, 1", "0, 1, 0.5, 9", "-2, 0.01, 2, 4", "1, 1, 1, 1"})
    void isTheBhattacharyyaIntegral(double m0, double v0, double m1, double v1) {
        Gaussian a = Mixtures.spherical(v0, m0);
        Gaussian b = Mixtures.spherical(v1, m1);
        double coefficient = 0;
        double step = 1e-4;
        for (double x = -30; x <= 30; x += step) {
            coefficient += step * Math.exp(0.5 * (a.logDensity(new double[] {x}) + b.logDensity(new double[] {x})));
        }
        double separation = Separation.between(a, b);
        assertThat(separation * separation).isCloseTo(-8 * Math.log(coefficient), within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void ofEqualCovariancesIsTheMahalanobisDistance(long seed) {
        Covariance covariance = Covariance.full(Mixtures.covariance(new SplittableRandom(seed), 5));
        Gaussian a = Gaussian.of(new double[5], covariance);
        Gaussian b = Gaussian.of(new double[] {1, -2, 0.5, 0, 3}, covariance);
        double expected = Math.sqrt(covariance.mahalanobisSquared(b.mean(), a.mean()));
        assertThat(Separation.between(a, b)).isCloseTo(expected, within(1e-12 * expected));
        Gaussian sameNumbers = Gaussian.of(b.mean(), Covariance.full(covariance.toMatrix()));
        assertThat(Separation.between(a, sameNumbers)).isCloseTo(expected, within(1e-10 * expected));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void doesNotDependOnUnitsOrOrder(long seed) {
        GaussianMixture mixture = Mixtures.random(seed, 4, 3);
        double[][] before = Separation.within(mixture);
        Matrix map = Matrix.of(new double[][] {{1e6, 0, 0}, {0, 1e-6, 0}, {0, 2e-6, 1}});
        GaussianMixture image = GaussianMixture.of(
                mixture.weights(),
                mixture.components().stream()
                        .map(component -> component.image(map, new double[] {1e8, 0, 5}))
                        .toList());
        double[][] after = Separation.within(image);
        for (int k = 0; k < 4; k++) {
            assertThat(before[k][k]).isZero();
            for (int l = 0; l < 4; l++) {
                assertThat(after[k][l]).isCloseTo(before[k][l], within(1e-6));
                assertThat(before[k][l]).isEqualTo(before[l][k]);
            }
        }
    }

    @Test
    void seesANarrowComponentWithinAWideOne() {
        assertThat(Separation.between(Mixtures.spherical(1, 0, 0), Mixtures.spherical(1e-4, 0, 0)))
                .isGreaterThan(5);
    }
}
