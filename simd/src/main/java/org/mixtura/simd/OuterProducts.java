package org.mixtura.simd;

import static org.mixtura.simd.Lanes.DOUBLES;
import static org.mixtura.simd.Lanes.WIDTH;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import org.mixtura.kernel.Moments;

/**
 * First moments and the triangle of second moments for many columns: columns in lanes. The rows whose weight is not
 * negligible are gathered as y = √w (x − o − m), and the triangle of Σ y yᵀ is taken in blocks of eight rows by two vectors
 * of columns, whose sums stay in registers over all rows of a tile.
 *
 * <p>From tile to tile the sums stay in the order of these blocks, where a block takes its own back with whole vectors, and
 * are brought into the packed order of the moments once, by {@link #flush}. Spreading each block over the packed triangle
 * took longer than all multiplications.
 *
 * <p>The blocks are written out, like those of the scores.
 */
final class OuterProducts extends ComponentSums {
    /** Columns in a panel of weighted rows, and rows in a block. */
    private static final int PANEL = Math.max(8, WIDTH);

    /** Rows in a block of sums. */
    private static final int ROWS = 8;

    /** From one panel to the next: not a power of two, or one row of all panels would fall into the same set of a cache. */
    private static final int PANEL_STRIDE = (Tile.ROWS + 1) * PANEL;

    private final int dimension;
    /** Columns rounded up to whole panels. */
    private final int stride;

    private final double[] centres;
    /** x − o, row by row. */
    private final double[] rows;

    private final double[] roots = new double[Tile.ROWS];
    private final int[] chosen = new int[Tile.ROWS + 1];
    private final double[] root = new double[Tile.ROWS + 1];
    /**
     * √w (x − o − m), in panels of {@link #PANEL} columns, row by row in each: steps of constant length, so that the compiler
     * can do without bounds checks in the loops over them.
     */
    private final double[] weightedRows;

    /** Σ w (x − o − m), K × {@link #stride}. */
    private final double[] firsts;

    /** For each component the blocks of Σ y yᵀ, one after the other as {@link #add} comes by them. */
    private final double[][] seconds;

    OuterProducts(Moments moments) {
        this.dimension = moments.dimension();
        this.stride = (dimension + PANEL - 1) / PANEL * PANEL;
        this.rows = new double[Tile.ROWS * stride];
        this.weightedRows = new double[stride / PANEL * PANEL_STRIDE];
        this.centres = ComponentScorer.paddedCentres(moments.centres(), moments.components(), dimension, stride);
        this.firsts = new double[moments.components() * stride];
        this.seconds = new double[moments.components()][size()];
    }

    /** The values in all blocks of a component. */
    private int size() {
        int size = 0;
        for (int column = 0; column < stride; column += 2 * WIDTH) {
            for (int row = firstRow(column); row < dimension; row += ROWS) {
                size += ROWS * columns(row, column);
            }
        }
        return size;
    }

    /** The first row of the blocks that have a column: none lies above the diagonal alone. */
    private static int firstRow(int column) {
        return column / ROWS * ROWS;
    }

    /** The columns of a block: two vectors; one where the second would lie above the diagonal, or beyond the last. */
    private int columns(int row, int column) {
        return row + ROWS <= column + WIDTH || column + WIDTH >= stride ? WIDTH : 2 * WIDTH;
    }

    @Override
    void take(Tile tile) {
        tile.copyRows(rows, stride);
    }

    @Override
    void add(int component, Tile tile, double[] weighted, int at, Moments into) {
        squareRoots(weighted, at, roots, tile.padded());
        int count = choose(tile.count());
        int centre = component * stride;
        int column = 0;
        for (; column + 4 * WIDTH <= stride; column += 4 * WIDTH) {
            weighFour(
                    rows,
                    chosen,
                    root,
                    count,
                    column,
                    centres,
                    centre + column,
                    weightedRows,
                    panel(column),
                    panel(column + WIDTH),
                    panel(column + 2 * WIDTH),
                    panel(column + 3 * WIDTH),
                    firsts);
        }
        for (; column < stride; column += WIDTH) {
            weighOne(rows, chosen, root, count, column, centres, centre + column, weightedRows, panel(column), firsts);
        }
        multiply(count, seconds[component]);
    }

