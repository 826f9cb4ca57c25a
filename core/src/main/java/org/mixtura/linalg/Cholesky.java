package org.mixtura.linalg;

import java.util.Arrays;

/**
 * Cholesky factors S = L Lᵀ of symmetric positive definite matrices, L lower triangular with a positive diagonal.
 *
 * <p>Plain row-oriented factorisation; for the dimensions of mixtures (up to a few hundred) it is as fast as a library.
 */
public final class Cholesky {
    private Cholesky() {}

    /**
     * The factor L of S = L Lᵀ.
     *
     * @param symmetric S, packed
     * @param d the dimension
     * @return L, packed
     * @throws NotPositiveDefiniteException if a pivot is not positive and finite
     */
    public static double[] factor(double[] symmetric, int d) {
        double[] lower = new double[Packed.size(d)];
        for (int i = 0; i < d; i++) {
            int rowI = Packed.index(i, 0);
            int j = 0;
            for (; j + 4 <= i; j += 4) {
                takeFour(symmetric, lower, rowI, j);
            }
            for (; j <= i; j++) {
                int rowJ = Packed.index(j, 0);
                double sum = symmetric[rowI + j];
                for (int m = 0; m < j; m++) {
                    sum -= lower[rowI + m] * lower[rowJ + m];
                }
                if (j < i) {
                    lower[rowI + j] = sum / lower[rowJ + j];
                } else if (sum > 0 && sum < Double.POSITIVE_INFINITY) {
                    lower[rowI + i] = Math.sqrt(sum);
                } else {
                    throw new NotPositiveDefiniteException(i, sum);
                }
            }
        }
        return lower;
    }

    /**
     * Four elements of a row left of its pivot, together, since each sum waits for its last subtraction. Within a sum the order
     * is that of one element at a time.
     */
    private static void takeFour(double[] symmetric, double[] lower, int row, int j) {
        int a = Packed.index(j, 0);
        int b = Packed.index(j + 1, 0);
        int c = Packed.index(j + 2, 0);
        int d = Packed.index(j + 3, 0);
        double ofA = symmetric[row + j];
        double ofB = symmetric[row + j + 1];
        double ofC = symmetric[row + j + 2];
        double ofD = symmetric[row + j + 3];
        for (int m = 0; m < j; m++) {
            double own = lower[row + m];
            ofA -= own * lower[a + m];
            ofB -= own * lower[b + m];
            ofC -= own * lower[c + m];
            ofD -= own * lower[d + m];
        }
        ofA /= lower[a + j];
        ofB = (ofB - ofA * lower[b + j]) / lower[b + j + 1];
        ofC = (ofC - ofA * lower[c + j] - ofB * lower[c + j + 1]) / lower[c + j + 2];
        ofD = (ofD - ofA * lower[d + j] - ofB * lower[d + j + 1] - ofC * lower[d + j + 2]) / lower[d + j + 3];
        lower[row + j] = ofA;
        lower[row + j + 1] = ofB;
        lower[row + j + 2] = ofC;
        lower[row + j + 3] = ofD;
    }

    /**
     * The inverse L⁻¹ of a lower triangular matrix, again lower triangular.
     *
     * @param lower L, packed
     * @param d the dimension
     * @return L⁻¹, packed
     */
    public static double[] invert(double[] lower, int d) {
        double[] inverse = new double[Packed.size(d)];
        double[] row = new double[d];
        for (int i = 0; i < d; i++) {
            int rowI = Packed.index(i, 0);
            double pivot = lower[rowI + i];
            Arrays.fill(row, 0, i, 0);
            for (int m = 0; m < i; m++) {
                addMultiple(lower[rowI + m], inverse, Packed.index(m, 0), m + 1, row);
            }
            for (int j = 0; j < i; j++) {
                inverse[rowI + j] = -row[j] / pivot;
            }
            inverse[rowI + i] = 1 / pivot;
        }
        return inverse;
    }

    private static void addMultiple(double factor, double[] from, int at, int count, double[] to) {
        for (int j = 0; j < count; j++) {
            to[j] += factor * from[at + j];
        }
    }

    /**
     * The logarithm of the determinant of S = L Lᵀ, 2 Σ ln L_ii.
     *
     * @param lower L, packed
     * @param d the dimension
     * @return ln det S
     */
    public static double logDeterminant(double[] lower, int d) {
        double sum = 0;
        for (int i = 0; i < d; i++) {
            sum += Math.log(lower[Packed.index(i, i)]);
        }
        return 2 * sum;
    }

    /**
     * Solves L y = x.
     *
     * @param lower L, packed
     * @param x d values
     * @return y, d values
     */
    public static double[] solveLower(double[] lower, double[] x) {
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            double sum = x[i];
            for (int j = 0; j < i; j++) {
                sum -= lower[Packed.index(i, j)] * y[j];
            }
            y[i] = sum / lower[Packed.index(i, i)];
        }
        return y;
    }

    /**
     * Solves Lᵀ y = x.
     *
     * @param lower L, packed
     * @param x d values
     * @return y, d values
     */
    public static double[] solveUpper(double[] lower, double[] x) {
        double[] y = new double[x.length];
        for (int i = x.length - 1; i >= 0; i--) {
            double sum = x[i];
            for (int j = i + 1; j < x.length; j++) {
                sum -= lower[Packed.index(j, i)] * y[j];
            }
            y[i] = sum / lower[Packed.index(i, i)];
        }
        return y;
    }

    /**
     * Solves S y = x for S = L Lᵀ.
     *
     * @param lower L, packed
     * @param x d values
     * @return y, d values
     */
    public static double[] solve(double[] lower, double[] x) {
        return solveUpper(lower, solveLower(lower, x));
    }
}
