package org.mixtura.simd;

import static org.mixtura.simd.Lanes.DOUBLES;
import static org.mixtura.simd.Lanes.WIDTH;
import static org.mixtura.simd.Tile.STRIDE;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import org.mixtura.kernel.QuadraticForms;

/**
 * Scores under triangular factors of three to eight columns: all deviations of two vectors of points stay in registers, so that
 * nothing but coefficients is loaded. Written out for four and eight columns; fewer are filled up with columns of zeros.
 */
final class FewColumnsScorer extends ComponentScorer {
    /** The most columns. */
    static final int COLUMNS = 8;

    private final int filled;
    /** A_k row by row, filled up with zeros. */
    private final double[][] factors;

    FewColumnsScorer(QuadraticForms forms) {
        super(forms, filled(forms.dimension()));
        this.filled = filled(forms.dimension());
        this.factors = new double[forms.components()][];
        for (int k = 0; k < factors.length; k++) {
            factors[k] = Arrays.copyOf(forms.factor(k), filled * (filled + 1) / 2);
        }
    }

    /** {@return the columns of the code that serves d columns} */
    static int filled(int d) {
        return d <= 4 ? 4 : 8;
    }

    @Override
    void score(int component, double constant, Tile tile, double[] scores, int at, double[] largest) {
        double[] a = factors[component];
        int centre = component * filled;
        if (filled == 4) {
            fourColumns(a, centres, centre, constant, tile.columns, tile.padded(), scores, at, largest);
        } else {
            eightColumns(a, centres, centre, constant, tile.columns, tile.padded(), scores, at, largest);
        }
    }

