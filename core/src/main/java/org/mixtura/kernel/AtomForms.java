package org.mixtura.kernel;

import org.mixtura.linalg.Packed;

/**
 * What a covariance that rows have of their own makes of the forms that score them: of rows one at a time, and, as forms again, of
 * many rows that have the same. For one thread.
 */
interface AtomForms {
    /**
     * The score of a row.
     *
     * @param k the component
     * @param deviation δ = x − o − m_k, d values
     * @return s_k
     */
    double score(int k, double[] deviation);

    /**
     * Adds a row to moments.
     *
     * @param k the component
     * @param share w r
     * @param deviation δ, d values
     * @param into moments about the centres of the forms of points
     */
    void add(int k, double share, double[] deviation, Moments into);

    /** The forms that score rows with this covariance. */
    QuadraticForms forms();

    /** The second moments under {@link #forms} that are needed for others. */
    Moments.Scatter scatter(Moments.Scatter wanted);

    /**
     * Adds rows that were scored by {@link #forms} to moments.
     *
     * @param part their moments, with the second moments of {@link #scatter}
     * @param into moments about the same centres
     */
    void lift(Moments part, Moments into);

    /** An element of a covariance that is given as variances or as a lower triangle. */
    static double element(double[] covariance, int d, int i, int j) {
        if (covariance.length == d) {
            return i == j ? covariance[i] : 0;
        }
        return Packed.get(covariance, i, j);
    }
}
