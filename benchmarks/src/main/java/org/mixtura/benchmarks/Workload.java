package org.mixtura.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
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
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/** Rows and a start that {@code compare/workloads.py} made. */
public final class Workload {
    private static final int PIECE = 1 << 20;

    private final Path folder;
    private final String meta;
    private final int dimension;
    private final CovarianceStructure structure;
    private final double[] values;

    /**
     * Reads a workload.
     *
     * @param folder where it lies
     * @param most how many rows to read at most
     * @throws IOException if it cannot be read
     */
    public Workload(Path folder, int most) throws IOException {
        this.folder = folder;
        this.meta = Files.readString(folder.resolve("meta.json"));
        this.dimension = number("columns");
        this.structure = meta.contains("\"diagonal\"") ? CovarianceStructure.DIAGONAL : CovarianceStructure.FULL;
        this.values = doubles("rows.bin", Math.min(most, number("rows")) * dimension);
    }

    /** {@return the values of the rows, n × d, row by row; the array itself} */
    public double[] values() {
        return values;
    }

    /** {@return the rows, over the same array} */
    public Rows rows() {
        return Rows.owning(values, dimension);
    }

    /** {@return full or diagonal} */
    public CovarianceStructure structure() {
        return structure;
    }

    /**
     * Equal weights, given means, and for each component the variances of the columns.
     *
     * @return the mixture from which every program starts
     * @throws IOException if it cannot be read
     */
    public GaussianMixture start() throws IOException {
        int k = number("components");
        return start(doubles("means.bin", k * dimension), k);
    }

    /**
     * The same with any number of components, whose means lie halfway between rows and the mean of all.
     *
     * @param components K, at most the number of rows
     * @return the mixture
     * @throws IOException if it cannot be read
     */
    public GaussianMixture start(int components) throws IOException {
        int n = values.length / dimension;
        double[] mean = new double[dimension];
        for (int i = 0; i < values.length; i++) {
            mean[i % dimension] += values[i] / n;
        }
        double[] means = new double[components * dimension];
        for (int k = 0; k < components; k++) {
            int row = k * (n / components);
            for (int j = 0; j < dimension; j++) {
                means[k * dimension + j] = (mean[j] + values[row * dimension + j]) / 2;
            }
        }
        return start(means, components);
    }

    private GaussianMixture start(double[] means, int k) throws IOException {
        double[] variances = doubles("variances.bin", dimension);
        double[] weights = new double[k];
        Arrays.fill(weights, 1.0 / k);
        Covariance covariance = Covariance.diagonal(variances);
        if (structure == CovarianceStructure.FULL) {
            double[][] rows = new double[dimension][dimension];
            for (int j = 0; j < dimension; j++) {
                rows[j][j] = variances[j];
            }
            covariance = Covariance.full(rows);
        }
        List<Gaussian> components = new ArrayList<>();
        for (int c = 0; c < k; c++) {
            components.add(Gaussian.of(Arrays.copyOfRange(means, c * dimension, (c + 1) * dimension), covariance));
        }
        return GaussianMixture.of(weights, components);
    }

    /**
     * A fit that makes a given number of iterations.
     *
     * @param start from where
     * @param rows the rows
     * @param iterations how many
     * @param threads how many threads
     * @return the fit
     * @throws IllegalStateException if it stopped earlier
     */
    public Fit<GaussianMixture> fit(GaussianMixture start, Rows rows, int iterations, int threads) {
        Fit<GaussianMixture> fit = Em.components(start.size())
                .covariance(structure)
                .initialization(Initialization.model(start))
                .regularization(Regularization.none())
                .tolerance(0)
                .maxIterations(iterations)
                .threads(threads)
                .fit(rows);
        if (fit.iterations() != iterations) {
            throw new IllegalStateException(fit.iterations() + " iterations instead of " + iterations + ": "
                    + fit.stopReason() + ", " + fit.stopDetail());
        }
        return fit;
    }

    private int number(String key) {
        Matcher matcher = Pattern.compile("\"" + key + "\": *(\\d+)").matcher(meta);
        if (!matcher.find()) {
            throw new IllegalArgumentException("no \"" + key + "\" in " + meta);
        }
        return Integer.parseInt(matcher.group(1));
    }

    /** Piece by piece, so that the numbers are never in memory twice. */
    private double[] doubles(String file, int count) throws IOException {
        double[] read = new double[count];
        ByteBuffer piece = ByteBuffer.allocate(PIECE).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(folder.resolve(file))) {
            for (int at = 0; at < count; ) {
                piece.clear().limit(Math.min(PIECE, Double.BYTES * (count - at)));
                while (piece.hasRemaining()) {
                    if (channel.read(piece) < 0) {
                        throw new IOException(file + " ends after " + at + " of " + count + " numbers");
                    }
                }
                piece.flip();
                int numbers = piece.remaining() / Double.BYTES;
                piece.asDoubleBuffer().get(read, at, numbers);
                at += numbers;
            }
        }
        return read;
    }
}