    private static void fourColumns(
            double[] a,
            double[] centres,
            int centre,
            double constant,
            double[] x,
            int points,
            double[] scores,
            int at,
            double[] largest) {
        DoubleVector c = DoubleVector.broadcast(DOUBLES, constant);
        DoubleVector minusHalf = DoubleVector.broadcast(DOUBLES, -0.5);
        for (int i = 0; i < points; i += 4 * WIDTH) {
            DoubleVector m0 = DoubleVector.broadcast(DOUBLES, centres[centre]);
            DoubleVector d0 = DoubleVector.fromArray(DOUBLES, x, i).sub(m0);
            DoubleVector e0 = DoubleVector.fromArray(DOUBLES, x, i + WIDTH).sub(m0);
            DoubleVector g0 = DoubleVector.fromArray(DOUBLES, x, i + 2 * WIDTH).sub(m0);
            DoubleVector h0 = DoubleVector.fromArray(DOUBLES, x, i + 3 * WIDTH).sub(m0);
            DoubleVector m1 = DoubleVector.broadcast(DOUBLES, centres[centre + 1]);
            DoubleVector d1 = DoubleVector.fromArray(DOUBLES, x, STRIDE + i).sub(m1);
            DoubleVector e1 =
                    DoubleVector.fromArray(DOUBLES, x, STRIDE + i + WIDTH).sub(m1);
            DoubleVector g1 =
                    DoubleVector.fromArray(DOUBLES, x, STRIDE + i + 2 * WIDTH).sub(m1);
            DoubleVector h1 =
                    DoubleVector.fromArray(DOUBLES, x, STRIDE + i + 3 * WIDTH).sub(m1);
            DoubleVector m2 = DoubleVector.broadcast(DOUBLES, centres[centre + 2]);
            DoubleVector d2 = DoubleVector.fromArray(DOUBLES, x, 2 * STRIDE + i).sub(m2);
            DoubleVector e2 =
                    DoubleVector.fromArray(DOUBLES, x, 2 * STRIDE + i + WIDTH).sub(m2);
            DoubleVector g2 = DoubleVector.fromArray(DOUBLES, x, 2 * STRIDE + i + 2 * WIDTH)
                    .sub(m2);
            DoubleVector h2 = DoubleVector.fromArray(DOUBLES, x, 2 * STRIDE + i + 3 * WIDTH)
                    .sub(m2);
            DoubleVector m3 = DoubleVector.broadcast(DOUBLES, centres[centre + 3]);
            DoubleVector d3 = DoubleVector.fromArray(DOUBLES, x, 3 * STRIDE + i).sub(m3);
            DoubleVector e3 =
                    DoubleVector.fromArray(DOUBLES, x, 3 * STRIDE + i + WIDTH).sub(m3);
            DoubleVector g3 = DoubleVector.fromArray(DOUBLES, x, 3 * STRIDE + i + 2 * WIDTH)
                    .sub(m3);
            DoubleVector h3 = DoubleVector.fromArray(DOUBLES, x, 3 * STRIDE + i + 3 * WIDTH)
                    .sub(m3);
            DoubleVector a00 = DoubleVector.broadcast(DOUBLES, a[0]);
            DoubleVector y0 = a00.mul(d0);
            DoubleVector z0 = a00.mul(e0);
            DoubleVector t0 = a00.mul(g0);
            DoubleVector u0 = a00.mul(h0);
            DoubleVector p = y0.mul(y0);
            DoubleVector q = z0.mul(z0);
            DoubleVector r = t0.mul(t0);
            DoubleVector s = u0.mul(u0);
            DoubleVector a10 = DoubleVector.broadcast(DOUBLES, a[1]);
            DoubleVector y1 = a10.mul(d0);
            DoubleVector z1 = a10.mul(e0);
            DoubleVector t1 = a10.mul(g0);
            DoubleVector u1 = a10.mul(h0);
            DoubleVector a11 = DoubleVector.broadcast(DOUBLES, a[2]);
            y1 = a11.fma(d1, y1);
            z1 = a11.fma(e1, z1);
            t1 = a11.fma(g1, t1);
            u1 = a11.fma(h1, u1);
            p = y1.fma(y1, p);
            q = z1.fma(z1, q);
            r = t1.fma(t1, r);
            s = u1.fma(u1, s);
            DoubleVector a20 = DoubleVector.broadcast(DOUBLES, a[3]);
            DoubleVector y2 = a20.mul(d0);
            DoubleVector z2 = a20.mul(e0);
            DoubleVector t2 = a20.mul(g0);
            DoubleVector u2 = a20.mul(h0);
            DoubleVector a21 = DoubleVector.broadcast(DOUBLES, a[4]);
            y2 = a21.fma(d1, y2);
            z2 = a21.fma(e1, z2);
            t2 = a21.fma(g1, t2);
            u2 = a21.fma(h1, u2);
            DoubleVector a22 = DoubleVector.broadcast(DOUBLES, a[5]);
            y2 = a22.fma(d2, y2);
            z2 = a22.fma(e2, z2);
            t2 = a22.fma(g2, t2);
            u2 = a22.fma(h2, u2);
            p = y2.fma(y2, p);
            q = z2.fma(z2, q);
            r = t2.fma(t2, r);
            s = u2.fma(u2, s);
            DoubleVector a30 = DoubleVector.broadcast(DOUBLES, a[6]);
            DoubleVector y3 = a30.mul(d0);
            DoubleVector z3 = a30.mul(e0);
            DoubleVector t3 = a30.mul(g0);
            DoubleVector u3 = a30.mul(h0);
            DoubleVector a31 = DoubleVector.broadcast(DOUBLES, a[7]);
            y3 = a31.fma(d1, y3);
            z3 = a31.fma(e1, z3);
            t3 = a31.fma(g1, t3);
            u3 = a31.fma(h1, u3);
            DoubleVector a32 = DoubleVector.broadcast(DOUBLES, a[8]);
            y3 = a32.fma(d2, y3);
            z3 = a32.fma(e2, z3);
            t3 = a32.fma(g2, t3);
            u3 = a32.fma(h2, u3);
            DoubleVector a33 = DoubleVector.broadcast(DOUBLES, a[9]);
            y3 = a33.fma(d3, y3);
            z3 = a33.fma(e3, z3);
            t3 = a33.fma(g3, t3);
            u3 = a33.fma(h3, u3);
            p = y3.fma(y3, p);
            q = z3.fma(z3, q);
            r = t3.fma(t3, r);
            s = u3.fma(u3, s);
            DoubleVector score0 = p.fma(minusHalf, c);
            score0.intoArray(scores, at + i);
            DoubleVector top0 = DoubleVector.fromArray(DOUBLES, largest, i);
            top0.blend(score0, score0.compare(VectorOperators.GT, top0)).intoArray(largest, i);
            DoubleVector score1 = q.fma(minusHalf, c);
            score1.intoArray(scores, at + i + WIDTH);
            DoubleVector top1 = DoubleVector.fromArray(DOUBLES, largest, i + WIDTH);
            top1.blend(score1, score1.compare(VectorOperators.GT, top1)).intoArray(largest, i + WIDTH);
            DoubleVector score2 = r.fma(minusHalf, c);
            score2.intoArray(scores, at + i + 2 * WIDTH);
            DoubleVector top2 = DoubleVector.fromArray(DOUBLES, largest, i + 2 * WIDTH);
            top2.blend(score2, score2.compare(VectorOperators.GT, top2)).intoArray(largest, i + 2 * WIDTH);
            DoubleVector score3 = s.fma(minusHalf, c);
            score3.intoArray(scores, at + i + 3 * WIDTH);
            DoubleVector top3 = DoubleVector.fromArray(DOUBLES, largest, i + 3 * WIDTH);
            top3.blend(score3, score3.compare(VectorOperators.GT, top3)).intoArray(largest, i + 3 * WIDTH);
        }
    }

