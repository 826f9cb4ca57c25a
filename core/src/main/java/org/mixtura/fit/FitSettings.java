package org.mixtura.fit;

/** The options that all estimators share, and how to copy a set of options; changed only before an estimator holds them. */
abstract class FitSettings implements Cloneable {
    int components;
    long seed;
    int threads = Runtime.getRuntime().availableProcessors();

    /** A copy to change. */
    FitSettings copy() {
        try {
            return (FitSettings) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }
}
