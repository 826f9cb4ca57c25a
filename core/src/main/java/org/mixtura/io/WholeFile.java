package org.mixtura.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes files all or nothing: into a temporary file beside the target, which then takes the target's name. Whoever reads the
 * target sees the old content or the new, never a part; a failure leaves no trace.
 */
public final class WholeFile {
    private WholeFile() {}

    /** Something that writes bytes. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes the content.
         *
         * @param out where to; need not be closed
         * @throws IOException if it cannot be written
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a file.
     *
     * <p>A new file gets the permissions that the system gives new files. Behind a link it is the file that is replaced; a device
     * or a pipe is written to as it is.
     *
     * @param target the file; replaced if it exists
     * @param content what to write
     * @throws UncheckedIOException if the file cannot be written; the target is then as it was before
     */
    public static void write(Path target, Content content) {
        try {
            Path real = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
            if (Files.exists(real) && !Files.isRegularFile(real)) {
                writeInto(real, content);
                return;
            }
            Path temporary = temporaryBeside(real);
            try {
                writeInto(temporary, content);
                move(temporary, real);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeInto(Path file, Content content) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            content.writeTo(out);
        }
    }

    /** A new file, not by {@link Files#createTempFile}, whose files only their owner may read. */
    private static Path temporaryBeside(Path file) throws IOException {
        Path name = file.getFileName();
        if (name == null) {
            throw new IOException(file + " is not the name of a file");
        }
        while (true) {
            String suffix = Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), Character.MAX_RADIX);
            Path temporary = file.resolveSibling("." + name + "." + suffix + ".tmp");
            try {
                return Files.createFile(temporary);
            } catch (FileAlreadyExistsException e) {
                // The next name, then.
            }
        }
    }

    private static void move(Path temporary, Path target) throws IOException {
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
