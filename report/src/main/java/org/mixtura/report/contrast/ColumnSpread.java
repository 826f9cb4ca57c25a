package org.mixtura.report.contrast;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/** Mean and standard deviation of each column under the whole mixture, and how well it tells the components apart. */
public final class ColumnSpread {
    private final GaussianMixture mixture;
    private final double[] mean;
    private final double[] deviation;

    private ColumnSpread(GaussianMixture mixture, double[] mean, double[] deviation) {
        this.mixture = mixture;
        this.mean = mean;
        this.deviation = deviation;
    }

    /**
     * The spread of a mixture's columns.
     *
     * @param mixture K components over d columns
     * @return their means and deviations
     */
    public static ColumnSpread of(GaussianMixture mixture) {
        double[] mean = mixture.mean();
        double[] deviation = new double[mean.length];
        for (int j = 0; j < mean.length; j++) {
            double variance = 0;
            for (int k = 0; k < mixture.size(); k++) {
                double away = mixture.component(k).mean(j) - mean[j];
                variance +=
                        mixture.weight(k) * (mixture.component(k).covariance().get(j, j) + away * away);
            }
            deviation[j] = Math.sqrt(variance);
        }
        return new ColumnSpread(mixture, mean, deviation);
    }

    /**
     * The mean of a column.
     *
     * @param column from 0
     * @return m_j
     */
    public double mean(int column) {
        return mean[column];
    }

    /**
     * The standard deviation of a column.
     *
     * @param column from 0
     * @return s_j
     */
    public double deviation(int column) {
        return deviation[column];
    }

    /**
     * How well a column alone tells the components apart: Σ_{k&lt;l} π_k π_l (1 − exp(−D_B)), with the Bhattacharyya distance
     * of the components in this column. A component of few rows counts for little, however far away it is.
     *
     * @param column from 0
     * @return between 0 and ½
     */
    public double contrast(int column) {
        double contrast = 0;
        for (int k = 0; k < mixture.size(); k++) {
            Gaussian one = mixture.component(k);
            for (int l = 0; l < k; l++) {
                Gaussian other = mixture.component(l);
                double away = one.mean(column) - other.mean(column);
                double v = one.covariance().get(column, column);
                double w = other.covariance().get(column, column);
                double distance =
                        0.25 * (away * away / (v + w)) + 0.5 * Math.log(0.5 * (v + w) / Math.sqrt(v) / Math.sqrt(w));
                contrast += mixture.weight(k) * mixture.weight(l) * -Math.expm1(-distance);
            }
        }
        return contrast;
    }

    /**
     * The columns that tell the components apart best.
     *
     * @param most how many, at most
     * @return their numbers, in the order of the columns
     */
    public List<Integer> telling(int most) {
        double[] contrast =
                IntStream.range(0, mean.length).mapToDouble(this::contrast).toArray();
        return IntStream.range(0, mean.length)
                .boxed()
                .sorted(Comparator.comparingDouble(j -> -contrast[j]))
                .limit(most)
                .sorted()
                .toList();
    }
}
