package org.mixtura.cli;

/** The command line is wrong; the message says what and how it would be right. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
