package org.mixtura.simd;

import static org.mixtura.simd.Lanes.DOUBLES;
import static org.mixtura.simd.Lanes.WIDTH;
import static org.mixtura.simd.Tile.STRIDE;

import jdk.incubator.vector.DoubleVector;
import org.mixtura.kernel.Moments;

/**
 * First moments and the triangle of second moments for few columns: points in lanes, and blocks of four by four columns whose
 * sums stay in registers over all points of a tile; the lanes are added up at its end. For few columns that costs less than
 * bringing the rows into another order; for many, there are too many sums of lanes.
 *
 * <p>The blocks are written out, like those of the scores.
 */
final class LaneProducts extends ComponentSums {
    private final int dimension;
    private final int columns;
    private final double[] centres;
    /** A vector for each second moment, in their packed order, then for each first moment. */
    private final Partials partials;

    /** How many vectors of partial sums come before the first moments'. */
    private final int seconds;

    LaneProducts(Moments moments) {
        this.dimension = moments.dimension();
        this.columns = (dimension + 3) / 4 * 4;
        this.centres = ComponentScorer.paddedCentres(moments.centres(), moments.components(), dimension, columns);
        // Packed row by row: those of columns beyond the last come after those that count.
        this.seconds = columns * (columns + 1) / 2;
        this.partials = new Partials(moments.components(), seconds + columns);
    }

    @Override
    void add(int component, Tile tile, double[] weighted, int at, Moments into) {
        int centre = component * columns;
        int start = partials.start(component);
        double[] x = tile.columns;
        int points = tile.padded();
        for (int row = 0; row < columns; row += 4) {
            for (int column = 0; column < row; column += 4) {
                square(x, row, column, weighted, at, points, centres, centre, partials.values, start);
            }
            triangle(x, row, weighted, at, points, centres, centre, partials.values, start, start + seconds * WIDTH);
        }
        if (!partials.areKept()) {
            flush(component, into);
        }
    }

    @Override
    public void flush(Moments into) {
        partials.eachKept(k -> flush(k, into));
    }

    private void flush(int component, Moments into) {
        int at = partials.sum(component);
        double[] second = into.second(component);
        for (int i = 0; i < second.length; i++) {
            second[i] += partials.values[at + i];
        }
        double[] firsts = into.firsts();
        for (int j = 0; j < dimension; j++) {
            firsts[component * dimension + j] += partials.values[at + seconds + j];
        }
        partials.clear(component);
    }