    private void multiply(int count, double[] sums) {
        int at = 0;
        for (int column = 0; column < stride; column += 2 * WIDTH) {
            for (int row = firstRow(column); row < dimension; row += ROWS) {
                int columns = columns(row, column);
                if (columns == WIDTH) {
                    eightByOne(weightedRows, count, panel(row), panel(column), sums, at);
                } else {
                    eightByTwo(weightedRows, count, panel(row), panel(column), panel(column + WIDTH), sums, at);
                }
                at += ROWS * columns;
            }
        }
    }

    @Override
    public void flush(Moments into) {
        for (int k = 0; k < seconds.length; k++) {
            add(firsts, k * stride, into.firsts(), k * dimension, dimension);
            unpack(seconds[k], into.second(k));
            Arrays.fill(seconds[k], 0);
        }
        Arrays.fill(firsts, 0);
    }

    /** Adds what of the blocks lies on or left of the diagonal. */
    private void unpack(double[] sums, double[] second) {
        int at = 0;
        for (int column = 0; column < stride; column += 2 * WIDTH) {
            for (int row = firstRow(column); row < dimension; row += ROWS) {
                int columns = columns(row, column);
                for (int i = row; i < Math.min(row + ROWS, dimension); i++) {
                    int count = Math.min(columns, i + 1 - column);
                    add(sums, at + (i - row) * columns, second, i * (i + 1) / 2 + column, count);
                }
                at += ROWS * columns;
            }
        }
    }

    /** Where a column of the first weighted row stands. */
    private static int panel(int column) {
        return column / PANEL * PANEL_STRIDE + column % PANEL;
    }

    private static void squareRoots(double[] weighted, int at, double[] roots, int points) {
        for (int i = 0; i < points; i += WIDTH) {
            DoubleVector.fromArray(DOUBLES, weighted, at + i).sqrt().intoArray(roots, i);
        }
    }

    /** Lists the rows that have weight; returns how many. */
    private int choose(int points) {
        int count = 0;
        for (int i = 0; i < points; i++) {
            chosen[count] = i * stride;
            root[count] = roots[i];
            count += roots[i] > 0 ? 1 : 0;
        }
        return count;
    }

    /** Fills four vectors of columns of the weighted rows and adds their first moments. */
    private static void weighFour(
            double[] rows,
            int[] chosen,
            double[] root,
            int points,
            int column,
            double[] centres,
            int centre,
            double[] weightedRows,
            int to0,
            int to1,
            int to2,
            int to3,
            double[] firsts) {
        DoubleVector m0 = DoubleVector.fromArray(DOUBLES, centres, centre);
        DoubleVector m1 = DoubleVector.fromArray(DOUBLES, centres, centre + WIDTH);
        DoubleVector m2 = DoubleVector.fromArray(DOUBLES, centres, centre + 2 * WIDTH);
        DoubleVector m3 = DoubleVector.fromArray(DOUBLES, centres, centre + 3 * WIDTH);
        DoubleVector f0 = DoubleVector.zero(DOUBLES);
        DoubleVector f1 = DoubleVector.zero(DOUBLES);
        DoubleVector f2 = DoubleVector.zero(DOUBLES);
        DoubleVector f3 = DoubleVector.zero(DOUBLES);
        for (int i = 0; i < points; i++) {
            DoubleVector r = DoubleVector.broadcast(DOUBLES, root[i]);
            int from = chosen[i] + column;
            int to = i * PANEL;
            DoubleVector y0 =
                    DoubleVector.fromArray(DOUBLES, rows, from).sub(m0).mul(r);
            DoubleVector y1 =
                    DoubleVector.fromArray(DOUBLES, rows, from + WIDTH).sub(m1).mul(r);
            DoubleVector y2 = DoubleVector.fromArray(DOUBLES, rows, from + 2 * WIDTH)
                    .sub(m2)
                    .mul(r);
            DoubleVector y3 = DoubleVector.fromArray(DOUBLES, rows, from + 3 * WIDTH)
                    .sub(m3)
                    .mul(r);
            y0.intoArray(weightedRows, to0 + to);
            y1.intoArray(weightedRows, to1 + to);
            y2.intoArray(weightedRows, to2 + to);
            y3.intoArray(weightedRows, to3 + to);
            f0 = y0.fma(r, f0);
            f1 = y1.fma(r, f1);
            f2 = y2.fma(r, f2);
            f3 = y3.fma(r, f3);
        }
        f0.add(DoubleVector.fromArray(DOUBLES, firsts, centre)).intoArray(firsts, centre);
        f1.add(DoubleVector.fromArray(DOUBLES, firsts, centre + WIDTH)).intoArray(firsts, centre + WIDTH);
        f2.add(DoubleVector.fromArray(DOUBLES, firsts, centre + 2 * WIDTH)).intoArray(firsts, centre + 2 * WIDTH);
        f3.add(DoubleVector.fromArray(DOUBLES, firsts, centre + 3 * WIDTH)).intoArray(firsts, centre + 3 * WIDTH);
    }

