package org.mixtura.testing;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.mixtura.data.RowCovariance;
import org.mixtura.data.RowCovariances;
import org.mixtura.data.Rows;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/** Rows with covariances of their own, and EM over them as in a textbook: inverses, row by row. */
public final class Atoms {
    private final RowCovariance meaning;
    private final double[][] rows;
    private final double[] weights;
    private final double[][][] covariances;

    public Atoms(RowCovariance meaning, double[][] rows, double[] weights, double[][][] covariances) {
        this.meaning = meaning;
        this.rows = rows;
        this.weights = weights;
        this.covariances = covariances;
    }

    /** Given rows, each with a random covariance of about a given size; every third one the same. */
    public static Atoms random(RowCovariance meaning, double[][] rows, double size, long seed) {
        Generator generator = Generator.seeded(seed);
        int d = rows[0].length;
        double[][] common = Dense.times(size * size, generator.positiveDefinite(d));
        double[][][] covariances = IntStream.range(0, rows.length)
                .mapToObj(i -> i % 3 == 0 ? common : Dense.times(size * size, generator.positiveDefinite(d)))
                .toArray(double[][][]::new);
        return new Atoms(meaning, rows, generator.rowWeights(rows.length), covariances);
    }

    public Rows rows() {
        Rows points = Rows.of(rows).weighted(weights);
        RowCovariances own = RowCovariances.triangles(
                Rows.of(Arrays.stream(covariances).map(Packed::of).toArray(double[][]::new)));
        return meaning == RowCovariance.SPREAD ? points.withSpread(own) : points.withErrors(own);
    }

    /** Scores of a row. */
    private double[] scores(GaussianMixture mixture, int row) {
        double[] scores = new double[mixture.size()];
        for (int k = 0; k < scores.length; k++) {
            double[][] seen = seen(mixture, k, row);
            double[][] inverse = Dense.inverse(seen);
            double[] delta = Dense.minus(rows[row], mixture.component(k).mean());
            scores[k] = Math.log(mixture.weight(k))
                    - 0.5
                            * (delta.length * Math.log(2 * Math.PI)
                                    + Dense.logAbsDeterminant(seen)
                                    + Dense.dot(delta, Dense.times(inverse, delta)));
            for (int j = 0; meaning == RowCovariance.SPREAD && j < delta.length; j++) {
                scores[k] -= 0.5 * Dense.times(inverse, covariances[row])[j][j];
            }
        }
        return scores;
    }

    private double[][] seen(GaussianMixture mixture, int k, int row) {
        double[][] sigma = mixture.component(k).covariance().toMatrix().toRows();
        return meaning == RowCovariance.ERROR ? Dense.plus(sigma, covariances[row]) : sigma;
    }

    /** Σ w ln Σ exp s. */
    public double logLikelihood(GaussianMixture mixture) {
        double sum = 0;
        for (int i = 0; i < rows.length; i++) {
            sum += weights[i] * TextbookMixture.logSumExp(scores(mixture, i));
        }
        return sum;
    }

    /** One iteration of EM, penalised by a Λ, packed. */
    public GaussianMixture step(GaussianMixture mixture, double pseudoRows, double[] pseudoScatter) {
        int size = mixture.size();
        int d = mixture.dimension();
        double[] counts = new double[size];
        double[][] sums = new double[size][d];
        double[][][] expected = new double[size][rows.length][];
        double[][] shares = new double[size][rows.length];
        double[][][] scatters = new double[size][][];
        for (int k = 0; k < size; k++) {
            scatters[k] = Packed.toSymmetricRows(pseudoScatter, d);
        }
        for (int i = 0; i < rows.length; i++) {
            double[] r = TextbookMixture.shares(scores(mixture, i));
            for (int k = 0; k < size; k++) {
                shares[k][i] = weights[i] * r[k];
                counts[k] += shares[k][i];
                expected[k][i] = rows[i];
                double[][] left = covariances[i];
                if (meaning == RowCovariance.ERROR) {
                    double[][] sigma =
                            mixture.component(k).covariance().toMatrix().toRows();
                    double[] mean = mixture.component(k).mean();
                    double[][] gain = Dense.times(sigma, Dense.inverse(seen(mixture, k, i)));
                    expected[k][i] = Dense.plus(mean, Dense.times(gain, Dense.minus(rows[i], mean)));
                    left = Dense.minus(sigma, Dense.times(gain, sigma));
                }
                sums[k] = Dense.plus(sums[k], Dense.times(shares[k][i], expected[k][i]));
                scatters[k] = Dense.plus(scatters[k], Dense.times(shares[k][i], left));
            }
        }
        double total = Arrays.stream(counts).sum();
        Gaussian[] components = new Gaussian[size];
        for (int k = 0; k < size; k++) {
            double[] mean = Dense.times(1 / counts[k], sums[k]);
            for (int i = 0; i < rows.length; i++) {
                double[] delta = Dense.minus(expected[k][i], mean);
                scatters[k] = Dense.plus(scatters[k], Dense.times(shares[k][i], Dense.outer(delta, delta)));
            }
            components[k] = Gaussian.of(mean, Covariance.full(Dense.times(1 / (counts[k] + pseudoRows), scatters[k])));
        }
        return GaussianMixture.of(Arrays.stream(counts).map(n -> n / total).toArray(), List.of(components));
    }
}
