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
 * Coordinates y for a uniform grid over a mixture, x = Qᵀ L y, in which few points resolve every component.
 *
 * <p>L is the triangular factor of some covariance: of each component's own, of the mean one, or the diagonal of the columns'
 * smallest variances; the one that takes the fewest points wins. Q is the identity for analytic integrands. Where an integrand
 * has kinks it is a fixed rotation in general position: kinks along the lines of a grid would give all grids nearly the same
 * error, and comparing them would tell nothing.
 */
final class GridFrame {
    private final int dimension;
    /** Qᵀ L, row by row. */
    private final double[][] axes;

    private final double logVolume;
    private final double[][] centres;
    private final double[][] factors;
    private final double smallestDeviation;
    /** Σ_k |Σ_k|^½ in these coordinates. */
    private final double size;

    private GridFrame(List<Gaussian> components, List<Gaussian> features, Covariance frame, double[][] rotation) {
        this.dimension = frame.dimension();
        this.axes = axes(rotation, frame);
        this.logVolume = 0.5 * frame.logDeterminant();
        this.factors = new double[components.size()][];
        this.centres = new double[components.size()][];
        double sum = 0;
        for (int k = 0; k < components.size(); k++) {
            factors[k] = factor(components.get(k).covariance(), frame);
            centres[k] = frame.whiten(components.get(k).mean());
            sum += Math.exp(0.5 * Cholesky.logDeterminant(factors[k], dimension));
        }
        this.size = sum;
        double smallest = Double.POSITIVE_INFINITY;
        for (Gaussian feature : features) {
            smallest = Math.min(smallest, smallestDeviation(factor(feature.covariance(), frame), dimension));
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
        List<Gaussian> components = rotated(mixture.components(), rotation, smoothness);
        List<Gaussian> all = rotated(features, rotation, smoothness);
        List<Covariance> frames = new ArrayList<>();
        frames.add(Covariance.diagonal(smallestVariances(all)));
        frames.add(meanCovariance(mixture.weights(), components));
        all.forEach(feature -> frames.add(feature.covariance()));
        return frames.stream()
                .map(frame -> new GridFrame(components, all, frame, rotation))
                .min(Comparator.comparingDouble(frame -> frame.size / Math.pow(frame.smallestDeviation, d)))
                .orElseThrow();
    }

    private static List<Gaussian> rotated(List<Gaussian> gaussians, double[][] rotation, Smoothness smoothness) {
        if (smoothness == Smoothness.ANALYTIC) {
            return gaussians;
        }
        Matrix matrix = Matrix.of(rotation);
        return gaussians.stream()
                .map(gaussian -> gaussian.image(matrix, new double[rotation.length]))
                .toList();
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

    private static Covariance meanCovariance(double[] weights, List<Gaussian> components) {
        int d = components.get(0).dimension();
        double[] sum = new double[Packed.size(d)];
        for (int k = 0; k < weights.length; k++) {
            double[] triangle = components.get(k).covariance().lowerTriangle();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += weights[k] * triangle[i];
            }
        }
        return Covariance.full(sum, d);
    }

    private static double[][] axes(double[][] rotation, Covariance frame) {
        int d = frame.dimension();
        double[][] axes = new double[d][d];
        for (int c = 0; c < d; c++) {
            double[] column = GaussianPair.column(frame, c);
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    axes[i][c] += rotation[j][i] * column[j];
                }
            }
        }
        return axes;
    }

    /** The factor of L⁻¹ Σ L⁻ᵀ, which is L⁻¹ times that of Σ, packed. */
    private static double[] factor(Covariance covariance, Covariance frame) {
        int d = covariance.dimension();
        double[] factor = new double[Packed.size(d)];
        for (int j = 0; j < d; j++) {
            double[] column = frame.whiten(GaussianPair.column(covariance, j));
            for (int i = j; i < d; i++) {
                factor[Packed.index(i, j)] = column[i];
            }
        }
        return factor;
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
