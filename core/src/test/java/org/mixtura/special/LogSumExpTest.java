package org.mixtura.special;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LogSumExpTest {
    private static final double ZERO = Double.NEGATIVE_INFINITY;

    @Test
    void isTheLogarithmOfTheSum() {
        assertThat(LogSumExp.of(Math.log(1), Math.log(2), Math.log(4))).isCloseTo(Math.log(7), within(1e-15));
        assertThat(LogSumExp.of(5)).isEqualTo(5);
        assertThat(LogSumExp.of(ZERO, 3, ZERO)).isEqualTo(3);
    }

    @Test
    void movesWithItsTerms() {
        for (double shift : new double[] {-1e8, -1000, 0, 1000, 1e8}) {
            assertThat(LogSumExp.of(shift, shift + 1) - shift).isCloseTo(Math.log(1 + Math.E), within(1e-7));
        }
    }

    @Test
    void isMinusInfinityForNothing() {
        assertThat(LogSumExp.of()).isEqualTo(ZERO);
        assertThat(LogSumExp.of(ZERO, ZERO)).isEqualTo(ZERO);
        assertThat(LogSumExp.of(Double.POSITIVE_INFINITY, 0)).isEqualTo(Double.POSITIVE_INFINITY);
    }
}
