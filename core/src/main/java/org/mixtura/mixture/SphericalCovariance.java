package org.mixtura.mixture;

import org.mixtura.kernel.QuadraticForms;
import org.mixtura.linalg.Packed;

/** One variance in all directions, σ² I. */
final class SphericalCovariance extends Covariance {
    private final int dimension;
    private final double variance;
    private final double[] inverseDeviation;

    SphericalCovariance(int dimension, double variance) {
        if (dimension < 1) {
            throw new IllegalArgumentException("a spherical covariance of dimension " + dimension);
        }
        this.dimension = dimension;
        this.variance = requireVariance(variance, 0);
        this.inverseDeviation = new double[] {1 / Math.sqrt(variance)};
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public double get(int i, int j) {
        return i == j ? variance : 0;
    }

    @Override
    public double logDeterminant() {
        return dimension * Math.log(variance);
    }

    @Override
    public double conditionalVariance(int column) {
        return variance;
    }

    @Override
    public double mahalanobisSquared(double[] x, double[] m) {
        double sum = 0;
        for (int j = 0; j < dimension; j++) {
            double y = inverseDeviation[0] * (x[j] - m[j]);
            sum += y * y;
        }
        return sum;
    }

    @Override
    public double[] whiten(double[] v) {
        return divided(v, Math.sqrt(variance));
    }

    @Override
    public double[] unwhiten(double[] z) {
        double[] v = z.clone();
        for (int j = 0; j < v.length; j++) {
            v[j] *= Math.sqrt(variance);
        }
        return v;
    }

    @Override
    public double[] solve(double[] v) {
        return divided(v, variance);
    }

    private static double[] divided(double[] v, double divisor) {
        double[] quotient = v.clone();
        for (int j = 0; j < quotient.length; j++) {
            quotient[j] /= divisor;
        }
        return quotient;
    }

    @Override
    public double traceOfInverseTimes(double[] lowerTriangle) {
        double sum = 0;
        for (int j = 0; j < dimension; j++) {
            sum += lowerTriangle[Packed.index(j, j)];
        }
        return sum / variance;
    }

    @Override
    Covariance part(int[] columns) {
        return new SphericalCovariance(columns.length, variance);
    }

    @Override
    Covariance conditional(int[] left, int[] known) {
        return part(left);
    }

    @Override
    double[] regression(int[] left, int[] known, double[] deviation) {
        return new double[left.length];
    }

    @Override
    Covariance scaled(double factor) {
        return new SphericalCovariance(dimension, variance * factor);
    }

    @Override
    public double[] lowerFactor() {
        double[] lower = new double[Packed.size(dimension)];
        for (int j = 0; j < dimension; j++) {
            lower[Packed.index(j, j)] = Math.sqrt(variance);
        }
        return lower;
    }

    @Override
    public CovarianceStructure structure() {
        return CovarianceStructure.SPHERICAL;
    }

    @Override
    QuadraticForms.Factor factor() {
        return QuadraticForms.Factor.SCALAR;
    }

    @Override
    double[] precisionFactor() {
        return inverseDeviation;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SphericalCovariance spherical
                && dimension == spherical.dimension
                && Double.compare(variance, spherical.variance) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * dimension + Double.hashCode(variance);
    }

    @Override
    public String toString() {
        return "spherical " + variance + " in " + dimension + " dimensions";
    }
}
