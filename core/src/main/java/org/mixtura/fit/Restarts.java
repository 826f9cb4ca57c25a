package org.mixtura.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Runs of an algorithm from several starts, side by side where the rows are too few to share out a single run. */
final class Restarts {
    private Restarts() {}

    /** The seed of one attempt of one run: well mixed, so that neighbouring seeds give unrelated streams. */
    static long seed(long seed, int run, int attempt) {
        long z = seed * 0x9E3779B97F4A7C15L + run * 0xD1B54A32D192ED03L + attempt * 0x8CB92BA72F3D8DD7L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** The results of the runs in their order, whatever the order in which they end. */
    static <T> List<T> sideBySide(int runs, int threads, IntFunction<T> run) {
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(runs, threads), task -> {
            Thread thread = new Thread(task, "mixtura-restart");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<T>> futures = IntStream.range(0, runs)
                    .mapToObj(i -> pool.submit(() -> run.apply(i)))
                    .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(await(future));
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    private static <T> T await(Future<T> future) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof RuntimeException exception) {
                        throw exception;
                    }
                    if (e.getCause() instanceof Error error) {
                        throw error;
                    }
                    throw new IllegalStateException(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
