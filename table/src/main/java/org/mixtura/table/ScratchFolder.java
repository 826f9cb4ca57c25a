package org.mixtura.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A folder for files that live as long as their table, or at most as long as their process.
 *
 * <p>A locked file in it says that the process lives, and the system frees the lock however that ends. Whoever makes the next
 * folder removes those whose lock is free: a process that was killed left them behind. The lock is on a file of its own, which
 * nobody reads, since a process that closes any channel to a file gives up its locks on that file.
 */
final class ScratchFolder implements AutoCloseable {
    private static final String PREFIX = "mixtura-rows-";
    private static final String LOCK = "lock";

    private final Path path;
    private final FileChannel lock;

    private ScratchFolder(Path path, FileChannel lock) {
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
        FileChannel channel = FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            if (tryLock(channel) != null) {
                Files.move(fresh, path.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
            }
            return new ScratchFolder(path, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel channel) {
        try {
            return channel.tryLock();
        } catch (IOException | OverlappingFileLockException e) {
            // A file system without locks, or a lock of our own: in either case nothing is known to be left behind.
            return null;
        }
    }

    private static void removeLeftovers(Path parent) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                removeIfLeft(folder);
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            // Someone else's, or gone meanwhile; whether a folder can be made here shows next.
        }
    }

    private static void removeIfLeft(Path folder) {
        try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE)) {
            if (tryLock(channel) != null) {
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
