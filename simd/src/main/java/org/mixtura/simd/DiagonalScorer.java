package org.mixtura.simd;

import static org.mixtura.simd.Lanes.DOUBLES;
import static org.mixtura.simd.Lanes.WIDTH;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import org.mixtura.kernel.QuadraticForms;

/** Scores under diagonal factors, and under multiples of the identity, which are spread out into diagonals. */
final class DiagonalScorer extends Scorer {
    private final int dimension;
    /** The diagonals of A_k, each padded with zeros like the centres. */
    private final double[] factors;

    DiagonalScorer(QuadraticForms forms) {
        super(forms);
        this.dimension = forms.dimension();
        this.factors = new double[forms.components() * columns];
        for (int k = 0; k < forms.components(); k++) {
            double[] factor = forms.factor(k);
            if (factor.length == 1) {
                Arrays.fill(factors, k * columns, k * columns + dimension, factor[0]);
            } else {
                System.arraycopy(factor, 0, factors, k * columns, dimension);
            }
        }
    }

    @Override
    void square(int component, Tile tile, int from, double[] square) {
        sumOfSquares(tile.columns, from, centres, factors, component * columns, dimension, square);
    }

    private static void sumOfSquares(
            double[] x, int from, double[] centres, double[] factors, int at, int d, double[] square) {
        DoubleVector q0 = DoubleVector.zero(DOUBLES);
        DoubleVector q1 = DoubleVector.zero(DOUBLES);
        DoubleVector q2 = DoubleVector.zero(DOUBLES);
        DoubleVector q3 = DoubleVector.zero(DOUBLES);
        for (int j = 0; j < d; j++) {
            DoubleVector m = DoubleVector.broadcast(DOUBLES, centres[at + j]);
            DoubleVector a = DoubleVector.broadcast(DOUBLES, factors[at + j]);
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
        q0.intoArray(square, 0);
        q1.intoArray(square, WIDTH);
        q2.intoArray(square, 2 * WIDTH);
        q3.intoArray(square, 3 * WIDTH);
    }
}
