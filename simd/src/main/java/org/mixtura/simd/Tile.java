package org.mixtura.simd;

import static org.mixtura.simd.Lanes.DOUBLES;
import static org.mixtura.simd.Lanes.WIDTH;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import org.mixtura.data.Block;

/**
 * Some rows less the origin, turned: column by column, so that a vector holds one column of several rows. Rows beyond the
 * last are zeros of weight zero, up to whole panels of four vectors; columns beyond the last are zeros too.
 */
final class Tile {
    /** The most rows that any tile has. */
    static final int ROWS = 256;

    /** With more columns than these a tile has half as many rows, to stay in the second-level cache beside all else. */
    private static final int FULL_TILE_COLUMNS = 128;

    /**
     * From one column to the next: not a power of two, or all columns would fall into the same few sets of a cache; and of
     * three bits, since the compiler makes shifts of a product with two, and then checks bounds at every step of a loop.
     */
    static final int STRIDE = ROWS + 24;

    /** Rows in a panel, the unit in which loops step: four vectors. */
    static final int PANEL = 4 * Lanes.WIDTH;

    /** x − o: columns × {@link #STRIDE}. */
    final double[] columns;

    /** w, 0 beyond the last row. */
    final double[] weights = new double[ROWS];

    private boolean weighted;

    /** Whether the scorer has found all rows near enough to the centre common to all components ({@link CommonCentre}). */
    boolean near;

    private final int[] source = new int[ROWS];
    /** The values of the block that the rows came from, and where its first row starts in them. */
    private double[] values = new double[0];

    private int offset;
    private final double[] origin;
    /** The origin, filled up to whole vectors. */
    private final double[] paddedOrigin;

    private final int capacity;
    private int blockRows;
    private int count;

    Tile(double[] origin) {
        this.origin = origin;
        this.paddedOrigin = Arrays.copyOf(origin, Lanes.padded(origin.length));
        this.capacity = origin.length <= FULL_TILE_COLUMNS ? ROWS : ROWS / 2;
        this.columns = new double[paddedColumns(origin.length) * STRIDE];
    }

    /** Whole blocks of four columns; up to eight columns, as many as {@link FewColumnsScorer} reads. */
    private static int paddedColumns(int d) {
        int read = d <= FewColumnsScorer.COLUMNS ? FewColumnsScorer.filled(d) : d;
        return (read + 3) / 4 * 4;
    }

    /** {@return the number of rows} */
    int count() {
        return count;
    }

    /** {@return the number of rows, rounded up to whole panels} */
    int padded() {
        return (count + PANEL - 1) / PANEL * PANEL;
    }

    /** {@return whether rows have weights; if not, each weighs 1} */
    boolean weighted() {
        return weighted;
    }

    /** {@return where in its block a row of the tile came from} */
    int source(int row) {
        return source[row];
    }

    /** Takes the next rows of a block, whatever their weight; returns the first row not taken. */
    int takeAll(Block block, int first) {
        count = Math.min(capacity, block.count() - first);
        for (int i = 0; i < count; i++) {
            source[i] = first + i;
        }
        weighted = block.weighted();
        if (weighted) {
            for (int i = 0; i < count; i++) {
                weights[i] = block.weight(first + i);
            }
        } else {
            Arrays.fill(weights, 0, count, 1);
        }
        turn(block);
        return first + count;
    }

    /** Takes the next rows of positive weight, which alone count for moments; returns the first row not looked at. */
    int takeWeighted(Block block, int first) {
        if (!block.weighted()) {
            return takeAll(block, first);
        }
        weighted = true;
        count = 0;
        int row = first;
        for (; row < block.count() && count < capacity; row++) {
            if (block.weight(row) > 0) {
                source[count] = row;
                weights[count] = block.weight(row);
                count++;
            }
        }
        turn(block);
        return row;
    }

    /** {@return the number of rows in the block that the rows come from} */
    int blockRows() {
        return blockRows;
    }

    private void turn(Block block) {
        near = false;
        blockRows = block.count();
        int d = origin.length;
        values = block.values();
        offset = block.offset();
        int turned = turnVectors(d);
        int j = 0;
        for (; j + 4 <= d; j += 4) {
            turnFour(values, offset + j, d, source, turned, count, origin, j, columns, j * STRIDE);
        }
        for (; j < d; j++) {
            turn(values, offset + j, d, source, turned, count, origin[j], columns, j * STRIDE);
        }
        clearBeyond();
    }

