package org.mixtura.bayes;

import java.util.Arrays;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.StudentT;

/**
 * What is known of a Gaussian's mean and precision: μ | Λ ~ N(m, (βΛ)⁻¹), and Λ known or Wishart-distributed (then this is
 * the Normal–Wishart distribution). The prior is the posterior given no rows.
 *
 * <p>Its score of a row, E ln N(x; μ, Λ⁻¹), is c − ½ (x − m)ᵀ E[Λ] (x − m) with c = ½ E ln det Λ − (d/2) ln 2π − d/(2β).
 */
public final class GaussianPosterior {
    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    private final double[] mean;
    private final double meanPrecision;
    private final PrecisionPosterior precision;

    private GaussianPosterior(double[] mean, double meanPrecision, PrecisionPosterior precision) {
        this.mean = mean;
        this.meanPrecision = meanPrecision;
        this.precision = precision;
    }

    /**
     * A distribution of mean and precision.
     *
     * @param mean m, d finite values; copied
     * @param meanPrecision β, positive and finite: the mean is known as from so many rows
     * @param precision Λ
     * @return the distribution
     * @throws IllegalArgumentException if the dimensions differ, a mean is not finite, or β is not positive and finite
     */
    public static GaussianPosterior of(double[] mean, double meanPrecision, PrecisionPosterior precision) {
        // The checks of a mean are the Gaussian's.
        double[] copy = Gaussian.of(mean, precision.covariance()).mean();
        if (!(meanPrecision > 0 && meanPrecision < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "mean precision is " + meanPrecision + "; it is positive and finite, in units of rows");
        }
        return new GaussianPosterior(copy, meanPrecision, precision);
    }

    /** {@return the number of columns, d} */
    public int dimension() {
        return mean.length;
    }

    /** {@return m, d values, a copy} */
    public double[] mean() {
        return mean.clone();
    }

    /** {@return β; the variance of the mean is 1/β in units of the component's covariance} */
    public double meanPrecision() {
        return meanPrecision;
    }

    /** {@return what is known of Λ} */
    public PrecisionPosterior precision() {
        return precision;
    }

    /** {@return N(m, E[Λ]⁻¹), the component to put into a mixture} */
    public Gaussian expected() {
        return Gaussian.of(mean, precision.covariance());
    }

    /** {@return c, the greatest E ln N(x; μ, Λ⁻¹) of any x, nats} */
    public double scoreConstant() {
        return 0.5 * (precision.expectedLogDeterminant() - mean.length * (LOG_TWO_PI + 1 / meanPrecision));
    }

    /**
     * The mean's posterior from rows of this prior: β + N and m + N/(β + N) (x̄ − m).
     *
     * @param count N
     * @param rowMean x̄, d values
     * @param learnt what is known of Λ from the same rows
     */
    GaussianPosterior updated(double count, double[] rowMean, PrecisionPosterior learnt) {
        double share = count / (meanPrecision + count);
        double[] moved = mean.clone();
        for (int j = 0; j < moved.length; j++) {
            moved[j] += share * (rowMean[j] - mean[j]);
        }
        return of(moved, meanPrecision + count, learnt);
    }

    /**
     * Adds to a scatter of rows what their mean's distance from the prior's says about Λ: βN/(β + N) (x̄ − m)(x̄ − m)ᵀ.
     *
     * @param scatter packed lower triangle or diagonal; changed
     */
    void addShift(double[] scatter, double count, double[] rowMean) {
        double factor = meanPrecision * (count / (meanPrecision + count));
        int d = mean.length;
        boolean diagonal = scatter.length == d;
        int at = 0;
        for (int i = 0; i < d; i++) {
            double scaled = factor * (rowMean[i] - mean[i]);
            for (int j = diagonal ? i : 0; j <= i; j++) {
                scatter[at] += scaled * (rowMean[j] - mean[j]);
                at++;
            }
        }
    }

    /**
     * The divergence of the mean's distribution given Λ, E KL(N(m, (βΛ)⁻¹) ‖ N(m₀, (β₀Λ)⁻¹)) = ½ (d (β₀/β − 1 + ln β/β₀) +
     * β₀ (m − m₀)ᵀ E[Λ] (m − m₀)).
     *
     * @param prior m₀ and β₀
     * @return nats
     */
    public double meanDivergence(GaussianPosterior prior) {
        double ratio = prior.meanPrecision / meanPrecision;
        return 0.5
                * (mean.length * (ratio - 1 - Math.log(ratio))
                        + prior.meanPrecision * precision.covariance().mahalanobisSquared(mean, prior.mean));
    }

    /**
     * The Kullback–Leibler divergence KL(this ‖ prior) of mean and precision.
     *
     * @param prior what was known before
     * @return nats
     */
    public double klDivergence(GaussianPosterior prior) {
        return meanDivergence(prior) + precision.klDivergence(prior.precision);
    }

    /** {@return the distribution of the next row of this component: Student's t, or a Gaussian if Λ is known} */
    public StudentT predictive() {
        return precision.predictive(mean, meanPrecision);
    }

    /** The same moved. */
    GaussianPosterior translated(double[] shift) {
        double[] moved = mean.clone();
        for (int j = 0; j < moved.length; j++) {
            moved[j] += shift[j];
        }
        return of(moved, meanPrecision, precision);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GaussianPosterior posterior
                && Arrays.equals(mean, posterior.mean)
                && meanPrecision == posterior.meanPrecision
                && precision.equals(posterior.precision);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(mean) + Double.hashCode(meanPrecision);
    }

    @Override
    public String toString() {
        return "mean " + Arrays.toString(mean) + " of precision " + meanPrecision + ", " + precision;
    }
}
