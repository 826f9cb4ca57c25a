package org.mixtura.bayes;

import org.mixtura.kernel.Moments;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.StudentT;

/**
 * What is known of a component's precision Λ = Σ⁻¹: the matrix itself, or a {@link Wishart} distribution. The prior is the
 * posterior given no rows.
 */
public abstract sealed class PrecisionPosterior permits KnownPrecision, Wishart {
    PrecisionPosterior() {}

    /** {@return the number of columns, d} */
    public int dimension() {
        return covariance().dimension();
    }

    /** {@return (E Λ)⁻¹, the covariance that goes with the expected precision} */
    public abstract Covariance covariance();

    /** {@return E ln det Λ} */
    public abstract double expectedLogDeterminant();

    /** {@return ν of a Wishart distribution; +∞ if the precision is known} */
    public abstract double degreesOfFreedom();

    /**
     * What is known after more rows.
     *
     * @param count their weight
     * @param scatter their scatter about the mean, packed lower triangle or diagonal
     */
    abstract PrecisionPosterior updated(double count, double[] scatter);

    /**
     * The Kullback–Leibler divergence KL(this ‖ prior).
     *
     * @param prior what was known before
     * @return nats; 0 for a known precision
     */
    public abstract double klDivergence(PrecisionPosterior prior);

    /**
     * The distribution of the next row of a component with this precision and a mean of precision βΛ.
     *
     * @param mean m, d values
     * @param meanPrecision β
     */
    abstract StudentT predictive(double[] mean, double meanPrecision);

    /** The second moments of rows that {@link #updated} needs. */
    abstract Moments.Scatter scatter();
}
