package org.mixtura.mixture;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mixtura.kernel.QuadraticForms;
import org.mixtura.linalg.Cholesky;
import org.mixtura.linalg.NotPositiveDefiniteException;
import org.mixtura.linalg.Packed;

/** Any symmetric positive definite matrix, with the inverse of its Cholesky factor from birth. */
final class FullCovariance extends Covariance {
    private final int dimension;
    private final double[] elements;
    /** The inverse of the factor, which passes over rows read. */
    private final double[] inverse;

    private final double logDeterminant;

    /** The factor L, made again when first asked for: a fit goes by thousands of covariances that nobody asks. */
    private volatile double @Nullable [] lower;

    /**
     * The inverse in the order in which distances read it, made when first asked for: blocks of eight rows, then one of four if
     * there are as many left, each column by column down to the diagonal; then the last rows as they are.
     */
    private volatile double @Nullable [] blocks;

    FullCovariance(double[] lowerTriangle, int dimension) {
        this.dimension = dimension;
        this.elements = lowerTriangle;
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j <= i; j++) {
                requireFinite(elements[Packed.index(i, j)], i, j);
            }
        }
        double[] factor;
        try {
            factor = Cholesky.factor(lowerTriangle, dimension);
        } catch (NotPositiveDefiniteException e) {
            throw new IllegalArgumentException("covariance is " + e.getMessage(), e);
        }
        this.inverse = Cholesky.invert(factor, dimension);
        this.logDeterminant = Cholesky.logDeterminant(factor, dimension);
    }

    private double[] lower() {
        double[] known = lower;
        if (known == null) {
            known = Cholesky.factor(elements, dimension);
            lower = known;
        }
        return known;
    }

    private double[] blocks() {
        double[] known = blocks;
        if (known == null) {
            known = blocks(inverse, dimension);
            blocks = known;
        }
        return known;
    }

    private static double[] blocks(double[] packed, int dimension) {
        double[] blocks = packed.clone();
        int rows;
        for (int row = 0; row + 4 <= dimension; row += rows) {
            rows = row + 8 <= dimension ? 8 : 4;
            int at = Packed.index(row, 0);
            for (int j = 0; j < row + rows; j++) {
                for (int i = Math.max(row, j); i < row + rows; i++) {
                    blocks[at] = packed[Packed.index(i, j)];
                    at++;
                }
            }
        }
        return blocks;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public double get(int i, int j) {
        return Packed.get(elements, i, j);
    }

    @Override
    public double logDeterminant() {
        return logDeterminant;
    }

    @Override
    public double conditionalVariance(int column) {
        double deviation = 1 / inverse[Packed.index(column, column)];
        return deviation * deviation;
    }

    @Override
    public double mahalanobisSquared(double[] x, double[] m) {
        double[] a = blocks();
        double sum = 0;
        int row = 0;
        for (; row + 8 <= dimension; row += 8) {
            sum += eightSquares(a, x, m, row);
        }
        if (row + 4 <= dimension) {
            sum += fourSquares(a, x, m, row);
            row += 4;
        }
        for (; row < dimension; row++) {
            double y = coordinate(a, x, m, row);
            sum += y * y;
        }
        // Where products overflow, infinities of both signs may have met.
        return sum >= 0 || anyNaN(x) || anyNaN(m) ? sum : Double.POSITIVE_INFINITY;
    }

    /** One coordinate of L⁻¹ (x − m), one of the last. */
    private static double coordinate(double[] blocks, double[] x, double[] m, int row) {
        int at = Packed.index(row, 0);
        double y = 0;
        for (int j = 0; j <= row; j++) {
            y += blocks[at + j] * (x[j] - m[j]);
        }
        return y;
    }

    /** The squares of eight coordinates of L⁻¹ (x − m): many sums at a time, since each waits for its last addition. */
    private static double eightSquares(double[] blocks, double[] x, double[] m, int row) {
        int at = Packed.index(row, 0);
        double y0 = 0;
        double y1 = 0;
        double y2 = 0;
        double y3 = 0;
        double y4 = 0;
        double y5 = 0;
        double y6 = 0;
        double y7 = 0;
        for (int j = 0; j < row; j++) {
            double d = x[j] - m[j];
            y0 += blocks[at] * d;
            y1 += blocks[at + 1] * d;
            y2 += blocks[at + 2] * d;
            y3 += blocks[at + 3] * d;
            y4 += blocks[at + 4] * d;
            y5 += blocks[at + 5] * d;
            y6 += blocks[at + 6] * d;
            y7 += blocks[at + 7] * d;
            at += 8;
        }
        double d0 = x[row] - m[row];
        y0 += blocks[at] * d0;
        y1 += blocks[at + 1] * d0;
        y2 += blocks[at + 2] * d0;
        y3 += blocks[at + 3] * d0;
        y4 += blocks[at + 4] * d0;
        y5 += blocks[at + 5] * d0;
        y6 += blocks[at + 6] * d0;
        y7 += blocks[at + 7] * d0;
        double d1 = x[row + 1] - m[row + 1];
        y1 += blocks[at + 8] * d1;
        y2 += blocks[at + 9] * d1;
        y3 += blocks[at + 10] * d1;
        y4 += blocks[at + 11] * d1;
        y5 += blocks[at + 12] * d1;
        y6 += blocks[at + 13] * d1;
        y7 += blocks[at + 14] * d1;
        double d2 = x[row + 2] - m[row + 2];
        y2 += blocks[at + 15] * d2;
        y3 += blocks[at + 16] * d2;
        y4 += blocks[at + 17] * d2;
        y5 += blocks[at + 18] * d2;
        y6 += blocks[at + 19] * d2;
        y7 += blocks[at + 20] * d2;
        double d3 = x[row + 3] - m[row + 3];
        y3 += blocks[at + 21] * d3;
        y4 += blocks[at + 22] * d3;
        y5 += blocks[at + 23] * d3;
        y6 += blocks[at + 24] * d3;
        y7 += blocks[at + 25] * d3;
        double d4 = x[row + 4] - m[row + 4];
        y4 += blocks[at + 26] * d4;
        y5 += blocks[at + 27] * d4;
        y6 += blocks[at + 28] * d4;
        y7 += blocks[at + 29] * d4;
        double d5 = x[row + 5] - m[row + 5];
        y5 += blocks[at + 30] * d5;
        y6 += blocks[at + 31] * d5;
        y7 += blocks[at + 32] * d5;
        double d6 = x[row + 6] - m[row + 6];
        y6 += blocks[at + 33] * d6;
        y7 += blocks[at + 34] * d6;
        double d7 = x[row + 7] - m[row + 7];
        y7 += blocks[at + 35] * d7;
        return y0 * y0 + y1 * y1 + (y2 * y2 + y3 * y3) + (y4 * y4 + y5 * y5 + (y6 * y6 + y7 * y7));
    }

    /** The same for four. */
    private static double fourSquares(double[] blocks, double[] x, double[] m, int row) {
        int at = Packed.index(row, 0);
        double y0 = 0;
        double y1 = 0;
        double y2 = 0;
        double y3 = 0;
        for (int j = 0; j < row; j++) {
            double d = x[j] - m[j];
            y0 += blocks[at] * d;
            y1 += blocks[at + 1] * d;
            y2 += blocks[at + 2] * d;
            y3 += blocks[at + 3] * d;
            at += 4;
        }
        double d0 = x[row] - m[row];
        y0 += blocks[at] * d0;
        y1 += blocks[at + 1] * d0;
        y2 += blocks[at + 2] * d0;
        y3 += blocks[at + 3] * d0;
        double d1 = x[row + 1] - m[row + 1];
        y1 += blocks[at + 4] * d1;
        y2 += blocks[at + 5] * d1;
        y3 += blocks[at + 6] * d1;
        double d2 = x[row + 2] - m[row + 2];
        y2 += blocks[at + 7] * d2;
        y3 += blocks[at + 8] * d2;
        double d3 = x[row + 3] - m[row + 3];
        y3 += blocks[at + 9] * d3;
        return y0 * y0 + y1 * y1 + (y2 * y2 + y3 * y3);
    }

    private static boolean anyNaN(double[] values) {
        for (double value : values) {
            if (Double.isNaN(value)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public double[] whiten(double[] v) {
        return Cholesky.solveLower(lower(), v);
    }

    @Override
    public double[] unwhiten(double[] z) {
        return Packed.times(lower(), z);
    }

    @Override
    public double[] solve(double[] v) {
        return Cholesky.solve(lower(), v);
    }

    /** Σ_i b_iᵀ S b_i over the rows b_i of L⁻¹, each by the lower triangle of S alone. */
    @Override
    public double traceOfInverseTimes(double[] lowerTriangle) {
        double sum = 0;
        for (int i = 0; i < dimension; i++) {
            int row = Packed.index(i, 0);
            for (int m = 0; m <= i; m++) {
                int rowM = Packed.index(m, 0);
                double image = lowerTriangle[rowM + m] * inverse[row + m] / 2;
                for (int j = 0; j < m; j++) {
                    image += lowerTriangle[rowM + j] * inverse[row + j];
                }
                sum += 2 * image * inverse[row + m];
            }
        }
        return sum;
    }

    @Override
    Covariance part(int[] columns) {
        double[] part = new double[Packed.size(columns.length)];
        for (int i = 0; i < columns.length; i++) {
            for (int j = 0; j <= i; j++) {
                part[Packed.index(i, j)] = get(columns[i], columns[j]);
            }
        }
        return new FullCovariance(part, columns.length);
    }

    /**
     * With the columns in the order B, A the factor is ((L_BB, 0), (L_AB, L_AA)), and what is left of A has the factor L_AA:
     * no subtraction can make it indefinite.
     */
    @Override
    Covariance conditional(int[] left, int[] known) {
        double[] both = factorOf(known, left);
        int b = known.length;
        double[] lowerLeft = new double[Packed.size(left.length)];
        for (int i = 0; i < left.length; i++) {
            System.arraycopy(both, Packed.index(b + i, b), lowerLeft, Packed.index(i, 0), i + 1);
        }
        return new FullCovariance(Packed.timesOwnTranspose(lowerLeft, left.length), left.length);
    }

    /** In the same order Σ_AB Σ_BB⁻¹ = L_AB L_BB⁻¹. */
    @Override
    double[] regression(int[] left, int[] known, double[] deviation) {
        double[] both = factorOf(known, left);
        double[] standard = Cholesky.solveLower(both, deviation);
        double[] response = new double[left.length];
        for (int i = 0; i < left.length; i++) {
            for (int j = 0; j < known.length; j++) {
                response[i] += both[Packed.index(known.length + i, j)] * standard[j];
            }
        }
        return response;
    }

    private double[] factorOf(int[] first, int[] second) {
        int[] order = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, order, first.length, second.length);
        return part(order).lowerFactor();
    }

    @Override
    Covariance scaled(double factor) {
        double[] scaled = elements.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= factor;
        }
        return new FullCovariance(scaled, dimension);
    }

    @Override
    public double[] lowerTriangle() {
        return elements.clone();
    }

    @Override
    public double[] lowerFactor() {
        return lower().clone();
    }

    @Override
    public CovarianceStructure structure() {
        return CovarianceStructure.FULL;
    }

    @Override
    QuadraticForms.Factor factor() {
        return QuadraticForms.Factor.TRIANGULAR;
    }

    @Override
    double[] precisionFactor() {
        return inverse;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FullCovariance full && Arrays.equals(elements, full.elements);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(elements);
    }

    @Override
    public String toString() {
        return "full " + Arrays.deepToString(Packed.toSymmetricRows(elements, dimension));
    }
}
