package org.mixtura.cli;

import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import org.mixtura.table.WriteException;

/** What an exception means to the user: one line and an exit code. */
record Failure(ExitCode code, String line) {
    /** The failure that an exception is. */
    static Failure of(Throwable thrown) {
        if (thrown instanceof UsageException) {
            return new Failure(ExitCode.USAGE, message(thrown));
        }
        if (thrown instanceof CannotWriteException || thrown instanceof WriteException) {
            return new Failure(ExitCode.CANNOT_WRITE, message(thrown));
        }
        if (thrown instanceof Interruption.StoppedException) {
            return new Failure(ExitCode.INTERRUPTED, message(thrown));
        }
        if (thrown instanceof UncheckedIOException unchecked) {
            return new Failure(ExitCode.BAD_INPUT, reading(unchecked));
        }
        if (thrown instanceof IllegalArgumentException) {
            return new Failure(ExitCode.BAD_INPUT, message(thrown));
        }
        if (thrown instanceof OutOfMemoryError) {
            return new Failure(
                    ExitCode.INTERNAL,
                    "out of memory at " + Runtime.getRuntime().maxMemory() / (1 << 20)
                            + " MiB; give it more (--memory 8g), or add --stream");
        }
        return new Failure(
                ExitCode.INTERNAL,
                "internal error: " + thrown.getClass().getSimpleName() + ": " + message(thrown)
                        + "; please report it with what MIXTURA_DEBUG=1 adds");
    }

    private static String reading(UncheckedIOException error) {
        String file = error.getCause() instanceof FileSystemException system ? system.getFile() : null;
        return "cannot read " + (file == null ? "the input" : file) + ": " + IoReason.of(error);
    }

    /** The message on one line. */
    private static String message(Throwable thrown) {
        return String.valueOf(thrown.getMessage())
                .lines()
                .map(String::strip)
                .reduce((a, b) -> a + " " + b)
                .orElse("");
    }
}
