package org.mixtura.mixture;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.mixtura.data.Matrix;

/**
 * A multivariate Gaussian N(μ, Σ) of d ≥ 1 columns.
 *
 * <p>ln density(x) = −½ (d ln 2π + ln det Σ + (x − μ)ᵀ Σ⁻¹ (x − μ)), in nats.
 */
public final class Gaussian {
    static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    private final double[] mean;
    private final Covariance covariance;

    private Gaussian(double[] mean, Covariance covariance) {
        this.mean = mean;
        this.covariance = covariance;
    }

    /**
     * A Gaussian.
     *
     * @param mean μ, d finite values; copied
     * @param covariance Σ of dimension d
     * @return the Gaussian
     * @throws IllegalArgumentException if the dimensions differ or a mean is not finite
     */
    public static Gaussian of(double[] mean, Covariance covariance) {
        if (mean.length != covariance.dimension()) {
            throw new IllegalArgumentException("a mean of " + mean.length
                    + " values does not fit a covariance of dimension " + covariance.dimension());
        }
        for (int j = 0; j < mean.length; j++) {
            if (!Double.isFinite(mean[j])) {
                throw new IllegalArgumentException("mean of column " + j + " is " + mean[j] + "; a mean is finite");
            }
        }
        return new Gaussian(mean.clone(), covariance);
    }

    /** {@return the number of columns, d} */
    public int dimension() {
        return mean.length;
    }

    /** {@return μ, d values, a copy} */
    public double[] mean() {
        return mean.clone();
    }

    /**
     * One coordinate of the mean.
     *
     * @param column the column, from 0
     * @return μ_column
     */
    public double mean(int column) {
        return mean[column];
    }

    /** {@return Σ} */
    public Covariance covariance() {
        return covariance;
    }

    /**
     * The logarithm of the density at a point. Allocates nothing.
     *
     * @param x d values
     * @return ln N(x; μ, Σ), in nats; −∞ where the distance overflows
     * @throws IllegalArgumentException if there are not d values
     */
    public double logDensity(double[] x) {
        if (x.length != mean.length) {
            throw new IllegalArgumentException(
                    "a point of " + x.length + " values for a Gaussian of " + mean.length + " columns");
        }
        return logDensityAtMean() - 0.5 * mahalanobisSquared(x);
    }

    /** −½ (d ln 2π + ln det Σ). */
    double logDensityAtMean() {
        return -0.5 * (mean.length * LOG_TWO_PI + covariance.logDeterminant());
    }

    /** (x − μ)ᵀ Σ⁻¹ (x − μ), of d values. */
    double mahalanobisSquared(double[] x) {
        return covariance.mahalanobisSquared(x, mean);
    }

    /**
     * Draws a point, μ + L z with z standard normal.
     *
     * @param random the source of randomness
     * @return d values
     */
    public double[] sample(RandomGenerator random) {
        double[] z = new double[mean.length];
        for (int j = 0; j < z.length; j++) {
            z[j] = random.nextGaussian();
        }
        double[] x = covariance.unwhiten(z);
        for (int j = 0; j < x.length; j++) {
            x[j] += mean[j];
        }
        return x;
    }

    /**
     * The distribution of some of the columns.
     *
     * @param columns which, in the order wanted
     * @return their Gaussian
     * @throws IllegalArgumentException if none is named, one is named twice, or there is no such column
     */
    public Gaussian marginal(int... columns) {
        Covariance marginal = covariance.marginal(columns);
        return new Gaussian(Arrays.stream(columns).mapToDouble(j -> mean[j]).toArray(), marginal);
    }

    /**
     * The distribution of the other columns when some are known: mean μ_A + Σ_AB Σ_BB⁻¹ (x_B − μ_B), covariance Σ_AA − Σ_AB
     * Σ_BB⁻¹ Σ_BA.
     *
     * @param known which columns are known, B; not all of them
     * @param values their values, x_B
     * @return the Gaussian of the columns that are left, A, in their order
     * @throws IllegalArgumentException if there is no such column, one is named twice or none is left, a value is missing or
     *     not finite, or the conditional mean overflows
     */
    public Gaussian given(int[] known, double[] values) {
        int[] left = others(known, mean.length);
        if (values.length != known.length) {
            throw new IllegalArgumentException(values.length + " values for " + known.length + " known columns");
        }
        double[] deviation = new double[known.length];
        for (int j = 0; j < known.length; j++) {
            if (!Double.isFinite(values[j])) {
                throw new IllegalArgumentException(
                        "column " + known[j] + " is " + values[j] + "; a known value must be a finite number");
            }
            deviation[j] = values[j] - mean[known[j]];
        }
        double[] conditionalMean = covariance.regression(left, known, deviation);
        for (int i = 0; i < left.length; i++) {
            conditionalMean[i] += mean[left[i]];
        }
        return of(conditionalMean, covariance.conditional(left, known));
    }

    /**
     * The distribution of B x + c.
     *
     * @param b B, m × d, of full row rank
     * @param c m values
     * @return the Gaussian of the m images
     * @throws IllegalArgumentException if the shapes do not fit or the rank is not full
     */
    public Gaussian image(Matrix b, double[] c) {
        if (b.columns() != mean.length) {
            throw new IllegalArgumentException(
                    "a map of " + b.columns() + " columns does not fit a Gaussian of " + mean.length + " columns");
        }
        double[] image = b.times(mean);
        if (c.length != image.length) {
            throw new IllegalArgumentException("a shift of " + c.length + " values after a map to " + image.length);
        }
        for (int j = 0; j < image.length; j++) {
            image[j] += c[j];
        }
        return of(image, covariance.image(b));
    }

    /**
     * The same Gaussian moved.
     *
     * @param shift d values
     * @return the Gaussian of x + shift
     * @throws IllegalArgumentException if there are not d values, or a mean becomes infinite or NaN
     */
    public Gaussian translated(double[] shift) {
        if (shift.length != mean.length) {
            throw new IllegalArgumentException(
                    "a shift of " + shift.length + " values for " + mean.length + " columns");
        }
        double[] moved = mean.clone();
        for (int j = 0; j < moved.length; j++) {
            moved[j] += shift[j];
        }
        return of(moved, covariance);
    }

    /** The columns from 0 to d − 1 that are not among the given ones. */
    static int[] others(int[] columns, int dimension) {
        boolean[] taken = new boolean[dimension];
        for (int column : Covariance.requireColumns(columns, dimension)) {
            taken[column] = true;
        }
        if (columns.length == dimension) {
            throw new IllegalArgumentException("all " + dimension + " columns are named; none is left to describe");
        }
        return IntStream.range(0, dimension).filter(j -> !taken[j]).toArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Gaussian gaussian
                && Arrays.equals(mean, gaussian.mean)
                && covariance.equals(gaussian.covariance);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(mean) + covariance.hashCode();
    }

    @Override
    public String toString() {
        return "N(" + Arrays.toString(mean) + ", " + covariance + ")";
    }
}
