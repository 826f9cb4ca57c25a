package org.mixtura.data;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows in one array of floats; each reader turns the rows that it shows into doubles, which is exact. */
final class FloatRows extends ArrayRows {
    /** Rows that are copied at a time. */
    private static final int CHUNK = 4096;

    private final float[] values;

    FloatRows(float[] values, int dimension, List<String> columns, double @Nullable [] weights) {
        super(values.length, dimension, columns, weights);
        this.values = values;
    }

    /** Rounds all values of some rows, whose weights stay what they are. */
    static FloatRows copyOf(Rows rows) {
        long n = rows.count();
        int d = rows.dimension();
        if (n > Integer.MAX_VALUE / d) {
            throw new IllegalArgumentException(
                    n + " rows of " + d + " columns are more values than an array holds; leave them where they are");
        }
        float[] values = new float[(int) n * d];
        double[] weights = rows.weighted() ? new double[(int) n] : null;
        try (Reader reader = rows.reader()) {
            for (int first = 0; first < n; first += CHUNK) {
                Block block = reader.read(first, (int) Math.min(CHUNK, n - first));
                for (int i = 0; i < block.count(); i++) {
                    for (int j = 0; j < d; j++) {
                        values[(first + i) * d + j] = rounded(
                                block.get(i, j), first + i, rows.columns().get(j));
                    }
                    if (weights != null) {
                        weights[first + i] = block.weight(i);
                    }
                }
            }
        }
        return new FloatRows(values, d, rows.columns(), weights);
    }

    private static float rounded(double value, long row, String column) {
        float rounded = (float) value;
        if (Float.isInfinite(rounded) && !Double.isInfinite(value)) {
            throw new IllegalArgumentException("row " + row + ", column \"" + column + "\" is " + value
                    + ", beyond the range of a float (" + Float.MAX_VALUE
                    + "); divide the column by a constant, or keep the rows as doubles");
        }
        return rounded;
    }

    @Override
    Rows with(List<String> names, double @Nullable [] newWeights) {
        return new FloatRows(values, dimension, names, newWeights);
    }

    @Override
    public Rows inSinglePrecision() {
        return this;
    }

    @Override
    public Reader reader() {
        Block block = new Block();
        return new Reader() {
            private double[] shown = new double[0];

            @Override
            public Block read(long first, int count) {
                int start = (int) Objects.checkFromIndexSize(first, count, count());
                if (shown.length < count * dimension) {
                    shown = new double[count * dimension];
                }
                widen(values, start * dimension, shown, count * dimension);
                block.show(shown, 0, count, dimension, weights, start);
                return block;
            }
        };
    }

    private static void widen(float[] from, int at, double[] to, int count) {
        for (int i = 0; i < count; i++) {
            to[i] = from[at + i];
        }
    }
}
