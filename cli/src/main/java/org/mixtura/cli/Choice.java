package org.mixtura.cli;

import java.util.Optional;
import org.mixtura.fit.Fit;
import org.mixtura.mixture.CovarianceStructure;

/**
 * One line of the choice table.
 *
 * @param components K
 * @param structure what the covariances have in common
 * @param fit the fit, empty if there is none
 * @param failure why there is none, else empty
 * @param chosen whether this is the result
 */
record Choice(int components, CovarianceStructure structure, Optional<Fit<?>> fit, String failure, boolean chosen) {
    /** The candidate in words. */
    static String name(int components, CovarianceStructure structure) {
        return Digits.count(components, "component") + ", " + structure.label();
    }
}
