package org.mixtura.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import org.mixtura.data.Matrix;

/** Comparison of numbers with what they should be: |actual − expected| ≤ tolerance · max(1, |expected|). */
public final class Closeness {
    private Closeness() {}

    /** Compares two numbers; what is not finite must be the same. */
    public static void assertClose(double actual, double expected, double tolerance) {
        assertClose(actual, expected, tolerance, "the number");
    }

    /** Compares two vectors of one length. */
    public static void assertClose(double[] actual, double[] expected, double tolerance) {
        assertClose(actual, expected, tolerance, "the vector");
    }

    /** Compares two matrices of one shape. */
    public static void assertClose(double[][] actual, double[][] expected, double tolerance) {
        assertClose(actual, expected, tolerance, "the matrix");
    }

    /** Compares two matrices of one shape. */
    public static void assertClose(Matrix actual, double[][] expected, double tolerance) {
        assertClose(actual.toRows(), expected, tolerance);
    }

    /** Compares two vectors of one length and a name. */
    public static void assertClose(double[] actual, double[] expected, double tolerance, String what) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertClose(actual[i], expected[i], tolerance, what + "[" + i + "]");
        }
    }

    /** Compares two matrices of one shape and a name. */
    public static void assertClose(double[][] actual, double[][] expected, double tolerance, String what) {
        assertThat(actual.length).as(what).isEqualTo(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertClose(actual[i], expected[i], tolerance, what + "[" + i + "]");
        }
    }

    /** Compares two numbers that have a name; what is not finite must be the same. */
    public static void assertClose(double actual, double expected, double tolerance, String what) {
        if (Double.compare(actual, expected) == 0) {
            return;
        }
        double allowed = tolerance * Math.max(1, Math.abs(expected));
        if (!(Math.abs(actual - expected) <= allowed)) {
            fail("%s is %s, should be %s within %s", what, actual, expected, allowed);
        }
    }
}
