package org.mixtura.simd;

import static org.mixtura.simd.Lanes.DOUBLES;
import static org.mixtura.simd.Lanes.WIDTH;
import static org.mixtura.simd.Tile.STRIDE;

import jdk.incubator.vector.DoubleVector;
import org.mixtura.kernel.Moments;

/** All moments of one or two columns in one loop over the rows. */
final class TwoColumnSums implements MomentSums {
    /** Vectors of sums: weight, two first and three second moments. */
    private static final int SUMS = 6;

    private final int dimension;
    private final double[] centres;
    private final Partials partials;

    TwoColumnSums(Moments moments) {
        this.dimension = moments.dimension();
        this.centres = ComponentScorer.paddedCentres(moments.centres(), moments.components(), dimension, 2);
        this.partials = new Partials(moments.components(), SUMS);
    }

    @Override
    public void add(Tile tile, double[] exponentials, double[] scale, Moments into) {
        int points = tile.padded();
        double[] sums = partials.values;
        int k = 0;
        for (; partials.areKept() && k + 2 <= into.components(); k += 2) {
            int start = partials.start(k);
            addTwo(
                    exponentials,
                    k * STRIDE,
                    scale,
                    tile.columns,
                    centres,
                    2 * k,
                    points,
                    sums,
                    start,
                    partials.start(k + 1));
        }
        for (; k < into.components(); k++) {
            add(exponentials, k * STRIDE, scale, tile.columns, centres, 2 * k, points, sums, partials.start(k));
            if (!partials.areKept()) {
                flush(k, into);
            }
        }
    }

    @Override
    public void flush(Moments into) {
        partials.eachKept(k -> flush(k, into));
    }

    private void flush(int component, Moments into) {
        int at = partials.sum(component);
        double[] sums = partials.values;
        into.weights()[component] += sums[at];
        for (int j = 0; j < dimension; j++) {
            into.firsts()[component * dimension + j] += sums[at + 1 + j];
        }
        double[] second = into.second(component);
        for (int i = 0; i < second.length; i++) {
            second[i] += sums[at + 3 + i];
        }
        partials.clear(component);
    }

    private static void add(
            double[] e,
            int at,
            double[] scale,
            double[] x,
            double[] centres,
            int centre,
            int points,
            double[] sums,
            int to) {
        DoubleVector m0 = DoubleVector.broadcast(DOUBLES, centres[centre]);
        DoubleVector m1 = DoubleVector.broadcast(DOUBLES, centres[centre + 1]);
        DoubleVector weight = DoubleVector.zero(DOUBLES);
        DoubleVector f0 = DoubleVector.zero(DOUBLES);
        DoubleVector f1 = DoubleVector.zero(DOUBLES);
        DoubleVector s00 = DoubleVector.zero(DOUBLES);
        DoubleVector s10 = DoubleVector.zero(DOUBLES);
        DoubleVector s11 = DoubleVector.zero(DOUBLES);
        for (int i = 0; i < points; i += WIDTH) {
            DoubleVector w = DoubleVector.fromArray(DOUBLES, e, at + i).mul(DoubleVector.fromArray(DOUBLES, scale, i));
            DoubleVector d0 = DoubleVector.fromArray(DOUBLES, x, i).sub(m0);
            DoubleVector d1 = DoubleVector.fromArray(DOUBLES, x, STRIDE + i).sub(m1);
            DoubleVector w0 = d0.mul(w);
            DoubleVector w1 = d1.mul(w);
            weight = weight.add(w);
            f0 = f0.add(w0);
            f1 = f1.add(w1);
            s00 = w0.fma(d0, s00);
            s10 = w1.fma(d0, s10);
            s11 = w1.fma(d1, s11);
        }
        weight.add(DoubleVector.fromArray(DOUBLES, sums, to)).intoArray(sums, to);
        f0.add(DoubleVector.fromArray(DOUBLES, sums, to + WIDTH)).intoArray(sums, to + WIDTH);
        f1.add(DoubleVector.fromArray(DOUBLES, sums, to + 2 * WIDTH)).intoArray(sums, to + 2 * WIDTH);
        s00.add(DoubleVector.fromArray(DOUBLES, sums, to + 3 * WIDTH)).intoArray(sums, to + 3 * WIDTH);
        s10.add(DoubleVector.fromArray(DOUBLES, sums, to + 4 * WIDTH)).intoArray(sums, to + 4 * WIDTH);
        s11.add(DoubleVector.fromArray(DOUBLES, sums, to + 5 * WIDTH)).intoArray(sums, to + 5 * WIDTH);
    }