    /** Turns whole vectors of rows that follow one another; returns how many rows that is. */
    private int turnVectors(int d) {
        boolean together = count > 0 && source[count - 1] - source[0] == count - 1;
        if (!together || d < 2 || (d > 2 && WIDTH != RowTurn.SQUARE)) {
            return 0;
        }
        int from = offset + source[0] * d;
        if (d == 2) {
            int rows = count / WIDTH * WIDTH;
            RowTurn.pairs(values, from, rows, origin, columns);
            return rows;
        }
        int rows = count / WIDTH * WIDTH;
        // From the last rows of an array a vector may reach beyond its end.
        while (rows > 0 && from + (rows - 1) * d + WIDTH > values.length) {
            rows -= WIDTH;
        }
        int wanted = Math.min(d, WIDTH);
        for (int j = 0; j < d; j += WIDTH) {
            // The last square may take columns once more that another one took.
            int column = Math.max(0, Math.min(j, d - WIDTH));
            RowTurn.square(values, from + column, d, rows, paddedOrigin, column, wanted, columns);
        }
        return rows;
    }

    private static void turn(
            double[] values,
            int offset,
            int d,
            int[] source,
            int first,
            int end,
            double shift,
            double[] columns,
            int at) {
        for (int i = first; i < end; i++) {
            columns[at + i] = values[offset + source[i] * d] - shift;
        }
    }

    /** Four columns at a time: where a row starts is worked out once for them. */
    private static void turnFour(
            double[] values,
            int offset,
            int d,
            int[] source,
            int first,
            int end,
            double[] origin,
            int column,
            double[] columns,
            int at) {
        double o0 = origin[column];
        double o1 = origin[column + 1];
        double o2 = origin[column + 2];
        double o3 = origin[column + 3];
        for (int i = first; i < end; i++) {
            int from = offset + source[i] * d;
            columns[at + i] = values[from] - o0;
            columns[at + STRIDE + i] = values[from + 1] - o1;
            columns[at + 2 * STRIDE + i] = values[from + 2] - o2;
            columns[at + 3 * STRIDE + i] = values[from + 3] - o3;
        }
    }

    /**
     * Copies x − o, row by row.
     *
     * @param to receives the rows; what stands beyond their last column is left alone
     * @param stride from one row to the next
     */
    void copyRows(double[] to, int stride) {
        for (int i = 0; i < count; i++) {
            copyRow(values, offset + source[i] * origin.length, origin, to, i * stride);
        }
    }

    /**
     * Copies x − o − z of some rows.
     *
     * @param first the first row
     * @param rows how many
     * @param centre z, filled up to whole vectors
     * @param to receives the rows; the last vector of each may be filled up with anything
     * @param stride from one row to the next
     */
    void copyRows(int first, int rows, double[] centre, double[] to, int stride) {
        for (int j = 0; j < origin.length; j += WIDTH) {
            int whole = rows;
            // Only near the end of the block does a vector not fit.
            while (whole > 0 && offset + source[first + whole - 1] * origin.length + j + WIDTH > values.length) {
                whole--;
                copyColumns(first + whole, j, centre, to, whole * stride);
            }
            copyVectors(values, offset + j, origin.length, source, first, whole, paddedOrigin, j, centre, to, stride);
        }
    }

    private void copyColumns(int row, int column, double[] centre, double[] to, int at) {
        for (int j = column; j < Math.min(column + WIDTH, origin.length); j++) {
            to[at + j] = values[offset + source[row] * origin.length + j] - origin[j] - centre[j];
        }
    }

    private static void copyVectors(
            double[] values,
            int offset,
            int d,
            int[] source,
            int first,
            int rows,
            double[] origin,
            int column,
            double[] centre,
            double[] to,
            int stride) {
        DoubleVector o = DoubleVector.fromArray(DOUBLES, origin, column);
        DoubleVector z = DoubleVector.fromArray(DOUBLES, centre, column);
        for (int i = 0; i < rows; i++) {
            DoubleVector.fromArray(DOUBLES, values, offset + source[first + i] * d)
                    .sub(o)
                    .sub(z)
                    .intoArray(to, i * stride + column);
        }
    }

    private static void copyRow(double[] values, int from, double[] origin, double[] to, int at) {
        for (int j = 0; j < origin.length; j++) {
            to[at + j] = values[from + j] - origin[j];
        }
    }

    /** Fills up to whole panels. */
    private void clearBeyond() {
        int end = padded();
        for (int j = 0; j < origin.length; j++) {
            Arrays.fill(columns, j * STRIDE + count, j * STRIDE + end, 0);
        }
        Arrays.fill(weights, count, end, 0);
    }

    /** Makes a row one of zeros and weight zero. */
    void erase(int row) {
        near = false;
        for (int j = 0; j < origin.length; j++) {
            columns[j * STRIDE + row] = 0;
        }
        weights[row] = 0;
    }
}
