package org.mixtura.integration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.mixtura.data.Matrix;
import org.mixtura.linalg.Cholesky;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/**
 * Coordinates y for a uniform grid over a mixture, x = L Qᵀ y, in which few points resolve every component.
 *
 * <p>L is the triangular factor of some covariance: of each component's own, of the mean one, or the diagonal of the columns'
 * smallest variances; the one that takes the fewest points wins. Q is the identity for analytic integrands. Where an integrand
 * has kinks it is a fixed rotation in general position: kinks along the lines of a grid would give all grids nearly the same
 * error, and comparing them would tell nothing.
 */
final class GridFrame {
    private final int dimension;
    /** L Qᵀ, row by row. */
    private final double[][] axes;

    private final double logVolume;
    private final double[][] centres;
    private final double[][] factors;
    private final double smallestDeviation;
    /** Σ_k |Σ_k|^½ in these coordinates. */
    private final double size;

    private GridFrame(GaussianMixture mixture, List<Gaussian> features, Covariance frame, double[][] rotation) {
        this.dimension = frame.dimension();
        this.axes = axes(frame, rotation);
        this.logVolume = 0.5 * frame.logDeterminant();
        this.factors = new double[mixture.size()][];
        this.centres = new double[mixture.size()][];
        Matrix q = Matrix.of(rotation);
        double sum = 0;
        for (int k = 0; k < mixture.size(); k++) {
            factors[k] = factor(mixture.component(k).covariance(), frame, q);
            centres[k] = q.times(frame.whiten(mixture.component(k).mean()));
            sum += Math.exp(0.5 * Cholesky.logDeterminant(factors[k], dimension));
        }
        this.size = sum;
        double smallest = Double.POSITIVE_INFINITY;
        for (Gaussian feature : features) {
            smallest = Math.min(smallest, smallestDeviation(factor(feature.covariance(), frame, q), dimension));
        }
        this.smallestDeviation = smallest;
    }

    /**
     * The frame of fewest points.
     *
     * @param mixture a mixture about the origin
     * @param features all Gaussians that must be resolved, those of the mixture among them
     * @param smoothness of the integrand
     */
    static GridFrame of(GaussianMixture mixture, List<Gaussian> features, Smoothness smoothness) {
        int d = mixture.dimension();
        double[][] rotation =
                smoothness == Smoothness.ANALYTIC ? Matrix.identity(d).toRows() : rotation(d);
        List<Covariance> frames = new ArrayList<>();
        frames.add(Covariance.diagonal(smallestVariances(features)));
        frames.add(WithinCovariance.of(mixture.weights(), mixture.components()));
        features.forEach(feature -> frames.add(feature.covariance()));
        return frames.stream()
                .map(frame -> new GridFrame(mixture, features, frame, rotation))
                .min(Comparator.comparingDouble(frame -> frame.size / Math.pow(frame.smallestDeviation, d)))
                .orElseThrow();
    }

