package org.mixtura.mixture;

import java.util.Locale;

/**
 * What the covariances of a mixture's components have in common, under the names that scikit-learn's users know.
 *
 * <p>K components in d columns; a mixture has K − 1 free weights and K · d means besides the covariance parameters counted
 * here.
 */
public enum CovarianceStructure {
    /** Each component has its own symmetric matrix: K d(d+1)/2 numbers. */
    FULL("full"),
    /** All components share one symmetric matrix: d(d+1)/2 numbers. */
    TIED("tied"),
    /** Each component has its own variance per column, no correlations: K d numbers. */
    DIAGONAL("diag"),
    /** Each component has one variance for all columns: K numbers. */
    SPHERICAL("spherical"),
    /** All components share one variance per column: d numbers. */
    TIED_DIAGONAL("tied_diag"),
    /** All components share one variance for all columns: 1 number. */
    TIED_SPHERICAL("tied_spherical");

    private final String label;

    CovarianceStructure(String label) {
        this.label = label;
    }

    /** {@return the name in model files and on the command line, such as {@code tied_diag}} */
    public String label() {
        return label;
    }

    /** {@return whether all components share one covariance} */
    public boolean tied() {
        return this == TIED || this == TIED_DIAGONAL || this == TIED_SPHERICAL;
    }

    /**
     * The structure with a name.
     *
     * @param name a {@link #label()}, in any case; a hyphen may stand for the underscore and {@code diagonal} for {@code
     *     diag}
     * @return the structure
     * @throws IllegalArgumentException if there is none of that name
     */
    public static CovarianceStructure of(String name) {
        String wanted = name.strip().toLowerCase(Locale.ROOT).replace('-', '_').replaceAll("diagonal$", "diag");
        for (CovarianceStructure structure : values()) {
            if (structure.label.equals(wanted)) {
                return structure;
            }
        }
        throw new IllegalArgumentException("unknown covariance type \"" + name
                + "\"; known are full, tied, diag, spherical, tied_diag, tied_spherical");
    }

    /**
     * The number of free parameters of a whole mixture: covariances, means and weights.
     *
     * @param components K
     * @param dimension d
     * @return the count
     */
    public long parameters(int components, int dimension) {
        long k = components;
        long d = dimension;
        long covariances = switch (this) {
            case FULL -> k * (d * (d + 1) / 2);
            case TIED -> d * (d + 1) / 2;
            case DIAGONAL -> k * d;
            case SPHERICAL -> k;
            case TIED_DIAGONAL -> d;
            case TIED_SPHERICAL -> 1;
        };
        return covariances + k * d + k - 1;
    }
}
