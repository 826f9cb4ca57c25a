package org.mixtura.fit;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.mixtura.data.Block;
import org.mixtura.data.CodedRows;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.Scan;
import org.mixtura.kernel.Seeding;
import org.mixtura.linalg.Cholesky;
import org.mixtura.linalg.NotPositiveDefiniteException;
import org.mixtura.linalg.Packed;

/**
 * The starts of a race: greedy k-means++ on a sample, in columns divided by their standard deviations or made uncorrelated, with
 * Lloyd's iterations or without; then each row's nearest centre. Covariances of such clusters are pulled towards the pooled one,
 * Σ_k = (S_k + a Σ_pooled)/(N_k + a), for a cluster of a few rows says little of its shape.
 */
final class KMeansStart {
    private static final int LLOYD_ITERATIONS = 10;

    private final Initialization.Start start;
    private final Clustering clustering;
    private final int d;

    KMeansStart(Initialization.Start start) {
        this(start, Clustering.FREE);
    }

    KMeansStart(Initialization.Start start, Clustering clustering) {
        this.start = start;
        this.clustering = clustering;
        this.d = start.rows().dimension();
    }

    Moments moments() {
        double[] scales = scales();
        Clustering.Space space = start.kind().whitened()
                ? whitened(scales)
                : new Clustering.Space(start.rows(), scales, UnaryOperator.identity(), threads());
        double[][] centres = clustering.centres(space, start.components(), new SplittableRandom(start.seed()));
        start.requireCentres(centres);
        count(centres.length * (1 + Seeding.greedyTrials(centres.length)), 1);
        for (int i = 0; start.kind().moved() && i < LLOYD_ITERATIONS; i++) {
            double[][] moved = moved(space, centres);
            if (Arrays.deepEquals(moved, centres)) {
                break;
            }
            centres = moved;
        }
        count(1, centres.length);
        return pooled(clustering.completed(start.moments(labels(space, centres))));
    }

    /** The standard deviation of each column, 1 for one that is constant. */
    private double[] scales() {
        double[] covariance = clustering.spread(start.summary());
        double[] scales = start.summary().scales();
        for (int j = 0; j < d; j++) {
            double variance = covariance[Packed.index(j, j)];
            scales[j] = start.summary().isConstant(j) || !(variance > 0) ? 1 : Math.sqrt(variance);
        }
        return scales;
    }

    private int threads() {
        return start.work().threads();
    }

    /** Takes note of distances, of which one takes about 1.5/d of the work of scoring a row and learning from it. */
    private void count(int times, int centres) {
        start.work().scored((long) Math.ceil(1.5 / d * start.rows().count() * times), centres);
    }

    /** L⁻¹ (x − o) for each row, with L Lᵀ the covariance of all rows; in memory. */
    private Clustering.Space whitened(double[] scales) {
        double[] lower = factor(scales);
        double[] origin = start.summary().origin();
        UnaryOperator<double[]> image = point -> {
            double[] row = new double[d];
            for (int j = 0; j < d; j++) {
                row[j] = point[j] - origin[j];
            }
            return Cholesky.solveLower(lower, row);
        };
        int n = Math.toIntExact(start.rows().count());
        double[] values = new double[Math.multiplyExact(n, d)];
        double[] weights = new double[n];
        int[] codes = new int[n];
        double[] row = new double[d];
        try (Rows.Reader reader = start.rows().reader()) {
            for (int i = 0; i < n; i++) {
                Block block = reader.read(i, 1);
                System.arraycopy(block.values(), block.offset(), row, 0, d);
                System.arraycopy(image.apply(row), 0, values, i * d, d);
                weights[i] = block.weight(0);
                codes[i] = block.code(0);
            }
        }
        double[] ones = new double[d];
        Arrays.fill(ones, 1);
        Rows rows = CodedRows.of(Rows.owning(values, d).weighted(weights), codes);
        return new Clustering.Space(rows, ones, image, threads());
    }

    /** L of the covariance of all rows. */
    private double[] factor(double[] scales) {
        double[] covariance = clustering.spread(start.summary());
        for (int j = 0; j < d; j++) {
            // Collinear columns need a little more to have a factor; constant ones, anything.
            int at = Packed.index(j, j);
            covariance[at] = covariance[at] > 0 ? covariance[at] * (1 + 1e-9) : scales[j];
        }
        try {
            return Cholesky.factor(covariance, d);
        } catch (NotPositiveDefiniteException e) {
            double[] lower = new double[Packed.size(d)];
            for (int j = 0; j < d; j++) {
                lower[Packed.index(j, j)] = scales[j];
            }
            return lower;
        }
    }

    /** Each centre moved to the mean of the rows that are nearest to it; it stays if there are none. */
    private double[][] moved(Clustering.Space space, double[][] centres) {
        count(1, centres.length);
        double[] flat = Arrays.stream(centres).flatMapToDouble(Arrays::stream).toArray();
        Moments moments = Scan.moments(
                space.rows(),
                new double[d],
                flat,
                Moments.Scatter.DIAGONAL,
                clustering.nearest(centres, space.scales()),
                threads());
        double[][] moved = new double[centres.length][];
        for (int k = 0; k < moved.length; k++) {
            moved[k] = moments.mean(k);
        }
        return moved;
    }

    /** The centre nearest to each row, for rows read without whitening. */
    private Scan.Assignment labels(Clustering.Space space, double[][] centres) {
        Scan.Assignment nearest = clustering.nearest(centres, space.scales());
        if (space.rows() == start.rows()) {
            return nearest;
        }
        return (block, first, responsibilities) -> {
            try (Rows.Reader reader = space.rows().reader()) {
                nearest.assign(reader.read(first, block.count()), first, responsibilities);
            }
        };
    }

    private Moments pooled(Moments moments) {
        int size = moments.second(0).length;
        double[] all = new double[size];
        double total = 0;
        for (int k = 0; k < moments.components(); k++) {
            double[] scatter = moments.scatter(k);
            for (int i = 0; i < size; i++) {
                all[i] += scatter[i];
            }
            total += moments.weights()[k];
        }
        for (int k = 0; k < moments.components(); k++) {
            double weight = moments.weights()[k];
            double a = weight < 5 * d ? d + 1 : 0.5;
            double[] second = moments.second(k);
            for (int i = 0; i < size; i++) {
                second[i] = (second[i] + a * all[i] / total) * (weight / (weight + a));
            }
        }
        return moments;
    }
}
