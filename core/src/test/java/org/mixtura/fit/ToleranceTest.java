package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mixtura.testing.Closeness.assertClose;

import org.junit.jupiter.api.Test;

class ToleranceTest {
    @Test
    void sumsTheGainsToCome() {
        double sum = 0;
        for (int i = 1; i < 2000; i++) {
            sum += 3 * Math.pow(0.9, i);
        }
        assertClose(Tolerance.left(3, 0.9), sum, 1e-12, "what is left");
        assertThat(Tolerance.left(3, 0.1)).isEqualTo(3);
        assertThat(Tolerance.left(-1, 0.5)).isZero();
        assertClose(Tolerance.left(1, 1), 999, 1e-9, "what is left at an unknown rate");
        assertThat(Tolerance.left(1, Double.NaN)).isEqualTo(Tolerance.left(1, 1));
    }

    @Test
    void followsFromTheErrorOfTheEstimateWhereThatIsMore() {
        Tolerance tolerance = Tolerance.statistical(251, 200_000, 1e-6);
        assertThat(tolerance.kind()).isEqualTo(Tolerance.Kind.STATISTICAL);
        assertClose(tolerance.statisticalError(), 251 / 400_000.0, 1e-15, "error");
        assertClose(tolerance.value(), 0.05 * 251 / 400_000.0, 1e-15, "tolerance");
        Tolerance least = Tolerance.statistical(2, 1e9, 1e-6);
        assertThat(least.kind()).isEqualTo(Tolerance.Kind.LEFT_TO_GAIN);
        assertThat(least.value()).isEqualTo(1e-6);
    }

    @Test
    void isReachedByTheLastGainOrByWhatIsLeft() {
        assertThat(Tolerance.lastGain(1e-3).reached(-9e-4, Double.NaN, 1)).isTrue();
        assertThat(Tolerance.lastGain(0).reached(0, 0, 0)).isFalse();
        assertThat(Tolerance.leftToGain(1e-3).reached(9e-4, 0.9, 9e-4)).isFalse();
        assertThat(Tolerance.leftToGain(1e-3).reached(1e-4, 0.9, 1e-4)).isTrue();
        assertThat(Tolerance.leftToGain(1e-3).reached(1e-4, 0.9, 4e-3)).isFalse();
        assertThat(Tolerance.leftToGain(0).reached(0, 0.5, 0)).isFalse();
    }
}
