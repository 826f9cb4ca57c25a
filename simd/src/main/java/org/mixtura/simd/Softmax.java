package org.mixtura.simd;

import static org.mixtura.simd.Lanes.DOUBLES;
import static org.mixtura.simd.Lanes.WIDTH;

import jdk.incubator.vector.DoubleVector;

/** The log-sum-exp over the components of each row of a tile. */
final class Softmax {
    private final int components;
    /** Σ_k exp(s_k − max s), 1 or more. */
    private final double[] sum = new double[Tile.ROWS];
    /** ln Σ_k exp s_k. */
    private final double[] logDensity = new double[Tile.ROWS];
    /** −Σ_k r_k ln r_k. */
    private final double[] entropy = new double[Tile.ROWS];

    Softmax(int components) {
        this.components = components;
    }

    /**
     * Turns scores into e_k = exp(s_k − max s).
     *
     * @param scores K × {@link Tile#STRIDE}, changed in place
     * @param largest the largest score of each row
     * @param points the padded number of rows
     */
    void exponentiate(double[] scores, double[] largest, int points) {
        for (int i = 0; i < points; i += WIDTH) {
            exponentiate(scores, i, components, largest, sum, entropy);
        }
        for (int i = 0; i < points; i += WIDTH) {
            finish(i, largest, sum, logDensity, entropy);
        }
    }

    private static void exponentiate(
            double[] scores, int at, int components, double[] largest, double[] sum, double[] entropy) {
        DoubleVector top = DoubleVector.fromArray(DOUBLES, largest, at);
        DoubleVector total = DoubleVector.zero(DOUBLES);
        DoubleVector lost = DoubleVector.zero(DOUBLES);
        for (int k = 0; k < components; k++) {
            int i = k * Tile.STRIDE + at;
            DoubleVector t =
                    VectorMath.clamp(DoubleVector.fromArray(DOUBLES, scores, i).sub(top));
            DoubleVector e = VectorMath.expOfNegative(t);
            e.intoArray(scores, i);
            total = total.add(e);
            lost = t.fma(e, lost);
        }
        total.intoArray(sum, at);
        lost.intoArray(entropy, at);
    }

    /** H = ln S − Σ e_k t_k / S with t_k = s_k − max s, e_k = exp t_k and S = Σ e_k: two terms that are never negative. */
    private static void finish(int at, double[] largest, double[] sum, double[] logDensity, double[] entropy) {
        DoubleVector total = DoubleVector.fromArray(DOUBLES, sum, at);
        DoubleVector log = VectorMath.logFromOne(total);
        log.add(DoubleVector.fromArray(DOUBLES, largest, at)).intoArray(logDensity, at);
        log.sub(DoubleVector.fromArray(DOUBLES, entropy, at).div(total)).intoArray(entropy, at);
    }

    /**
     * Whether the usual arithmetic served a row: at least one score is finite and none is NaN.
     *
     * @param row the row within the tile
     * @return false for a row that is not finite, or so far away that a form or all of them overflow
     */
    boolean isUsual(int row) {
        return sum[row] >= 1 && entropy[row] >= -1;
    }

    /** {@return ln Σ_k exp s_k of a row} */
    double logDensity(int row) {
        return logDensity[row];
    }

    /** {@return −Σ_k r_k ln r_k of a row} */
    double entropy(int row) {
        return entropy[row];
    }

    /** {@return Σ_k e_k of a row, the divisor that makes responsibilities of them} */
    double sum(int row) {
        return sum[row];
    }
}
