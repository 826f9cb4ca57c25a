package org.mixtura.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectationTest {
    @Test
    void ofOneGaussianTheExcessIsHalfTheSquareLessOne() {
        Expectation expectation = of(new double[] {1}, new double[] {2}, new double[] {9}, 8);
        assertThat(expectation.mean()).isEqualTo(2);
        assertThat(expectation.deviation()).isEqualTo(3);
        assertThat(expectation.surprise()).isCloseTo(0.5 * (Math.log(2 * Math.PI * 9) + 4), within(1e-14));
        assertThat(expectation.excess()).isCloseTo(0.5 * (4 - 1), within(1e-14));
    }

    /** The entropy by a sum over a fine grid, which for so smooth a density is exact to rounding. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 1, 2, 3, 6, 12})
    void theTypicalSurpriseIsAnUpperBoundOnTheMeanSurprise(double apart) {
        double[] weights = {0.3, 0.7};
        double[] means = {0, apart};
        double[] variances = {1, 0.5};
        double entropy = 0;
        double step = 1e-3;
        for (double x = -12; x < apart + 12; x += step) {
            double surprise = of(weights, means, variances, x).surprise();
            entropy += step * Math.exp(-surprise) * surprise;
        }
        double typical = of(weights, means, variances, 0).typicalSurprise();
        assertThat(typical).isBetween(entropy - 1e-10, entropy + 0.35);
        if (apart >= 12) {
            assertThat(typical).isCloseTo(entropy, within(1e-6));
        }
    }

    @Test
    void aValueBetweenTwoModesIsSurprising() {
        double[] weights = {0.5, 0.5};
        double[] means = {-5, 5};
        double[] variances = {0.01, 0.01};
        assertThat(of(weights, means, variances, 0).excess()).isCloseTo(0.5 * (2500 - 1) - Math.log(2), within(1e-9));
        assertThat(of(weights, means, variances, 5).excess()).isCloseTo(-0.5, within(1e-9));
    }

    /** The weights differ by e^−800, more than a double can hold, and still the light component explains the value. */
    @Test
    void aLightComponentMayExplainTheValue() {
        Expectation expectation = Expectation.of(new double[] {5, -795}, new double[] {0, 60}, new double[] {1, 1}, 60);
        assertThat(expectation.mean()).isZero();
        assertThat(expectation.deviation()).isEqualTo(1);
        assertThat(expectation.surprise()).isCloseTo(800 + 0.5 * Math.log(2 * Math.PI), within(1e-12));
    }

    private static Expectation of(double[] weights, double[] means, double[] variances, double value) {
        double[] logWeights = Arrays.stream(weights).map(Math::log).toArray();
        return Expectation.of(logWeights, means, variances, value);
    }
}
