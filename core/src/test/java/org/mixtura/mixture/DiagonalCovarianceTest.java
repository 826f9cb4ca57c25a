package org.mixtura.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.testing.Generator;

class DiagonalCovarianceTest extends AbstractCovarianceTest {
    @Override
    Covariance random(Generator generator, int d) {
        return generator.covariance(CovarianceStructure.DIAGONAL, d);
    }

    @Override
    CovarianceStructure structure() {
        return CovarianceStructure.DIAGONAL;
    }

    @Override
    Covariance rebuilt(double[][] rows) {
        return Covariance.diagonal(
                IntStream.range(0, rows.length).mapToDouble(j -> rows[j][j]).toArray());
    }

    @Test
    void isApartFromTheArrayThatItCameFrom() {
        double[] variances = {2, 3};
        Covariance covariance = Covariance.diagonal(variances);
        variances[0] = 9;
        assertThat(covariance.get(0, 0)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesVariancesAgainstTheRule(double wrong) {
        assertThatThrownBy(() -> Covariance.diagonal(1, wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("covariance is not positive definite: variance of column 1 is " + wrong
                        + "; a variance is positive and finite");
    }

    @Test
    void needsAVariance() {
        assertThatThrownBy(Covariance::diagonal)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a diagonal covariance without variances");
    }
}
