package org.mixtura.integration;

import java.util.SplittableRandom;
import org.apache.commons.numbers.gamma.InverseErfc;

/**
 * A Sobol sequence with a random linear scramble and digital shift, mapped to normal coordinates by the inverse of their
 * distribution function.
 *
 * <p>Each coordinate's generator matrix is multiplied by a random lower triangular matrix over two elements with a unit
 * diagonal, 53 rows for its 32, and a random vector of 53 digits is added. Each point is then uniform, so that averages are
 * unbiased; the sequence's evenness is kept exactly; and the variance of averages is that of Owen's nested scrambling, for
 * smooth functions of order n^−3 up to logarithms instead of n^−1.
 *
 * <p>J. Matoušek, On the L2-discrepancy for anchored boxes, 1998, <a
 * href="https://doi.org/10.1006/jcom.1998.0489">doi:10.1006/jcom.1998.0489</a>; A. B. Owen, Variance with alternative
 * scramblings of digital nets, 2003, <a href="https://doi.org/10.1145/945511.945518">doi:10.1145/945511.945518</a>.
 */
final class ScrambledSobol implements NormalPoints {
    /** Digits of a scrambled coordinate: those of a double's significand. */
    private static final int DIGITS = 53;

    /** Per dimension, the scrambled columns of its generator matrix, as 53-digit integers. */
    private final long[][] columns;

    private final long[] state;
    private long index;

    /**
     * A sequence.
     *
     * @param dimension at most {@link DirectionNumbers#dimensions()}
     * @param random makes the scramble
     * @param first the index of the first point
     */
    ScrambledSobol(int dimension, SplittableRandom random, long first) {
        this.columns = new long[dimension][];
        this.state = new long[dimension];
        this.index = first;
        long gray = first ^ (first >>> 1);
        for (int j = 0; j < dimension; j++) {
            columns[j] = scrambled(DirectionNumbers.columns(j), random);
            state[j] = random.nextLong() >>> (Long.SIZE - DIGITS);
            for (int bit = 0; bit < DirectionNumbers.DIGITS; bit++) {
                if ((gray >>> bit & 1) == 1) {
                    state[j] ^= columns[j][bit];
                }
            }
        }
    }

    private static long[] scrambled(int[] plain, SplittableRandom random) {
        long[] scrambled = new long[plain.length];
        for (int row = 0; row < DIGITS; row++) {
            // Bit 31 − r of a column is its digit r: this row of the matrix takes the digits before its own at random.
            int mask = random.nextInt();
            if (row < DirectionNumbers.DIGITS) {
                int own = 1 << (DirectionNumbers.DIGITS - 1 - row);
                mask = (mask & -(own << 1)) | own;
            }
            for (int c = 0; c < plain.length; c++) {
                long digit = Integer.bitCount(plain[c] & mask) & 1;
                scrambled[c] |= digit << (DIGITS - 1 - row);
            }
        }
        return scrambled;
    }

    @Override
    public void next(double[] z) {
        for (int j = 0; j < z.length; j++) {
            z[j] = quantile((state[j] + 0.5) * 0x1p-53);
        }
        step();
    }

    /** The next point of the unit cube, for tests of evenness. */
    void nextUniform(double[] u) {
        for (int j = 0; j < u.length; j++) {
            u[j] = (state[j] + 0.5) * 0x1p-53;
        }
        step();
    }

    /** To the next point in the order of Gray's code, which differs from this one by a single column. */
    private void step() {
        index++;
        int column = Long.numberOfTrailingZeros(index);
        for (int j = 0; j < state.length; j++) {
            state[j] ^= columns[j][column];
        }
    }

    /** The normal quantile of u. */
    private static double quantile(double u) {
        return -Math.sqrt(2) * InverseErfc.value(2 * u);
    }
}
