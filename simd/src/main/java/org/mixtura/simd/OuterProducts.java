package org.mixtura.simd;

import static org.mixtura.simd.Lanes.DOUBLES;
import static org.mixtura.simd.Lanes.WIDTH;

import jdk.incubator.vector.DoubleVector;
import org.mixtura.kernel.Moments;

/**
 * First moments and the triangle of second moments for many columns: columns in lanes. The rows whose weight is not
 * negligible are gathered as √w (x − o − m), row by row, and the triangle of the sum of their squares is taken in blocks of
 * eight rows by two vectors of columns, whose sums stay in registers over a batch of points.
 *
 * <p>The blocks are written out, like those of the scores.
 */
final class OuterProducts extends ComponentSums {
    /** Values in a batch of weighted rows: half of a first-level cache. */
    private static final int BATCH_VALUES = 4096;

    /** Columns in a panel of weighted rows. */
    private static final int PANEL = Math.max(8, WIDTH);

    private final int dimension;
    /** Columns rounded up to whole panels. */
    private final int stride;

    private final int batch;
    private final double[] centres;
    /** x − o, row by row. */
    private final double[] rows;

    private final double[] roots = new double[Tile.ROWS];
    private final int[] chosen = new int[Tile.ROWS + 1];
    private final double[] root = new double[Tile.ROWS + 1];
    /**
     * √w (x − o − m) of a batch, in panels of {@link #PANEL} columns, row by row in each: steps of constant length, so that the
     * compiler can do without bounds checks in the loops over them.
     */
    private final double[] weightedRows;

    /** The sums of a block: eight rows of two vectors. */
    private final double[] block = new double[16 * WIDTH];

    OuterProducts(Moments moments) {
        this.dimension = moments.dimension();
        this.stride = (dimension + PANEL - 1) / PANEL * PANEL;
        this.batch = Math.max(32, Math.min(Tile.ROWS, BATCH_VALUES / stride / 2 * 2));
        this.rows = new double[Tile.ROWS * stride];
        this.weightedRows = new double[batch * stride];
        this.centres = new double[moments.components() * stride];
        for (int k = 0; k < moments.components(); k++) {
            System.arraycopy(moments.centres(), k * dimension, centres, k * stride, dimension);
        }
    }

    @Override
    void take(Tile tile) {
        for (int j = 0; j < dimension; j++) {
            for (int i = 0; i < tile.count(); i++) {
                rows[i * stride + j] = tile.columns[j * Tile.STRIDE + i];
            }
        }
    }

    @Override
    void add(int component, Tile tile, double[] weighted, int at, Moments into) {
        squareRoots(weighted, at, roots, tile.padded());
        int count = choose(tile.count());
        for (int first = 0; first < count; first += batch) {
            int points = Math.min(batch, count - first);
            for (int j = 0; j < stride; j += WIDTH) {
                weigh(
                        rows,
                        chosen,
                        root,
                        first,
                        points,
                        j,
                        centres,
                        component * stride + j,
                        weightedRows,
                        panel(j),
                        block);
                add(block, 0, into.firsts(), component * dimension + j, Math.min(WIDTH, dimension - j));
            }
            for (int row = 0; row < dimension; row += 8) {
                int end = Math.min(stride, Lanes.padded(row + 8));
                int column = 0;
                for (; column + 2 * WIDTH <= end; column += 2 * WIDTH) {
                    eightByTwo(weightedRows, points, panel(row), panel(column), panel(column + WIDTH), block);
                    addBlock(row, column, 2 * WIDTH, into.second(component));
                }
                if (column < end) {
                    eightByOne(weightedRows, points, panel(row), panel(column), block);
                    addBlock(row, column, WIDTH, into.second(component));
                }
            }
        }
    }

    /** Where a column of the batch's first row stands. */
    private int panel(int column) {
        return column / PANEL * batch * PANEL + column % PANEL;
    }

    private static void squareRoots(double[] weighted, int at, double[] roots, int points) {
        for (int i = 0; i < points; i += WIDTH) {
            DoubleVector.fromArray(DOUBLES, weighted, at + i).sqrt().intoArray(roots, i);
        }
    }

    /** Gathers the rows that have weight, their number made even by one of weight zero; returns how many. */
    private int choose(int points) {
        int count = 0;
        for (int i = 0; i < points; i++) {
            chosen[count] = i * stride;
            root[count] = roots[i];
            count += roots[i] > 0 ? 1 : 0;
        }
        if (count % 2 != 0) {
            chosen[count] = 0;
            root[count] = 0;
            count++;
        }
        return count;
    }

