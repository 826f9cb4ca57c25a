package org.mixtura.mixture;

import java.util.List;
import java.util.random.RandomGenerator;
import org.mixtura.data.Matrix;
import org.mixtura.data.Rows;
import org.mixtura.kernel.QuadraticForms;

/**
 * A mixture of K components over d named columns, p(x) = Σ_k π_k p_k(x), and what it says of points and rows: components are
 * Gaussians, or have the tails of Student distributions.
 *
 * <p>Log-densities are in nats and computed by log-sum-exp, so no density underflows. Rows with gaps ({@link Rows#withGaps}) are
 * scored by what is there of them. Methods over {@link Rows} use all processors; their results have the same bits for any number of
 * them.
 */
public sealed interface Mixture permits GaussianMixture, StudentMixture {
    /** {@return the number of components, K} */
    int size();

    /** {@return the number of columns, d} */
    default int dimension() {
        return gaussians().dimension();
    }

    /** {@return the names of the columns, d of them} */
    default List<String> columns() {
        return gaussians().columns();
    }

    /** {@return the weights π, K values, a copy} */
    default double[] weights() {
        return gaussians().weights();
    }

    /** {@return the mixture of Gaussians with these weights, with the locations as means and the scales as covariances} */
    GaussianMixture gaussians();

    /**
     * The logarithm of the density at a point.
     *
     * @param x d values
     * @return ln p(x), nats
     * @throws IllegalArgumentException if there are not d values or one is not finite
     */
    double logDensity(double[] x);

    /**
     * The probabilities of the components given a point, r_k = π_k p_k(x) / p(x).
     *
     * @param x d values
     * @return K values that sum to one
     * @throws IllegalArgumentException if there are not d values or one is not finite
     */
    double[] responsibilities(double[] x);

    /**
     * The log-density of each row.
     *
     * @param rows n rows of d columns
     * @return ln p(x), nats, n values
     * @throws IllegalArgumentException if the dimensions differ or a value is not finite
     */
    default double[] logDensity(Rows rows) {
        return MixtureScores.logDensity(formsAbout(new double[dimension()]), rows);
    }

    /**
     * The responsibilities of each row. Holds n × K values: for many rows use {@link #score}.
     *
     * @param rows n rows of d columns
     * @return n × K probabilities, each row summing to one
     * @throws IllegalArgumentException if the dimensions differ or a value is not finite
     */
    default Matrix responsibilities(Rows rows) {
        return MixtureScores.responsibilities(formsAbout(new double[dimension()]), rows);
    }

    /**
     * The most probable component of each row.
     *
     * @param rows n rows of d columns
     * @return n numbers from 0 to K − 1; of equals the first
     * @throws IllegalArgumentException if the dimensions differ or a value is not finite
     */
    default int[] labels(Rows rows) {
        return MixtureScores.labels(formsAbout(new double[dimension()]), rows);
    }

    /** Receives the scores of consecutive rows. */
    @FunctionalInterface
    interface ScoreSink {
        /**
         * Takes the scores of some rows; the arrays are lent for the call.
         *
         * @param first the number of the first row, from 0
         * @param count how many rows
         * @param logDensity ln p(x), nats, one per row from index 0
         * @param responsibilities count × K probabilities, row by row
         */
        void accept(long first, int count, double[] logDensity, double[] responsibilities);
    }

    /**
     * Scores rows of any number, without holding the result.
     *
     * @param rows n rows of d columns
     * @param threads how many threads may work, at least 1
     * @param sink receives the scores, block after block in the order of the rows, one call at a time
     * @throws IllegalArgumentException if the dimensions differ, a value is not finite, or there is no thread
     */
    default void score(Rows rows, int threads, ScoreSink sink) {
        MixtureScores.score(formsAbout(new double[dimension()]), rows, threads, sink);
    }

    /**
     * The total log-likelihood of rows, Σ_n w_n ln p(x_n).
     *
     * @param rows n rows of d columns
     * @return nats
     * @throws IllegalArgumentException if the dimensions differ or a value of a row with weight is not finite
     */
    default double logLikelihood(Rows rows) {
        return MixtureScores.logLikelihood(formsAbout(new double[dimension()]), rows);
    }

    /**
     * Draws rows: a component by weight, then a point of it.
     *
     * @param count n
     * @param random the source of randomness; the same source in the same state gives the same rows
     * @return n × d
     * @throws IllegalArgumentException if the count is negative
     */
    Matrix sample(int count, RandomGenerator random);

    /**
     * The same mixture under other column names.
     *
     * @param names d different names
     * @return the renamed mixture
     * @throws IllegalArgumentException if there are not d names or two are the same
     */
    Mixture named(List<String> names);

    /**
     * The forms with which the kernels score rows when this mixture's locations are relative to an origin; internal.
     *
     * @param origin d values
     * @return s_k(x) = ln π_k + ln p_k(x − origin)
     */
    QuadraticForms formsAbout(double[] origin);
}