    /** The same for two components, which share what is read of the rows. */
    private static void addTwo(
            double[] e,
            int at,
            double[] scale,
            double[] x,
            double[] centres,
            int centre,
            int points,
            double[] sums,
            int to,
            int to2) {
        DoubleVector m0 = DoubleVector.broadcast(DOUBLES, centres[centre]);
        DoubleVector m1 = DoubleVector.broadcast(DOUBLES, centres[centre + 1]);
        DoubleVector n0 = DoubleVector.broadcast(DOUBLES, centres[centre + 2]);
        DoubleVector n1 = DoubleVector.broadcast(DOUBLES, centres[centre + 3]);
        DoubleVector weight = DoubleVector.zero(DOUBLES);
        DoubleVector f0 = DoubleVector.zero(DOUBLES);
        DoubleVector f1 = DoubleVector.zero(DOUBLES);
        DoubleVector s00 = DoubleVector.zero(DOUBLES);
        DoubleVector s10 = DoubleVector.zero(DOUBLES);
        DoubleVector s11 = DoubleVector.zero(DOUBLES);
        DoubleVector weight2 = DoubleVector.zero(DOUBLES);
        DoubleVector g0 = DoubleVector.zero(DOUBLES);
        DoubleVector g1 = DoubleVector.zero(DOUBLES);
        DoubleVector t00 = DoubleVector.zero(DOUBLES);
        DoubleVector t10 = DoubleVector.zero(DOUBLES);
        DoubleVector t11 = DoubleVector.zero(DOUBLES);
        for (int i = 0; i < points; i += WIDTH) {
            DoubleVector share = DoubleVector.fromArray(DOUBLES, scale, i);
            DoubleVector x0 = DoubleVector.fromArray(DOUBLES, x, i);
            DoubleVector x1 = DoubleVector.fromArray(DOUBLES, x, STRIDE + i);
            DoubleVector w = DoubleVector.fromArray(DOUBLES, e, at + i).mul(share);
            DoubleVector d0 = x0.sub(m0);
            DoubleVector d1 = x1.sub(m1);
            DoubleVector w0 = d0.mul(w);
            DoubleVector w1 = d1.mul(w);
            weight = weight.add(w);
            f0 = f0.add(w0);
            f1 = f1.add(w1);
            s00 = w0.fma(d0, s00);
            s10 = w1.fma(d0, s10);
            s11 = w1.fma(d1, s11);
            DoubleVector v = DoubleVector.fromArray(DOUBLES, e, at + STRIDE + i).mul(share);
            DoubleVector c0 = x0.sub(n0);
            DoubleVector c1 = x1.sub(n1);
            DoubleVector v0 = c0.mul(v);
            DoubleVector v1 = c1.mul(v);
            weight2 = weight2.add(v);
            g0 = g0.add(v0);
            g1 = g1.add(v1);
            t00 = v0.fma(c0, t00);
            t10 = v1.fma(c0, t10);
            t11 = v1.fma(c1, t11);
        }
        weight.add(DoubleVector.fromArray(DOUBLES, sums, to)).intoArray(sums, to);
        f0.add(DoubleVector.fromArray(DOUBLES, sums, to + WIDTH)).intoArray(sums, to + WIDTH);
        f1.add(DoubleVector.fromArray(DOUBLES, sums, to + 2 * WIDTH)).intoArray(sums, to + 2 * WIDTH);
        s00.add(DoubleVector.fromArray(DOUBLES, sums, to + 3 * WIDTH)).intoArray(sums, to + 3 * WIDTH);
        s10.add(DoubleVector.fromArray(DOUBLES, sums, to + 4 * WIDTH)).intoArray(sums, to + 4 * WIDTH);
        s11.add(DoubleVector.fromArray(DOUBLES, sums, to + 5 * WIDTH)).intoArray(sums, to + 5 * WIDTH);
        weight2.add(DoubleVector.fromArray(DOUBLES, sums, to2)).intoArray(sums, to2);
        g0.add(DoubleVector.fromArray(DOUBLES, sums, to2 + WIDTH)).intoArray(sums, to2 + WIDTH);
        g1.add(DoubleVector.fromArray(DOUBLES, sums, to2 + 2 * WIDTH)).intoArray(sums, to2 + 2 * WIDTH);
        t00.add(DoubleVector.fromArray(DOUBLES, sums, to2 + 3 * WIDTH)).intoArray(sums, to2 + 3 * WIDTH);
        t10.add(DoubleVector.fromArray(DOUBLES, sums, to2 + 4 * WIDTH)).intoArray(sums, to2 + 4 * WIDTH);
        t11.add(DoubleVector.fromArray(DOUBLES, sums, to2 + 5 * WIDTH)).intoArray(sums, to2 + 5 * WIDTH);
    }
}
