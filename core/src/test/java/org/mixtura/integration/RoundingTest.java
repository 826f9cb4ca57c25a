package org.mixtura.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

class RoundingTest {
    /** Against the determinant of a 2 × 2 matrix in exact arithmetic, up to condition 4e15. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.7, 0.999, 0.9999999, 0.999999999999, 0.999999999999999})
    void coversTheErrorOfLogDeterminants(double correlation) {
        for (double scale = 1e-3; scale < 1e4; scale *= 7.3) {
            double covariance = correlation * 1.7 * scale;
            double[][] rows = {{1.7 * scale * scale, covariance}, {covariance, 1.7}};
            BigDecimal determinant = new BigDecimal(rows[0][0])
                    .multiply(new BigDecimal(rows[1][1]))
                    .subtract(new BigDecimal(covariance).multiply(new BigDecimal(covariance)));
            GaussianMixture mixture =
                    GaussianMixture.of(new double[] {1}, List.of(Gaussian.of(new double[2], Covariance.full(rows))));
            double expected = Math.log(determinant.doubleValue());
            assertThat(mixture.component(0).covariance().logDeterminant())
                    .isCloseTo(expected, within(Rounding.ofLogDeterminants(mixture)));
        }
    }
}