    /** Fills one vector of columns of the weighted rows, two rows at a time, and takes its first moments. */
    private static void weigh(
            double[] rows,
            int[] chosen,
            double[] root,
            int first,
            int points,
            int column,
            double[] centres,
            int centre,
            double[] weightedRows,
            int to,
            double[] firsts) {
        DoubleVector m = DoubleVector.fromArray(DOUBLES, centres, centre);
        DoubleVector f = DoubleVector.zero(DOUBLES);
        DoubleVector g = DoubleVector.zero(DOUBLES);
        for (int i = 0; i < points; i += 2) {
            DoubleVector a = DoubleVector.broadcast(DOUBLES, root[first + i]);
            DoubleVector b = DoubleVector.broadcast(DOUBLES, root[first + i + 1]);
            DoubleVector u = DoubleVector.fromArray(DOUBLES, rows, chosen[first + i] + column)
                    .sub(m)
                    .mul(a);
            DoubleVector v = DoubleVector.fromArray(DOUBLES, rows, chosen[first + i + 1] + column)
                    .sub(m)
                    .mul(b);
            u.intoArray(weightedRows, to + i * PANEL);
            v.intoArray(weightedRows, to + (i + 1) * PANEL);
            f = u.fma(a, f);
            g = v.fma(b, g);
        }
        f.add(g).intoArray(firsts, 0);
    }

    /** Adds what of a block lies on or left of the diagonal. */
    private void addBlock(int row, int column, int columns, double[] second) {
        for (int i = 0; i < Math.min(8, dimension - row); i++) {
            int count = Math.min(columns, row + i + 1 - column);
            add(block, i * 2 * WIDTH, second, (row + i) * (row + i + 1) / 2 + column, count);
        }
    }

    private static void add(double[] from, int at, double[] to, int first, int count) {
        int j = 0;
        for (; j + WIDTH <= count; j += WIDTH) {
            DoubleVector.fromArray(DOUBLES, to, first + j)
                    .add(DoubleVector.fromArray(DOUBLES, from, at + j))
                    .intoArray(to, first + j);
        }
        for (; j < count; j++) {
            to[first + j] += from[at + j];
        }
    }

    private static void eightByTwo(double[] y, int points, int row, int column, int next, double[] block) {
        DoubleVector s00 = DoubleVector.zero(DOUBLES);
        DoubleVector s01 = DoubleVector.zero(DOUBLES);
        DoubleVector s10 = DoubleVector.zero(DOUBLES);
        DoubleVector s11 = DoubleVector.zero(DOUBLES);
        DoubleVector s20 = DoubleVector.zero(DOUBLES);
        DoubleVector s21 = DoubleVector.zero(DOUBLES);
        DoubleVector s30 = DoubleVector.zero(DOUBLES);
        DoubleVector s31 = DoubleVector.zero(DOUBLES);
        DoubleVector s40 = DoubleVector.zero(DOUBLES);
        DoubleVector s41 = DoubleVector.zero(DOUBLES);
        DoubleVector s50 = DoubleVector.zero(DOUBLES);
        DoubleVector s51 = DoubleVector.zero(DOUBLES);
        DoubleVector s60 = DoubleVector.zero(DOUBLES);
        DoubleVector s61 = DoubleVector.zero(DOUBLES);
        DoubleVector s70 = DoubleVector.zero(DOUBLES);
        DoubleVector s71 = DoubleVector.zero(DOUBLES);
        for (int i = 0; i < points; i++) {
            int at = i * PANEL;
            DoubleVector b0 = DoubleVector.fromArray(DOUBLES, y, column + at);
            DoubleVector b1 = DoubleVector.fromArray(DOUBLES, y, next + at);
            DoubleVector a0 = DoubleVector.broadcast(DOUBLES, y[row + at]);
            s00 = a0.fma(b0, s00);
            s01 = a0.fma(b1, s01);
            DoubleVector a1 = DoubleVector.broadcast(DOUBLES, y[row + at + 1]);
            s10 = a1.fma(b0, s10);
            s11 = a1.fma(b1, s11);
            DoubleVector a2 = DoubleVector.broadcast(DOUBLES, y[row + at + 2]);
            s20 = a2.fma(b0, s20);
            s21 = a2.fma(b1, s21);
            DoubleVector a3 = DoubleVector.broadcast(DOUBLES, y[row + at + 3]);
            s30 = a3.fma(b0, s30);
            s31 = a3.fma(b1, s31);
            DoubleVector a4 = DoubleVector.broadcast(DOUBLES, y[row + at + 4]);
            s40 = a4.fma(b0, s40);
            s41 = a4.fma(b1, s41);
            DoubleVector a5 = DoubleVector.broadcast(DOUBLES, y[row + at + 5]);
            s50 = a5.fma(b0, s50);
            s51 = a5.fma(b1, s51);
            DoubleVector a6 = DoubleVector.broadcast(DOUBLES, y[row + at + 6]);
            s60 = a6.fma(b0, s60);
            s61 = a6.fma(b1, s61);
            DoubleVector a7 = DoubleVector.broadcast(DOUBLES, y[row + at + 7]);
            s70 = a7.fma(b0, s70);
            s71 = a7.fma(b1, s71);
        }
        s00.intoArray(block, 0);
        s01.intoArray(block, WIDTH);
        s10.intoArray(block, 2 * WIDTH);
        s11.intoArray(block, 3 * WIDTH);
        s20.intoArray(block, 4 * WIDTH);
        s21.intoArray(block, 5 * WIDTH);
        s30.intoArray(block, 6 * WIDTH);
        s31.intoArray(block, 7 * WIDTH);
        s40.intoArray(block, 8 * WIDTH);
        s41.intoArray(block, 9 * WIDTH);
        s50.intoArray(block, 10 * WIDTH);
        s51.intoArray(block, 11 * WIDTH);
        s60.intoArray(block, 12 * WIDTH);
        s61.intoArray(block, 13 * WIDTH);
        s70.intoArray(block, 14 * WIDTH);
        s71.intoArray(block, 15 * WIDTH);
    }

