package org.mixtura.fit;

import java.util.Arrays;
import org.apache.commons.numbers.gamma.Digamma;
import org.apache.commons.numbers.gamma.LogGamma;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.testing.Dense;
import org.mixtura.testing.Holes;
import org.mixtura.testing.TextbookMixture;

/** EM of a mixture of Student distributions written out row by row; NaN is a missing value. */
final class TextbookStudent {
    private final double[][] rows;
    private final double[] rowWeights;
    private final double[][] pseudoScatter;
    private final double pseudoRows;
    final double[] weights;
    final double[][] means;
    final double[][][] scales;
    final double[] freedom;

    /**
     * @param start whose covariances become the scales
     * @param pseudoScatter aΛ
     * @param pseudoRows a
     */
    TextbookStudent(
            GaussianMixture start,
            double[] freedom,
            double[][] rows,
            double[] rowWeights,
            double[][] pseudoScatter,
            double pseudoRows) {
        this.weights = start.weights();
        this.means = start.components().stream().map(Gaussian::mean).toArray(double[][]::new);
        this.scales = start.components().stream()
                .map(g -> g.covariance().toMatrix().toRows())
                .toArray(double[][][]::new);
        this.freedom = freedom;
        this.rows = rows;
        this.rowWeights = rowWeights;
        this.pseudoScatter = pseudoScatter;
        this.pseudoRows = pseudoRows;
    }

    /**
     * One iteration; ν_k by its equation if estimated, from sums over one component or over all.
     *
     * @return the log-likelihood less the penalty, before it
     */
    double step(Tails tails) {
        int k = weights.length;
        int d = means[0].length;
        double[] owned = new double[k];
        double[] pulled = new double[k];
        double[] logs = new double[k];
        double[][] firsts = new double[k][d];
        double[][][] seconds = new double[k][d][d];
        double objective = 0;
        for (int i = 0; i < rows.length; i++) {
            int[] o = Holes.observed(rows[i]);
            if (o.length == 0) {
                continue;
            }
            double[] scores = new double[k];
            double[] squares = new double[k];
            for (int c = 0; c < k; c++) {
                double[] away = Dense.minus(Dense.part(rows[i], o), Dense.part(means[c], o));
                double[][] observed = Dense.part(scales[c], o, o);
                squares[c] = Dense.dot(away, Dense.times(Dense.inverse(observed), away));
                scores[c] = Math.log(weights[c])
                        + LogGamma.value((freedom[c] + o.length) / 2)
                        - LogGamma.value(freedom[c] / 2)
                        - o.length / 2.0 * Math.log(freedom[c] * Math.PI)
                        - Dense.logAbsDeterminant(observed) / 2
                        - (freedom[c] + o.length) / 2 * Math.log(1 + squares[c] / freedom[c]);
            }
            objective += rowWeights[i] * TextbookMixture.logSumExp(scores);
            double[] r = TextbookMixture.shares(scores);
            for (int c = 0; c < k; c++) {
                double both = rowWeights[i] * r[c];
                double half = (freedom[c] + o.length) / 2;
                double rate = (freedom[c] + squares[c]) / 2;
                owned[c] += both;
                pulled[c] += both * half / rate;
                logs[c] += both * (Digamma.value(half) - Math.log(rate) - half / rate);
                double[] filled = filled(rows[i], c);
                double[][] spread = spread(rows[i], c);
                for (int a = 0; a < d; a++) {
                    firsts[c][a] += both * half / rate * filled[a];
                    for (int b = 0; b < d; b++) {
                        seconds[c][a][b] += both * (half / rate * filled[a] * filled[b] + spread[a][b]);
                    }
                }
            }
        }
        for (int c = 0; c < k; c++) {
            double[][] precision = Dense.inverse(scales[c]);
            double trace = 0;
            for (int a = 0; a < d; a++) {
                trace += Dense.dot(precision[a], pseudoScatter[a]);
            }
            objective -= (trace + pseudoRows * Dense.logAbsDeterminant(scales[c])) / 2;
        }
        double all = Arrays.stream(owned).sum();
        double allLogs = Arrays.stream(logs).sum();
        for (int c = 0; c < k; c++) {
            weights[c] = owned[c] / all;
            for (int a = 0; a < d; a++) {
                means[c][a] = firsts[c][a] / pulled[c];
            }
            for (int a = 0; a < d; a++) {
                for (int b = 0; b < d; b++) {
                    double scatter = seconds[c][a][b] - pulled[c] * means[c][a] * means[c][b];
                    scales[c][a][b] = (scatter + pseudoScatter[a][b]) / (owned[c] + pseudoRows);
                }
            }
            boolean one = tails.parameters(k) == 1;
            if (tails.parameters(k) > 0) {
                freedom[c] = root(-1 - (one ? allLogs / all : logs[c] / owned[c]));
            }
        }
        return objective;
    }

    /** The row with what is missing as expected. */
    private double[] filled(double[] row, int c) {
        double[] filled = row.clone();
        int[] o = Holes.observed(row);
        int[] m = Holes.missing(row);
        double[] away = Dense.minus(Dense.part(row, o), Dense.part(means[c], o));
        double[] whitened = Dense.times(Dense.inverse(Dense.part(scales[c], o, o)), away);
        for (int j : m) {
            filled[j] = means[c][j];
            for (int a = 0; a < o.length; a++) {
                filled[j] += scales[c][j][o[a]] * whitened[a];
            }
        }
        return filled;
    }

    /** The scale of what is missing given the rest. */
    private double[][] spread(double[] row, int c) {
        double[][] spread = new double[row.length][row.length];
        int[] o = Holes.observed(row);
        double[][] precision = Dense.inverse(Dense.part(scales[c], o, o));
        for (int a : Holes.missing(row)) {
            for (int b : Holes.missing(row)) {
                double[] toA = Dense.part(scales[c][a], o);
                spread[a][b] = scales[c][a][b] - Dense.dot(toA, Dense.times(precision, Dense.part(scales[c][b], o)));
            }
        }
        return spread;
    }

    /** Where ln(ν/2) − ψ(ν/2) has a value. */
    private static double root(double value) {
        double low = Tails.LEAST;
        double high = Tails.MOST;
        for (int i = 0; i < 200; i++) {
            double middle = Math.sqrt(low * high);
            if (Math.log(middle / 2) - Digamma.value(middle / 2) > value) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
