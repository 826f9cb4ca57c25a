package org.mixtura.spark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;

/**
 * A random sample of the rows of all partitions, brought to the driver.
 *
 * <p>A row is drawn if a hash of its values and the seed is small: by what it is and not by where it lies, so that the sample, which
 * is also sorted by the hash, is the same however the rows are partitioned. Rows that repeat share their fate; where they repeat so
 * often that the sample comes out larger or smaller than chance allows, rows are drawn by their places instead, and the sample then
 * depends on the partitions.
 */
final class RowSample {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    /** How many standard deviations from its expectation the size of a sample may be. */
    private static final double CHANCE = 6;
    /** Rows expected at least, so that no sample is empty. */
    private static final long LEAST = 100;

    private RowSample() {}

    /** What a row's chance is taken from. */
    private enum Ticket {
        /** Its values. */
        VALUES,
        /** Its partition and its number there. */
        PLACE
    }

    /**
     * Draws rows.
     *
     * @param blocks the rows
     * @param facts of all of them
     * @param size about how many rows to draw, but not fewer than 100; all if there are no more
     * @param weighted whether rows have weights
     * @return the rows drawn, with their weights
     */
    static Rows draw(JavaRDD<RowBlock> blocks, PartitionFacts facts, long size, long seed, boolean weighted) {
        double share = Math.min(1, (double) Math.max(size, LEAST) / facts.rows());
        Ticket ticket = Ticket.VALUES;
        if (share < 1) {
            double expected = share * facts.rows();
            long found = blocks.mapPartitions(new Draw(ticket, share, seed, true))
                    .map(count -> (long) count[0])
                    .reduce(Long::sum);
            ticket = Math.abs(found - expected) <= CHANCE * Math.sqrt(expected) ? Ticket.VALUES : Ticket.PLACE;
        }
        List<double[]> drawn = new ArrayList<>(
                blocks.mapPartitions(new Draw(ticket, share, seed, false)).collect());
        drawn.sort(Comparator.<double[]>comparingLong(row -> hash(row, seed)).thenComparing(java.util.Arrays::compare));
        return rows(drawn, facts.dimension(), weighted);
    }

    private static Rows rows(List<double[]> drawn, int dimension, boolean weighted) {
        double[] values = new double[Math.multiplyExact(drawn.size(), dimension)];
        double[] weights = new double[drawn.size()];
        for (int i = 0; i < weights.length; i++) {
            System.arraycopy(drawn.get(i), 0, values, i * dimension, dimension);
            weights[i] = drawn.get(i)[dimension];
        }
        Rows rows = Rows.owning(values, dimension);
        return weighted ? rows.weighted(weights) : rows;
    }

    private static long hash(double[] row, long seed) {
        long hash = seed;
        for (double value : row) {
            // Adding 0 makes a negative zero the other one, which it equals.
            hash = mix(hash * GOLDEN ^ Double.doubleToLongBits(value + 0.0));
        }
        return hash;
    }

    /** The finaliser of SplitMix64 (Steele, Lea &amp; Flood 2014, doi:10.1145/2660193.2660195). */
    private static long mix(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Gives the rows drawn, values and weight, or only their number. */
    private static final class Draw implements FlatMapFunction<Iterator<RowBlock>, double[]> {
        private static final long serialVersionUID = 1;

        private final Ticket ticket;
        private final double share;
        private final long seed;
        private final boolean counting;

        Draw(Ticket ticket, double share, long seed, boolean counting) {
            this.ticket = ticket;
            this.share = share;
            this.seed = seed;
            this.counting = counting;
        }

        @Override
        public Iterator<double[]> call(Iterator<RowBlock> blocks) {
            List<double[]> drawn = new ArrayList<>();
            Block block = new Block();
            double count = 0;
            long place = (long) TaskContext.getPartitionId() << 40;
            while (blocks.hasNext()) {
                blocks.next().show(block);
                int d = block.dimension();
                double[] row = new double[d + 1];
                for (int i = 0; i < block.count(); i++) {
                    System.arraycopy(block.values(), block.offset() + i * d, row, 0, d);
                    row[d] = block.weight(i);
                    long number = ticket == Ticket.VALUES ? hash(row, seed) : mix(mix(seed) + GOLDEN * ++place);
                    if ((number >>> 11) * 0x1p-53 < share) {
                        count++;
                        if (!counting) {
                            drawn.add(row.clone());
                        }
                    }
                }
            }
            return counting ? List.of(new double[] {count}).iterator() : drawn.iterator();
        }
    }
}
