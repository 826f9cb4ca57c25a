package org.mixtura.integration;

/** How an {@link Estimate} was found. */
public enum Method {
    /** A formula; the error is rounding alone. */
    CLOSED_FORM("closed-form"),
    /** The middle between two closed-form bounds that lie within the tolerance of each other. */
    BOUNDS("bounds"),
    /** Adaptive 21-point Gauss–Kronrod rules between breakpoints set by the components, one dimension. */
    GAUSS_KRONROD("gauss-kronrod"),
    /** The trapezoidal rule on a uniform grid over the components' ellipsoids, up to four dimensions. */
    GRID("grid"),
    /** Component by component, independently scrambled Sobol points; up to 64 dimensions. */
    SOBOL("sobol"),
    /** Component by component, pseudo-random points; any dimension. */
    MONTE_CARLO("monte-carlo");

    private final String label;

    Method(String label) {
        this.label = label;
    }

    /** {@return the name in reports and on the command line, such as {@code gauss-kronrod}} */
    public String label() {
        return label;
    }
}