    /** A product of plane rotations by one radian. */
    private static double[][] rotation(int d) {
        double[][] rows = Matrix.identity(d).toRows();
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < i; j++) {
                for (int c = 0; c < d; c++) {
                    double a = rows[i][c];
                    double b = rows[j][c];
                    rows[i][c] = Math.cos(1) * a - Math.sin(1) * b;
                    rows[j][c] = Math.sin(1) * a + Math.cos(1) * b;
                }
            }
        }
        return rows;
    }

    private static double[] smallestVariances(List<Gaussian> features) {
        double[] smallest = new double[features.get(0).dimension()];
        Arrays.fill(smallest, Double.POSITIVE_INFINITY);
        for (Gaussian feature : features) {
            for (int j = 0; j < smallest.length; j++) {
                smallest[j] = Math.min(smallest[j], feature.covariance().get(j, j));
            }
        }
        return smallest;
    }

    /** L Qᵀ. */
    private static double[][] axes(Covariance frame, double[][] rotation) {
        int d = frame.dimension();
        double[][] axes = new double[d][d];
        for (int c = 0; c < d; c++) {
            // Column c of Qᵀ is row c of Q.
            double[] column = frame.unwhiten(rotation[c]);
            for (int i = 0; i < d; i++) {
                axes[i][c] = column[i];
            }
        }
        return axes;
    }

    /**
     * The lower triangular factor of a covariance Σ = N Nᵀ in the frame, packed: Q L⁻¹ N turned from the right until it is
     * triangular, so that nothing is squared.
     */
    private static double[] factor(Covariance covariance, Covariance frame, Matrix q) {
        int d = covariance.dimension();
        double[][] b = new double[d][d];
        for (int c = 0; c < d; c++) {
            double[] column = q.times(frame.whiten(GaussianPair.column(covariance, c)));
            for (int i = 0; i < d; i++) {
                b[i][c] = column[i];
            }
        }
        double[] factor = new double[Packed.size(d)];
        for (int i = 0; i < d; i++) {
            for (int j = i + 1; j < d; j++) {
                turn(b, i, j);
            }
            for (int j = 0; j <= i; j++) {
                factor[Packed.index(i, j)] = j == i ? Math.abs(b[i][j]) : b[i][j];
            }
        }
        return factor;
    }

    /** Turns columns i and j so that element (i, j) vanishes and element (i, i) is positive. */
    private static void turn(double[][] b, int i, int j) {
        double length = Math.hypot(b[i][i], b[i][j]);
        double cosine = b[i][i] / length;
        double sine = b[i][j] / length;
        for (double[] row : b) {
            double left = row[i];
            row[i] = cosine * left + sine * row[j];
            row[j] = cosine * row[j] - sine * left;
        }
    }

    /**
     * The smallest standard deviation in any direction, not more than 4 % below it: with P the precision matrix, its largest
     * eigenvalue is at most (tr P¹⁶)^{1/16}.
     */
    static double smallestDeviation(double[] factor, int d) {
        double[] inverse = Cholesky.invert(factor, d);
        double[][] power = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                for (int m = Math.max(i, j); m < d; m++) {
                    power[i][j] += inverse[Packed.index(m, i)] * inverse[Packed.index(m, j)];
                }
            }
        }
        // Divided by the trace at each step, so that no power overflows.
        double log = 0;
        double exponent = 1;
        for (int step = 0; step < 4; step++) {
            log += exponent * Math.log(scaleByTrace(power));
            Matrix matrix = Matrix.of(power);
            power = matrix.times(matrix).toRows();
            exponent /= 2;
        }
        log += exponent * Math.log(scaleByTrace(power));
        return Math.exp(-0.5 * log);
    }

    private static double scaleByTrace(double[][] matrix) {
        double trace = 0;
        for (int i = 0; i < matrix.length; i++) {
            trace += matrix[i][i];
        }
        for (double[] row : matrix) {
            for (int j = 0; j < row.length; j++) {
                row[j] /= trace;
            }
        }
        return trace;
    }

    /** The smallest standard deviation of any feature in any direction of y. */
    double smallestDeviation() {
        return smallestDeviation;
    }

    /** The sum of |Σ_k|^½ in y. */
    double size() {
        return size;
    }

    /** The logarithm of a unit volume of y in x. */
    double logVolume() {
        return logVolume;
    }

    /** The mean of a component in y; the object's own array. */
    double[] centre(int component) {
        return centres[component];
    }

    /** The triangular factor of a component's covariance in y, packed; the object's own array. */
    double[] factor(int component) {
        return factors[component];
    }

    /** Writes the point of coordinates y into x. */
    void toPoint(double[] y, double[] x) {
        for (int i = 0; i < dimension; i++) {
            double sum = 0;
            for (int j = 0; j < dimension; j++) {
                sum += axes[i][j] * y[j];
            }
            x[i] = sum;
        }
    }
}
