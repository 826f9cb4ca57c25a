package org.mixtura.linalg;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * How much a linear map can shorten a vector: a lower bound of the smallest singular value σ of a matrix B, so that ‖B y‖ ≥ σ ‖y‖.
 *
 * <p>Where B is nearly the identity, σ ≥ 1 − ‖B − I‖ says it without an eigenvalue; else it is the root of the smallest eigenvalue of
 * B Bᵀ, less what rounding may have added.
 */
public final class Shrinkage {
    /** How far from the identity the norm alone is good enough: a bound of 0.99 costs as little as one of 1. */
    private static final double NEAR_IDENTITY = 0.01;

    /** An eigenvalue of d × d elements is wrong by less than this times d times the largest. */
    private static final double ROUNDING = 1e-14;

    private Shrinkage() {}

    /**
     * The bound for one lower triangle after another: B = A M⁻¹, so that ‖A y‖ ≥ σ ‖M y‖ for all y.
     *
     * @param after A, packed
     * @param before M, packed
     * @param d the dimension
     * @return a number that is not negative and no larger than σ; 0 if none is found, or M is singular
     */
    public static double between(double[] after, double[] before, int d) {
        double[] quotient = quotient(after, before, d);
        double squares = 0;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                double away = quotient[Packed.index(i, j)] - (i == j ? 1 : 0);
                squares += away * away;
            }
        }
        double away = Math.sqrt(squares);
        if (away <= NEAR_IDENTITY) {
            return 1 - away;
        }
        return away < Double.POSITIVE_INFINITY ? smallestSingularValue(quotient, d) : 0;
    }

    /** B of B M = A, row by row from the right. */
    private static double[] quotient(double[] after, double[] before, int d) {
        double[] quotient = after.clone();
        for (int i = 0; i < d; i++) {
            int row = Packed.index(i, 0);
            for (int j = i; j >= 0; j--) {
                int from = Packed.index(j, 0);
                double element = quotient[row + j] / before[from + j];
                quotient[row + j] = element;
                for (int m = 0; m < j; m++) {
                    quotient[row + m] -= element * before[from + m];
                }
            }
        }
        return quotient;
    }

    private static double smallestSingularValue(double[] lower, int d) {
        double[] square = Packed.timesOwnTranspose(lower, d);
        DMatrixRMaj matrix = new DMatrixRMaj(Packed.toSymmetricRows(square, d));
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, false, true);
        if (!eigen.decompose(matrix)) {
            return 0;
        }
        double least = Double.POSITIVE_INFINITY;
        double largest = 0;
        for (int i = 0; i < d; i++) {
            double value = eigen.getEigenvalue(i).getReal();
            least = Math.min(least, value);
            largest = Math.max(largest, value);
        }
        double certain = least - ROUNDING * d * largest;
        return certain > 0 ? Math.sqrt(certain) : 0;
    }
}
