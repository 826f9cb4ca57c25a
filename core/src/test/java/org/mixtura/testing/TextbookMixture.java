package org.mixtura.testing;

import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/** A Gaussian mixture written out as in a textbook, with full matrices, their inverses and determinants. */
public final class TextbookMixture {
    private final double[] weights;
    private final double[][] means;
    private final double[][][] precisions;
    private final double[] logDeterminants;

    public TextbookMixture(double[] weights, double[][] means, double[][][] covariances) {
        this.weights = weights;
        this.means = means;
        this.precisions = new double[weights.length][][];
        this.logDeterminants = new double[weights.length];
        for (int k = 0; k < weights.length; k++) {
            precisions[k] = Dense.inverse(covariances[k]);
            logDeterminants[k] = Dense.logAbsDeterminant(covariances[k]);
        }
    }

    public static TextbookMixture of(GaussianMixture mixture) {
        return new TextbookMixture(
                mixture.weights(),
                mixture.components().stream().map(Gaussian::mean).toArray(double[][]::new),
                mixture.components().stream()
                        .map(g -> g.covariance().toMatrix().toRows())
                        .toArray(double[][][]::new));
    }

    /** ln π_k + ln N(x; μ_k, Σ_k) of each component. */
    public double[] scores(double[] x) {
        double[] scores = new double[weights.length];
        for (int k = 0; k < scores.length; k++) {
            double[] deviation = Dense.minus(x, means[k]);
            double square = Dense.dot(deviation, Dense.times(precisions[k], deviation));
            scores[k] = Math.log(weights[k]) - 0.5 * (x.length * Math.log(2 * Math.PI) + logDeterminants[k] + square);
        }
        return scores;
    }

    /** ln p(x). */
    public double logDensity(double[] x) {
        return logSumExp(scores(x));
    }

    /** π_k N(x; μ_k, Σ_k) / p(x) of each component. */
    public double[] responsibilities(double[] x) {
        return shares(scores(x));
    }

    /** ln Σ exp s. */
    public static double logSumExp(double[] s) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double score : s) {
            largest = Math.max(largest, score);
        }
        double sum = 0;
        for (double score : s) {
            sum += Math.exp(score - largest);
        }
        return largest + Math.log(sum);
    }

    /** exp s_k / Σ exp s. */
    public static double[] shares(double[] s) {
        double logSum = logSumExp(s);
        double[] shares = new double[s.length];
        for (int k = 0; k < s.length; k++) {
            shares[k] = Math.exp(s[k] - logSum);
        }
        return shares;
    }
}