    /** Four rows by four columns left of the diagonal. */
    private static void square(
            double[] x,
            int row,
            int column,
            double[] weighted,
            int at,
            int points,
            double[] centres,
            int centre,
            double[] sums,
            int start) {
        DoubleVector m0 = DoubleVector.broadcast(DOUBLES, centres[centre + row]);
        DoubleVector m1 = DoubleVector.broadcast(DOUBLES, centres[centre + row + 1]);
        DoubleVector m2 = DoubleVector.broadcast(DOUBLES, centres[centre + row + 2]);
        DoubleVector m3 = DoubleVector.broadcast(DOUBLES, centres[centre + row + 3]);
        DoubleVector n0 = DoubleVector.broadcast(DOUBLES, centres[centre + column]);
        DoubleVector n1 = DoubleVector.broadcast(DOUBLES, centres[centre + column + 1]);
        DoubleVector n2 = DoubleVector.broadcast(DOUBLES, centres[centre + column + 2]);
        DoubleVector n3 = DoubleVector.broadcast(DOUBLES, centres[centre + column + 3]);
        DoubleVector s00 = DoubleVector.zero(DOUBLES);
        DoubleVector s01 = DoubleVector.zero(DOUBLES);
        DoubleVector s02 = DoubleVector.zero(DOUBLES);
        DoubleVector s03 = DoubleVector.zero(DOUBLES);
        DoubleVector s10 = DoubleVector.zero(DOUBLES);
        DoubleVector s11 = DoubleVector.zero(DOUBLES);
        DoubleVector s12 = DoubleVector.zero(DOUBLES);
        DoubleVector s13 = DoubleVector.zero(DOUBLES);
        DoubleVector s20 = DoubleVector.zero(DOUBLES);
        DoubleVector s21 = DoubleVector.zero(DOUBLES);
        DoubleVector s22 = DoubleVector.zero(DOUBLES);
        DoubleVector s23 = DoubleVector.zero(DOUBLES);
        DoubleVector s30 = DoubleVector.zero(DOUBLES);
        DoubleVector s31 = DoubleVector.zero(DOUBLES);
        DoubleVector s32 = DoubleVector.zero(DOUBLES);
        DoubleVector s33 = DoubleVector.zero(DOUBLES);
        for (int i = 0; i < points; i += WIDTH) {
            DoubleVector w = DoubleVector.fromArray(DOUBLES, weighted, at + i);
            DoubleVector a0 =
                    DoubleVector.fromArray(DOUBLES, x, row * STRIDE + i).sub(m0).mul(w);
            DoubleVector a1 = DoubleVector.fromArray(DOUBLES, x, (row + 1) * STRIDE + i)
                    .sub(m1)
                    .mul(w);
            DoubleVector a2 = DoubleVector.fromArray(DOUBLES, x, (row + 2) * STRIDE + i)
                    .sub(m2)
                    .mul(w);
            DoubleVector a3 = DoubleVector.fromArray(DOUBLES, x, (row + 3) * STRIDE + i)
                    .sub(m3)
                    .mul(w);
            DoubleVector b0 =
                    DoubleVector.fromArray(DOUBLES, x, column * STRIDE + i).sub(n0);
            s00 = a0.fma(b0, s00);
            s10 = a1.fma(b0, s10);
            s20 = a2.fma(b0, s20);
            s30 = a3.fma(b0, s30);
            DoubleVector b1 = DoubleVector.fromArray(DOUBLES, x, (column + 1) * STRIDE + i)
                    .sub(n1);
            s01 = a0.fma(b1, s01);
            s11 = a1.fma(b1, s11);
            s21 = a2.fma(b1, s21);
            s31 = a3.fma(b1, s31);
            DoubleVector b2 = DoubleVector.fromArray(DOUBLES, x, (column + 2) * STRIDE + i)
                    .sub(n2);
            s02 = a0.fma(b2, s02);
            s12 = a1.fma(b2, s12);
            s22 = a2.fma(b2, s22);
            s32 = a3.fma(b2, s32);
            DoubleVector b3 = DoubleVector.fromArray(DOUBLES, x, (column + 3) * STRIDE + i)
                    .sub(n3);
            s03 = a0.fma(b3, s03);
            s13 = a1.fma(b3, s13);
            s23 = a2.fma(b3, s23);
            s33 = a3.fma(b3, s33);
        }
        int to0 = start + (row * (row + 1) / 2 + column) * WIDTH;
        s00.add(DoubleVector.fromArray(DOUBLES, sums, to0)).intoArray(sums, to0);
        s01.add(DoubleVector.fromArray(DOUBLES, sums, to0 + WIDTH)).intoArray(sums, to0 + WIDTH);
        s02.add(DoubleVector.fromArray(DOUBLES, sums, to0 + 2 * WIDTH)).intoArray(sums, to0 + 2 * WIDTH);
        s03.add(DoubleVector.fromArray(DOUBLES, sums, to0 + 3 * WIDTH)).intoArray(sums, to0 + 3 * WIDTH);
        int to1 = start + ((row + 1) * (row + 2) / 2 + column) * WIDTH;
        s10.add(DoubleVector.fromArray(DOUBLES, sums, to1)).intoArray(sums, to1);
        s11.add(DoubleVector.fromArray(DOUBLES, sums, to1 + WIDTH)).intoArray(sums, to1 + WIDTH);
        s12.add(DoubleVector.fromArray(DOUBLES, sums, to1 + 2 * WIDTH)).intoArray(sums, to1 + 2 * WIDTH);
        s13.add(DoubleVector.fromArray(DOUBLES, sums, to1 + 3 * WIDTH)).intoArray(sums, to1 + 3 * WIDTH);
        int to2 = start + ((row + 2) * (row + 3) / 2 + column) * WIDTH;
        s20.add(DoubleVector.fromArray(DOUBLES, sums, to2)).intoArray(sums, to2);
        s21.add(DoubleVector.fromArray(DOUBLES, sums, to2 + WIDTH)).intoArray(sums, to2 + WIDTH);
        s22.add(DoubleVector.fromArray(DOUBLES, sums, to2 + 2 * WIDTH)).intoArray(sums, to2 + 2 * WIDTH);
        s23.add(DoubleVector.fromArray(DOUBLES, sums, to2 + 3 * WIDTH)).intoArray(sums, to2 + 3 * WIDTH);
        int to3 = start + ((row + 3) * (row + 4) / 2 + column) * WIDTH;
        s30.add(DoubleVector.fromArray(DOUBLES, sums, to3)).intoArray(sums, to3);
        s31.add(DoubleVector.fromArray(DOUBLES, sums, to3 + WIDTH)).intoArray(sums, to3 + WIDTH);
        s32.add(DoubleVector.fromArray(DOUBLES, sums, to3 + 2 * WIDTH)).intoArray(sums, to3 + 2 * WIDTH);
        s33.add(DoubleVector.fromArray(DOUBLES, sums, to3 + 3 * WIDTH)).intoArray(sums, to3 + 3 * WIDTH);
    }

