package org.mixtura.spark;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.QuadraticForms;
import org.mixtura.kernel.RowSummary;
import scala.Tuple2;

/**
 * The rows of a table, cut into blocks and cached over the cluster, and the passes over them. The first pass reads the table; the
 * others find the blocks in memory, on the executors' disks where memory is short, or make them again where an executor was lost.
 */
final class PartitionedRows implements AutoCloseable {
    /** Rows whose median is the origin. */
    private static final int ORIGIN_ROWS = 1001;

    private final JavaRDD<RowBlock> blocks;
    private final PartitionFacts facts;
    private final int depth;
    private final boolean weighted;

    private PartitionedRows(JavaRDD<RowBlock> blocks, PartitionFacts facts, int depth, boolean weighted) {
        this.blocks = blocks;
        this.facts = facts;
        this.depth = depth;
        this.weighted = weighted;
    }

    /**
     * Reads a table and caches its rows.
     *
     * @param blocks the rows, not yet cached
     * @param depth of the tree in which partitions are added
     * @param weighted whether rows have weights
     * @throws IllegalArgumentException if there is no row with weight, or rows differ in their number of values
     */
    static PartitionedRows of(JavaRDD<RowBlock> blocks, int depth, boolean weighted) {
        JavaRDD<RowBlock> cached = blocks.persist(StorageLevel.MEMORY_AND_DISK());
        try {
            PartitionFacts facts = new PartitionFacts();
            cached.mapPartitions(PartitionFacts::of).collect().forEach(facts::add);
            if (facts.rows() == 0) {
                throw new IllegalArgumentException("the table has no rows" + (weighted ? " of positive weight" : "")
                        + "; a fit needs at least one");
            }
            return new PartitionedRows(cached, facts, depth, weighted);
        } catch (RuntimeException | Error e) {
            cached.unpersist();
            throw e;
        }
    }

    long count() {
        return facts.rows();
    }

    int dimension() {
        return facts.dimension();
    }

    /** About so many random rows, on the driver; all if there are no more. */
    Rows sample(long size, long seed) {
        return RowSample.draw(blocks, facts, size, seed, weighted);
    }

    /**
     * What is known of all rows.
     *
     * @param sample some of them, among which the origin is to lie
     */
    RowSummary summary(Rows sample, List<String> columns) {
        int d = dimension();
        // One component that owns every row.
        QuadraticForms all = QuadraticForms.of(
                QuadraticForms.Factor.SCALAR, origin(sample), new double[d], new double[1], new double[][] {{0}});
        return RowSummary.of(columns, facts.smallest(), facts.largest(), moments(all, Moments.Scatter.FULL));
    }

    /** The median of some rows, column by column. */
    private static double[] origin(Rows sample) {
        int taken = (int) Math.min(ORIGIN_ROWS, sample.count());
        double[] origin = new double[sample.dimension()];
        try (Rows.Reader reader = sample.reader()) {
            Block block = reader.read(0, taken);
            for (int j = 0; j < origin.length; j++) {
                double[] values = new double[taken];
                for (int i = 0; i < taken; i++) {
                    values[i] = block.get(i, j);
                }
                Arrays.sort(values);
                origin[j] = values[taken / 2];
            }
        }
        return origin;
    }

    /** A round: the moments of all rows under some forms. */
    Moments moments(QuadraticForms forms, Moments.Scatter scatter) {
        Broadcast<SentForms> sent =
                JavaSparkContext.fromSparkContext(blocks.context()).broadcast(new SentForms(forms, scatter));
        try {
            JavaRDD<Tuple2<Integer, double[]>> parts =
                    blocks.mapPartitionsWithIndex(new MomentTask(sent, facts.rows()), true);
            return MomentSum.moments(MomentTree.sum(parts, depth), forms, scatter);
        } finally {
            sent.destroy();
        }
    }

    @Override
    public void close() {
        blocks.unpersist();
    }
}
