package org.mixtura.simd;

import static org.mixtura.simd.Lanes.DOUBLES;
import static org.mixtura.simd.Lanes.WIDTH;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import org.mixtura.kernel.Moments;

/**
 * The log-sum-exp over the components of each row of a tile.
 *
 * <p>Most components are out of the question for most rows where there are many of them. As long as that is so for whole vectors of
 * neighbouring rows, the components of each vector that are not are listed first, and exponentials taken of these alone; the others'
 * would be {@linkplain Moments#NEGLIGIBLE negligible}. Whether it is so is seen from the last tile; to find it out anew, the first
 * tile of a block always lists.
 */
final class Softmax {
    /** With fewer components listing is not worth a try. */
    private static final int MANY_COMPONENTS = 32;

    /** A little below the logarithm of {@link Moments#NEGLIGIBLE}. */
    private static final double OUT_OF_THE_QUESTION = Math.log(Moments.NEGLIGIBLE) - 0.1;

    /** Listing a component costs about this share of its exponential. */
    private static final double COST_OF_LISTING = 0.25;

    private final int components;
    /** The components at hand. */
    private final int[] listed;

    /** Whether to list the components that matter. */
    private boolean lists;

    /** Σ_k exp(s_k − max s), 1 or more. */
    private final double[] sum = new double[Tile.ROWS];
    /** ln Σ_k exp s_k. */
    private final double[] logDensity = new double[Tile.ROWS];
    /** −Σ_k r_k ln r_k. */
    private final double[] entropy = new double[Tile.ROWS];

    private final double[] lanes = new double[Lanes.padded(3) * WIDTH];

    Softmax(int components) {
        this.components = components;
        this.listed = new int[components + 1];
    }

    /**
     * Readies the first tile of a block.
     *
     * @param all whether even negligible exponentials are wanted
     */
    void begin(boolean all) {
        lists = !all && components >= MANY_COMPONENTS;
    }

    /**
     * Turns scores into e_k = exp(s_k − max s), or 0 where negligible unless all are wanted.
     *
     * @param scores K × {@link Tile#STRIDE}, changed in place
     * @param largest the largest score of each row
     * @param points the padded number of rows
     * @return whether {@link #isUsual} holds for each of them
     */
    boolean exponentiate(double[] scores, double[] largest, int points) {
        boolean usual = true;
        if (lists) {
            long left = 0;
            for (int i = 0; i < points; i += WIDTH) {
                int count = list(scores, i, components, largest, listed);
                usual &= exponentiate(scores, i, listed, count, largest, sum, entropy);
                left += count;
            }
            lists = left <= (1 - COST_OF_LISTING) * components * (points / WIDTH);
        } else {
            for (int i = 0; i < points; i += WIDTH) {
                usual &= exponentiate(scores, i, components, largest, sum, entropy);
            }
        }
        for (int i = 0; i < points; i += WIDTH) {
            finish(i, largest, sum, logDensity, entropy);
        }
        return usual;
    }

    /** Lists the components that matter to a vector of rows, and makes the others' exponentials zero; returns how many do. */
    private static int list(double[] scores, int at, int components, double[] largest, int[] listed) {
        DoubleVector top = DoubleVector.fromArray(DOUBLES, largest, at);
        DoubleVector zero = DoubleVector.zero(DOUBLES);
        int count = 0;
        for (int k = 0; k < components; k++) {
            int i = k * Tile.STRIDE + at;
            DoubleVector t = DoubleVector.fromArray(DOUBLES, scores, i).sub(top);
            listed[count] = k;
            if (t.compare(VectorOperators.LT, OUT_OF_THE_QUESTION).allTrue()) {
                zero.intoArray(scores, i);
            } else {
                count++;
            }
        }
        return count;
    }

