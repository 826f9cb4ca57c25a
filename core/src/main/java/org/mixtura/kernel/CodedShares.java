package org.mixtura.kernel;

import java.util.function.IntUnaryOperator;
import org.mixtura.data.Block;

/**
 * Some rows scored without their codes, and what the factors of the codes make of that: with D the log-density and r the
 * responsibilities, ln Σ l exp s = D + ln Σ r l, and responsibilities r l / Σ r l. A row of which hardly anything is left, so that what
 * has underflowed in r could matter, is lost: it is to be scored in logarithms.
 */
final class CodedShares {
    /** A share of a density next to which what a double cannot hold is nothing. */
    private static final double ENOUGH = 1e-200;

    private final Block rows;
    private final double[] logDensity;
    private final double[] entropy;
    private final double[] responsibilities;
    private final boolean[] lost;

    /**
     * Scores rows.
     *
     * @param rows the rows
     * @param worker scores them without codes
     * @param codes the factors of codes
     * @param code the code of each row
     */
    CodedShares(Block rows, Kernels.Worker worker, CodeFactors codes, IntUnaryOperator code) {
        int components = codes.of(0).length;
        this.rows = rows;
        this.logDensity = new double[rows.count()];
        this.entropy = new double[rows.count()];
        this.responsibilities = new double[rows.count() * components];
        this.lost = new boolean[rows.count()];
        worker.score(rows, logDensity, responsibilities);
        for (int i = 0; i < rows.count(); i++) {
            heed(i, codes.of(code.applyAsInt(i)));
        }
    }

    private void heed(int row, double[] factors) {
        int at = row * factors.length;
        double sum = 0;
        for (int k = 0; k < factors.length; k++) {
            responsibilities[at + k] *= factors[k];
            sum += responsibilities[at + k];
        }
        lost[row] = !(sum > ENOUGH && logDensity[row] > Double.NEGATIVE_INFINITY);
        for (int k = at; k < at + factors.length; k++) {
            double share = lost[row] ? 0 : responsibilities[k] / sum;
            responsibilities[k] = share;
            entropy[row] -= share > 0 ? share * Math.log(share) : 0;
        }
        logDensity[row] += Math.log(sum);
    }

    /** The rows. */
    Block rows() {
        return rows;
    }

    /** Whether a row is lost; its responsibilities are 0 and its other numbers mean nothing. */
    boolean lost(int row) {
        return lost[row];
    }

    /** ln Σ l exp s of a row. */
    double logDensity(int row) {
        return logDensity[row];
    }

    /** −Σ r ln r of a row. */
    double entropy(int row) {
        return entropy[row];
    }

    /** Responsibilities, count × K, row by row; not to be changed. */
    double[] responsibilities() {
        return responsibilities;
    }
}
