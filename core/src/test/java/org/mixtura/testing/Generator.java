package org.mixtura.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/** Random vectors, matrices and mixtures; the same seed gives the same ones. */
public final class Generator {
    private final SplittableRandom random;

    private Generator(long seed) {
        this.random = new SplittableRandom(seed);
    }

    public static Generator seeded(long seed) {
        return new Generator(seed);
    }

    /** The source of randomness behind this generator. */
    public SplittableRandom random() {
        return random;
    }

    /** Uniform between two numbers. */
    public double between(double least, double most) {
        return least + (most - least) * random.nextDouble();
    }

    /** Standard normal values. */
    public double[] vector(int d) {
        double[] vector = new double[d];
        for (int j = 0; j < d; j++) {
            vector[j] = random.nextGaussian();
        }
        return vector;
    }

    /** Normal values with the given standard deviation, n rows of d. */
    public double[][] points(int n, int d, double deviation) {
        double[][] points = new double[n][];
        for (int i = 0; i < n; i++) {
            points[i] = vector(d);
            for (int j = 0; j < d; j++) {
                points[i][j] *= deviation;
            }
        }
        return points;
    }

    /** An m × d matrix of standard normal values. */
    public double[][] matrix(int m, int d) {
        return points(m, d, 1);
    }

    /** A symmetric positive definite matrix, G Gᵀ/d + I/2 with G standard normal: condition number below about 20. */
    public double[][] positiveDefinite(int d) {
        double[][] g = matrix(d, d);
        double[][] product = Dense.times(1.0 / d, Dense.times(g, Dense.transpose(g)));
        for (int i = 0; i < d; i++) {
            product[i][i] += 0.5;
            for (int j = 0; j < i; j++) {
                product[j][i] = product[i][j];
            }
        }
        return product;
    }

    /** A d × d matrix that is not symmetric and far from singular. */
    public double[][] map(int d) {
        return Dense.times(positiveDefinite(d), positiveDefinite(d));
    }

    /** Positive weights that sum to one. */
    public double[] weights(int k) {
        double[] weights = new double[k];
        double sum = 0;
        for (int i = 0; i < k; i++) {
            weights[i] = between(0.1, 1);
            sum += weights[i];
        }
        for (int i = 0; i < k; i++) {
            weights[i] /= sum;
        }
        return weights;
    }

    /** Weights of rows between 0 and 3, about one in five of them zero; the first is not. */
    public double[] rowWeights(int n) {
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
            weights[i] = i > 0 && random.nextInt(5) == 0 ? 0 : between(0.001, 3);
        }
        return weights;
    }

    /** A covariance of the kind that the components of a structure have. */
    public Covariance covariance(CovarianceStructure structure, int d) {
        return switch (structure.unconstrained()) {
            case DIAGONAL -> {
                double[] variances = new double[d];
                for (int j = 0; j < d; j++) {
                    variances[j] = between(0.2, 3);
                }
                yield Covariance.diagonal(variances);
            }
            case SPHERICAL -> Covariance.spherical(d, between(0.2, 3));
            default -> Covariance.full(positiveDefinite(d));
        };
    }

    /** A mixture whose components overlap. */
    public GaussianMixture mixture(CovarianceStructure structure, int k, int d) {
        List<double[]> means = List.of(points(k, d, 2));
        double[] weights = weights(k);
        if (structure.tied()) {
            return GaussianMixture.tied(weights, means, covariance(structure, d));
        }
        List<Gaussian> components = new ArrayList<>();
        Parts common = parts(d);
        for (double[] mean : means) {
            boolean own = structure == structure.unconstrained();
            components.add(Gaussian.of(mean, own ? covariance(structure, d) : covariance(structure, common, parts(d))));
        }
        return GaussianMixture.of(weights, components).structured(k == 1 ? structure.unconstrained() : structure);
    }

    /** The volume, shape (of determinant one) and orientation of a covariance. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Parts(double volume, double[] shape, double[][] orientation) {}

    private Parts parts(int d) {
        double[] shape = new double[d];
        double sum = 0;
        for (int j = 0; j < d; j++) {
            shape[j] = between(-1, 1);
            sum += shape[j];
        }
        for (int j = 0; j < d; j++) {
            shape[j] = Math.exp(shape[j] - sum / d);
        }
        double[][] axes = matrix(d, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < i; j++) {
                axes[i] = Dense.minus(axes[i], Dense.times(Dense.dot(axes[i], axes[j]), axes[j]));
            }
            axes[i] = Dense.times(1 / Math.sqrt(Dense.dot(axes[i], axes[i])), axes[i]);
        }
        return new Parts(between(0.2, 3), shape, axes);
    }

    /** A covariance that takes its parts from what is common or its own, as the letters of the structure say. */
    private static Covariance covariance(CovarianceStructure structure, Parts common, Parts own) {
        String letters = structure.identifier();
        double volume = (letters.charAt(0) == 'E' ? common : own).volume;
        double[] variances = Dense.times(volume, (letters.charAt(1) == 'E' ? common : own).shape);
        if (structure.unconstrained() == CovarianceStructure.DIAGONAL) {
            return Covariance.diagonal(variances);
        }
        double[][] axes = (letters.charAt(2) == 'E' ? common : own).orientation;
        int d = variances.length;
        double[][] scaled = new double[d][];
        for (int j = 0; j < d; j++) {
            scaled[j] = Dense.times(Math.sqrt(variances[j]), axes[j]);
        }
        return Covariance.full(Packed.of(Dense.times(Dense.transpose(scaled), scaled)), d);
    }
}
