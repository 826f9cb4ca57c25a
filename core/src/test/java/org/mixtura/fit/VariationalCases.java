package org.mixtura.fit;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.mixtura.bayes.GaussianPrior;
import org.mixtura.bayes.WeightPrior;
import org.mixtura.data.Rows;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.CovarianceStructure;

/** Seeded variational problems: every combination of priors over random blobs of random sizes, scales and weights. */
record VariationalCases(long seed, Rows rows, int components, WeightPrior weights, GaussianPrior gaussians) {
    private static final List<CovarianceStructure> STRUCTURES = Arrays.stream(CovarianceStructure.values())
            .filter(structure -> structure.tied() || structure == structure.unconstrained())
            .toList();

    static final int COMBINATIONS = 3 * 8;

    /** One problem; neighbouring seeds have different combinations of priors. */
    static VariationalCases of(long seed) {
        SplittableRandom random = new SplittableRandom(seed * 7919 + 17);
        int d = 1 + random.nextInt(4);
        int n = 20 + random.nextInt(80);
        int components = 1 + random.nextInt(6);
        double scale = Math.pow(10, random.nextInt(7) - 3);
        Rows rows = blobs(random, n, d, 1 + random.nextInt(4), scale);
        if (random.nextInt(3) == 0) {
            rows = rows.weighted(IntStream.range(0, n)
                    .mapToDouble(i -> random.nextInt(4) * 0.75)
                    .toArray());
        }
        int combination = (int) (seed % COMBINATIONS);
        double alpha = Math.pow(10, 4 * random.nextDouble() - 3);
        WeightPrior weights = List.of(
                        WeightPrior.fixed(), WeightPrior.dirichlet(alpha), WeightPrior.stickBreaking(alpha))
                .get(combination % 3);
        double precision = Math.pow(10, 4 * random.nextDouble() - 3);
        GaussianPrior gaussians = switch (combination / 3) {
            case 0 ->
                GaussianPrior.normal(Covariance.spherical(d, scale * scale)).meanPrecision(precision);
            case 1 -> GaussianPrior.normal(correlated(random, d, scale)).meanPrecision(precision);
            default ->
                GaussianPrior.normalWishart()
                        .structure(STRUCTURES.get(combination / 3 - 2))
                        .meanPrecision(precision)
                        .degreesOfFreedom(d - 0.9 + 5 * random.nextDouble());
        };
        return new VariationalCases(seed, rows, components, weights, gaussians);
    }

    /** Rows around random centres, each blob stretched in a random direction. */
    static Rows blobs(SplittableRandom random, int n, int d, int centres, double scale) {
        double[][] means = new double[centres][d];
        double[][][] mixing = new double[centres][d][d];
        for (int c = 0; c < centres; c++) {
            for (int j = 0; j < d; j++) {
                means[c][j] = 4 * random.nextGaussian();
                for (int l = 0; l < d; l++) {
                    mixing[c][j][l] = random.nextGaussian();
                }
            }
        }
        double[][] rows = new double[n][d];
        for (double[] row : rows) {
            int c = random.nextInt(centres);
            double[] z = random.doubles(d, -1.7, 1.7).toArray();
            for (int j = 0; j < d; j++) {
                row[j] = means[c][j];
                for (int l = 0; l < d; l++) {
                    row[j] += mixing[c][j][l] * z[l];
                }
                row[j] *= scale;
            }
        }
        return Rows.of(rows);
    }

    private static Covariance correlated(SplittableRandom random, int d, double scale) {
        double[][] rows = new double[d][d];
        for (int m = 0; m < d + 2; m++) {
            double[] z = IntStream.range(0, d)
                    .mapToDouble(j -> scale * random.nextGaussian() / Math.sqrt(d))
                    .toArray();
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    rows[i][j] += z[i] * z[j];
                }
            }
        }
        return Covariance.full(rows);
    }

    @Override
    public String toString() {
        return "seed " + seed + ": " + components + " components, " + rows.count() + " × " + rows.dimension() + ", "
                + weights + ", " + gaussians.getClass().getSimpleName();
    }
}
