package org.mixtura.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mixtura.data.Rows;
import org.mixtura.fit.Em;
import org.mixtura.fit.Fit;
import org.mixtura.fit.Initialization;
import org.mixtura.fit.Regularization;
import org.mixtura.kernel.KernelChoice;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/**
 * Times EM on a workload that {@code compare/workloads.py} made: seconds per iteration, as the difference between fits of
 * few and of more iterations from the same start, so that set-up drops out; and seconds to score all rows.
 */
final class EmTimes {
    private static final int REPEATS = 3;

    private EmTimes() {}

    /**
     * Prints one line of JSON.
     *
     * @param arguments the workload's folder, the number of threads, {@code em} or {@code score}, seconds to warm up
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        int threads = Integer.parseInt(arguments[1]);
        boolean scoring = arguments[2].equals("score");
        double warmUp = Double.parseDouble(arguments[3]);
        String meta = Files.readString(folder.resolve("meta.json"));
        int n = number(meta, "rows");
        int d = number(meta, "columns");
        int k = number(meta, "components");
        Rows rows = Rows.owning(doubles(folder.resolve("rows.bin"), n * d), d);
        CovarianceStructure structure =
                meta.contains("\"diagonal\"") ? CovarianceStructure.DIAGONAL : CovarianceStructure.FULL;
        GaussianMixture start = start(folder, d, k, structure);
        List<Double> seconds = new ArrayList<>();
        double logLikelihood = Double.NaN;
        long end = Clock.nanoseconds() + (long) (warmUp * 1e9);
        int more = 3;
        do {
            double once = scoring ? score(start, rows, threads) : fit(start, structure, rows, 1 + more, threads) / more;
            more = (int) Math.max(1, Math.min(20, 1 / once));
        } while (Clock.nanoseconds() < end);
        for (int repeat = 0; repeat < REPEATS; repeat++) {
            if (scoring) {
                seconds.add(score(start, rows, threads));
            } else {
                double few = fit(start, structure, rows, 1, threads);
                seconds.add((fit(start, structure, rows, 1 + more, threads) - few) / more);
            }
        }
        if (!scoring) {
            logLikelihood = em(start, structure, rows, 3, threads).meanLogLikelihood();
        }
        System.out.printf(
                "{\"seconds\": %s, \"mean_log_likelihood\": %.12f, \"kernels\": \"%s\"}%n",
                seconds, logLikelihood, KernelChoice.best().description());
    }

    private static double score(GaussianMixture mixture, Rows rows, int threads) {
        long began = Clock.nanoseconds();
        double[] sum = new double[1];
        mixture.score(rows, threads, (first, count, logDensity, responsibilities) -> sum[0] += logDensity[0]);
        return (Clock.nanoseconds() - began) / 1e9;
    }

    private static double fit(
            GaussianMixture start, CovarianceStructure structure, Rows rows, int iterations, int threads) {
        long began = Clock.nanoseconds();
        Fit<GaussianMixture> fit = em(start, structure, rows, iterations, threads);
        if (fit.iterations() != iterations) {
            throw new IllegalStateException(fit.iterations() + " iterations instead of " + iterations + ": "
                    + fit.stopReason() + ", " + fit.stopDetail());
        }
        return (Clock.nanoseconds() - began) / 1e9;
    }

    private static Fit<GaussianMixture> em(
            GaussianMixture start, CovarianceStructure structure, Rows rows, int iterations, int threads) {
        return Em.components(start.size())
                .covariance(structure)
                .initialization(Initialization.model(start))
                .regularization(Regularization.none())
                .tolerance(0)
                .maxIterations(iterations)
                .threads(threads)
                .fit(rows);
    }

    /** Equal weights, given means, and for each component the variances of the columns. */
    private static GaussianMixture start(Path folder, int d, int k, CovarianceStructure structure) throws IOException {
        double[] means = doubles(folder.resolve("means.bin"), k * d);
        double[] variances = doubles(folder.resolve("variances.bin"), d);
        double[] weights = new double[k];
        Arrays.fill(weights, 1.0 / k);
        Covariance covariance = Covariance.diagonal(variances);
        if (structure == CovarianceStructure.FULL) {
            double[][] rows = new double[d][d];
            for (int j = 0; j < d; j++) {
                rows[j][j] = variances[j];
            }
            covariance = Covariance.full(rows);
        }
        List<Gaussian> components = new ArrayList<>();
        for (int c = 0; c < k; c++) {
            components.add(Gaussian.of(Arrays.copyOfRange(means, c * d, (c + 1) * d), covariance));
        }
        return GaussianMixture.of(weights, components);
    }

    private static int number(String meta, String key) {
        Matcher matcher = Pattern.compile("\"" + key + "\": *(\\d+)").matcher(meta);
        if (!matcher.find()) {
            throw new IllegalArgumentException("no \"" + key + "\" in " + meta);
        }
        return Integer.parseInt(matcher.group(1));
    }

    private static double[] doubles(Path file, int count) throws IOException {
        double[] values = new double[count];
        ByteBuffer.wrap(Files.readAllBytes(file))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asDoubleBuffer()
                .get(values);
        return values;
    }
}
