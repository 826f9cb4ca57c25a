package org.mixtura.table;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A lock on a file that says: the process that made this lives. The system frees it however that ends, so who gets the lock of a
 * temporary file knows that it was left behind.
 *
 * <p>Under POSIX a process that closes any channel to a file gives up its locks on it. So a file that this process has locked is
 * not even opened to see whether it is free.
 */
final class ProcessLock implements AutoCloseable {
    /** Behind all that is ever written: on Windows nobody else may write what is locked. */
    private static final long PLACE = Long.MAX_VALUE - 1;

    /** What tells the files that this process has locked from others, where the system has such a key. */
    private static final Set<Object> OURS = ConcurrentHashMap.newKeySet();

    private final @Nullable FileChannel channel;
    private final @Nullable FileLock lock;
    private final @Nullable Object key;

    private ProcessLock(@Nullable FileChannel channel, @Nullable FileLock lock, @Nullable Object key) {
        this.channel = channel;
        this.lock = lock;
        this.key = key;
        if (lock != null && key != null) {
            OURS.add(key);
        }
    }

    /**
     * Tries to lock a file.
     *
     * @throws IOException if it cannot be opened
     */
    static ProcessLock on(Path file) throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        if (key != null && OURS.contains(key)) {
            return new ProcessLock(null, null, null);
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        try {
            return new ProcessLock(channel, channel.tryLock(PLACE, 1, false), key);
        } catch (IOException | OverlappingFileLockException e) {
            // A file system without locks, or a lock of this very process.
            return new ProcessLock(channel, null, null);
        }
    }

    /** Whether the file is locked by this; if not, by someone else, or nobody knows. */
    boolean held() {
        return lock != null;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
        if (lock != null && key != null) {
            OURS.remove(key);
        }
    }
}