    private static boolean exponentiate(
            double[] scores, int at, int components, double[] largest, double[] sum, double[] entropy) {
        DoubleVector top = DoubleVector.fromArray(DOUBLES, largest, at);
        DoubleVector total = DoubleVector.zero(DOUBLES);
        DoubleVector lost = DoubleVector.zero(DOUBLES);
        for (int k = 0; k < components; k++) {
            int i = k * Tile.STRIDE + at;
            DoubleVector t = DoubleVector.fromArray(DOUBLES, scores, i).sub(top);
            DoubleVector e = VectorMath.expOfNegative(t);
            e.intoArray(scores, i);
            total = total.add(e);
            lost = VectorMath.clamp(t).fma(e, lost);
        }
        total.intoArray(sum, at);
        lost.intoArray(entropy, at);
        // Terms of a sum that starts with 1, unless a NaN got in.
        return total.sub(lost).compare(VectorOperators.GE, 1).allTrue();
    }

    /** The same for the components of a list. */
    private static boolean exponentiate(
            double[] scores, int at, int[] listed, int count, double[] largest, double[] sum, double[] entropy) {
        DoubleVector top = DoubleVector.fromArray(DOUBLES, largest, at);
        DoubleVector total = DoubleVector.zero(DOUBLES);
        DoubleVector lost = DoubleVector.zero(DOUBLES);
        for (int k = 0; k < count; k++) {
            int i = listed[k] * Tile.STRIDE + at;
            DoubleVector t = DoubleVector.fromArray(DOUBLES, scores, i).sub(top);
            DoubleVector e = VectorMath.expOfNegative(t);
            e.intoArray(scores, i);
            total = total.add(e);
            lost = VectorMath.clamp(t).fma(e, lost);
        }
        total.intoArray(sum, at);
        lost.intoArray(entropy, at);
        // Terms of a sum that starts with 1, unless a NaN got in.
        return total.sub(lost).compare(VectorOperators.GE, 1).allTrue();
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

    /** Makes a row one that adds nothing, if its weight is zero too. */
    void erase(int row) {
        sum[row] = 1;
        logDensity[row] = 0;
        entropy[row] = 0;
    }

    /**
     * What makes weighted responsibilities of the exponentials, w / Σ_k e_k, and the sums over the rows.
     *
     * @param weights w, zero beyond the last row
     * @param scale receives one value per row
     * @param points the padded number of rows
     * @param into receives total weight, log-likelihood and entropy
     */
    void weigh(double[] weights, double[] scale, int points, Moments into) {
        weigh(weights, sum, logDensity, entropy, scale, points, lanes);
        LaneSums.sum(lanes, 0, Lanes.padded(3));
        into.acceptTotals(lanes[0], lanes[1], lanes[2]);
    }

    private static void weigh(
            double[] weights,
            double[] sum,
            double[] logDensity,
            double[] entropy,
            double[] scale,
            int points,
            double[] lanes) {
        DoubleVector total = DoubleVector.zero(DOUBLES);
        DoubleVector likelihood = DoubleVector.zero(DOUBLES);
        DoubleVector lost = DoubleVector.zero(DOUBLES);
        for (int i = 0; i < points; i += WIDTH) {
            DoubleVector w = DoubleVector.fromArray(DOUBLES, weights, i);
            w.div(DoubleVector.fromArray(DOUBLES, sum, i)).intoArray(scale, i);
            total = total.add(w);
            likelihood = w.fma(DoubleVector.fromArray(DOUBLES, logDensity, i), likelihood);
            lost = w.fma(DoubleVector.fromArray(DOUBLES, entropy, i), lost);
        }
        total.intoArray(lanes, 0);
        likelihood.intoArray(lanes, WIDTH);
        lost.intoArray(lanes, 2 * WIDTH);
    }

    /** {@return ln Σ_k exp s_k of a row} */
    double logDensity(int row) {
        return logDensity[row];
    }

    /** {@return Σ_k e_k of a row, the divisor that makes responsibilities of them} */
    double sum(int row) {
        return sum[row];
    }
}
