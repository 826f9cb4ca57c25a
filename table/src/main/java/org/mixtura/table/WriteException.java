package org.mixtura.table;

import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file that could not be written: no such folder, a full disk, an extension that says no format. The message is one line;
 * whatever stood under the file's name before is untouched.
 */
public final class WriteException extends RuntimeException {
    private static final long serialVersionUID = 1;

    WriteException(String message) {
        super(message);
    }

    WriteException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The failure of writing to something. */
    static WriteException of(String name, Exception cause) {
        return new WriteException("cannot write " + name + ": " + reason(cause), cause);
    }

    /** What an I/O error says, without the file's name and in small letters as the system has it. */
    static String reason(Exception error) {
        Throwable cause = error instanceof UncheckedIOException && error.getCause() != null ? error.getCause() : error;
        String reason = cause instanceof FileSystemException system ? system.getReason() : cause.getMessage();
        if (reason == null || reason.isBlank()) {
            return cause.getClass().getSimpleName();
        }
        return reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1);
    }
}
