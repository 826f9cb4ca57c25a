package org.mixtura.cli;

import java.io.IOException;

/** Whoever read the standard output has stopped, as {@code head} does: no error, and nothing more to say. */
final class BrokenPipeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BrokenPipeException(IOException cause) {
        super(cause);
    }
}
