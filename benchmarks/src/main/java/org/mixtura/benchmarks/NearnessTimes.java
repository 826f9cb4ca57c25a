package org.mixtura.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.mixtura.data.Block;
import org.mixtura.data.NeighbouringRows;
import org.mixtura.data.ReorderedRows;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.Nearness;
import org.mixtura.kernel.OwnerOrder;
import org.mixtura.kernel.QuadraticForms;
import org.mixtura.kernel.Scan;
import org.mixtura.linalg.Cholesky;
import org.mixtura.linalg.Packed;

/**
 * Passes that leave components out where they do not matter beside passes over all of them, from the same forms, iteration by iteration
 * of plain EM on one thread: {@code NearnessTimes DATA ROWS COLUMNS COMPONENTS ITERATIONS}, with DATA the path of a .npy file without its
 * ending, of which ROWS rows are taken, or "separated" for clusters without correlations whose centres lie 3 √d standard deviations
 * apart in the mean. A line for each iteration tells seconds of processor time: over all components, of putting the rows in order,
 * without those that do not matter; the share of the components that matter to a tile, of those that were scored, and by how much
 * the two log-likelihoods per row differ.
 */
final class NearnessTimes {
    private static final int THREADS = 1;
    private static final int ORDERED_FROM = 4;

    private NearnessTimes() {}

    public static void main(String[] arguments) throws IOException {
        int n = Integer.parseInt(arguments[1]);
        int d = Integer.parseInt(arguments[2]);
        int k = Integer.parseInt(arguments[3]);
        int iterations = Integer.parseInt(arguments[4]);
        RandomGenerator random = new SplittableRandom(1);
        double[] values = arguments[0].equals("separated") ? separated(n, d, k, random) : read(arguments[0], n, d);
        Rows rows = Rows.owning(values, d);
        QuadraticForms forms = start(values, n, d, k, random);
        Rows ordered = rows;
        Nearness near = null;
        double share = 1;
        System.out.println("pass  all, s  order, s   less, s  share  scored  difference per row");
        for (int pass = 1; pass <= iterations; pass++) {
            double from = seconds();
            Moments all = Scan.moments(rows, forms, Moments.Scatter.FULL, THREADS, n);
            double plain = seconds() - from;
            double sort = 0;
            if (pass == ORDERED_FROM || pass == ORDERED_FROM * ORDERED_FROM) {
                from = seconds();
                ordered = d <= 4
                        ? NeighbouringRows.of(rows)
                        : ReorderedRows.of(rows, OwnerOrder.of(rows, forms, THREADS));
                share = Nearness.share(ordered, forms);
                near = Nearness.of(ordered, k);
                sort = seconds() - from;
            }
            if (near != null) {
                from = seconds();
                Moments few = Scan.moments(ordered, forms, Moments.Scatter.FULL, THREADS, n, near, share);
                double less = seconds() - from;
                System.out.printf(
                        Locale.ROOT,
                        "%4d  %6.3f  %7.3f  %7.3f  %5.3f  %6.3f  %.1e%n",
                        pass,
                        plain,
                        sort,
                        less,
                        share,
                        near.scoredShare(),
                        Math.abs(few.logLikelihood() - all.logLikelihood()) / n);
            }
            forms = next(all, values, n, d, k);
        }
    }

    private static double seconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() * 1e-9;
    }

    private static double[] read(String file, int n, int d) throws IOException {
        try (Rows.Reader reader = NpyRows.read(Path.of(file + ".npy")).reader()) {
            Block block = reader.read(0, n);
            return Arrays.copyOfRange(block.values(), block.offset(), block.offset() + n * d);
        }
    }

    /** Clusters without correlations, their centres 3 √d standard deviations apart in the mean. */
    private static double[] separated(int n, int d, int k, RandomGenerator random) {
        double[] centres = new double[k * d];
        for (int i = 0; i < centres.length; i++) {
            centres[i] = 3 / Math.sqrt(2) * random.nextGaussian();
        }
        double[] values = new double[n * d];
        for (int i = 0; i < n; i++) {
            int c = random.nextInt(k);
            for (int j = 0; j < d; j++) {
                values[i * d + j] = centres[c * d + j] + random.nextGaussian();
            }
        }
        return values;
    }

    /** Greedily spread rows as centres, and the variances of all rows over K^(2/d). */
    private static QuadraticForms start(double[] x, int n, int d, int k, RandomGenerator random) {
        double[] centres = new double[k * d];
        double[] nearest = new double[n];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        int chosen = random.nextInt(n);
        for (int c = 0; c < k; c++) {
            System.arraycopy(x, chosen * d, centres, c * d, d);
            double sum = 0;
            for (int i = 0; i < n; i++) {
                double square = 0;
                for (int j = 0; j < d; j++) {
                    double away = x[i * d + j] - centres[c * d + j];
                    square += away * away;
                }
                nearest[i] = Math.min(nearest[i], square);
                sum += nearest[i];
            }
            double left = sum * random.nextDouble();
            for (chosen = 0; chosen < n - 1 && left > nearest[chosen]; chosen++) {
                left -= nearest[chosen];
            }
        }
        double[] factor = new double[Packed.size(d)];
        double[] variances = variances(x, n, d);
        double constant = 0;
        for (int j = 0; j < d; j++) {
            factor[Packed.index(j, j)] = Math.pow(k, 1.0 / d) / Math.sqrt(variances[j]);
            constant += Math.log(factor[Packed.index(j, j)]);
        }
        double[][] factors = new double[k][];
        Arrays.fill(factors, factor);
        double[] constants = new double[k];
        Arrays.fill(constants, constant - Math.log(k) - 0.5 * d * Math.log(2 * Math.PI));
        return QuadraticForms.of(QuadraticForms.Factor.TRIANGULAR, new double[d], centres, constants, factors);
    }

    private static double[] variances(double[] x, int n, int d) {
        double[] variances = new double[d];
        for (int j = 0; j < d; j++) {
            double mean = 0;
            for (int i = 0; i < n; i++) {
                mean += x[i * d + j] / n;
            }
            for (int i = 0; i < n; i++) {
                variances[j] += (x[i * d + j] - mean) * (x[i * d + j] - mean) / n;
            }
        }
        return variances;
    }

    /** The M-step, each scatter with one row more of the variances over K^(2/d). */
    private static QuadraticForms next(Moments moments, double[] x, int n, int d, int k) {
        double[] prior = variances(x, n, d);
        double[] centres = new double[k * d];
        double[] constants = new double[k];
        double[][] factors = new double[k][];
        for (int c = 0; c < k; c++) {
            double weight = moments.weights()[c];
            System.arraycopy(moments.mean(c), 0, centres, c * d, d);
            double[] covariance = moments.scatter(c);
            for (int i = 0; i < d; i++) {
                covariance[Packed.index(i, i)] += prior[i] * Math.pow(k, -2.0 / d);
            }
            for (int i = 0; i < covariance.length; i++) {
                covariance[i] /= weight + 1;
            }
            double[] lower = Cholesky.factor(covariance, d);
            factors[c] = Cholesky.invert(lower, d);
            constants[c] =
                    Math.log(weight / n) - 0.5 * Cholesky.logDeterminant(lower, d) - 0.5 * d * Math.log(2 * Math.PI);
        }
        return QuadraticForms.of(QuadraticForms.Factor.TRIANGULAR, new double[d], centres, constants, factors);
    }
}
