package org.mixtura.mixture;

import java.util.Arrays;
import org.mixtura.kernel.QuadraticForms;
import org.mixtura.linalg.Packed;

/** A variance per column and no correlations. */
final class DiagonalCovariance extends Covariance {
    private final double[] variances;
    private final double[] inverseDeviations;
    private final double logDeterminant;

    DiagonalCovariance(double[] variances) {
        if (variances.length == 0) {
            throw new IllegalArgumentException("a diagonal covariance without variances");
        }
        this.variances = variances;
        this.inverseDeviations = new double[variances.length];
        double sum = 0;
        for (int j = 0; j < variances.length; j++) {
            inverseDeviations[j] = 1 / Math.sqrt(requireVariance(variances[j], j));
            sum += Math.log(variances[j]);
        }
        this.logDeterminant = sum;
    }

    @Override
    public int dimension() {
        return variances.length;
    }

    @Override
    public double get(int i, int j) {
        return i == j ? variances[i] : 0;
    }

    @Override
    public double logDeterminant() {
        return logDeterminant;
    }

    @Override
    public double conditionalVariance(int column) {
        return variances[column];
    }

    @Override
    public double mahalanobisSquared(double[] x, double[] m) {
        double sum = 0;
        for (int j = 0; j < variances.length; j++) {
            double y = inverseDeviations[j] * (x[j] - m[j]);
            sum += y * y;
        }
        return sum;
    }

    @Override
    public double[] whiten(double[] v) {
        double[] z = v.clone();
        for (int j = 0; j < z.length; j++) {
            z[j] /= Math.sqrt(variances[j]);
        }
        return z;
    }

    @Override
    public double[] unwhiten(double[] z) {
        double[] v = z.clone();
        for (int j = 0; j < v.length; j++) {
            v[j] *= Math.sqrt(variances[j]);
        }
        return v;
    }

    @Override
    public double[] solve(double[] v) {
        double[] y = v.clone();
        for (int j = 0; j < y.length; j++) {
            y[j] /= variances[j];
        }
        return y;
    }

    @Override
    public double traceOfInverseTimes(double[] lowerTriangle) {
        double sum = 0;
        for (int j = 0; j < variances.length; j++) {
            sum += lowerTriangle[Packed.index(j, j)] / variances[j];
        }
        return sum;
    }

    @Override
    Covariance part(int[] columns) {
        return new DiagonalCovariance(
                Arrays.stream(columns).mapToDouble(j -> variances[j]).toArray());
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
        return new DiagonalCovariance(
                Arrays.stream(variances).map(v -> v * factor).toArray());
    }

    @Override
    public double[] lowerFactor() {
        double[] lower = new double[Packed.size(variances.length)];
        for (int j = 0; j < variances.length; j++) {
            lower[Packed.index(j, j)] = Math.sqrt(variances[j]);
        }
        return lower;
    }

    @Override
    public CovarianceStructure structure() {
        return CovarianceStructure.DIAGONAL;
    }

    @Override
    QuadraticForms.Factor factor() {
        return QuadraticForms.Factor.DIAGONAL;
    }

    @Override
    double[] precisionFactor() {
        return inverseDeviations;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DiagonalCovariance diagonal && Arrays.equals(variances, diagonal.variances);
    }

    @Override
    public int hashCode() {
        return 1 + Arrays.hashCode(variances);
    }

    @Override
    public String toString() {
        return "diagonal " + Arrays.toString(variances);
    }
}
