package org.mixtura.mixture;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.numbers.gamma.LogGamma;

/**
 * A multivariate Student distribution t_ν(m, S); with infinite degrees of freedom the Gaussian N(m, S).
 *
 * <p>ln density(x) = ln Γ((ν+d)/2) − ln Γ(ν/2) − ½ (d ln νπ + ln det S) − ½ (ν+d) ln(1 + (x−m)ᵀS⁻¹(x−m)/ν), in nats,
 * finite for every finite x. The difference of the gamma functions is taken from the beta function, so that it keeps its digits for large ν.
 */
public final class StudentT {
    private final double[] location;
    private final Covariance scale;
    private final double degreesOfFreedom;
    private final double logConstant;

    private StudentT(double[] location, Covariance scale, double degreesOfFreedom) {
        this.location = location;
        this.scale = scale;
        this.degreesOfFreedom = degreesOfFreedom;
        double half = location.length / 2.0;
        this.logConstant = (isGaussian()
                        ? -half * Math.log(2 * Math.PI)
                        : LogGamma.value(half)
                                - LogBeta.value(degreesOfFreedom / 2, half)
                                - half * Math.log(degreesOfFreedom * Math.PI))
                - scale.logDeterminant() / 2;
    }

    /**
     * A Student distribution.
     *
     * @param location m, d finite values; copied
     * @param scale S of dimension d
     * @param degreesOfFreedom ν, positive; +∞ for a Gaussian
     * @return the distribution
     * @throws IllegalArgumentException if the dimensions differ, a location is not finite or ν is not positive
     */
    public static StudentT of(double[] location, Covariance scale, double degreesOfFreedom) {
        if (location.length != scale.dimension()) {
            throw new IllegalArgumentException("a location of " + location.length
                    + " values does not fit a scale of dimension " + scale.dimension());
        }
        for (int j = 0; j < location.length; j++) {
            if (!Double.isFinite(location[j])) {
                throw new IllegalArgumentException(
                        "location of column " + j + " is " + location[j] + "; a location is finite");
            }
        }
        if (!(degreesOfFreedom > 0)) {
            throw new IllegalArgumentException("degrees of freedom are " + degreesOfFreedom + "; they are positive");
        }
        return new StudentT(location.clone(), scale, degreesOfFreedom);
    }

    /** {@return whether ν is infinite} */
    public boolean isGaussian() {
        return degreesOfFreedom == Double.POSITIVE_INFINITY;
    }

    /** {@return the number of columns, d} */
    public int dimension() {
        return location.length;
    }

    /** {@return m, d values, a copy; the mean if ν &gt; 1} */
    public double[] location() {
        return location.clone();
    }

    /** {@return S; the covariance is ν/(ν − 2) S if ν &gt; 2} */
    public Covariance scale() {
        return scale;
    }

    /** {@return ν} */
    public double degreesOfFreedom() {
        return degreesOfFreedom;
    }

    /**
     * The logarithm of the density at a point.
     *
     * @param x d values
     * @return nats
     */
    public double logDensity(double[] x) {
        double square = scale.mahalanobisSquared(x, location);
        if (isGaussian()) {
            return logConstant - square / 2;
        }
        double logDecay = square == Double.POSITIVE_INFINITY
                ? logSquare(x) - Math.log(degreesOfFreedom)
                : Math.log1p(square / degreesOfFreedom);
        return logConstant - (degreesOfFreedom + location.length) / 2 * logDecay;
    }

    /**
     * Draws a point, m + √(ν/χ²_ν) L z with z standard normal.
     *
     * @param random the source of randomness
     * @return d values
     */
    public double[] sample(RandomGenerator random) {
        double[] z = new double[location.length];
        for (int j = 0; j < z.length; j++) {
            z[j] = random.nextGaussian();
        }
        double[] x = scale.unwhiten(z);
        double width = width(degreesOfFreedom, random);
        for (int j = 0; j < x.length; j++) {
            x[j] = x[j] * width + location[j];
        }
        return x;
    }

    /** The variance of one number where the scale is 1, ν/(ν − 2); infinite for two degrees of freedom or fewer, 1 if ν is infinite. */
    static double variance(double degreesOfFreedom) {
        if (degreesOfFreedom == Double.POSITIVE_INFINITY) {
            return 1;
        }
        return degreesOfFreedom > 2 ? degreesOfFreedom / (degreesOfFreedom - 2) : Double.POSITIVE_INFINITY;
    }

    /** Draws √(ν/χ²_ν), what makes a Gaussian draw a Student's; 1 if ν is infinite. */
    static double width(double degreesOfFreedom, RandomGenerator random) {
        double half = degreesOfFreedom / 2;
        return half == Double.POSITIVE_INFINITY ? 1 : 1 / Math.sqrt(GammaDraw.of(half, random) / half);
    }

    /** ln (x−m)ᵀS⁻¹(x−m) of a point so far away that the square overflows, where the density is still a double. */
    private double logSquare(double[] x) {
        double[] direction = new double[x.length];
        double largest = 0;
        for (int j = 0; j < x.length; j++) {
            direction[j] = x[j] / 2 - location[j] / 2;
            largest = Math.max(largest, Math.abs(direction[j]));
        }
        for (int j = 0; j < x.length; j++) {
            direction[j] /= largest;
        }
        double square = scale.mahalanobisSquared(direction, new double[x.length]);
        return 2 * (Math.log(2) + Math.log(largest)) + Math.log(square);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StudentT student
                && degreesOfFreedom == student.degreesOfFreedom
                && Arrays.equals(location, student.location)
                && scale.equals(student.scale);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(location) + scale.hashCode();
    }

    @Override
    public String toString() {
        return isGaussian()
                ? "N(" + Arrays.toString(location) + ", " + scale + ")"
                : "t with " + degreesOfFreedom + " degrees of freedom at " + Arrays.toString(location) + ", scale "
                        + scale;
    }
}
