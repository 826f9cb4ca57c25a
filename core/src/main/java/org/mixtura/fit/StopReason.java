package org.mixtura.fit;

/** Why a fit stopped. */
public enum StopReason {
    /** The objective gained less than the tolerance per unit of weight in one iteration. */
    CONVERGED("converged"),
    /** The iteration limit was reached before the tolerance. */
    MAX_ITERATIONS("max_iterations"),
    /** A component collapsed; the result is the last valid state. */
    COLLAPSED("collapsed"),
    /** The observer asked to stop; the result is the last state. */
    CANCELLED("cancelled");

    private final String label;

    StopReason(String label) {
        this.label = label;
    }

    /** {@return the name in files and machine-readable output} */
    public String label() {
        return label;
    }
}
