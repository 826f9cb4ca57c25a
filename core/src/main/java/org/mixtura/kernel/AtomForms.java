package org.mixtura.kernel;

import org.mixtura.linalg.Packed;

/** Forms for rows that all have the same covariance of their own, and what the moments under them say of the components. */
interface AtomForms {
    /** The forms that score rows with this covariance. */
    QuadraticForms forms();

    /** The second moments under {@link #forms} that are needed for others. */
    Moments.Scatter scatter(Moments.Scatter wanted);

    /**
     * Adds rows that were scored by {@link #forms} to moments.
     *
     * @param part their moments, with the second moments of {@link #scatter}; not to be used afterwards
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
