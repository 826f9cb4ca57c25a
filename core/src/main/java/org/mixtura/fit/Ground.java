package org.mixtura.fit;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;
import org.mixtura.data.Sample;
import org.mixtura.kernel.RowSummary;

/**
 * The rows that a search looks at: a sample of n₀ = max(15 p, 4000) rows, p being the number of parameters, or all rows where
 * there are no more. The rows of a sample together weigh as much as those they stand for, so that an objective over them
 * estimates the one over all rows.
 */
final class Ground {
    private static final long ROWS_PER_PARAMETER = 15;
    private static final long LEAST_SAMPLE = 4000;
    /** The most numbers that a sample takes, with the weights and the order of its rows: 128 MB. */
    private static final long MOST_NUMBERS = 1L << 24;
    /** Numbers that each row of a sample takes beside its values. */
    private static final int BESIDE_VALUES = 3;

    private final Rows all;
    private final double count;
    private final int size;
    private final long seed;
    private final Rows rows;
    private final Sample sample;
    private final Map<Integer, Rows> larger = new HashMap<>();

    private Ground(Rows all, double count, int size, long seed) {
        this.all = all;
        this.count = count;
        this.size = size;
        this.seed = seed;
        this.sample = Sample.of(all, (int) Math.min(size, Math.max(1, Math.round(count))), seed);
        this.rows = whole() ? all : standing(sample.rows());
    }

    /**
     * The ground for a search.
     *
     * @param all the rows
     * @param parameters p
     * @param seed the seed of the draw
     */
    static Ground of(Rows all, RowSummary summary, long parameters, long seed) {
        double count = Math.max((double) all.count(), summary.totalWeight());
        long wanted = Math.max(ROWS_PER_PARAMETER * parameters, LEAST_SAMPLE);
        return new Ground(all, count, (int) Math.max(1, Math.min(wanted, mostRows(all.dimension()))), seed);
    }

    /** The most rows of d columns that a sample has. */
    static long mostRows(int dimension) {
        return MOST_NUMBERS / (dimension + BESIDE_VALUES);
    }

    /** Whether the ground is all rows. */
    boolean whole() {
        return all.count() <= size;
    }

    /** All rows, or the rows of the sample with the weight of those they stand for. */
    Rows rows() {
        return rows;
    }

    /** A sample whose beginnings are smaller ones, each row of weight 1, or about 1 in the mean. */
    Sample sample() {
        return sample;
    }

    /** How many rows the ground stands for: their number, or their total weight if that is more. */
    double count() {
        return count;
    }

    /** n₀. */
    int size() {
        return size;
    }

    /** A larger sample; drawn once, for one thread at a time. */
    Rows larger(int rowsWanted) {
        return larger.computeIfAbsent(
                rowsWanted,
                wanted -> standing(Sample.of(all, wanted, seed + wanted).rows()));
    }

    private Rows standing(Rows drawn) {
        return weighing(drawn, count / drawn.count());
    }

    /** Rows of a sample, each as many times heavier as is said. */
    static Rows weighing(Rows rows, double weight) {
        if (weight == 1) {
            return rows;
        }
        double[] weights = new double[Math.toIntExact(rows.count())];
        Arrays.fill(weights, weight);
        if (rows.weighted()) {
            try (Rows.Reader reader = rows.reader()) {
                Block block = reader.read(0, weights.length);
                for (int i = 0; i < weights.length; i++) {
                    weights[i] *= block.weight(i);
                }
            }
        }
        return rows.weighted(weights);
    }
}
