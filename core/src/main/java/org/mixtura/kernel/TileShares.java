package org.mixtura.kernel;

import java.util.Arrays;
import org.mixtura.data.Block;

/**
 * Log-sum-exp of the scores of a tile of rows: with S = Σ_k exp(s_k − max s), the log-density max s + ln S, the responsibilities
 * r_k = exp(s_k − max s) / S, and their entropy −Σ r_k ln r_k = ln S − Σ r_k (s_k − max s), a sum of terms that are not
 * negative.
 *
 * <ul>
 *   <li>A finite row whose scores are all −∞ has log-density −∞ and belongs to the nearest component ({@link FarRow}).
 *   <li>A row that is not finite has no scores: all its numbers are NaN.
 * </ul>
 */
final class TileShares {
    private final QuadraticForms forms;
    private final double[] largest;
    private final double[] sum;
    private final double[] logDensity;
    private final double[] entropy;
    private final NegatedExponentials exponentials;

    TileShares(QuadraticForms forms, int rows) {
        this.forms = forms;
        this.largest = new double[rows];
        this.sum = new double[rows];
        this.logDensity = new double[rows];
        this.entropy = new double[rows];
        this.exponentials = new NegatedExponentials(rows);
    }

    /** Log-densities, one per row; valid until the next tile, as are the other arrays. */
    double[] logDensity() {
        return logDensity;
    }

    /** Entropies of the responsibilities, one per row. */
    double[] entropy() {
        return entropy;
    }

    /**
     * Takes the scores of some rows.
     *
     * @param scores s_k(x), component by component; become r_k
     * @param count how many rows
     * @param block the block that holds the rows
     * @param first the first of them within the block
     */
    void normalise(double[][] scores, int count, Block block, int first) {
        largestScores(scores, count);
        for (int i = 0; i < count; i++) {
            if (!(largest[i] > Double.NEGATIVE_INFINITY)) {
                overflowed(scores, i, FarRow.isFinite(block, first + i));
            }
        }
        Arrays.fill(sum, 0, count, 0);
        Arrays.fill(entropy, 0, count, 0);
        for (double[] score : scores) {
            exponentials.take(largest, score, sum, entropy, count);
        }
        for (double[] share : scores) {
            divide(share, sum, count);
        }
        for (int i = 0; i < count; i++) {
            double logSum = Math.log(sum[i]);
            logDensity[i] = largest[i] + logSum;
            entropy[i] = logSum + entropy[i] / sum[i];
            if (!(largest[i] > Double.NEGATIVE_INFINITY)) {
                assign(scores, i, block, first + i);
            }
        }
    }

    /** The largest score of each row; NaN if one is NaN. */
    private void largestScores(double[][] scores, int count) {
        Arrays.fill(largest, 0, count, Double.NEGATIVE_INFINITY);
        for (double[] score : scores) {
            for (int i = 0; i < count; i++) {
                largest[i] = Math.max(largest[i], score[i]);
            }
        }
    }

    /** Sets the scores of a finite row to −∞ where infinities of both signs met in a form, and of any other row to NaN. */
    private void overflowed(double[][] scores, int row, boolean finite) {
        largest[row] = finite ? Double.NEGATIVE_INFINITY : Double.NaN;
        for (double[] score : scores) {
            if (!finite) {
                score[row] = Double.NaN;
            } else if (Double.isNaN(score[row])) {
                score[row] = Double.NEGATIVE_INFINITY;
            }
            largest[row] = Math.max(largest[row], score[row]);
        }
    }

    private static void divide(double[] shares, double[] sum, int count) {
        for (int i = 0; i < count; i++) {
            shares[i] /= sum[i];
        }
    }

    /** The shares of a row that has no finite score: all the nearest component's, or NaN if the row is not finite. */
    private void assign(double[][] shares, int row, Block block, int inBlock) {
        boolean finite = largest[row] == Double.NEGATIVE_INFINITY;
        for (double[] share : shares) {
            share[row] = finite ? 0 : Double.NaN;
        }
        if (finite) {
            shares[FarRow.nearest(forms, block, inBlock)][row] = 1;
        }
        logDensity[row] = largest[row];
        entropy[row] = finite ? 0 : Double.NaN;
    }
}
