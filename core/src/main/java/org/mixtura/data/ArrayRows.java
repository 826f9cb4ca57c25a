package org.mixtura.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows in one array of memory; what is the same whatever the array holds. */
abstract class ArrayRows implements Rows {
    final int dimension;
    final double @Nullable [] weights;

    private final long count;
    private final List<String> columns;

    /**
     * @param length of the array, a multiple of the dimension
     */
    ArrayRows(int length, int dimension, List<String> columns, double @Nullable [] weights) {
        this.count = length / dimension;
        this.dimension = dimension;
        this.columns = Rows.checkColumns(columns, dimension);
        this.weights = weights;
    }

    /** The same array under other names and with other weights. */
    abstract Rows with(List<String> names, double @Nullable [] newWeights);

    @Override
    public final long count() {
        return count;
    }

    @Override
    public final int dimension() {
        return dimension;
    }

    @Override
    public final List<String> columns() {
        return columns;
    }

    @Override
    public final boolean weighted() {
        return weights != null;
    }

    @Override
    public final boolean atHand() {
        return true;
    }

    @Override
    public final Rows named(List<String> names) {
        return with(names, weights);
    }

    @Override
    public final Rows weighted(double[] newWeights) {
        return with(columns, Rows.checkWeights(newWeights, count).clone());
    }
}