    /** Four rows by their own four columns up to the diagonal, and the four first moments. */
    private static void triangle(
            double[] x,
            int row,
            double[] weighted,
            int at,
            int points,
            double[] centres,
            int centre,
            double[] sums,
            int start,
            int firsts) {
        DoubleVector m0 = DoubleVector.broadcast(DOUBLES, centres[centre + row]);
        DoubleVector m1 = DoubleVector.broadcast(DOUBLES, centres[centre + row + 1]);
        DoubleVector m2 = DoubleVector.broadcast(DOUBLES, centres[centre + row + 2]);
        DoubleVector m3 = DoubleVector.broadcast(DOUBLES, centres[centre + row + 3]);
        DoubleVector f0 = DoubleVector.zero(DOUBLES);
        DoubleVector f1 = DoubleVector.zero(DOUBLES);
        DoubleVector f2 = DoubleVector.zero(DOUBLES);
        DoubleVector f3 = DoubleVector.zero(DOUBLES);
        DoubleVector s00 = DoubleVector.zero(DOUBLES);
        DoubleVector s10 = DoubleVector.zero(DOUBLES);
        DoubleVector s11 = DoubleVector.zero(DOUBLES);
        DoubleVector s20 = DoubleVector.zero(DOUBLES);
        DoubleVector s21 = DoubleVector.zero(DOUBLES);
        DoubleVector s22 = DoubleVector.zero(DOUBLES);
        DoubleVector s30 = DoubleVector.zero(DOUBLES);
        DoubleVector s31 = DoubleVector.zero(DOUBLES);
        DoubleVector s32 = DoubleVector.zero(DOUBLES);
        DoubleVector s33 = DoubleVector.zero(DOUBLES);
        for (int i = 0; i < points; i += WIDTH) {
            DoubleVector w = DoubleVector.fromArray(DOUBLES, weighted, at + i);
            DoubleVector d0 =
                    DoubleVector.fromArray(DOUBLES, x, row * STRIDE + i).sub(m0);
            DoubleVector a0 = d0.mul(w);
            f0 = f0.add(a0);
            s00 = a0.fma(d0, s00);
            DoubleVector d1 =
                    DoubleVector.fromArray(DOUBLES, x, (row + 1) * STRIDE + i).sub(m1);
            DoubleVector a1 = d1.mul(w);
            f1 = f1.add(a1);
            s10 = a1.fma(d0, s10);
            s11 = a1.fma(d1, s11);
            DoubleVector d2 =
                    DoubleVector.fromArray(DOUBLES, x, (row + 2) * STRIDE + i).sub(m2);
            DoubleVector a2 = d2.mul(w);
            f2 = f2.add(a2);
            s20 = a2.fma(d0, s20);
            s21 = a2.fma(d1, s21);
            s22 = a2.fma(d2, s22);
            DoubleVector d3 =
                    DoubleVector.fromArray(DOUBLES, x, (row + 3) * STRIDE + i).sub(m3);
            DoubleVector a3 = d3.mul(w);
            f3 = f3.add(a3);
            s30 = a3.fma(d0, s30);
            s31 = a3.fma(d1, s31);
            s32 = a3.fma(d2, s32);
            s33 = a3.fma(d3, s33);
        }
        int to0 = start + (row * (row + 1) / 2 + row) * WIDTH;
        s00.add(DoubleVector.fromArray(DOUBLES, sums, to0)).intoArray(sums, to0);
        int to1 = start + ((row + 1) * (row + 2) / 2 + row) * WIDTH;
        s10.add(DoubleVector.fromArray(DOUBLES, sums, to1)).intoArray(sums, to1);
        s11.add(DoubleVector.fromArray(DOUBLES, sums, to1 + WIDTH)).intoArray(sums, to1 + WIDTH);
        int to2 = start + ((row + 2) * (row + 3) / 2 + row) * WIDTH;
        s20.add(DoubleVector.fromArray(DOUBLES, sums, to2)).intoArray(sums, to2);
        s21.add(DoubleVector.fromArray(DOUBLES, sums, to2 + WIDTH)).intoArray(sums, to2 + WIDTH);
        s22.add(DoubleVector.fromArray(DOUBLES, sums, to2 + 2 * WIDTH)).intoArray(sums, to2 + 2 * WIDTH);
        int to3 = start + ((row + 3) * (row + 4) / 2 + row) * WIDTH;
        s30.add(DoubleVector.fromArray(DOUBLES, sums, to3)).intoArray(sums, to3);
        s31.add(DoubleVector.fromArray(DOUBLES, sums, to3 + WIDTH)).intoArray(sums, to3 + WIDTH);
        s32.add(DoubleVector.fromArray(DOUBLES, sums, to3 + 2 * WIDTH)).intoArray(sums, to3 + 2 * WIDTH);
        s33.add(DoubleVector.fromArray(DOUBLES, sums, to3 + 3 * WIDTH)).intoArray(sums, to3 + 3 * WIDTH);
        f0.add(DoubleVector.fromArray(DOUBLES, sums, firsts + row * WIDTH)).intoArray(sums, firsts + row * WIDTH);
        f1.add(DoubleVector.fromArray(DOUBLES, sums, firsts + (row + 1) * WIDTH))
                .intoArray(sums, firsts + (row + 1) * WIDTH);
        f2.add(DoubleVector.fromArray(DOUBLES, sums, firsts + (row + 2) * WIDTH))
                .intoArray(sums, firsts + (row + 2) * WIDTH);
        f3.add(DoubleVector.fromArray(DOUBLES, sums, firsts + (row + 3) * WIDTH))
                .intoArray(sums, firsts + (row + 3) * WIDTH);
    }
}
