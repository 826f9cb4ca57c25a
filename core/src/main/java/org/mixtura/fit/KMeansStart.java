package org.mixtura.fit;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.mixtura.data.Block;
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
    private final int d;

    KMeansStart(Initialization.Start start) {
        this.start = start;
        this.d = start.rows().dimension();
    }

    Moments moments() {
        double[] scales = start.summary().scales();
        Rows rows = start.rows();
        if (start.kind().whitened()) {
            rows = whitened(scales);
            scales = new double[d];
            Arrays.fill(scales, 1);
        }
        double[][] centres =
                Seeding.greedyCentres(rows, start.components(), scales, new SplittableRandom(start.seed()), threads());
        start.requireCentres(centres);
        count(centres.length * (1 + Seeding.greedyTrials(centres.length)), 1);
        for (int i = 0; start.kind().moved() && i < LLOYD_ITERATIONS; i++) {
            double[][] moved = moved(rows, centres, scales);
            if (Arrays.deepEquals(moved, centres)) {
                break;
            }
            centres = moved;
        }
        count(1, centres.length);
        return pooled(start.moments(labels(rows, centres, scales)));
    }

    private int threads() {
        return start.work().threads();
    }

    /** Takes note of distances, of which one takes about 1.5/d of the work of scoring a row and learning from it. */
    private void count(int times, int centres) {
        start.work().scored((long) Math.ceil(1.5 / d * start.rows().count() * times), centres);
    }

    /** L⁻¹ (x − o) for each row, with L Lᵀ the covariance of all rows; in memory. */
    private Rows whitened(double[] scales) {
        double[] covariance = start.summary().covariance();
        for (int j = 0; j < d; j++) {
            // Collinear columns need a little more to have a factor; constant ones, anything.
            int at = Packed.index(j, j);
            covariance[at] = covariance[at] > 0 ? covariance[at] * (1 + 1e-9) : scales[j];
        }
        double[] lower;
        try {
            lower = Cholesky.factor(covariance, d);
        } catch (NotPositiveDefiniteException e) {
            lower = new double[Packed.size(d)];
            for (int j = 0; j < d; j++) {
                lower[Packed.index(j, j)] = scales[j];
            }
        }
        int n = Math.toIntExact(start.rows().count());
        double[] origin = start.summary().origin();
        double[] values = new double[Math.multiplyExact(n, d)];
        double[] weights = new double[n];
        double[] row = new double[d];
        try (Rows.Reader reader = start.rows().reader()) {
            for (int i = 0; i < n; i++) {
                Block block = reader.read(i, 1);
                for (int j = 0; j < d; j++) {
                    row[j] = block.get(0, j) - origin[j];
                }
                System.arraycopy(Cholesky.solveLower(lower, row), 0, values, i * d, d);
                weights[i] = block.weight(0);
            }
        }
        return Rows.owning(values, d).weighted(weights);
    }

    /** Each centre moved to the mean of the rows that are nearest to it; it stays if there are none. */
    private double[][] moved(Rows rows, double[][] centres, double[] scales) {
        count(1, centres.length);
        double[] flat = Arrays.stream(centres).flatMapToDouble(Arrays::stream).toArray();
        Moments moments = Scan.moments(
                rows, new double[d], flat, Moments.Scatter.DIAGONAL, Seeding.nearest(centres, scales), threads());
        double[][] moved = new double[centres.length][];
        for (int k = 0; k < moved.length; k++) {
            moved[k] = moments.mean(k);
        }
        return moved;
    }

    /** The centre nearest to each row, for rows read without whitening. */
    private Scan.Assignment labels(Rows rows, double[][] centres, double[] scales) {
        Scan.Assignment nearest = Seeding.nearest(centres, scales);
        if (rows == start.rows()) {
            return nearest;
        }
        return (block, first, responsibilities) -> {
            try (Rows.Reader reader = rows.reader()) {
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
