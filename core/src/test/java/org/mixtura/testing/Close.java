package org.mixtura.testing;

import static org.assertj.core.api.Assertions.assertThat;

/** Assertions that numbers agree within a tolerance relative to max(1, |expected|). */
public final class Close {
    private Close() {}

    public static void assertClose(double actual, double expected, double tolerance, String what) {
        assertThat(Math.abs(actual - expected))
                .as("%s: %s against %s", what, actual, expected)
                .isLessThanOrEqualTo(tolerance * Math.max(1, Math.abs(expected)));
    }

    public static void assertClose(double[] actual, double[] expected, double tolerance, String what) {
        assertThat(actual.length).as(what).isEqualTo(expected.length);
        for (int i = 0; i < actual.length; i++) {
            assertClose(actual[i], expected[i], tolerance, what + "[" + i + "]");
        }
    }

    public static void assertClose(double[][] actual, double[][] expected, double tolerance, String what) {
        assertThat(actual.length).as(what).isEqualTo(expected.length);
        for (int i = 0; i < actual.length; i++) {
            assertClose(actual[i], expected[i], tolerance, what + "[" + i + "]");
        }
    }
}
