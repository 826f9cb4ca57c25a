package org.mixtura.kernel;

import org.mixtura.data.Block;

/** Some rows of a block less an origin, column by column, so that loops over the rows read numbers that lie side by side. */
final class TurnedRows {
    private final double[] origin;
    private final double[][] columns;
    private final double[] weights;
    private final double[] negligible;
    private int count;

    /**
     * Room for rows.
     *
     * @param origin o, kept by reference
     * @param most the most rows to take at once
     */
    TurnedRows(double[] origin, int most) {
        this.origin = origin;
        this.columns = new double[origin.length][most];
        this.weights = new double[most];
        this.negligible = new double[most];
    }

    /**
     * Takes rows of a block.
     *
     * @param first the first row within the block
     * @param rows how many
     */
    void take(Block block, int first, int rows) {
        count = rows;
        int dimension = origin.length;
        double[] values = block.values();
        int start = block.offset() + first * dimension;
        for (int j = 0; j < dimension; j++) {
            double[] column = columns[j];
            double shift = origin[j];
            for (int i = 0; i < rows; i++) {
                column[i] = values[start + i * dimension + j] - shift;
            }
        }
        for (int i = 0; i < rows; i++) {
            weights[i] = block.weight(first + i);
            negligible[i] = weights[i] * Moments.NEGLIGIBLE;
        }
    }

    /** How many rows there are. */
    int count() {
        return count;
    }

    /** o. */
    double[] origin() {
        return origin;
    }

    /** x − o, one array for each column. */
    double[][] columns() {
        return columns;
    }

    /** w of each row. */
    double[] weights() {
        return weights;
    }

    /** The most w r of each row that does not count. */
    double[] negligible() {
        return negligible;
    }
}
