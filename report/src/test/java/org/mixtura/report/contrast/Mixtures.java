package org.mixtura.report.contrast;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/** Random mixtures to test laws on. */
final class Mixtures {
    private Mixtures() {}

    /** K Gaussians of full covariance over d columns. */
    static GaussianMixture random(long seed, int components, int dimension) {
        RandomGenerator random = new SplittableRandom(seed);
        double[] weights = new double[components];
        List<Gaussian> gaussians = new ArrayList<>();
        double total = 0;
        for (int k = 0; k < components; k++) {
            weights[k] = 0.2 + random.nextDouble();
            total += weights[k];
            double[] mean = new double[dimension];
            for (int j = 0; j < dimension; j++) {
                mean[j] = 3 * random.nextGaussian();
            }
            gaussians.add(Gaussian.of(mean, Covariance.full(covariance(random, dimension))));
        }
        for (int k = 0; k < components; k++) {
            weights[k] /= total;
        }
        return GaussianMixture.of(weights, gaussians);
    }

    /** A Aᵀ + 0.2 I. */
    static double[][] covariance(RandomGenerator random, int dimension) {
        double[][] a = new double[dimension][dimension];
        for (double[] row : a) {
            for (int j = 0; j < dimension; j++) {
                row[j] = random.nextGaussian();
            }
        }
        double[][] product = new double[dimension][dimension];
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j < dimension; j++) {
                for (int m = 0; m < dimension; m++) {
                    product[i][j] += a[i][m] * a[j][m];
                }
                product[i][j] += i == j ? 0.2 : 0;
            }
        }
        return product;
    }

    static Gaussian spherical(double variance, double... mean) {
        return Gaussian.of(mean, Covariance.spherical(mean.length, variance));
    }
}
