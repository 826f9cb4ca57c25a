package org.mixtura.data;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows in one array; its blocks are windows on it, nothing is copied. */
final class MemoryRows implements Rows {
    private final double[] values;
    private final int dimension;
    private final List<String> columns;
    private final double @Nullable [] weights;

    MemoryRows(double[] values, int dimension, List<String> columns, double @Nullable [] weights) {
        this.values = values;
        this.dimension = dimension;
        this.columns = Rows.checkColumns(columns, dimension);
        this.weights = weights;
    }

    @Override
    public long count() {
        return values.length / dimension;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public boolean weighted() {
        return weights != null;
    }

    @Override
    public Rows named(List<String> names) {
        return new MemoryRows(values, dimension, names, weights);
    }

    @Override
    public Rows weighted(double[] newWeights) {
        return new MemoryRows(
                values,
                dimension,
                columns,
                Rows.checkWeights(newWeights, count()).clone());
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
