package org.mixtura.bayes;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mixtura.kernel.RowSummary;
import org.mixtura.mixture.Covariance;

/** The prior of components whose covariance is known: μ_k ~ N(m₀, Σ/β₀). */
public final class NormalPrior extends GaussianPrior {
    private final @Nullable Covariance known;

    NormalPrior(double @Nullable [] mean, double meanPrecision, @Nullable Covariance known) {
        super(mean, meanPrecision);
        this.known = known;
    }

    /**
     * With another prior precision.
     *
     * @param value β₀, ν of the coordinate-ascent program; 1/σ² of the mean-field program; positive and finite
     * @return the prior
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public NormalPrior meanPrecision(double value) {
        return new NormalPrior(givenMean(), requireMeanPrecision(value), known);
    }

    /**
     * With a given prior mean.
     *
     * @param value m₀, d finite values; copied
     * @return the prior
     * @throws IllegalArgumentException if a value is not finite
     */
    public NormalPrior mean(double... value) {
        return new NormalPrior(requireMean(value), meanPrecision(), known);
    }

    @Override
    public GaussianPosterior about(RowSummary summary) {
        int d = summary.origin().length;
        Covariance covariance = known == null ? Covariance.spherical(d, 1) : known;
        if (covariance.dimension() != d) {
            throw new IllegalArgumentException("the known covariance has dimension " + covariance.dimension()
                    + ", the rows have " + d + " columns");
        }
        return GaussianPosterior.of(meanAbout(summary), meanPrecision(), new KnownPrecision(covariance));
    }

    /** {@return true: there is one covariance, and it is not learnt} */
    @Override
    public boolean tied() {
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NormalPrior prior
                && Arrays.equals(givenMean(), prior.givenMean())
                && meanPrecision() == prior.meanPrecision()
                && Objects.equals(known, prior.known);
    }

    @Override
    public int hashCode() {
        return 31 * Double.hashCode(meanPrecision()) + Arrays.hashCode(givenMean());
    }

    @Override
    public String toString() {
        return "normal (" + describedMean() + ", covariance " + (known == null ? "I" : known.toString()) + ")";
    }
}
