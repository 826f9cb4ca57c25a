package org.mixtura.spark;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.mixtura.data.Block;

/** Consecutive rows of a partition as plain arrays, which is how they are cached, read again and sent. */
final class RowBlock implements Serializable {
    private static final long serialVersionUID = 1;

    /** Most values in a block: half a megabyte, so that a block and a round's moments stay in the second-level cache. */
    private static final int MOST_VALUES = 1 << 16;

    private static final int MOST_ROWS = 4096;

    private final int dimension;
    private final double[] values;
    private final double @Nullable [] weights;

    /**
     * @param values row by row, handed over
     * @param weights one positive number per row, handed over; null if each row counts once
     */
    RowBlock(int dimension, double[] values, double @Nullable [] weights) {
        this.dimension = dimension;
        this.values = values;
        this.weights = weights;
    }

    /** How many rows a full block holds. */
    static int capacity(int dimension) {
        return Math.max(1, Math.min(MOST_ROWS, MOST_VALUES / dimension));
    }

    int rows() {
        return values.length / dimension;
    }

    int dimension() {
        return dimension;
    }

    /** The rows as the kernels take them. */
    void show(Block block) {
        block.show(values, 0, rows(), dimension, weights, 0);
    }
}
