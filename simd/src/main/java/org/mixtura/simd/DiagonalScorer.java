package org.mixtura.simd;

import static org.mixtura.simd.Lanes.DOUBLES;
import static org.mixtura.simd.Lanes.WIDTH;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import org.mixtura.kernel.QuadraticForms;

/** Scores under diagonal factors, and under multiples of the identity, which are spread out into diagonals. */
final class DiagonalScorer extends ComponentScorer {
    /** The diagonals of A_k, one after the other. */
    private final double[] factors;

    DiagonalScorer(QuadraticForms forms) {
        super(forms, forms.dimension());
        this.factors = new double[forms.components() * columns];
        for (int k = 0; k < forms.components(); k++) {
            double[] factor = forms.factor(k);
            if (factor.length == 1) {
                Arrays.fill(factors, k * columns, k * columns + columns, factor[0]);
            } else {
                System.arraycopy(factor, 0, factors, k * columns, columns);
            }
        }
    }

    @Override
    void score(int component, double constant, Tile tile, double[] scores, int at, double[] largest) {
        for (int from = 0; from < tile.padded(); from += Tile.PANEL) {
            panel(
                    tile.columns,
                    from,
                    centres,
                    factors,
                    component * columns,
                    columns,
                    constant,
                    scores,
                    at + from,
                    largest);
        }
    }

    private static void panel(
            double[] x,
            int from,
            double[] centres,
            double[] factors,
            int form,
            int d,
            double constant,
            double[] scores,
            int at,
            double[] largest) {
        DoubleVector q0 = DoubleVector.zero(DOUBLES);
        DoubleVector q1 = DoubleVector.zero(DOUBLES);
        DoubleVector q2 = DoubleVector.zero(DOUBLES);
        DoubleVector q3 = DoubleVector.zero(DOUBLES);
        for (int j = 0; j < d; j++) {
            DoubleVector m = DoubleVector.broadcast(DOUBLES, centres[form + j]);
            DoubleVector a = DoubleVector.broadcast(DOUBLES, factors[form + j]);
            int i = j * Tile.STRIDE + from;
            DoubleVector y0 = DoubleVector.fromArray(DOUBLES, x, i).sub(m).mul(a);
            DoubleVector y1 =
                    DoubleVector.fromArray(DOUBLES, x, i + WIDTH).sub(m).mul(a);
            DoubleVector y2 =
                    DoubleVector.fromArray(DOUBLES, x, i + 2 * WIDTH).sub(m).mul(a);
            DoubleVector y3 =
                    DoubleVector.fromArray(DOUBLES, x, i + 3 * WIDTH).sub(m).mul(a);
            q0 = y0.fma(y0, q0);
            q1 = y1.fma(y1, q1);
            q2 = y2.fma(y2, q2);
            q3 = y3.fma(y3, q3);
        }
        DoubleVector c = DoubleVector.broadcast(DOUBLES, constant);
        DoubleVector minusHalf = DoubleVector.broadcast(DOUBLES, -0.5);
        DoubleVector score0 = q0.fma(minusHalf, c);
        score0.intoArray(scores, at);
        DoubleVector top0 = DoubleVector.fromArray(DOUBLES, largest, from);
        top0.blend(score0, score0.compare(VectorOperators.GT, top0)).intoArray(largest, from);
        DoubleVector score1 = q1.fma(minusHalf, c);
        score1.intoArray(scores, at + WIDTH);
        DoubleVector top1 = DoubleVector.fromArray(DOUBLES, largest, from + WIDTH);
        top1.blend(score1, score1.compare(VectorOperators.GT, top1)).intoArray(largest, from + WIDTH);
        DoubleVector score2 = q2.fma(minusHalf, c);
        score2.intoArray(scores, at + 2 * WIDTH);
        DoubleVector top2 = DoubleVector.fromArray(DOUBLES, largest, from + 2 * WIDTH);
        top2.blend(score2, score2.compare(VectorOperators.GT, top2)).intoArray(largest, from + 2 * WIDTH);
        DoubleVector score3 = q3.fma(minusHalf, c);
        score3.intoArray(scores, at + 3 * WIDTH);
        DoubleVector top3 = DoubleVector.fromArray(DOUBLES, largest, from + 3 * WIDTH);
        top3.blend(score3, score3.compare(VectorOperators.GT, top3)).intoArray(largest, from + 3 * WIDTH);
    }
}
