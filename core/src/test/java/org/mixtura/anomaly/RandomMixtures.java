package org.mixtura.anomaly;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.mixtura.data.Matrix;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/** Seeded mixtures of overlapping Gaussians with correlated columns of different scales. */
final class RandomMixtures {
    private RandomMixtures() {}

    static GaussianMixture of(int components, int dimension, long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        double[] weights = new double[components];
        List<Gaussian> gaussians = new ArrayList<>();
        double sum = 0;
        for (int k = 0; k < components; k++) {
            weights[k] = 0.2 + random.nextDouble();
            sum += weights[k];
            double[] mean = new double[dimension];
            double[][] factor = new double[dimension][dimension];
            for (int i = 0; i < dimension; i++) {
                double scale = Math.pow(10, i % 3 - 1);
                mean[i] = 3 * scale * random.nextGaussian();
                for (int j = 0; j <= i; j++) {
                    factor[i][j] = scale * (i == j ? 0.3 + random.nextDouble() : random.nextGaussian());
                }
            }
            Matrix lower = Matrix.of(factor);
            gaussians.add(Gaussian.of(mean, Covariance.full(lower.times(lower.transpose()))));
        }
        for (int k = 0; k < components; k++) {
            weights[k] /= sum;
        }
        return GaussianMixture.of(weights, gaussians);
    }
}
