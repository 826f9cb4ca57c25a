package org.mixtura.fit;

/** The parameters of a mixture, by kind. */
public enum Parameter {
    /** π_k. */
    WEIGHTS,
    /** μ_k. */
    MEANS,
    /** Σ_k. */
    COVARIANCES
}
