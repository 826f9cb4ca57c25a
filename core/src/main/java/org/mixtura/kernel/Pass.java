package org.mixtura.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;

/**
 * One pass over all rows, in chunks of a fixed size, on several threads.
 *
 * <p>Each chunk is worked on by one thread and its result is handed over in the order of the chunks, whatever the order in
 * which they were finished; so the outcome has the same bits for any number of threads. At most a few results wait at any
 * time: memory grows with the threads, not with the rows.
 *
 * @param <A> what a chunk is reduced to
 */
public final class Pass<A extends Pass.Part> {
    /** What a chunk of rows is reduced to; used again for a later chunk. */
    public interface Part {
        /** Forgets all rows. */
        void clear();
    }

    /**
     * Works on blocks of rows; confined to one thread.
     *
     * @param <A> what a chunk is reduced to
     */
    public interface Worker<A> {
        /**
         * Works on the rows of one chunk.
         *
         * @param block the rows
         * @param first the number of the block's first row
         * @param into an empty part
         */
        void accept(Block block, long first, A into);
    }

    private static final int LARGEST_CHUNK = 4096;
    /** With fewer rows, what a worker does once per chunk, such as bringing its sums into order, would show. */
    static final int SMALLEST_CHUNK = 1024;
    /** Work, in multiplications, for which a chunk is worth handing to a thread. */
    private static final long CHUNK_COST = 1L << 25;
    /** Work below which starting a thread costs more than it saves. */
    private static final long THREAD_COST = 1L << 22;

    private final Rows rows;
    private final int chunkRows;
    private final long chunks;
    private final int threads;
    private final Supplier<Worker<A>> workers;
    private final Supplier<A> parts;
    private final Consumer<A> inOrder;

    private long nextChunk;
    private long nextDelivery;
    private long failedChunk = Long.MAX_VALUE;
    private @Nullable Throwable failure;
    private final Map<Long, A> waiting = new HashMap<>();
    private final Deque<A> free = new ArrayDeque<>();

    private Pass(
            Rows rows,
            int threads,
            long costPerRow,
            Supplier<Worker<A>> workers,
            Supplier<A> parts,
            Consumer<A> inOrder) {
        this.rows = rows;
        this.chunkRows = chunkRows(costPerRow);
        this.chunks = (rows.count() + chunkRows - 1) / chunkRows;
        this.threads = isSmall(rows, costPerRow) ? 1 : (int) Math.min(threads, chunks);
        this.workers = workers;
        this.parts = parts;
        this.inOrder = inOrder;
    }

    /**
     * Runs a pass.
     *
     * @param rows the rows
     * @param threads how many threads may work, the caller's included; at least 1
     * @param costPerRow about how many multiplications a row takes
     * @param workers makes a worker for each thread
     * @param parts makes empty parts
     * @param inOrder receives the part of each chunk, in the order of the rows, one at a time; a part is cleared and used
     *     again afterwards
     * @param <A> the type of the parts
     * @throws IllegalArgumentException if there is no thread
     * @throws RuntimeException what the reader, a worker or the receiver threw; if several did, for the earliest rows. All
     *     chunks before them, and none after, have been handed over by then
     */
    public static <A extends Part> void run(
            Rows rows,
            int threads,
            long costPerRow,
            Supplier<Worker<A>> workers,
            Supplier<A> parts,
            Consumer<A> inOrder) {
        if (!(threads >= 1)) {
            throw new IllegalArgumentException(threads + " threads; at least 1 must work");
        }
        new Pass<>(rows, threads, costPerRow, workers, parts, inOrder).run();
    }

    /**
     * Whether a pass is so small that it runs on the caller's thread alone.
     *
     * @param rows the rows
     * @param costPerRow about how many multiplications a row takes
     * @return true if more threads would not help
     */
    public static boolean isSmall(Rows rows, long costPerRow) {
        return rows.count() < THREAD_COST / Math.max(1, costPerRow);
    }

    /** The rows of a chunk: a function of the work alone, so that results do not depend on the threads. */
    static int chunkRows(long costPerRow) {
        long wanted = CHUNK_COST / Math.max(1, costPerRow);
        return (int) Math.max(SMALLEST_CHUNK, Math.min(LARGEST_CHUNK, Long.highestOneBit(Math.max(1, wanted))));
    }

    private void run() {
        List<Thread> helpers = new ArrayList<>();
        try {
            for (int t = 1; t < threads; t++) {
                Thread helper = new Thread(this::work, "mixtura-pass-" + t);
                helper.setDaemon(true);
                helper.start();
                helpers.add(helper);
            }
            work();
        } catch (RuntimeException | Error e) {
            // A thread could not be started: those that were must not go on behind the caller's back.
            fail(0, e);
        }
        for (Thread helper : helpers) {
            join(helper);
        }
        Throwable failed = failure;
        if (failed instanceof RuntimeException exception) {
            throw exception;
        }
        if (failed instanceof Error error) {
            throw error;
        }
    }

    private static void join(Thread helper) {
        boolean interrupted = false;
        while (true) {
            try {
                helper.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        long chunk = -1;
        try (Rows.Reader reader = rows.reader()) {
            Worker<A> worker = workers.get();
            for (chunk = take(); chunk >= 0; chunk = take()) {
                long first = chunk * chunkRows;
                int count = (int) Math.min(chunkRows, rows.count() - first);
                A part = part();
                worker.accept(reader.read(first, count), first, part);
                deliver(chunk, part);
            }
        } catch (RuntimeException | Error e) {
            fail(Math.max(0, chunk), e);
        }
    }

    /** The next chunk to work on, or −1 at the end; waits while too many finished chunks lie about. */
    private synchronized long take() {
        boolean interrupted = false;
        while (nextChunk < chunks && nextChunk <= failedChunk && nextChunk - nextDelivery > threads) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return nextChunk < Math.min(chunks, failedChunk) ? nextChunk++ : -1;
    }

    private A part() {
        synchronized (this) {
            A part = free.poll();
            if (part != null) {
                return part;
            }
        }
        return parts.get();
    }

    private synchronized void deliver(long chunk, A part) {
        waiting.put(chunk, part);
        for (A next = waiting.remove(nextDelivery);
                next != null && nextDelivery < failedChunk;
                next = waiting.remove(nextDelivery)) {
            inOrder.accept(next);
            next.clear();
            free.add(next);
            nextDelivery++;
        }
        notifyAll();
    }

    /** Keeps the failure of the earliest chunk, so that the message does not depend on the threads either. */
    private synchronized void fail(long chunk, Throwable thrown) {
        if (chunk < failedChunk) {
            failedChunk = chunk;
            failure = thrown;
        }
        notifyAll();
    }
}