    /** The same for one vector. */
    private static void weighOne(
            double[] rows,
            int[] chosen,
            double[] root,
            int points,
            int column,
            double[] centres,
            int centre,
            double[] weightedRows,
            int to,
            double[] firsts) {
        DoubleVector m = DoubleVector.fromArray(DOUBLES, centres, centre);
        DoubleVector f = DoubleVector.zero(DOUBLES);
        for (int i = 0; i < points; i++) {
            DoubleVector r = DoubleVector.broadcast(DOUBLES, root[i]);
            DoubleVector y = DoubleVector.fromArray(DOUBLES, rows, chosen[i] + column)
                    .sub(m)
                    .mul(r);
            y.intoArray(weightedRows, to + i * PANEL);
            f = y.fma(r, f);
        }
        f.add(DoubleVector.fromArray(DOUBLES, firsts, centre)).intoArray(firsts, centre);
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

    /** Adds the products of eight rows and two vectors of columns. */
    private static void eightByTwo(double[] y, int points, int row, int column, int next, double[] sums, int at) {
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
            int from = i * PANEL;
            DoubleVector b0 = DoubleVector.fromArray(DOUBLES, y, column + from);
            DoubleVector b1 = DoubleVector.fromArray(DOUBLES, y, next + from);
            DoubleVector a0 = DoubleVector.broadcast(DOUBLES, y[row + from]);
            s00 = a0.fma(b0, s00);
            s01 = a0.fma(b1, s01);
            DoubleVector a1 = DoubleVector.broadcast(DOUBLES, y[row + from + 1]);
            s10 = a1.fma(b0, s10);
            s11 = a1.fma(b1, s11);
            DoubleVector a2 = DoubleVector.broadcast(DOUBLES, y[row + from + 2]);
            s20 = a2.fma(b0, s20);
            s21 = a2.fma(b1, s21);
            DoubleVector a3 = DoubleVector.broadcast(DOUBLES, y[row + from + 3]);
            s30 = a3.fma(b0, s30);
            s31 = a3.fma(b1, s31);
            DoubleVector a4 = DoubleVector.broadcast(DOUBLES, y[row + from + 4]);
            s40 = a4.fma(b0, s40);
            s41 = a4.fma(b1, s41);
            DoubleVector a5 = DoubleVector.broadcast(DOUBLES, y[row + from + 5]);
            s50 = a5.fma(b0, s50);
            s51 = a5.fma(b1, s51);
            DoubleVector a6 = DoubleVector.broadcast(DOUBLES, y[row + from + 6]);
            s60 = a6.fma(b0, s60);
            s61 = a6.fma(b1, s61);
            DoubleVector a7 = DoubleVector.broadcast(DOUBLES, y[row + from + 7]);
            s70 = a7.fma(b0, s70);
            s71 = a7.fma(b1, s71);
        }
        s00.add(DoubleVector.fromArray(DOUBLES, sums, at)).intoArray(sums, at);
        s01.add(DoubleVector.fromArray(DOUBLES, sums, at + WIDTH)).intoArray(sums, at + WIDTH);
        s10.add(DoubleVector.fromArray(DOUBLES, sums, at + 2 * WIDTH)).intoArray(sums, at + 2 * WIDTH);
        s11.add(DoubleVector.fromArray(DOUBLES, sums, at + 3 * WIDTH)).intoArray(sums, at + 3 * WIDTH);
        s20.add(DoubleVector.fromArray(DOUBLES, sums, at + 4 * WIDTH)).intoArray(sums, at + 4 * WIDTH);
        s21.add(DoubleVector.fromArray(DOUBLES, sums, at + 5 * WIDTH)).intoArray(sums, at + 5 * WIDTH);
        s30.add(DoubleVector.fromArray(DOUBLES, sums, at + 6 * WIDTH)).intoArray(sums, at + 6 * WIDTH);
        s31.add(DoubleVector.fromArray(DOUBLES, sums, at + 7 * WIDTH)).intoArray(sums, at + 7 * WIDTH);
        s40.add(DoubleVector.fromArray(DOUBLES, sums, at + 8 * WIDTH)).intoArray(sums, at + 8 * WIDTH);
        s41.add(DoubleVector.fromArray(DOUBLES, sums, at + 9 * WIDTH)).intoArray(sums, at + 9 * WIDTH);
        s50.add(DoubleVector.fromArray(DOUBLES, sums, at + 10 * WIDTH)).intoArray(sums, at + 10 * WIDTH);
        s51.add(DoubleVector.fromArray(DOUBLES, sums, at + 11 * WIDTH)).intoArray(sums, at + 11 * WIDTH);
        s60.add(DoubleVector.fromArray(DOUBLES, sums, at + 12 * WIDTH)).intoArray(sums, at + 12 * WIDTH);
        s61.add(DoubleVector.fromArray(DOUBLES, sums, at + 13 * WIDTH)).intoArray(sums, at + 13 * WIDTH);
        s70.add(DoubleVector.fromArray(DOUBLES, sums, at + 14 * WIDTH)).intoArray(sums, at + 14 * WIDTH);
        s71.add(DoubleVector.fromArray(DOUBLES, sums, at + 15 * WIDTH)).intoArray(sums, at + 15 * WIDTH);
    }

