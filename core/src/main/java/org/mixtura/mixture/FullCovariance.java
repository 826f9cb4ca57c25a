package org.mixtura.mixture;

import java.util.Arrays;
import org.mixtura.kernel.QuadraticForms;
import org.mixtura.linalg.Cholesky;
import org.mixtura.linalg.NotPositiveDefiniteException;
import org.mixtura.linalg.Packed;

/** Any symmetric positive definite matrix, with its Cholesky factor and the factor's inverse from birth. */
final class FullCovariance extends Covariance {
    private final int dimension;
    private final double[] elements;
    private final double[] lower;
    /**
     * The factor's inverse in the order in which distances read it: blocks of four rows, in each the columns left of the
     * block, four values a column, then the ten of its triangle, row by row; rows that are left over as they are.
     */
    private final double[] blocks;

    private final double logDeterminant;

    FullCovariance(double[] lowerTriangle, int dimension) {
        this.dimension = dimension;
        this.elements = lowerTriangle;
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j <= i; j++) {
                requireFinite(elements[Packed.index(i, j)], i, j);
            }
        }
        try {
            this.lower = Cholesky.factor(lowerTriangle, dimension);
        } catch (NotPositiveDefiniteException e) {
            throw new IllegalArgumentException("covariance is " + e.getMessage(), e);
        }
        this.blocks = blocks(Cholesky.invert(lower, dimension), dimension);
        this.logDeterminant = Cholesky.logDeterminant(lower, dimension);
    }

    private static double[] blocks(double[] packed, int dimension) {
        double[] blocks = packed.clone();
        for (int row = 0; row + 4 <= dimension; row += 4) {
            int at = Packed.index(row, 0);
            int own = at + 4 * row;
            for (int i = 0; i < 4; i++) {
                int from = Packed.index(row + i, 0);
                for (int j = 0; j < row; j++) {
                    blocks[at + 4 * j + i] = packed[from + j];
                }
                System.arraycopy(packed, from + row, blocks, own + i * (i + 1) / 2, i + 1);
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
    public double mahalanobisSquared(double[] x, double[] m) {
        double sum = 0;
        int row = 0;
        for (; row + 4 <= dimension; row += 4) {
            sum += fourSquares(blocks, x, m, row);
        }
        for (; row < dimension; row++) {
            double y = coordinate(x, m, row);
            sum += y * y;
        }
        // Where products overflow, infinities of both signs may have met.
        return sum >= 0 || anyNaN(x) || anyNaN(m) ? sum : Double.POSITIVE_INFINITY;
    }

    /** One coordinate of L⁻¹ (x − m), one of the last. */
    private double coordinate(double[] x, double[] m, int row) {
        int at = Packed.index(row, 0);
        double y = 0;
        for (int j = 0; j <= row; j++) {
            y += blocks[at + j] * (x[j] - m[j]);
        }
        return y;
    }

    /** The squares of four coordinates of L⁻¹ (x − m): four sums at a time, since each waits for its last addition. */
    private static double fourSquares(double[] blocks, double[] x, double[] m, int row) {
        int at = Packed.index(row, 0);
        double y0 = 0;
        double y1 = 0;
        double y2 = 0;
        double y3 = 0;
        for (int j = 0; j < row; j++) {
            double d = x[j] - m[j];
            y0 += blocks[at + 4 * j] * d;
            y1 += blocks[at + 4 * j + 1] * d;
            y2 += blocks[at + 4 * j + 2] * d;
            y3 += blocks[at + 4 * j + 3] * d;
        }
        int own = at + 4 * row;
        double d0 = x[row] - m[row];
        double d1 = x[row + 1] - m[row + 1];
        double d2 = x[row + 2] - m[row + 2];
        double d3 = x[row + 3] - m[row + 3];
        y0 += blocks[own] * d0;
        y1 += blocks[own + 1] * d0 + blocks[own + 2] * d1;
        y2 += blocks[own + 3] * d0 + blocks[own + 4] * d1 + blocks[own + 5] * d2;
        y3 += blocks[own + 6] * d0 + blocks[own + 7] * d1 + blocks[own + 8] * d2 + blocks[own + 9] * d3;
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
        return Cholesky.solveLower(lower, v);
    }

    @Override
    public double[] unwhiten(double[] z) {
        return Packed.times(lower, z);
    }

    @Override
    public double[] solve(double[] v) {
        return Cholesky.solve(lower, v);
    }

    @Override
    public double traceOfInverseTimes(double[] lowerTriangle) {
        double[] inverse = precisionFactor();
        double sum = 0;
        for (int i = 0; i < dimension; i++) {
            int row = Packed.index(i, 0);
            for (int j = 0; j <= i; j++) {
                double image = 0;
                for (int m = 0; m <= i; m++) {
                    image += inverse[row + m] * Packed.get(lowerTriangle, m, j);
                }
                sum += image * inverse[row + j];
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
        return lower.clone();
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
        double[] packed = blocks.clone();
        for (int row = 0; row + 4 <= dimension; row += 4) {
            int at = Packed.index(row, 0);
            int own = at + 4 * row;
            for (int i = 0; i < 4; i++) {
                int to = Packed.index(row + i, 0);
                for (int j = 0; j < row; j++) {
                    packed[to + j] = blocks[at + 4 * j + i];
                }
                System.arraycopy(blocks, own + i * (i + 1) / 2, packed, to + row, i + 1);
            }
        }
        return packed;
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
