package org.mixtura.cli;

/** A result could not be written; the message says which and why. */
final class CannotWriteException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CannotWriteException(String message) {
        super(message);
    }

    CannotWriteException(String message, Throwable cause) {
        super(message, cause);
    }
}
