package org.mixtura.mixture;

import java.util.Arrays;
import java.util.Optional;
import org.mixtura.data.Matrix;
import org.mixtura.kernel.QuadraticForms;
import org.mixtura.linalg.Cholesky;
import org.mixtura.linalg.NotPositiveDefiniteException;
import org.mixtura.linalg.Packed;

/**
 * A positive definite covariance matrix Σ = L Lᵀ that does its own algebra.
 *
 * <p>An implementation gives its elements, its triangular factor's action and that action's inverse, its determinant, and
 * how it looks on a part of the columns, alone or when the others are known; the rest is built on these. Callers never ask
 * which one they hold.
 */
public abstract sealed class Covariance permits FullCovariance, DiagonalCovariance, SphericalCovariance {
    /** How far two elements that should be equal may differ, relative to the diagonal. */
    private static final double SYMMETRY = 1e-12;

    /** What rounding leaves of a variance, per column, when a map sends it to zero: with room, of the order of an ulp. */
    private static final double RANK = 64 * Math.ulp(1.0);

    /** How far products of axes may be from 0 or 1. */
    private static final double ORTHONORMAL = 1e-8;

    Covariance() {}

    /**
     * A covariance from a symmetric positive definite matrix.
     *
     * @param rows d rows of d values, symmetric to 1e-12 relative to its diagonal; copied
     * @return the covariance
     * @throws IllegalArgumentException if the matrix is not square, finite, symmetric and positive definite
     */
    public static Covariance full(double[]... rows) {
        int d = rows.length;
        if (d == 0 || Arrays.stream(rows).anyMatch(row -> row.length != d)) {
            throw new IllegalArgumentException("covariance is not square: "
                    + Arrays.stream(rows).map(row -> row.length).toList() + " values in " + d + " rows");
        }
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                requireFinite(rows[i][j], i, j);
            }
        }
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < i; j++) {
                double scale = Math.sqrt(Math.abs(rows[i][i])) * Math.sqrt(Math.abs(rows[j][j]));
                if (!(Math.abs(rows[i][j] - rows[j][i]) <= SYMMETRY * scale)) {
                    throw new IllegalArgumentException("covariance is not symmetric: element (" + i + ", " + j + ") is "
                            + rows[i][j] + ", element (" + j + ", " + i + ") is " + rows[j][i]);
                }
            }
        }
        return new FullCovariance(Packed.of(rows), d, null);
    }

    /**
     * A covariance from a symmetric positive definite matrix.
     *
     * @param matrix d × d, symmetric to 1e-12 relative to its diagonal
     * @return the covariance
     * @throws IllegalArgumentException if the matrix is not square, finite, symmetric and positive definite
     */
    public static Covariance full(Matrix matrix) {
        return full(matrix.toRows());
    }

    /**
     * A covariance from its lower triangle.
     *
     * @param lowerTriangle element (i, j), j ≤ i, at i(i+1)/2 + j; copied
     * @param dimension d
     * @return the covariance
     * @throws IllegalArgumentException if it is not finite and positive definite
     */
    public static Covariance full(double[] lowerTriangle, int dimension) {
        if (dimension < 1 || lowerTriangle.length != Packed.size(dimension)) {
            throw new IllegalArgumentException(
                    lowerTriangle.length + " values are not the lower triangle of a matrix of dimension " + dimension);
        }
        return new FullCovariance(lowerTriangle.clone(), dimension, null);
    }

    /**
     * The covariance of given axes, Σ_j b_j v_j v_jᵀ, which are then known ({@link #axes()}).
     *
     * @param axes v_j, d orthonormal vectors, one per row
     * @param variances b_j along them, d positive and finite values
     * @return the covariance
     * @throws IllegalArgumentException if the shapes do not fit, a variance is not positive and finite, the axes are not orthonormal to
     *     1e-8, or the variances are so different that rounding leaves no positive definite matrix
     */
    public static Covariance along(Matrix axes, double... variances) {
        int d = variances.length;
        if (d < 1 || axes.rows() != d || axes.columns() != d) {
            throw new IllegalArgumentException(
                    "axes of " + axes.rows() + " × " + axes.columns() + " do not fit " + d + " variances along them");
        }
        for (int j = 0; j < d; j++) {
            if (!(variances[j] > 0 && variances[j] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("covariance is not positive definite: variance along axis " + j
                        + " is " + variances[j] + "; a variance is positive and finite");
            }
        }
        double[][] rows = axes.toRows();
        requireOrthonormal(rows);
        return new FullCovariance(Packed.sumOfSquares(rows, variances), d, axes);
    }

    private static void requireOrthonormal(double[][] rows) {
        int d = rows.length;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                double product = Packed.product(rows[i], rows[j]);
                if (!(Math.abs(product - (i == j ? 1 : 0)) <= ORTHONORMAL)) {
                    throw new IllegalArgumentException(
                            "axes are not orthonormal: the product of rows " + i + " and " + j + " is " + product);
                }
            }
        }
    }

    /**
     * A covariance without correlations.
     *
     * @param variances one per column, positive and finite; copied
     * @return the covariance
     * @throws IllegalArgumentException if there is none or one is not positive and finite
     */
    public static Covariance diagonal(double... variances) {
        return new DiagonalCovariance(variances.clone());
    }

    /**
     * A covariance with one variance in all directions, σ² I.
     *
     * @param dimension d
     * @param variance σ², positive and finite
     * @return the covariance
     * @throws IllegalArgumentException if the dimension or the variance is not positive and finite
     */
    public static Covariance spherical(int dimension, double variance) {
        return new SphericalCovariance(dimension, variance);
    }

    static void requireFinite(double element, int i, int j) {
        if (!Double.isFinite(element)) {
            throw new IllegalArgumentException(
                    "covariance is not finite: element (" + i + ", " + j + ") is " + element);
        }
    }

    static double requireVariance(double variance, int column) {
        if (!(variance > 0 && variance < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("covariance is not positive definite: variance of column " + column
                    + " is " + variance + "; a variance is positive and finite");
        }
        return variance;
    }

    /** {@return the number of columns, d} */
    public abstract int dimension();

    /**
     * One element of Σ.
     *
     * @param i the row, from 0
     * @param j the column, from 0
     * @return Σ_ij
     */
    public abstract double get(int i, int j);

    /** {@return ln det Σ} */
    public abstract double logDeterminant();

    /**
     * The variance of one column given those before it, the square of the Cholesky factor's element (j, j).
     *
     * @param column j, from 0
     * @return L_jj²
     */
    public abstract double conditionalVariance(int column);

    /**
     * The squared Mahalanobis distance (x − m)ᵀ Σ⁻¹ (x − m). Allocates nothing after the first call.
     *
     * @param x d values
     * @param m d values
     * @return the squared distance, never negative; infinite where it overflows, NaN if x or m is
     */
    public abstract double mahalanobisSquared(double[] x, double[] m);

    /**
     * Makes a deviation standard: L⁻¹ v.
     *
     * @param v d values
     * @return d values, of covariance I if v has covariance Σ
     */
    public abstract double[] whiten(double[] v);

    /**
     * Gives a standard deviation this covariance: L z.
     *
     * @param z d values
     * @return d values, of covariance Σ if z has covariance I
     */
    public abstract double[] unwhiten(double[] z);

    /**
     * Solves Σ y = v.
     *
     * @param v d values
     * @return y, d values
     */
    public abstract double[] solve(double[] v);

    /**
     * The trace of Σ⁻¹ S for a symmetric matrix S.
     *
     * @param lowerTriangle the lower triangle of S, element (i, j) at i(i+1)/2 + j
     * @return tr(Σ⁻¹ S) = tr(L⁻¹ S L⁻ᵀ)
     */
    public abstract double traceOfInverseTimes(double[] lowerTriangle);

    /**
     * The trace of Σ⁻¹ Σ' for another covariance, as ‖L⁻¹ L'‖² of their factors: a sum of squares, which keeps its digits
     * where columns are nearly collinear under both and {@link #traceOfInverseTimes(double[])} would cancel.
     *
     * @param other Σ', of the same dimension
     * @return tr(Σ⁻¹ Σ')
     */
    public double traceOfInverseTimes(Covariance other) {
        int d = dimension();
        double[] lower = other.lowerFactor();
        double sum = 0;
        for (int j = 0; j < d; j++) {
            double[] column = new double[d];
            for (int i = j; i < d; i++) {
                column[i] = lower[Packed.index(i, j)];
            }
            for (double y : whiten(column)) {
                sum += y * y;
            }
        }
        return sum;
    }

    /**
     * The covariance of some of the columns.
     *
     * @param columns which, in the order wanted
     * @return their covariance
     * @throws IllegalArgumentException if none is named, one is named twice, or there is no such column
     */
    public Covariance marginal(int... columns) {
        return part(requireColumns(columns, dimension()));
    }

    /** {@link #marginal} for columns that have been checked. */
    abstract Covariance part(int[] columns);

    /**
     * Checks that columns exist and differ.
     *
     * @return the columns
     */
    static int[] requireColumns(int[] columns, int dimension) {
        if (columns.length == 0) {
            throw new IllegalArgumentException("no column is named; at least one must be");
        }
        boolean[] named = new boolean[dimension];
        for (int column : columns) {
            if (column < 0 || column >= dimension) {
                throw new IllegalArgumentException(
                        "there is no column " + column + "; the columns are 0 to " + (dimension - 1));
            }
            if (named[column]) {
                throw new IllegalArgumentException("column " + column + " is named twice");
            }
            named[column] = true;
        }
        return columns;
    }

    /** Σ_AA − Σ_AB Σ_BB⁻¹ Σ_BA, what is left of the columns A when B is known. */
    abstract Covariance conditional(int[] left, int[] known);

    /** Σ_AB Σ_BB⁻¹ v, how far the columns A follow when B deviates by v from its mean. */
    abstract double[] regression(int[] left, int[] known, double[] deviation);

    /**
     * The covariance t Σ.
     *
     * @param factor t, positive and finite
     * @return the scaled covariance
     * @throws IllegalArgumentException if the factor is not positive and finite or a variance leaves the range of doubles
     */
    public Covariance times(double factor) {
        if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "a covariance cannot be multiplied by " + factor + "; the factor is positive and finite");
        }
        return scaled(factor);
    }

    /** {@link #times} for a factor that has been checked. */
    abstract Covariance scaled(double factor);

    /**
     * The covariance of B x for x of this covariance, B Σ Bᵀ.
     *
     * @param b m × d, of full row rank: no row may be, to rounding, a combination of the rows above it
     * @return the m × m covariance
     * @throws IllegalArgumentException if the shapes do not fit, an element is not finite, or the rank is not full
     */
    public Covariance image(Matrix b) {
        int d = dimension();
        if (b.columns() != d) {
            throw new IllegalArgumentException(
                    "a map of " + b.columns() + " columns does not fit a covariance of dimension " + d);
        }
        String rankless = "a map of " + b.rows() + " × " + d + " is not of full row rank: ";
        if (b.rows() > d) {
            throw new IllegalArgumentException(rankless + "there are more rows than columns");
        }
        double[] image = Packed.congruence(b.toRows(), lowerTriangle());
        for (int i = 0; i < image.length; i++) {
            if (!Double.isFinite(image[i])) {
                throw new IllegalArgumentException(
                        "a map of " + b.rows() + " × " + d + " takes a variance to " + image[i]);
            }
        }
        int lost = lostRow(image, b.rows(), RANK * d);
        if (lost < b.rows()) {
            throw new IllegalArgumentException(
                    rankless + "row " + lost + " is zero or, to rounding, a combination of the rows above it");
        }
        return new FullCovariance(image, b.rows(), null);
    }

    /** The first row whose variance is, up to a share, explained by the rows above it; m if there is none. */
    private static int lostRow(double[] symmetric, int m, double share) {
        try {
            double[] lower = Cholesky.factor(symmetric, m);
            for (int i = 0; i < m; i++) {
                double pivot = lower[Packed.index(i, i)];
                if (!(pivot * pivot > share * symmetric[Packed.index(i, i)])) {
                    return i;
                }
            }
            return m;
        } catch (NotPositiveDefiniteException e) {
            return e.pivot();
        }
    }

    /** {@return the lower triangle of Σ, element (i, j) at i(i+1)/2 + j, a new array} */
    public double[] lowerTriangle() {
        int d = dimension();
        double[] packed = new double[Packed.size(d)];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                packed[Packed.index(i, j)] = get(i, j);
            }
        }
        return packed;
    }

    /** {@return the lower triangle of the factor L, element (i, j) at i(i+1)/2 + j, a new array} */
    public abstract double[] lowerFactor();

    /**
     * The axes along which Σ is diagonal, where they are known since it was made of them ({@link #along}); they are not looked for.
     *
     * @return d orthonormal vectors, one per row; empty if they are not known
     */
    public Optional<Matrix> axes() {
        return Optional.empty();
    }

    /** {@return Σ as a d × d matrix} */
    public Matrix toMatrix() {
        return Matrix.of(Packed.toSymmetricRows(lowerTriangle(), dimension()));
    }

    /** {@return the structure of a mixture whose components have covariances of this kind, each its own} */
    public abstract CovarianceStructure structure();

    /** The shape of {@link #precisionFactor()}. */
    abstract QuadraticForms.Factor factor();

    /** L⁻¹ in the packing of {@link #factor()}; not to be changed. */
    abstract double[] precisionFactor();
}
