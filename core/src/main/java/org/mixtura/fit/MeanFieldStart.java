package org.mixtura.fit;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.mixtura.data.Matrix;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.RowSummary;

/** Where {@link MeanField} starts: means m and variances s² of the components' means. */
public abstract sealed class MeanFieldStart {
    private MeanFieldStart() {}

    /** {@return standard normal means and variances uniform between 0 and 10, as the published program} */
    public static MeanFieldStart random() {
        return new Random();
    }

    /** {@return the means of the clusters around rows chosen by k-means++, variances 1} */
    public static MeanFieldStart kMeansPlusPlus() {
        return new Clusters(Initialization.kMeansPlusPlus());
    }

    /**
     * The means of given clusters, variances 1.
     *
     * @param labels a number from 0 to K − 1 per row, each of them used; copied
     * @return the start
     */
    public static MeanFieldStart clusters(int[] labels) {
        return new Clusters(Initialization.labels(labels));
    }

    /**
     * Given means and variances.
     *
     * @param means m, K × d, finite
     * @param variances s², K values, positive and finite; copied
     * @return the start
     * @throws IllegalArgumentException if the numbers of means and variances differ, a mean is not finite, or a variance is
     *     not positive and finite
     */
    public static MeanFieldStart of(Matrix means, double[] variances) {
        if (means.rows() != variances.length) {
            throw new IllegalArgumentException(
                    "the start has " + means.rows() + " means but " + variances.length + " variances");
        }
        for (int k = 0; k < variances.length; k++) {
            if (!(variances[k] > 0 && variances[k] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "start variance s2 of component " + k + " is " + variances[k] + "; it is positive and finite");
            }
            for (int j = 0; j < means.columns(); j++) {
                if (!Double.isFinite(means.get(k, j))) {
                    throw new IllegalArgumentException("start mean of component " + k + ", column " + j + " is "
                            + means.get(k, j) + "; it is finite");
                }
            }
        }
        return new Given(means, variances.clone());
    }

    /** m, K × d, relative to the rows' origin, and s², K values. */
    @SuppressWarnings("ArrayRecordComponent")
    record Values(double[][] means, double[] variances) {}

    /** The start for given rows. */
    abstract Values values(Rows rows, RowSummary summary, int components, long seed, int threads);

    /** A mean relative to the rows' origin. */
    private static double[] about(RowSummary summary, double[] mean) {
        double[] origin = summary.origin();
        for (int j = 0; j < mean.length; j++) {
            mean[j] -= origin[j];
        }
        return mean;
    }

    private static final class Random extends MeanFieldStart {
        @Override
        Values values(Rows rows, RowSummary summary, int components, long seed, int threads) {
            SplittableRandom random = new SplittableRandom(Restarts.seed(seed, 0, 0));
            double[][] means = new double[components][];
            double[] variances = new double[components];
            for (int k = 0; k < components; k++) {
                double[] drawn = DoubleStream.generate(random::nextGaussian)
                        .limit(rows.dimension())
                        .toArray();
                means[k] = about(summary, drawn);
                variances[k] = 10 * (1 - random.nextDouble());
            }
            return new Values(means, variances);
        }

        @Override
        public String toString() {
            return "random";
        }
    }

    private static final class Clusters extends MeanFieldStart {
        private final Initialization clusters;

        Clusters(Initialization clusters) {
            this.clusters = clusters;
        }

        @Override
        Values values(Rows rows, RowSummary summary, int components, long seed, int threads) {
            clusters.check(rows, components);
            Task.requireEnoughRows(rows, components);
            Moments moments = clusters.moments(Initialization.Start.plain(
                    rows, summary, components, Moments.Scatter.DIAGONAL, Restarts.seed(seed, 0, 0), threads));
            double[][] means = new double[components][];
            double[] variances = new double[components];
            for (int k = 0; k < components; k++) {
                means[k] = moments.mean(k);
                variances[k] = 1;
            }
            return new Values(means, variances);
        }

        @Override
        public String toString() {
            return clusters.toString();
        }
    }

    private static final class Given extends MeanFieldStart {
        private final Matrix means;
        private final double[] variances;

        Given(Matrix means, double[] variances) {
            this.means = means;
            this.variances = variances;
        }

        @Override
        Values values(Rows rows, RowSummary summary, int components, long seed, int threads) {
            if (means.rows() != components || means.columns() != rows.dimension()) {
                throw new IllegalArgumentException("the start means are " + means.rows() + " × " + means.columns()
                        + "; expected " + components + " components × " + rows.dimension() + " columns");
            }
            double[][] relative = means.toRows();
            for (double[] mean : relative) {
                about(summary, mean);
            }
            return new Values(relative, variances);
        }

        @Override
        public String toString() {
            return "means and variances";
        }
    }
}
