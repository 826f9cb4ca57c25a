package org.mixtura.mixture;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mixtura.data.Matrix;
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

    private final @Nullable Matrix axes;

    /** The factor L, made again when first asked for: a fit goes by thousands of covariances that nobody asks. */
    private volatile double @Nullable [] lower;

    FullCovariance(double[] lowerTriangle, int dimension, @Nullable Matrix axes) {
        this.dimension = dimension;
        this.axes = axes;
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
        double sum = Packed.imageSquared(inverse, x, m);
        // Where products overflow, infinities of both signs may have met.
        return sum >= 0 || anyNaN(x) || anyNaN(m) ? sum : Double.POSITIVE_INFINITY;
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

    @Override
    public double traceOfInverseTimes(double[] lowerTriangle) {
        return Packed.traceOfCongruence(inverse, lowerTriangle, dimension);
    }

    @Override
    Covariance part(int[] columns) {
        double[] part = new double[Packed.size(columns.length)];
        for (int i = 0; i < columns.length; i++) {
            for (int j = 0; j <= i; j++) {
                part[Packed.index(i, j)] = get(columns[i], columns[j]);
            }
        }
        return new FullCovariance(part, columns.length, null);
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
        return new FullCovariance(Packed.timesOwnTranspose(lowerLeft, left.length), left.length, null);
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
        return new FullCovariance(scaled, dimension, axes);
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
    public Optional<Matrix> axes() {
        return Optional.ofNullable(axes);
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
