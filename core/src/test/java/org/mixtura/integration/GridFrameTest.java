package org.mixtura.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mixtura.entropy.RandomMixtures;
import org.mixtura.linalg.Cholesky;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

class GridFrameTest {
    /** Against the smaller eigenvalue of a 2 × 2 matrix. */
    @ParameterizedTest
    @CsvSource({"1, 1, 0", "4, 1, 0", "1, 1, 0.9", "1e6, 1e-6, 0.5", "1e-200, 1e-200, 0.99"})
    void findsTheSmallestDeviation(double a, double b, double correlation) {
        double c = correlation * Math.sqrt(a) * Math.sqrt(b);
        double mean = 0.5 * (a + b);
        double larger = mean + Math.hypot(0.5 * (a - b), c);
        double smaller = a * (b / larger) - c * (c / larger);
        double actual = GridFrame.smallestDeviation(Cholesky.factor(new double[] {a, c, b}, 2), 2);
        assertThat(actual / Math.sqrt(smaller)).isBetween(0.96, 1 + 1e-9);
    }

    /** The centres and factors are those of the mixture in the coordinates of the frame, rotated or not. */
    @ParameterizedTest
    @EnumSource
    void mapsItsCoordinatesToPoints(Smoothness smoothness) {
        for (int dimension = 1; dimension <= 3; dimension++) {
            GaussianMixture mixture = RandomMixtures.of(RandomMixtures.Kind.ORDINARY, 3, dimension, 8);
            GridFrame frame = GridFrame.of(mixture, mixture.components(), smoothness);
            for (int k = 0; k < 3; k++) {
                Gaussian component = mixture.component(k);
                double[] x = new double[dimension];
                frame.toPoint(frame.centre(k), x);
                double distance = component.covariance().mahalanobisSquared(x, component.mean());
                assertThat(distance).isCloseTo(0, within(1e-20));
                // A step of two deviations in y is one in x.
                double[] y = frame.centre(k).clone();
                for (int i = 0; i < dimension; i++) {
                    y[i] += 2 * frame.factor(k)[i * (i + 1) / 2];
                }
                frame.toPoint(y, x);
                assertThat(component.covariance().mahalanobisSquared(x, component.mean()))
                        .isCloseTo(4, within(1e-11));
            }
        }
    }

    @Test
    void turnsOnlyForKinks() {
        // Whatever the units: the first column may be a million times as wide as the second.
        Gaussian wide = Gaussian.of(new double[2], Covariance.diagonal(1e12, 1));
        GaussianMixture mixture = GaussianMixture.of(new double[] {1}, List.of(wide));
        double[] x = new double[2];
        GridFrame.of(mixture, mixture.components(), Smoothness.ANALYTIC).toPoint(new double[] {0, 1}, x);
        assertThat(x).containsExactly(0, 1);
        GridFrame.of(mixture, mixture.components(), Smoothness.KINKED).toPoint(new double[] {0, 1}, x);
        assertThat(Math.abs(x[0])).isBetween(0.5e6, 0.9e6);
        assertThat(Math.hypot(1e-6 * x[0], x[1])).isCloseTo(1, within(1e-12));
    }
}
