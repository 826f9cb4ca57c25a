package org.mixtura.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/**
 * The stream of results. Failures are not swallowed, as {@link java.io.PrintStream} would: a reader that went away ends the
 * run quietly, a full disk is an error.
 */
final class StandardOutput extends OutputStream {
    private final OutputStream target;

    StandardOutput(OutputStream target) {
        this.target = target;
    }

    @Override
    public void write(int oneByte) {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            target.write(bytes, offset, length);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public void flush() {
        try {
            target.flush();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private static RuntimeException failure(IOException cause) {
        String reason = String.valueOf(cause.getMessage());
        // The words of Unix, and two that Windows has; the JVM gives nothing but words.
        boolean readerGone = reason.toLowerCase(Locale.ROOT).contains("pipe");
        return readerGone
                ? new BrokenPipeException(cause)
                : new CannotWriteException("cannot write the results to the standard output: " + reason, cause);
    }
}
