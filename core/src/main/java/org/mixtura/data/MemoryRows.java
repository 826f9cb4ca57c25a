package org.mixtura.data;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows in one array; its blocks are windows on it, nothing is copied. */
final class MemoryRows extends ArrayRows {
    private final double[] values;

    MemoryRows(double[] values, int dimension, List<String> columns, double @Nullable [] weights) {
        super(values.length, dimension, columns, weights);
        this.values = values;
    }

    @Override
    Rows with(List<String> names, double @Nullable [] newWeights) {
        return new MemoryRows(values, dimension, names, newWeights);
    }

    @Override
    public Reader reader() {
        Block block = new Block();
        return (first, count) -> {
            int start = (int) Objects.checkFromIndexSize(first, count, count());
            block.show(values, start * dimension, count, dimension, weights, start);
            return block;
        };
    }
}
