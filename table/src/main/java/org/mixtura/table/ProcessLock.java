package org.mixtura.table;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A lock on a file that says: the process that made this lives. The system frees it however that ends, so who gets the lock of a
 * temporary file knows that it was left behind. A process that closes any channel to a file gives up its locks on it, as POSIX
 * has it.
 */
final class ProcessLock implements AutoCloseable {
    /** Behind all that is ever written: on Windows nobody else may write what is locked. */
    private static final long PLACE = Long.MAX_VALUE - 1;

    private final FileChannel channel;
    private final @Nullable FileLock lock;

    private ProcessLock(FileChannel channel, @Nullable FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Tries to lock a file.
     *
     * @throws IOException if it cannot be opened
     */
    static ProcessLock on(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        try {
            return new ProcessLock(channel, channel.tryLock(PLACE, 1, false));
        } catch (IOException | OverlappingFileLockException e) {
            // A file system without locks, or a lock of this very process.
            return new ProcessLock(channel, null);
        }
    }

    /** Whether the file is locked by this; if not, by someone else, or nobody knows. */
    boolean held() {
        return lock != null;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