    private static void eightColumns(
            double[] a,
            double[] centres,
            int centre,
            double constant,
            double[] x,
            int points,
            double[] scores,
            int at,
            double[] largest) {
        DoubleVector c = DoubleVector.broadcast(DOUBLES, constant);
        DoubleVector minusHalf = DoubleVector.broadcast(DOUBLES, -0.5);
        for (int i = 0; i < points; i += 2 * WIDTH) {
            DoubleVector m0 = DoubleVector.broadcast(DOUBLES, centres[centre]);
            DoubleVector d0 = DoubleVector.fromArray(DOUBLES, x, i).sub(m0);
            DoubleVector e0 = DoubleVector.fromArray(DOUBLES, x, i + WIDTH).sub(m0);
            DoubleVector m1 = DoubleVector.broadcast(DOUBLES, centres[centre + 1]);
            DoubleVector d1 = DoubleVector.fromArray(DOUBLES, x, STRIDE + i).sub(m1);
            DoubleVector e1 =
                    DoubleVector.fromArray(DOUBLES, x, STRIDE + i + WIDTH).sub(m1);
            DoubleVector m2 = DoubleVector.broadcast(DOUBLES, centres[centre + 2]);
            DoubleVector d2 = DoubleVector.fromArray(DOUBLES, x, 2 * STRIDE + i).sub(m2);
            DoubleVector e2 =
                    DoubleVector.fromArray(DOUBLES, x, 2 * STRIDE + i + WIDTH).sub(m2);
            DoubleVector m3 = DoubleVector.broadcast(DOUBLES, centres[centre + 3]);
            DoubleVector d3 = DoubleVector.fromArray(DOUBLES, x, 3 * STRIDE + i).sub(m3);
            DoubleVector e3 =
                    DoubleVector.fromArray(DOUBLES, x, 3 * STRIDE + i + WIDTH).sub(m3);
            DoubleVector m4 = DoubleVector.broadcast(DOUBLES, centres[centre + 4]);
            DoubleVector d4 = DoubleVector.fromArray(DOUBLES, x, 4 * STRIDE + i).sub(m4);
            DoubleVector e4 =
                    DoubleVector.fromArray(DOUBLES, x, 4 * STRIDE + i + WIDTH).sub(m4);
            DoubleVector m5 = DoubleVector.broadcast(DOUBLES, centres[centre + 5]);
            DoubleVector d5 = DoubleVector.fromArray(DOUBLES, x, 5 * STRIDE + i).sub(m5);
            DoubleVector e5 =
                    DoubleVector.fromArray(DOUBLES, x, 5 * STRIDE + i + WIDTH).sub(m5);
            DoubleVector m6 = DoubleVector.broadcast(DOUBLES, centres[centre + 6]);
            DoubleVector d6 = DoubleVector.fromArray(DOUBLES, x, 6 * STRIDE + i).sub(m6);
            DoubleVector e6 =
                    DoubleVector.fromArray(DOUBLES, x, 6 * STRIDE + i + WIDTH).sub(m6);
            DoubleVector m7 = DoubleVector.broadcast(DOUBLES, centres[centre + 7]);
            DoubleVector d7 = DoubleVector.fromArray(DOUBLES, x, 7 * STRIDE + i).sub(m7);
            DoubleVector e7 =
                    DoubleVector.fromArray(DOUBLES, x, 7 * STRIDE + i + WIDTH).sub(m7);
            DoubleVector a00 = DoubleVector.broadcast(DOUBLES, a[0]);
            DoubleVector y0 = a00.mul(d0);
            DoubleVector z0 = a00.mul(e0);
            DoubleVector p = y0.mul(y0);
            DoubleVector q = z0.mul(z0);
            DoubleVector a10 = DoubleVector.broadcast(DOUBLES, a[1]);
            DoubleVector y1 = a10.mul(d0);
            DoubleVector z1 = a10.mul(e0);
            DoubleVector a11 = DoubleVector.broadcast(DOUBLES, a[2]);
            y1 = a11.fma(d1, y1);
            z1 = a11.fma(e1, z1);
            p = y1.fma(y1, p);
            q = z1.fma(z1, q);
            DoubleVector a20 = DoubleVector.broadcast(DOUBLES, a[3]);
            DoubleVector y2 = a20.mul(d0);
            DoubleVector z2 = a20.mul(e0);
            DoubleVector a21 = DoubleVector.broadcast(DOUBLES, a[4]);
            y2 = a21.fma(d1, y2);
            z2 = a21.fma(e1, z2);
            DoubleVector a22 = DoubleVector.broadcast(DOUBLES, a[5]);
            y2 = a22.fma(d2, y2);
            z2 = a22.fma(e2, z2);
            p = y2.fma(y2, p);
            q = z2.fma(z2, q);
            DoubleVector a30 = DoubleVector.broadcast(DOUBLES, a[6]);
            DoubleVector y3 = a30.mul(d0);
            DoubleVector z3 = a30.mul(e0);
            DoubleVector a31 = DoubleVector.broadcast(DOUBLES, a[7]);
            y3 = a31.fma(d1, y3);
            z3 = a31.fma(e1, z3);
            DoubleVector a32 = DoubleVector.broadcast(DOUBLES, a[8]);
            y3 = a32.fma(d2, y3);
            z3 = a32.fma(e2, z3);
            DoubleVector a33 = DoubleVector.broadcast(DOUBLES, a[9]);
            y3 = a33.fma(d3, y3);
            z3 = a33.fma(e3, z3);
            p = y3.fma(y3, p);
            q = z3.fma(z3, q);
            DoubleVector a40 = DoubleVector.broadcast(DOUBLES, a[10]);
            DoubleVector y4 = a40.mul(d0);
            DoubleVector z4 = a40.mul(e0);
            DoubleVector a41 = DoubleVector.broadcast(DOUBLES, a[11]);
            y4 = a41.fma(d1, y4);
            z4 = a41.fma(e1, z4);
            DoubleVector a42 = DoubleVector.broadcast(DOUBLES, a[12]);
            y4 = a42.fma(d2, y4);
            z4 = a42.fma(e2, z4);
            DoubleVector a43 = DoubleVector.broadcast(DOUBLES, a[13]);
            y4 = a43.fma(d3, y4);
            z4 = a43.fma(e3, z4);
            DoubleVector a44 = DoubleVector.broadcast(DOUBLES, a[14]);
            y4 = a44.fma(d4, y4);
            z4 = a44.fma(e4, z4);
            p = y4.fma(y4, p);
            q = z4.fma(z4, q);
            DoubleVector a50 = DoubleVector.broadcast(DOUBLES, a[15]);
            DoubleVector y5 = a50.mul(d0);
            DoubleVector z5 = a50.mul(e0);
            DoubleVector a51 = DoubleVector.broadcast(DOUBLES, a[16]);
            y5 = a51.fma(d1, y5);
            z5 = a51.fma(e1, z5);
            DoubleVector a52 = DoubleVector.broadcast(DOUBLES, a[17]);
            y5 = a52.fma(d2, y5);
            z5 = a52.fma(e2, z5);
            DoubleVector a53 = DoubleVector.broadcast(DOUBLES, a[18]);
            y5 = a53.fma(d3, y5);
            z5 = a53.fma(e3, z5);
            DoubleVector a54 = DoubleVector.broadcast(DOUBLES, a[19]);
            y5 = a54.fma(d4, y5);
            z5 = a54.fma(e4, z5);
            DoubleVector a55 = DoubleVector.broadcast(DOUBLES, a[20]);
            y5 = a55.fma(d5, y5);
            z5 = a55.fma(e5, z5);
            p = y5.fma(y5, p);
            q = z5.fma(z5, q);
            DoubleVector a60 = DoubleVector.broadcast(DOUBLES, a[21]);
            DoubleVector y6 = a60.mul(d0);
            DoubleVector z6 = a60.mul(e0);
            DoubleVector a61 = DoubleVector.broadcast(DOUBLES, a[22]);
            y6 = a61.fma(d1, y6);
            z6 = a61.fma(e1, z6);
            DoubleVector a62 = DoubleVector.broadcast(DOUBLES, a[23]);
            y6 = a62.fma(d2, y6);
            z6 = a62.fma(e2, z6);
            DoubleVector a63 = DoubleVector.broadcast(DOUBLES, a[24]);
            y6 = a63.fma(d3, y6);
            z6 = a63.fma(e3, z6);
            DoubleVector a64 = DoubleVector.broadcast(DOUBLES, a[25]);
            y6 = a64.fma(d4, y6);
            z6 = a64.fma(e4, z6);
            DoubleVector a65 = DoubleVector.broadcast(DOUBLES, a[26]);
            y6 = a65.fma(d5, y6);
            z6 = a65.fma(e5, z6);
            DoubleVector a66 = DoubleVector.broadcast(DOUBLES, a[27]);
            y6 = a66.fma(d6, y6);
            z6 = a66.fma(e6, z6);
            p = y6.fma(y6, p);
            q = z6.fma(z6, q);
            DoubleVector a70 = DoubleVector.broadcast(DOUBLES, a[28]);
            DoubleVector y7 = a70.mul(d0);
            DoubleVector z7 = a70.mul(e0);
            DoubleVector a71 = DoubleVector.broadcast(DOUBLES, a[29]);
            y7 = a71.fma(d1, y7);
            z7 = a71.fma(e1, z7);
            DoubleVector a72 = DoubleVector.broadcast(DOUBLES, a[30]);
            y7 = a72.fma(d2, y7);
            z7 = a72.fma(e2, z7);
            DoubleVector a73 = DoubleVector.broadcast(DOUBLES, a[31]);
            y7 = a73.fma(d3, y7);
            z7 = a73.fma(e3, z7);
            DoubleVector a74 = DoubleVector.broadcast(DOUBLES, a[32]);
            y7 = a74.fma(d4, y7);
            z7 = a74.fma(e4, z7);
            DoubleVector a75 = DoubleVector.broadcast(DOUBLES, a[33]);
            y7 = a75.fma(d5, y7);
            z7 = a75.fma(e5, z7);
            DoubleVector a76 = DoubleVector.broadcast(DOUBLES, a[34]);
            y7 = a76.fma(d6, y7);
            z7 = a76.fma(e6, z7);
            DoubleVector a77 = DoubleVector.broadcast(DOUBLES, a[35]);
            y7 = a77.fma(d7, y7);
            z7 = a77.fma(e7, z7);
            p = y7.fma(y7, p);
            q = z7.fma(z7, q);
            DoubleVector score0 = p.fma(minusHalf, c);
            score0.intoArray(scores, at + i);
            DoubleVector top0 = DoubleVector.fromArray(DOUBLES, largest, i);
            top0.blend(score0, score0.compare(VectorOperators.GT, top0)).intoArray(largest, i);
            DoubleVector score1 = q.fma(minusHalf, c);
            score1.intoArray(scores, at + i + WIDTH);
            DoubleVector top1 = DoubleVector.fromArray(DOUBLES, largest, i + WIDTH);
            top1.blend(score1, score1.compare(VectorOperators.GT, top1)).intoArray(largest, i + WIDTH);
        }
    }
}
