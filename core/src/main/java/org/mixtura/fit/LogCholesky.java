package org.mixtura.fit;

import java.util.Arrays;
import java.util.Optional;
import org.mixtura.kernel.RowSummary;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/**
 * Mixtures as points: ln π_k, means, and Cholesky factors of covariances with logarithms on their diagonal, or the logarithm of
 * each standard deviation; means and rows of factors in standard deviations of the columns, so that units do not matter. Every
 * point is a mixture with positive definite covariances. Shared covariances are there once.
 */
final class LogCholesky implements Squarem.Coordinates<GaussianMixture> {
    private final double[] scales;

    LogCholesky(RowSummary summary) {
        scales = summary.scales();
    }

    private int covarianceSize(Covariance covariance) {
        return switch (covariance.structure()) {
            case DIAGONAL -> scales.length;
            case SPHERICAL -> 1;
            default -> Packed.size(scales.length);
        };
    }

    private static int covariances(GaussianMixture mixture) {
        return mixture.structure().tied() ? 1 : mixture.size();
    }

    @Override
    public Optional<double[]> of(GaussianMixture mixture) {
        int k = mixture.size();
        int d = scales.length;
        int size = covarianceSize(mixture.component(0).covariance());
        double[] point = new double[k * (1 + d) + covariances(mixture) * size];
        for (int i = 0; i < k; i++) {
            if (!(mixture.weight(i) > 0)) {
                return Optional.empty();
            }
            point[i] = Math.log(mixture.weight(i));
            for (int j = 0; j < d; j++) {
                point[k + i * d + j] = mixture.component(i).mean(j) / scales[j];
            }
        }
        for (int i = 0; i < covariances(mixture); i++) {
            write(mixture.component(i).covariance(), point, k * (1 + d) + i * size);
        }
        return Optional.of(point);
    }

    private void write(Covariance covariance, double[] point, int at) {
        switch (covariance.structure()) {
            case DIAGONAL -> {
                for (int j = 0; j < scales.length; j++) {
                    point[at + j] = Math.log(covariance.get(j, j)) / 2;
                }
            }
            case SPHERICAL -> point[at] = Math.log(covariance.get(0, 0)) / 2;
            default -> {
                double[] lower = covariance.lowerFactor();
                for (int i = 0; i < scales.length; i++) {
                    for (int j = 0; j <= i; j++) {
                        double element = lower[Packed.index(i, j)] / scales[i];
                        point[at + Packed.index(i, j)] = i == j ? Math.log(element) : element;
                    }
                }
            }
        }
    }

    @Override
    public GaussianMixture at(double[] point, GaussianMixture like) {
        int k = like.size();
        int d = scales.length;
        double largest = Arrays.stream(point, 0, k).max().orElseThrow();
        double[] weights = new double[k];
        double sum = 0;
        for (int i = 0; i < k; i++) {
            weights[i] = Math.exp(point[i] - largest);
            sum += weights[i];
        }
        Gaussian[] components = new Gaussian[k];
        CovarianceStructure structure = like.component(0).covariance().structure();
        int size = covarianceSize(like.component(0).covariance());
        Covariance covariance = null;
        for (int i = 0; i < k; i++) {
            weights[i] /= sum;
            double[] mean = new double[d];
            for (int j = 0; j < d; j++) {
                mean[j] = point[k + i * d + j] * scales[j];
            }
            if (covariance == null || !like.structure().tied()) {
                covariance = read(point, k * (1 + d) + i * size, structure);
            }
            components[i] = Gaussian.of(mean, covariance);
        }
        return GaussianMixture.of(weights, Arrays.asList(components)).named(like.columns());
    }

    private Covariance read(double[] point, int at, CovarianceStructure structure) {
        int d = scales.length;
        return switch (structure) {
            case DIAGONAL -> {
                double[] variances = new double[d];
                for (int j = 0; j < d; j++) {
                    variances[j] = Math.exp(2 * point[at + j]);
                }
                yield Covariance.diagonal(variances);
            }
            case SPHERICAL -> Covariance.spherical(d, Math.exp(2 * point[at]));
            default -> {
                double[] lower = new double[Packed.size(d)];
                for (int i = 0; i < d; i++) {
                    for (int j = 0; j <= i; j++) {
                        double element = point[at + Packed.index(i, j)];
                        lower[Packed.index(i, j)] = (i == j ? Math.exp(element) : element) * scales[i];
                    }
                }
                yield Covariance.full(Packed.timesOwnTranspose(lower, d), d);
            }
        };
    }
}
