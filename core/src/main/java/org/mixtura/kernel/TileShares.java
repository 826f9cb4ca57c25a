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
    /** The logarithm of the least positive double, less a little. */
    private static final double LEAST_EXPONENT = -746;

    private final QuadraticForms forms;
    private final int components;
    private final double[] largest;
    private final double[] sum;
    private final double[] logDensity;
    private final double[] entropy;
    private final double[] responsibilities;

    TileShares(QuadraticForms forms, int rows) {
        this.forms = forms;
        this.components = forms.components();
        this.largest = new double[rows];
        this.sum = new double[rows];
        this.logDensity = new double[rows];
        this.entropy = new double[rows];
        this.responsibilities = new double[Math.multiplyExact(rows, components)];
    }

    /** Log-densities, one per row; valid until the next tile, as are the other arrays. */
    double[] logDensity() {
        return logDensity;
    }

    /** Entropies of the responsibilities, one per row. */
    double[] entropy() {
        return entropy;
    }

    /** Responsibilities, rows × K, row by row. */
    double[] responsibilities() {
        return responsibilities;
    }

    /**
     * Takes the scores of some rows.
     *
     * @param scores s_k(x), component by component; scores that overflowed to NaN are set to −∞
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
        for (int k = 0; k < components; k++) {
            addShares(scores[k], k, count);
        }
        for (int i = 0; i < count; i++) {
            divideBySum(i);
            if (largest[i] == Double.NEGATIVE_INFINITY) {
                assignWhole(i, FarRow.nearest(forms, block, first + i));
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

    private void addShares(double[] score, int k, int count) {
        for (int i = 0; i < count; i++) {
            double gap = score[i] - largest[i];
            double share = 0;
            // The exponential of anything less is zero, and slower to compute than any other.
            if (!(gap < LEAST_EXPONENT)) {
                share = Math.exp(gap);
                sum[i] += share;
                entropy[i] -= share * gap;
            }
            responsibilities[i * components + k] = share;
        }
    }

    private void divideBySum(int row) {
        double logSum = Math.log(sum[row]);
        logDensity[row] = largest[row] + logSum;
        entropy[row] = logSum + entropy[row] / sum[row];
        int at = row * components;
        for (int k = at; k < at + components; k++) {
            responsibilities[k] /= sum[row];
        }
    }

    private void assignWhole(int row, int component) {
        int at = row * components;
        Arrays.fill(responsibilities, at, at + components, 0);
        responsibilities[at + component] = 1;
        logDensity[row] = Double.NEGATIVE_INFINITY;
        entropy[row] = 0;
    }
}