    private static void eightByOne(double[] y, int points, int row, int column, double[] block) {
        DoubleVector s00 = DoubleVector.zero(DOUBLES);
        DoubleVector s10 = DoubleVector.zero(DOUBLES);
        DoubleVector s20 = DoubleVector.zero(DOUBLES);
        DoubleVector s30 = DoubleVector.zero(DOUBLES);
        DoubleVector s40 = DoubleVector.zero(DOUBLES);
        DoubleVector s50 = DoubleVector.zero(DOUBLES);
        DoubleVector s60 = DoubleVector.zero(DOUBLES);
        DoubleVector s70 = DoubleVector.zero(DOUBLES);
        for (int i = 0; i < points; i++) {
            int at = i * PANEL;
            DoubleVector b0 = DoubleVector.fromArray(DOUBLES, y, column + at);
            DoubleVector a0 = DoubleVector.broadcast(DOUBLES, y[row + at]);
            s00 = a0.fma(b0, s00);
            DoubleVector a1 = DoubleVector.broadcast(DOUBLES, y[row + at + 1]);
            s10 = a1.fma(b0, s10);
            DoubleVector a2 = DoubleVector.broadcast(DOUBLES, y[row + at + 2]);
            s20 = a2.fma(b0, s20);
            DoubleVector a3 = DoubleVector.broadcast(DOUBLES, y[row + at + 3]);
            s30 = a3.fma(b0, s30);
            DoubleVector a4 = DoubleVector.broadcast(DOUBLES, y[row + at + 4]);
            s40 = a4.fma(b0, s40);
            DoubleVector a5 = DoubleVector.broadcast(DOUBLES, y[row + at + 5]);
            s50 = a5.fma(b0, s50);
            DoubleVector a6 = DoubleVector.broadcast(DOUBLES, y[row + at + 6]);
            s60 = a6.fma(b0, s60);
            DoubleVector a7 = DoubleVector.broadcast(DOUBLES, y[row + at + 7]);
            s70 = a7.fma(b0, s70);
        }
        s00.intoArray(block, 0);
        s10.intoArray(block, 2 * WIDTH);
        s20.intoArray(block, 4 * WIDTH);
        s30.intoArray(block, 6 * WIDTH);
        s40.intoArray(block, 8 * WIDTH);
        s50.intoArray(block, 10 * WIDTH);
        s60.intoArray(block, 12 * WIDTH);
        s70.intoArray(block, 14 * WIDTH);
    }
}
