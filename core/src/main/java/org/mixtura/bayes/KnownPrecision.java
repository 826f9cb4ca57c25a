package org.mixtura.bayes;

import org.mixtura.kernel.Moments;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.StudentT;

/** A precision that is known beforehand; rows teach nothing about it. */
final class KnownPrecision extends PrecisionPosterior {
    private final Covariance covariance;

    KnownPrecision(Covariance covariance) {
        this.covariance = covariance;
    }

    @Override
    public Covariance covariance() {
        return covariance;
    }

    @Override
    public double expectedLogDeterminant() {
        return -covariance.logDeterminant();
    }

    @Override
    public double degreesOfFreedom() {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    KnownPrecision updated(double count, double[] scatter) {
        return this;
    }

    @Override
    public double klDivergence(PrecisionPosterior prior) {
        return 0;
    }

    /** N(m, (1 + 1/β) Σ). */
    @Override
    StudentT predictive(double[] mean, double meanPrecision) {
        return StudentT.of(mean, covariance.times(1 + 1 / meanPrecision), Double.POSITIVE_INFINITY);
    }

    /** The cheaper one: none is needed. */
    @Override
    Moments.Scatter scatter() {
        return Moments.Scatter.DIAGONAL;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KnownPrecision known && covariance.equals(known.covariance);
    }

    @Override
    public int hashCode() {
        return covariance.hashCode();
    }

    @Override
    public String toString() {
        return "known covariance " + covariance;
    }
}
