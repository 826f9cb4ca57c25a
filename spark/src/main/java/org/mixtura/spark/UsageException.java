package org.mixtura.spark;

/** The command line is wrong; nothing was read. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
