package org.mixtura.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mixtura.testing.Closeness.assertClose;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tails against the closed forms of one and of two degrees of freedom, and against their limit. */
class StandardTailTest {
    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-3, 0.5, 1, 7, 1e3, 1e8, 1e99, 1e101, 1e200})
    void hasTheClosedFormsOfOneAndTwoDegreesOfFreedom(double z) {
        StandardTail cauchy = StandardTail.of(1);
        assertClose(cauchy.above(z), Math.atan2(1, z) / Math.PI, 1e-13, "one, above");
        assertClose(cauchy.above(-z), 1 - Math.atan2(1, z) / Math.PI, 1e-15, "one, below");
        assertClose(cauchy.density(z), 1 / (Math.PI * Math.hypot(1, z)) / Math.hypot(1, z), 1e-12, "one, density");
        StandardTail two = StandardTail.of(2);
        double root = Math.hypot(Math.sqrt(2), z);
        assertClose(two.above(z), 1 / root / (root + z), 1e-13, "two, above");
        assertClose(two.density(z), 1 / root / root / root, 1e-12, "two, density");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-3, -0.2, 0, 0.4, 2, 6})
    void tendsToTheNormal(double z) {
        StandardTail nearly = StandardTail.of(1e9);
        assertClose(nearly.above(z), StandardTail.NORMAL.above(z), 1e-6, "above");
        assertClose(nearly.density(z), StandardTail.NORMAL.density(z), 1e-6, "density");
        assertThat(StandardTail.of(Double.POSITIVE_INFINITY)).isSameAs(StandardTail.NORMAL);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1.5, 4, 30})
    void isTheIntegralOfItsDensity(double freedom) {
        StandardTail tail = StandardTail.of(freedom);
        for (double z = -4; z <= 4; z += 0.7) {
            double step = 1e-4;
            double below = (tail.above(z - step) - tail.above(z + step)) / (2 * step);
            assertClose(below, tail.density(z), 1e-7, "density at " + z);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 3, 1e6})
    void reachesBeyondTheQuantile(double freedom) {
        StandardTail tail = StandardTail.of(freedom);
        assertThat(tail.above(tail.reach(1e-40, 13))).isLessThanOrEqualTo(1e-40);
        assertThat(StandardTail.NORMAL.reach(1e-40, 13)).isEqualTo(13);
    }
}
