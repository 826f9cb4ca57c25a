package org.mixtura.fit;

/** A component has shrunk onto too few points: its covariance is not positive definite. Ends a climb, never a program. */
final class CollapseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CollapseException(String message) {
        super(message, null, false, false);
    }
}
