package org.mixtura.kernel;

import java.util.stream.IntStream;
import org.mixtura.data.Block;

/** Some rows and columns of a block in a block of their own, and what kernels say of them put where the rows were. For one thread. */
final class SomeRows {
    private final Block part = new Block();
    private double[] values = new double[0];
    private double[] weights = new double[0];
    private double[] covariances = new double[0];
    private double[] logDensity = new double[0];
    private double[] responsibilities = new double[0];

    /** All columns. */
    static int[] columns(Block block) {
        return IntStream.range(0, block.dimension()).toArray();
    }

    /** The rows with their weights and covariances, without codes; until the next call. */
    Block gather(Block block, int[] places, int[] columns) {
        int d = columns.length;
        if (values.length < places.length * d) {
            values = new double[places.length * d];
        }
        if (weights.length < places.length) {
            weights = new double[places.length];
        }
        for (int i = 0; i < places.length; i++) {
            for (int j = 0; j < d; j++) {
                values[i * d + j] = block.get(places[i], columns[j]);
            }
            weights[i] = block.weight(places[i]);
        }
        part.show(values, 0, places.length, d, block.weighted() ? weights : null, 0);
        covariances = block.copyCovariances(places, columns, covariances, part);
        return part;
    }

    /**
     * Scores the rows.
     *
     * @param worker scores these columns
     * @param components K
     * @param densities receives their log-densities at their places in the block
     * @param shares receives their responsibilities there; of length 0 if not wanted
     */
    void score(
            Kernels.Worker worker,
            Block block,
            int[] places,
            int[] columns,
            int components,
            double[] densities,
            double[] shares) {
        int wanted = shares.length > 0 ? places.length * components : 0;
        if (logDensity.length < places.length) {
            logDensity = new double[places.length];
        }
        if (responsibilities.length < wanted || wanted == 0) {
            responsibilities = new double[wanted];
        }
        worker.score(gather(block, places, columns), logDensity, responsibilities);
        for (int i = 0; i < places.length; i++) {
            densities[places[i]] = logDensity[i];
            if (wanted > 0) {
                System.arraycopy(responsibilities, i * components, shares, places[i] * components, components);
            }
        }
    }
}
