package org.mixtura.simd;

import static org.mixtura.simd.Lanes.DOUBLES;
import static org.mixtura.simd.Lanes.WIDTH;
import static org.mixtura.simd.Tile.STRIDE;

import jdk.incubator.vector.DoubleVector;
import org.mixtura.kernel.Moments;

/** First moments and the diagonal of the second: points in lanes, four columns at a time. */
final class DiagonalSums extends ComponentSums {
    private final int dimension;
    private final int columns;
    private final double[] centres;
    /** For each column two vectors, the first moment's and the second's, columns in order. */
    private final Partials partials;

    DiagonalSums(Moments moments) {
        this.dimension = moments.dimension();
        this.columns = (dimension + 3) / 4 * 4;
        this.centres = ComponentScorer.paddedCentres(moments.centres(), moments.components(), dimension, columns);
        this.partials = new Partials(moments.components(), 2 * columns);
    }

    @Override
    void add(int component, Tile tile, double[] weighted, int at, Moments into) {
        int centre = component * columns;
        int start = partials.start(component);
        for (int column = 0; column < columns; column += 4) {
            fourColumns(
                    tile.columns,
                    column,
                    weighted,
                    at,
                    tile.padded(),
                    centres,
                    centre + column,
                    partials.values,
                    start + 2 * column * WIDTH);
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
        double[] firsts = into.firsts();
        double[] second = into.second(component);
        for (int j = 0; j < dimension; j++) {
            firsts[component * dimension + j] += partials.values[at + 2 * j];
            second[j] += partials.values[at + 2 * j + 1];
        }
        partials.clear(component);
    }

    private static void fourColumns(
            double[] x,
            int column,
            double[] weighted,
            int at,
            int points,
            double[] centres,
            int centre,
            double[] sums,
            int to) {
        DoubleVector m0 = DoubleVector.broadcast(DOUBLES, centres[centre]);
        DoubleVector m1 = DoubleVector.broadcast(DOUBLES, centres[centre + 1]);
        DoubleVector m2 = DoubleVector.broadcast(DOUBLES, centres[centre + 2]);
        DoubleVector m3 = DoubleVector.broadcast(DOUBLES, centres[centre + 3]);
        DoubleVector f0 = DoubleVector.zero(DOUBLES);
        DoubleVector f1 = DoubleVector.zero(DOUBLES);
        DoubleVector f2 = DoubleVector.zero(DOUBLES);
        DoubleVector f3 = DoubleVector.zero(DOUBLES);
        DoubleVector s0 = DoubleVector.zero(DOUBLES);
        DoubleVector s1 = DoubleVector.zero(DOUBLES);
        DoubleVector s2 = DoubleVector.zero(DOUBLES);
        DoubleVector s3 = DoubleVector.zero(DOUBLES);
        for (int i = 0; i < points; i += WIDTH) {
            DoubleVector w = DoubleVector.fromArray(DOUBLES, weighted, at + i);
            DoubleVector d0 =
                    DoubleVector.fromArray(DOUBLES, x, column * STRIDE + i).sub(m0);
            DoubleVector d1 = DoubleVector.fromArray(DOUBLES, x, (column + 1) * STRIDE + i)
                    .sub(m1);
            DoubleVector d2 = DoubleVector.fromArray(DOUBLES, x, (column + 2) * STRIDE + i)
                    .sub(m2);
            DoubleVector d3 = DoubleVector.fromArray(DOUBLES, x, (column + 3) * STRIDE + i)
                    .sub(m3);
            DoubleVector w0 = d0.mul(w);
            DoubleVector w1 = d1.mul(w);
            DoubleVector w2 = d2.mul(w);
            DoubleVector w3 = d3.mul(w);
            f0 = f0.add(w0);
            f1 = f1.add(w1);
            f2 = f2.add(w2);
            f3 = f3.add(w3);
            s0 = w0.fma(d0, s0);
            s1 = w1.fma(d1, s1);
            s2 = w2.fma(d2, s2);
            s3 = w3.fma(d3, s3);
        }
        f0.add(DoubleVector.fromArray(DOUBLES, sums, to)).intoArray(sums, to);
        s0.add(DoubleVector.fromArray(DOUBLES, sums, to + WIDTH)).intoArray(sums, to + WIDTH);
        f1.add(DoubleVector.fromArray(DOUBLES, sums, to + 2 * WIDTH)).intoArray(sums, to + 2 * WIDTH);
        s1.add(DoubleVector.fromArray(DOUBLES, sums, to + 3 * WIDTH)).intoArray(sums, to + 3 * WIDTH);
        f2.add(DoubleVector.fromArray(DOUBLES, sums, to + 4 * WIDTH)).intoArray(sums, to + 4 * WIDTH);
        s2.add(DoubleVector.fromArray(DOUBLES, sums, to + 5 * WIDTH)).intoArray(sums, to + 5 * WIDTH);
        f3.add(DoubleVector.fromArray(DOUBLES, sums, to + 6 * WIDTH)).intoArray(sums, to + 6 * WIDTH);
        s3.add(DoubleVector.fromArray(DOUBLES, sums, to + 7 * WIDTH)).intoArray(sums, to + 7 * WIDTH);
    }
}
