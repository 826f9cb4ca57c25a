package org.mixtura.table;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file to be written as a whole or not at all: the bytes go to a temporary file in the same folder, which takes the name in
 * the end. Until then, and if it never comes to that, a file of that name stays as it was. A {@link ProcessLock} tells files in
 * the making from those that a killed process left, which the next to write that file removes. A device or a pipe is written
 * to directly.
 */
final class Target implements AutoCloseable {
    private final Path file;
    private final Path temporary;
    private final boolean direct;
    private boolean committed;
    private @Nullable OutputStream opened;

    private @Nullable ProcessLock lock;

    private Target(Path file, Path temporary, boolean direct) {
        this.file = file;
        this.temporary = temporary;
        this.direct = direct;
    }

    /**
     * Checks that a file can be written.
     *
     * @throws WriteException if its folder does not exist or cannot be written to, or it is a folder itself
     */
    static void check(Path file) {
        Path folder = folder(file);
        if (!Files.exists(folder)) {
            throw new WriteException("cannot write " + file + ": there is no folder " + folder + "; make it first");
        }
        if (Files.isDirectory(file)) {
            throw new WriteException("cannot write " + file + ": it is a folder; name a file in it");
        }
        if (!Files.isDirectory(folder)
                || !Files.isWritable(folder)
                || (Files.exists(file) && !Files.isWritable(file))) {
            throw new WriteException("cannot write " + file + ": no permission to; choose another place");
        }
    }

    private static Path folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file.toAbsolutePath() : folder;
    }

    /** Makes the temporary file, empty. */
    static Target create(Path file) {
        check(file);
        try {
            if (!Files.exists(file)) {
                return create(file, file.toAbsolutePath());
            }
            // A link stays a link to what is replaced.
            return Files.isRegularFile(file) ? create(file, file.toRealPath()) : new Target(file, file, true);
        } catch (IOException e) {
            throw WriteException.of(file.toString(), e);
        }
    }

    private static Target create(Path named, Path real) throws IOException {
        removeLeftovers(real);
        while (true) {
            String suffix = Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), Character.MAX_RADIX);
            Path temporary = real.resolveSibling("." + real.getFileName() + "." + suffix + ".tmp");
            try {
                // Not by createTempFile, whose files only their owner may read.
                Files.createFile(temporary);
            } catch (FileAlreadyExistsException e) {
                continue;
            }
            temporary.toFile().deleteOnExit();
            Target target = new Target(named, temporary, false);
            target.lock = ProcessLock.on(temporary);
            return target;
        }
    }

    /** Removes the temporary files that killed processes left when they wrote a file, and those beside which rows waited. */
    private static void removeLeftovers(Path real) {
        String start = "." + real.getFileName() + ".";
        DirectoryStream.Filter<Path> temporary = path -> {
            String name = String.valueOf(path.getFileName());
            return (name.startsWith(start) || name.startsWith("." + start)) && name.endsWith(".tmp");
        };
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder(real), temporary)) {
            for (Path file : files) {
                removeIfLeft(file);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Whether a file can be made here shows next.
        }
    }

    private static void removeIfLeft(Path file) {
        try (ProcessLock free = ProcessLock.on(file)) {
            if (free.held()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // Not ours to remove.
        }
    }

    /** The file's name as it was given. */
    Path file() {
        return file;
    }

    /** Whether there is no temporary file, because the file is a device or a pipe. */
    boolean isDirect() {
        return direct;
    }

    /** Where to write. */
    Path temporary() {
        return temporary;
    }

    /** A stream to the temporary file, packed if the name says so. */
    OutputStream open() throws IOException {
        OutputStream stream = Files.newOutputStream(temporary);
        opened = stream;
        return FileFormat.isGzip(file) ? new GZIPOutputStream(stream, 1 << 16) : stream;
    }

    /** Gives the temporary file its name, once its bytes are on the disk. */
    void commit() throws IOException {
        if (!direct) {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Path name = file.toAbsolutePath();
            Files.move(temporary, Files.exists(name) ? name.toRealPath() : name, StandardCopyOption.ATOMIC_MOVE);
        }
        committed = true;
    }

    @Override
    public void close() {
        ProcessLock held = lock;
        try (held) {
            closeFile();
        } catch (IOException e) {
            throw new WriteException("cannot close " + temporary + ": " + WriteException.reason(e), e);
        }
    }

    private void closeFile() {
        if (committed || direct) {
            return;
        }
        try {
            if (opened != null) {
                // A gzip stream that fails to write its end does not close the stream below.
                opened.close();
            }
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            throw new WriteException(
                    "cannot remove the temporary file " + temporary + ": " + WriteException.reason(e), e);
        }
    }
}