    /** Adds the products of eight rows and one vector of columns. */
    private static void eightByOne(double[] y, int points, int row, int column, double[] sums, int at) {
        DoubleVector s00 = DoubleVector.zero(DOUBLES);
        DoubleVector s10 = DoubleVector.zero(DOUBLES);
        DoubleVector s20 = DoubleVector.zero(DOUBLES);
        DoubleVector s30 = DoubleVector.zero(DOUBLES);
        DoubleVector s40 = DoubleVector.zero(DOUBLES);
        DoubleVector s50 = DoubleVector.zero(DOUBLES);
        DoubleVector s60 = DoubleVector.zero(DOUBLES);
        DoubleVector s70 = DoubleVector.zero(DOUBLES);
        for (int i = 0; i < points; i++) {
            int from = i * PANEL;
            DoubleVector b0 = DoubleVector.fromArray(DOUBLES, y, column + from);
            DoubleVector a0 = DoubleVector.broadcast(DOUBLES, y[row + from]);
            s00 = a0.fma(b0, s00);
            DoubleVector a1 = DoubleVector.broadcast(DOUBLES, y[row + from + 1]);
            s10 = a1.fma(b0, s10);
            DoubleVector a2 = DoubleVector.broadcast(DOUBLES, y[row + from + 2]);
            s20 = a2.fma(b0, s20);
            DoubleVector a3 = DoubleVector.broadcast(DOUBLES, y[row + from + 3]);
            s30 = a3.fma(b0, s30);
            DoubleVector a4 = DoubleVector.broadcast(DOUBLES, y[row + from + 4]);
            s40 = a4.fma(b0, s40);
            DoubleVector a5 = DoubleVector.broadcast(DOUBLES, y[row + from + 5]);
            s50 = a5.fma(b0, s50);
            DoubleVector a6 = DoubleVector.broadcast(DOUBLES, y[row + from + 6]);
            s60 = a6.fma(b0, s60);
            DoubleVector a7 = DoubleVector.broadcast(DOUBLES, y[row + from + 7]);
            s70 = a7.fma(b0, s70);
        }
        s00.add(DoubleVector.fromArray(DOUBLES, sums, at)).intoArray(sums, at);
        s10.add(DoubleVector.fromArray(DOUBLES, sums, at + WIDTH)).intoArray(sums, at + WIDTH);
        s20.add(DoubleVector.fromArray(DOUBLES, sums, at + 2 * WIDTH)).intoArray(sums, at + 2 * WIDTH);
        s30.add(DoubleVector.fromArray(DOUBLES, sums, at + 3 * WIDTH)).intoArray(sums, at + 3 * WIDTH);
        s40.add(DoubleVector.fromArray(DOUBLES, sums, at + 4 * WIDTH)).intoArray(sums, at + 4 * WIDTH);
        s50.add(DoubleVector.fromArray(DOUBLES, sums, at + 5 * WIDTH)).intoArray(sums, at + 5 * WIDTH);
        s60.add(DoubleVector.fromArray(DOUBLES, sums, at + 6 * WIDTH)).intoArray(sums, at + 6 * WIDTH);
        s70.add(DoubleVector.fromArray(DOUBLES, sums, at + 7 * WIDTH)).intoArray(sums, at + 7 * WIDTH);
    }
}
