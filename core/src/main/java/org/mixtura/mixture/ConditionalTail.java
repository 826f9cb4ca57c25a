package org.mixtura.mixture;

import java.util.random.RandomGenerator;

/**
 * The tail of a component of which some columns are known: Student's again, with the scale C of the Gaussian's conditional times
 * (ν + δ)/(ν + p), p being the number of known columns and δ the squared Mahalanobis distance in them, and ν + p degrees of freedom
 * (Ding 2016, <a href="https://doi.org/10.1080/00031305.2016.1164756">doi:10.1080/00031305.2016.1164756</a>). A Gaussian stays one.
 *
 * @param degreesOfFreedom ν + p; +∞ for a Gaussian
 * @param stretch (ν + δ)/(ν + p); 1 for a Gaussian
 */
record ConditionalTail(double degreesOfFreedom, double stretch) {
    private static final ConditionalTail GAUSSIAN = new ConditionalTail(Double.POSITIVE_INFINITY, 1);

    /**
     * The tail given some columns.
     *
     * @param degreesOfFreedom ν; +∞ for a Gaussian
     * @param known p
     * @param square δ
     */
    static ConditionalTail of(double degreesOfFreedom, int known, double square) {
        return degreesOfFreedom == Double.POSITIVE_INFINITY
                ? GAUSSIAN
                : new ConditionalTail(
                        degreesOfFreedom + known, (degreesOfFreedom + square) / (degreesOfFreedom + known));
    }

    /** The variance where C is 1; infinite with two degrees of freedom or fewer. */
    double variance() {
        return stretch * StudentT.variance(degreesOfFreedom);
    }

    /** What to multiply a draw from N(0, C) by. */
    double width(RandomGenerator random) {
        return Math.sqrt(stretch) * StudentT.width(degreesOfFreedom, random);
    }
}
