package org.mixtura.spark;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Turns the rows of a partition, features and perhaps a weight, into {@link RowBlock}s, one at a time. Checks each number once,
 * here; rows of weight 0 count for nothing and are left out.
 */
final class RowPacker implements FlatMapFunction<Iterator<Row>, RowBlock> {
    private static final long serialVersionUID = 1;

    private final String featuresColumn;
    private final String weightColumn;

    /**
     * @param weightColumn the name of the second column; empty if there is none
     */
    RowPacker(String featuresColumn, String weightColumn) {
        this.featuresColumn = featuresColumn;
        this.weightColumn = weightColumn;
    }

    @Override
    public Iterator<RowBlock> call(Iterator<Row> rows) {
        return new Packing(rows);
    }

    private boolean weighted() {
        return !weightColumn.isEmpty();
    }

    /** One partition on its way. */
    private final class Packing implements Iterator<RowBlock> {
        private final Iterator<Row> rows;
        private long taken;
        private int dimension;
        private double @Nullable [] pending;
        private double pendingWeight = 1;

        Packing(Iterator<Row> rows) {
            this.rows = rows;
        }

        @Override
        public boolean hasNext() {
            while (pending == null && rows.hasNext()) {
                take(rows.next());
            }
            return pending != null;
        }

        @Override
        public RowBlock next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int capacity = RowBlock.capacity(dimension);
            double[] values = new double[capacity * dimension];
            double[] weights = weighted() ? new double[capacity] : null;
            int filled = 0;
            while (filled < capacity && hasNext()) {
                double[] row = pending;
                if (row == null) {
                    break;
                }
                System.arraycopy(row, 0, values, filled * dimension, dimension);
                if (weights != null) {
                    weights[filled] = pendingWeight;
                }
                filled++;
                pending = null;
            }
            return filled == capacity
                    ? new RowBlock(dimension, values, weights)
                    : new RowBlock(
                            dimension,
                            Arrays.copyOf(values, filled * dimension),
                            weights == null ? null : Arrays.copyOf(weights, filled));
        }

        /** Makes a row the pending one, unless its weight is 0. */
        private void take(Row row) {
            long number = taken++;
            double weight = weighted() ? weight(row, number) : 1;
            if (weight == 0) {
                return;
            }
            double[] values = Features.of(row.get(0));
            if (values == null) {
                throw new IllegalArgumentException("column \"" + featuresColumn + "\" is null in " + place(number)
                        + "; drop such rows or fill the gaps");
            }
            if (dimension == 0) {
                dimension = values.length;
            }
            if (values.length != dimension || dimension == 0) {
                throw new IllegalArgumentException("column \"" + featuresColumn + "\" has " + values.length
                        + " values in " + place(number) + ", " + dimension + " before; all rows need the same number");
            }
            for (int j = 0; j < dimension; j++) {
                if (!Double.isFinite(values[j])) {
                    throw new IllegalArgumentException("value " + j + " of column \"" + featuresColumn + "\" is "
                            + values[j] + " in " + place(number)
                            + "; every value must be a finite number: drop the row or fill the gap");
                }
            }
            pending = values;
            pendingWeight = weight;
        }

        private double weight(Row row, long number) {
            double weight = row.isNullAt(1) ? Double.NaN : row.getDouble(1);
            if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("weight \"" + weightColumn + "\" is "
                        + (row.isNullAt(1) ? "null" : Double.toString(weight)) + " in " + place(number)
                        + "; a weight is finite and not negative");
            }
            return weight;
        }

        private static String place(long number) {
            return "row " + number + " of partition " + TaskContext.getPartitionId();
        }
    }
}
