package org.mixtura.mixture;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.testing.Generator;

class SphericalCovarianceTest extends AbstractCovarianceTest {
    @Override
    Covariance random(Generator generator, int d) {
        return generator.covariance(CovarianceStructure.SPHERICAL, d);
    }

    @Override
    CovarianceStructure structure() {
        return CovarianceStructure.SPHERICAL;
    }

    @Override
    Covariance rebuilt(double[][] rows) {
        return Covariance.spherical(rows.length, rows[0][0]);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesAVarianceAgainstTheRule(double wrong) {
        assertThatThrownBy(() -> Covariance.spherical(2, wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("covariance is not positive definite: variance of column 0 is " + wrong
                        + "; a variance is positive and finite");
    }

    @Test
    void needsAColumn() {
        assertThatThrownBy(() -> Covariance.spherical(0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a spherical covariance of dimension 0");
    }
}
