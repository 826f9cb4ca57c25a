package org.mixtura.cli;

import java.util.Optional;
import org.mixtura.data.Rows;
import org.mixtura.mixture.GaussianMixture;

/** A way to fit. Made from options, which it has checked, before any data is read. */
interface FitMethod {
    /**
     * Fits the rows.
     *
     * @throws IllegalArgumentException if the rows do not allow a fit
     */
    Outcome fit(Problem problem, Run run);

    /** Whether a column with one value only must be left out. */
    boolean refusesConstantColumns();

    /**
     * What is to be fitted.
     *
     * @param rows the rows
     * @param start the mixture to start from, its columns those of the rows, if one was given
     * @param classes the classes to start from, if they were given
     */
    record Problem(Rows rows, Optional<GaussianMixture> start, Optional<Classes> classes) {}
}
