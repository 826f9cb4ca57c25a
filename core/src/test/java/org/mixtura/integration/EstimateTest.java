package org.mixtura.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EstimateTest {
    private static final Estimate ESTIMATE = new Estimate(2, 0.5, 7, Method.GRID);

    @Test
    void needsAnError() {
        assertThatThrownBy(() -> new Estimate(1, Double.NaN, 1, Method.GRID))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("error is NaN; an error is at least 0");
        assertThatThrownBy(() -> new Estimate(1, -1, 1, Method.GRID))
                .hasMessage("error is -1.0; an error is at least 0");
    }

    @Test
    void isMovedAndScaledWithItsError() {
        assertThat(ESTIMATE.plus(1).value()).isEqualTo(3);
        assertThat(ESTIMATE.plus(1).error()).isCloseTo(0.5, within(1e-14)).isGreaterThan(0.5);
        assertThat(ESTIMATE.times(-2)).isEqualTo(new Estimate(-4, 1, 7, Method.GRID));
        assertThat(Estimate.exact(0).error()).isZero();
    }

    @Test
    void isConfinedToBounds() {
        assertThat(ESTIMATE.within(0, 10)).isEqualTo(ESTIMATE);
        // 1.75 ± 0.25: the truth lies between 1.5 and 1.75
        assertThat(ESTIMATE.within(1.5, 1.75).value()).isEqualTo(1.75);
        assertThat(ESTIMATE.within(1.5, 1.75).error()).isCloseTo(0.25, within(1e-14));
        assertThat(ESTIMATE.within(3, Double.POSITIVE_INFINITY)).isEqualTo(new Estimate(3, 0.5, 7, Method.GRID));
        assertThat(Estimate.between(1, 2).value()).isEqualTo(1.5);
        assertThat(Estimate.between(1, 2).error()).isCloseTo(0.5, within(1e-14));
    }

    @Test
    void hasARootWhoseErrorCoversTheInterval() {
        Estimate root = new Estimate(0.01, 0.01, 7, Method.GRID).squareRoot();
        assertThat(root.value()).isEqualTo(0.1);
        assertThat(root.error()).isEqualTo(0.1);
        assertThat(new Estimate(4, 1, 1, Method.GRID).squareRoot().error()).isEqualTo(2 - Math.sqrt(3));
    }
}
