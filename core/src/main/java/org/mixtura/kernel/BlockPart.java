package org.mixtura.kernel;

import java.util.stream.IntStream;
import org.mixtura.data.Block;

/** Some rows and columns of a block, in arrays that are used again; for one thread. */
final class BlockPart {
    private final Block part = new Block();
    private double[] values = new double[0];
    private double[] weights = new double[0];

    /** All columns. */
    static int[] columns(Block block) {
        return IntStream.range(0, block.dimension()).toArray();
    }

    /**
     * Copies rows.
     *
     * @param places which rows
     * @param columns which of their columns
     * @return the rows with their weights, without codes; valid until the next call
     */
    Block of(Block block, int[] places, int[] columns) {
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
        return part;
    }
}
