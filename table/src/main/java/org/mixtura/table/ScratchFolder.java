package org.mixtura.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A folder for files that live as long as their table, or at most as long as their process.
 *
 * <p>A {@link ProcessLock} on a file in it, which is there for nothing else, says that the process lives. Whoever makes the next
 * folder removes those whose lock is free: a process that was killed left them behind.
 */
final class ScratchFolder implements AutoCloseable {
    private static final String PREFIX = "mixtura-rows-";
    private static final String LOCK = "lock";

    private final Path path;
    private final ProcessLock lock;

    private ScratchFolder(Path path, ProcessLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes a folder, after removing what killed processes left.
     *
     * @throws IOException if there is no such parent or no room
     */
    static ScratchFolder in(Path parent) throws IOException {
        removeLeftovers(parent);
        Path path = Files.createTempDirectory(parent, PREFIX);
        path.toFile().deleteOnExit();
        path.resolve(LOCK).toFile().deleteOnExit();
        // Locked under another name first: a folder with a lock that nobody holds would pass for a leftover.
        Path fresh = path.resolve("new");
        Files.createFile(fresh);
        ProcessLock lock = ProcessLock.on(fresh);
        try {
            if (lock.held()) {
                Files.move(fresh, path.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
            }
            return new ScratchFolder(path, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static void removeLeftovers(Path parent) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                removeIfLeft(folder);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Someone else's, or gone meanwhile; whether a folder can be made here shows next.
        }
    }

    private static void removeIfLeft(Path folder) {
        try (ProcessLock lock = ProcessLock.on(folder.resolve(LOCK))) {
            if (lock.held()) {
                remove(folder);
            }
        } catch (IOException e) {
            // Not ours to remove.
        }
    }

    /** Removes the files of a folder, the lock last, and the folder. */
    private static void remove(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (!file.endsWith(LOCK)) {
                    Files.deleteIfExists(file);
                }
            }
        }
        Files.deleteIfExists(folder.resolve(LOCK));
        Files.deleteIfExists(folder);
    }

    Path path() {
        return path;
    }

    /** Removes the folder and all that is in it. */
    @Override
    public void close() {
        try (lock) {
            if (Files.exists(path)) {
                remove(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
