package org.mixtura.bayes;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mixtura.kernel.RowSummary;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.CovarianceStructure;

/**
 * The prior of components whose covariance is unknown: Λ_k ~ W(ν₀, W₀), μ_k | Λ_k ~ N(m₀, (β₀Λ_k)⁻¹) (Bishop 2006, section
 * 10.2). Its options have scikit-learn's names and defaults.
 */
public final class NormalWishartPrior extends GaussianPrior {
    static final NormalWishartPrior DEFAULT =
            new NormalWishartPrior(null, 1, Double.NaN, null, CovarianceStructure.FULL);

    /** The share of a column's variance that must be left when the columns before it are known: 450 roundings. */
    private static final double COLLINEAR = 1e-13;

    /** ν₀, NaN for d. */
    private final double degreesOfFreedom;

    /** W₀⁻¹, or null for the rows' own covariance. */
    private final @Nullable Covariance covariance;

    private final CovarianceStructure structure;

    private NormalWishartPrior(
            double @Nullable [] mean,
            double meanPrecision,
            double degreesOfFreedom,
            @Nullable Covariance covariance,
            CovarianceStructure structure) {
        super(mean, meanPrecision);
        this.degreesOfFreedom = degreesOfFreedom;
        this.covariance = covariance;
        this.structure = structure;
    }

    /**
     * With another prior precision of the means, scikit-learn's {@code mean_precision_prior}.
     *
     * @param value β₀, positive and finite
     * @return the prior
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public NormalWishartPrior meanPrecision(double value) {
        return new NormalWishartPrior(
                givenMean(), requireMeanPrecision(value), degreesOfFreedom, covariance, structure);
    }

    /**
     * With a given prior mean, scikit-learn's {@code mean_prior}.
     *
     * @param value m₀, d finite values; copied
     * @return the prior
     * @throws IllegalArgumentException if a value is not finite
     */
    public NormalWishartPrior mean(double... value) {
        return new NormalWishartPrior(requireMean(value), meanPrecision(), degreesOfFreedom, covariance, structure);
    }

    /**
     * With other degrees of freedom, scikit-learn's {@code degrees_of_freedom_prior}.
     *
     * @param value ν₀, more than d − 1 (which is checked against the rows)
     * @return the prior
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public NormalWishartPrior degreesOfFreedom(double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("degrees of freedom are " + value
                    + "; they are finite and more than the number of columns less one");
        }
        return new NormalWishartPrior(givenMean(), meanPrecision(), value, covariance, structure);
    }

    /**
     * With a given W₀⁻¹, scikit-learn's {@code covariance_prior}: a scatter, ν₀ times the covariance that the prior expects.
     *
     * @param value W₀⁻¹; cut to its diagonal, or the mean of it, where the structure asks for that
     * @return the prior
     */
    public NormalWishartPrior covariance(Covariance value) {
        return new NormalWishartPrior(givenMean(), meanPrecision(), degreesOfFreedom, value, structure);
    }

    /**
     * With another covariance structure of the fitted components, scikit-learn's {@code covariance_type}.
     *
     * <p>Full, diagonal and spherical are scikit-learn's. Tied means one precision with one prior, learnt from all rows (ν =
     * ν₀ + Σ N_k), with which the bound never falls; scikit-learn averages over the components instead.
     *
     * @param value the structure; one of the six that need no iteration: scikit-learn's four, tied_diag and tied_spherical
     * @return the prior
     * @throws IllegalArgumentException if the structure is another
     */
    public NormalWishartPrior structure(CovarianceStructure value) {
        if (!value.tied() && value != value.unconstrained()) {
            throw new IllegalArgumentException(
                    "covariance type " + value.label() + " has no Normal-Wishart prior: that takes"
                            + " full, tied, diag, spherical, tied_diag or tied_spherical");
        }
        return new NormalWishartPrior(givenMean(), meanPrecision(), degreesOfFreedom, covariance, value);
    }

    @Override
    public boolean tied() {
        return structure.tied();
    }

    @Override
    public GaussianPosterior about(RowSummary summary) {
        int d = summary.origin().length;
        double freedom = Double.isNaN(degreesOfFreedom) ? d : degreesOfFreedom;
        Covariance scatter = covariance == null ? ofRows(summary) : covariance;
        if (scatter.dimension() != d) {
            throw new IllegalArgumentException(
                    "the covariance prior has dimension " + scatter.dimension() + ", the rows have " + d + " columns");
        }
        return GaussianPosterior.of(
                meanAbout(summary), meanPrecision(), Wishart.of(freedom, structured(scatter.lowerTriangle(), d)));
    }

    /** The unbiased covariance of all rows. */
    private Covariance ofRows(RowSummary summary) {
        double weight = summary.totalWeight();
        if (!(weight > 1)) {
            throw new IllegalArgumentException("the covariance prior cannot be taken from rows of total weight "
                    + weight + ", which must be more than 1; give a covariance prior");
        }
        double[] elements = summary.covariance();
        for (int i = 0; i < elements.length; i++) {
            elements[i] *= weight / (weight - 1);
        }
        try {
            Covariance covarianceOfRows = structured(elements, summary.origin().length);
            requireSpread(covarianceOfRows);
            return covarianceOfRows;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the covariance prior cannot be taken from the rows, whose "
                    + e.getMessage() + ": a column is constant or follows from others; leave it out or give a "
                    + "covariance prior");
        }
    }

    /** Checks that no column follows from those before it but for rounding. */
    private static void requireSpread(Covariance covariance) {
        double[] lower = covariance.lowerFactor();
        for (int j = 0; j < covariance.dimension(); j++) {
            double pivot = lower[Packed.index(j, j)] * lower[Packed.index(j, j)];
            if (!(pivot > COLLINEAR * covariance.get(j, j))) {
                throw new IllegalArgumentException("covariance is singular but for rounding (pivot " + j + " is "
                        + pivot + " of a variance of " + covariance.get(j, j) + ")");
            }
        }
    }

    private Covariance structured(double[] elements, int d) {
        double[] variances = new double[d];
        double sum = 0;
        for (int j = 0; j < d; j++) {
            variances[j] = elements[Packed.index(j, j)];
            sum += variances[j];
        }
        return switch (structure.unconstrained()) {
            case DIAGONAL -> Covariance.diagonal(variances);
            case SPHERICAL -> Covariance.spherical(d, sum / d);
            default -> Covariance.full(elements, d);
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NormalWishartPrior prior
                && Arrays.equals(givenMean(), prior.givenMean())
                && meanPrecision() == prior.meanPrecision()
                && Double.compare(degreesOfFreedom, prior.degreesOfFreedom) == 0
                && Objects.equals(covariance, prior.covariance)
                && structure == prior.structure;
    }

    @Override
    public int hashCode() {
        return 31 * Double.hashCode(meanPrecision()) + structure.hashCode();
    }

    @Override
    public String toString() {
        return "normal-wishart (" + structure.label() + ", " + describedMean()
                + (Double.isNaN(degreesOfFreedom) ? "" : ", degrees_of_freedom " + degreesOfFreedom)
                + (covariance == null ? "" : ", covariance " + covariance) + ")";
    }
}
