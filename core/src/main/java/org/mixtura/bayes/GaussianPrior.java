package org.mixtura.bayes;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mixtura.kernel.RowSummary;
import org.mixtura.mixture.Covariance;

/**
 * What is believed of each component's mean and covariance before any row was seen: immutable options that become a
 * distribution once rows are at hand, for what is left out is taken from them.
 *
 * <p>The mean has prior N(m₀, Σ/β₀): known as from β₀ rows, in the component's own units, so that the fit does not depend on
 * the units of the columns.
 */
public abstract sealed class GaussianPrior permits NormalPrior, NormalWishartPrior {
    /** m₀, or null for the mean of the rows. */
    private final double @Nullable [] mean;

    /** β₀. */
    private final double meanPrecision;

    GaussianPrior(double @Nullable [] mean, double meanPrecision) {
        this.mean = mean;
        this.meanPrecision = meanPrecision;
    }

    /** {@return the prior of components with the known covariance I: β₀ = 1, m₀ the mean of the rows} */
    public static NormalPrior normal() {
        return new NormalPrior(null, 1, null);
    }

    /**
     * The prior of components with a known covariance: β₀ = 1, m₀ the mean of the rows.
     *
     * @param known Σ of every component
     * @return the prior
     */
    public static NormalPrior normal(Covariance known) {
        return new NormalPrior(null, 1, known);
    }

    /**
     * {@return the prior of components with unknown covariances, with scikit-learn's defaults: β₀ = 1, m₀ the mean of the
     * rows, d degrees of freedom, W₀⁻¹ the unbiased covariance of the rows}
     */
    public static NormalWishartPrior normalWishart() {
        return NormalWishartPrior.DEFAULT;
    }

    /** {@return β₀} */
    public double meanPrecision() {
        return meanPrecision;
    }

    static double requireMeanPrecision(double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "prior mean precision nu is " + value + "; it is positive and finite, in units of rows");
        }
        return value;
    }

    static double[] requireMean(double[] value) {
        for (int j = 0; j < value.length; j++) {
            if (!Double.isFinite(value[j])) {
                throw new IllegalArgumentException("prior mean of column " + j + " is " + value[j] + "; it is finite");
            }
        }
        return value.clone();
    }

    double @Nullable [] givenMean() {
        return mean;
    }

    /** m₀ relative to the rows' origin. */
    double[] meanAbout(RowSummary summary) {
        if (mean == null) {
            return summary.mean();
        }
        double[] origin = summary.origin();
        if (mean.length != origin.length) {
            throw new IllegalArgumentException(
                    "the prior mean has " + mean.length + " values, the rows have " + origin.length + " columns");
        }
        double[] relative = mean.clone();
        for (int j = 0; j < relative.length; j++) {
            relative[j] -= origin[j];
        }
        return relative;
    }

    String describedMean() {
        return "mean_precision " + meanPrecision + (mean == null ? "" : ", mean " + Arrays.toString(mean));
    }

    /**
     * The prior of one component for given rows; internal.
     *
     * @param summary the rows' summary
     * @return the distribution, its mean relative to the rows' origin
     * @throws IllegalArgumentException if the prior does not fit the rows, or the rows do not give what it lacks
     */
    public abstract GaussianPosterior about(RowSummary summary);

    /** {@return whether all components share one covariance} */
    public abstract boolean tied();
}
