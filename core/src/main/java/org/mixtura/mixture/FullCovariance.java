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
    private final double[] inverse;
    private final double logDeterminant;

    FullCovariance(double[] lowerTriangle, int dimension) {
        this.dimension = dimension;
        this.elements = lowerTriangle;
        try {
            this.lower = Cholesky.factor(lowerTriangle, dimension);
        } catch (NotPositiveDefiniteException e) {
            throw new IllegalArgumentException("covariance is " + e.getMessage(), e);
        }
        this.inverse = Cholesky.invert(lower, dimension);
        this.logDeterminant = Cholesky.logDeterminant(lower, dimension);
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
        int at = 0;
        for (int i = 0; i < dimension; i++) {
            double y = 0;
            for (int j = 0; j <= i; j++) {
                y += inverse[at] * (x[j] - m[j]);
                at++;
            }
            sum += y * y;
        }
        return sum;
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
    public Covariance marginal(int... columns) {
        double[] part = new double[Packed.size(columns.length)];
        for (int i = 0; i < columns.length; i++) {
            for (int j = 0; j <= i; j++) {
                part[Packed.index(i, j)] = get(columns[i], columns[j]);
            }
        }
        return new FullCovariance(part, columns.length);
    }

    @Override
    public Covariance times(double factor) {
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
