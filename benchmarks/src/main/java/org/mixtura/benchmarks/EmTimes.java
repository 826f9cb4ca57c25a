package org.mixtura.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mixtura.data.Rows;
import org.mixtura.data.RowsView;
import org.mixtura.kernel.KernelChoice;
import org.mixtura.mixture.GaussianMixture;

/**
 * Times EM on a workload: seconds per iteration, as the difference between fits of few and of more iterations from the same
 * start, so that set-up drops out; or seconds to
 * score all rows, on as many threads as the JVM sees processors.
 */
final class EmTimes {
    private static final int REPEATS = 3;
    private static final int MOST_ITERATIONS = 20;

    private final Workload workload;
    private final Rows rows;
    private final GaussianMixture start;
    private final int threads;

    private EmTimes(Path folder, int threads) throws IOException {
        this.workload = new Workload(folder, Integer.MAX_VALUE);
        this.rows = workload.rows();
        this.start = workload.start();
        this.threads = threads;
    }

    /**
     * Prints one line of JSON.
     *
     * @param arguments the workload's folder, the number of threads, {@code em}, {@code less} or {@code score}, seconds to warm up
     */
    public static void main(String[] arguments) throws IOException {
        EmTimes times = new EmTimes(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        double warmUp = Double.parseDouble(arguments[3]);
        System.out.println(
                switch (arguments[2]) {
                    case "score" -> times.score(warmUp);
                    case "less" -> times.em(times.rows, warmUp, MOST_ITERATIONS);
                    // Of rows that are not at hand no component is left out.
                    default -> times.em(new RowsView(times.rows) {}, warmUp, 1);
                });
    }

    private String em(Rows seen, double warmUp, int least) {
        long end = Clock.nanoseconds() + (long) (warmUp * 1e9);
        int more = 3;
        do {
            double once = fit(seen, 1 + more) / more;
            more = (int) Math.max(least, Math.min(MOST_ITERATIONS, 1 / once));
        } while (Clock.nanoseconds() < end);
        List<Double> seconds = new ArrayList<>();
        for (int repeat = 0; repeat < REPEATS; repeat++) {
            double few = fit(seen, 1);
            seconds.add((fit(seen, 1 + more) - few) / more);
        }
        double logLikelihood = workload.fit(start, rows, 3, threads).meanLogLikelihood();
        return String.format(
                "{\"seconds\": %s, \"mean_log_likelihood\": %.12f, \"kernels\": \"%s\"}",
                seconds, logLikelihood, KernelChoice.best().description());
    }

    private double fit(Rows seen, int iterations) {
        long began = Clock.nanoseconds();
        workload.fit(start, seen, iterations, threads);
        return (Clock.nanoseconds() - began) / 1e9;
    }

    private String score(double warmUp) {
        GaussianMixture mixture = workload.fit(start, rows, 2, threads).model();
        long end = Clock.nanoseconds() + (long) (warmUp * 1e9);
        double mean = 0;
        List<Double> seconds = new ArrayList<>();
        while (Clock.nanoseconds() < end || seconds.size() < REPEATS) {
            long began = Clock.nanoseconds();
            double[] logDensity = mixture.logDensity(rows);
            seconds.add((Clock.nanoseconds() - began) / 1e9);
            mean = Arrays.stream(logDensity).average().orElseThrow();
        }
        return String.format(
                "{\"seconds\": %s, \"mean_log_likelihood\": %.12f}",
                seconds.subList(seconds.size() - REPEATS, seconds.size()), mean);
    }
}
