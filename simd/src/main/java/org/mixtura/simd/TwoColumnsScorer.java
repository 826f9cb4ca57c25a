package org.mixtura.simd;

import static org.mixtura.simd.Lanes.DOUBLES;
import static org.mixtura.simd.Lanes.WIDTH;
import static org.mixtura.simd.Tile.PANEL;
import static org.mixtura.simd.Tile.STRIDE;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import org.mixtura.kernel.QuadraticForms;

/**
 * Scores under triangular factors of one or two columns: a panel of rows and their largest scores stay in registers while all
 * components are gone through.
 */
final class TwoColumnsScorer implements Scorer {
    /** A component's: m, both columns; A, row by row; c. */
    private static final int NUMBERS = 6;

    private final int components;
    /** Number by number, those of all components; of one column the second's are zeros. */
    private final double[] numbers;

    TwoColumnsScorer(QuadraticForms forms) {
        int d = forms.dimension();
        this.components = forms.components();
        this.numbers = new double[components * NUMBERS];
        for (int k = 0; k < components; k++) {
            double[] factor = forms.factor(k);
            for (int j = 0; j < d; j++) {
                numbers[j * components + k] = forms.centres()[k * d + j];
            }
            for (int i = 0; i < factor.length; i++) {
                numbers[(2 + i) * components + k] = factor[i];
            }
            numbers[5 * components + k] = forms.constants()[k];
        }
    }

    @Override
    public void score(Tile tile, double[] scores, double[] largest) {
        for (int i = 0; i < tile.padded(); i += PANEL) {
            panel(numbers, components, tile.columns, i, scores, largest);
        }
    }

    private static void panel(double[] numbers, int components, double[] x, int i, double[] scores, double[] largest) {
        DoubleVector x00 = DoubleVector.fromArray(DOUBLES, x, i);
        DoubleVector x01 = DoubleVector.fromArray(DOUBLES, x, i + WIDTH);
        DoubleVector x02 = DoubleVector.fromArray(DOUBLES, x, i + 2 * WIDTH);
        DoubleVector x03 = DoubleVector.fromArray(DOUBLES, x, i + 3 * WIDTH);
        DoubleVector x10 = DoubleVector.fromArray(DOUBLES, x, STRIDE + i);
        DoubleVector x11 = DoubleVector.fromArray(DOUBLES, x, STRIDE + i + WIDTH);
        DoubleVector x12 = DoubleVector.fromArray(DOUBLES, x, STRIDE + i + 2 * WIDTH);
        DoubleVector x13 = DoubleVector.fromArray(DOUBLES, x, STRIDE + i + 3 * WIDTH);
        DoubleVector top0 = DoubleVector.broadcast(DOUBLES, Double.NEGATIVE_INFINITY);
        DoubleVector top1 = top0;
        DoubleVector top2 = top0;
        DoubleVector top3 = top0;
        DoubleVector minusHalf = DoubleVector.broadcast(DOUBLES, -0.5);
        for (int k = 0; k < components; k++) {
            int at = k * STRIDE + i;
            DoubleVector m0 = DoubleVector.broadcast(DOUBLES, numbers[k]);
            DoubleVector d0 = x00.sub(m0);
            DoubleVector d1 = x01.sub(m0);
            DoubleVector d2 = x02.sub(m0);
            DoubleVector d3 = x03.sub(m0);
            DoubleVector m1 = DoubleVector.broadcast(DOUBLES, numbers[components + k]);
            DoubleVector e0 = x10.sub(m1);
            DoubleVector e1 = x11.sub(m1);
            DoubleVector e2 = x12.sub(m1);
            DoubleVector e3 = x13.sub(m1);
            DoubleVector a00 = DoubleVector.broadcast(DOUBLES, numbers[2 * components + k]);
            DoubleVector y0 = a00.mul(d0);
            DoubleVector y1 = a00.mul(d1);
            DoubleVector y2 = a00.mul(d2);
            DoubleVector y3 = a00.mul(d3);
            DoubleVector a10 = DoubleVector.broadcast(DOUBLES, numbers[3 * components + k]);
            DoubleVector a11 = DoubleVector.broadcast(DOUBLES, numbers[4 * components + k]);
            DoubleVector z0 = a11.fma(e0, a10.mul(d0));
            DoubleVector z1 = a11.fma(e1, a10.mul(d1));
            DoubleVector z2 = a11.fma(e2, a10.mul(d2));
            DoubleVector z3 = a11.fma(e3, a10.mul(d3));
            DoubleVector c = DoubleVector.broadcast(DOUBLES, numbers[5 * components + k]);
            DoubleVector score0 = z0.fma(z0, y0.mul(y0)).fma(minusHalf, c);
            DoubleVector score1 = z1.fma(z1, y1.mul(y1)).fma(minusHalf, c);
            DoubleVector score2 = z2.fma(z2, y2.mul(y2)).fma(minusHalf, c);
            DoubleVector score3 = z3.fma(z3, y3.mul(y3)).fma(minusHalf, c);
            score0.intoArray(scores, at);
            score1.intoArray(scores, at + WIDTH);
            score2.intoArray(scores, at + 2 * WIDTH);
            score3.intoArray(scores, at + 3 * WIDTH);
            top0 = top0.blend(score0, score0.compare(VectorOperators.GT, top0));
            top1 = top1.blend(score1, score1.compare(VectorOperators.GT, top1));
            top2 = top2.blend(score2, score2.compare(VectorOperators.GT, top2));
            top3 = top3.blend(score3, score3.compare(VectorOperators.GT, top3));
        }
        top0.intoArray(largest, i);
        top1.intoArray(largest, i + WIDTH);
        top2.intoArray(largest, i + 2 * WIDTH);
        top3.intoArray(largest, i + 3 * WIDTH);
    }
}
