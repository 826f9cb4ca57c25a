package org.mixtura.transport;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.mixtura.data.Matrix;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.testing.Golden;

/** Seeded Gaussians, mixtures and weights, and those of the golden file. */
final class RandomMixtures {
    private RandomMixtures() {}

    static RandomGenerator random(long seed) {
        return new SplittableRandom(seed);
    }

    static double[] weights(int count, RandomGenerator random) {
        double[] weights = IntStream.range(0, count)
                .mapToDouble(i -> 0.05 + random.nextExponential())
                .toArray();
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        for (int i = 0; i < count; i++) {
            weights[i] /= sum;
        }
        return weights;
    }

    static double[] point(int d, double scale, RandomGenerator random) {
        return IntStream.range(0, d)
                .mapToDouble(j -> scale * random.nextGaussian())
                .toArray();
    }

    static Covariance covariance(int d, RandomGenerator random) {
        double[][] factor = new double[d][];
        for (int i = 0; i < d; i++) {
            factor[i] = point(d + 2, 1, random);
        }
        Matrix f = Matrix.of(factor);
        double[][] product = f.times(f.transpose()).toRows();
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < i; j++) {
                product[j][i] = product[i][j];
            }
        }
        return Covariance.full(product);
    }

    static Gaussian gaussian(int d, RandomGenerator random) {
        return Gaussian.of(point(d, 3, random), covariance(d, random));
    }

    static GaussianMixture mixture(int components, int d, RandomGenerator random) {
        List<Gaussian> gaussians = IntStream.range(0, components)
                .mapToObj(k -> gaussian(d, random))
                .toList();
        return GaussianMixture.of(weights(components, random), gaussians);
    }

    static Matrix costs(int m, int n, RandomGenerator random) {
        double[] costs = IntStream.range(0, m * n)
                .mapToDouble(cell -> 10 * random.nextDouble())
                .toArray();
        return Matrix.of(m, n, costs);
    }

    static GaussianMixture golden(Golden mixture) {
        double[][] means = mixture.get("means").matrix();
        double[][][] covariances = mixture.get("covariances").matrices();
        List<Gaussian> gaussians = IntStream.range(0, means.length)
                .mapToObj(k -> Gaussian.of(means[k], Covariance.full(covariances[k])))
                .toList();
        return GaussianMixture.of(mixture.get("weights").vector(), gaussians);
    }

    static double[] rowSums(Matrix matrix) {
        double[] ones = new double[matrix.columns()];
        Arrays.fill(ones, 1);
        return matrix.times(ones);
    }
}
