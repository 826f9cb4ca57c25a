package org.mixtura.mixture;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What the covariances of a mixture's components have in common.
 *
 * <p>With Σ_k = λ_k D_k A_k D_kᵀ, det A_k = 1, a covariance has a volume λ_k, a shape A_k (diagonal) and an orientation D_k
 * (orthogonal). The three letters of a structure's {@link #identifier()} say of each in turn whether it is <b>E</b>qual for all
 * components, <b>V</b>aries between them, or is the <b>I</b>dentity (Banfield &amp; Raftery 1993, <a
 * href="https://doi.org/10.2307/2532201">doi:10.2307/2532201</a>; Celeux &amp; Govaert 1995, <a
 * href="https://doi.org/10.1016/0031-3203(94)00125-6">doi:10.1016/0031-3203(94)00125-6</a>): the names of the R package mclust.
 * Six of them also have the names that scikit-learn's users know.
 *
 * <table>
 *   <caption>Numbers that the covariances of K components in d columns take</caption>
 *   <tr><th>letter</th><th>volume</th><th>shape</th><th>orientation</th></tr>
 *   <tr><td>E</td><td>1</td><td>d − 1</td><td>d(d−1)/2</td></tr>
 *   <tr><td>V</td><td>K</td><td>K (d − 1)</td><td>K d(d−1)/2</td></tr>
 *   <tr><td>I</td><td></td><td>0</td><td>0</td></tr>
 * </table>
 *
 * <p>A mixture has K − 1 free weights and K · d means besides. Units: EEE, VEE, EVV and VVV fit the same mixture whatever linear
 * map the rows have gone through; structures without correlations (orientation I) whatever the columns' units, unless the shape
 * is I, too; the others, EVE, VVE, EEV, VEV, EII and VII, depend on the columns' units, since axes and angles do.
 */
public enum CovarianceStructure {
    /** VVV, each component has its own symmetric matrix: K d(d+1)/2 numbers. */
    FULL("full", "VVV"),
    /** EEE, all components share one symmetric matrix: d(d+1)/2 numbers. */
    TIED("tied", "EEE"),
    /** VVI, each component has its own variance per column, no correlations: K d numbers. */
    DIAGONAL("diag", "VVI"),
    /** VII, each component has one variance for all columns: K numbers. */
    SPHERICAL("spherical", "VII"),
    /** EEI, all components share one variance per column: d numbers. */
    TIED_DIAGONAL("tied_diag", "EEI"),
    /** EII, all components share one variance for all columns: 1 number. */
    TIED_SPHERICAL("tied_spherical", "EII"),
    /** No correlations, variances in the same proportions: K + d − 1 numbers. */
    VEI("VEI", "VEI"),
    /** No correlations, variances of the same product: 1 + K (d − 1) numbers. */
    EVI("EVI", "EVI"),
    /** Multiples of one symmetric matrix: K − 1 + d(d+1)/2 numbers. */
    VEE("VEE", "VEE"),
    /** The same axes and volume: 1 + K (d − 1) + d(d−1)/2 numbers. */
    EVE("EVE", "EVE"),
    /** The same axes: K d + d(d−1)/2 numbers. */
    VVE("VVE", "VVE"),
    /** One matrix, rotated: d + K d(d−1)/2 numbers. */
    EEV("EEV", "EEV"),
    /** Multiples of one matrix, rotated: K + d − 1 + K d(d−1)/2 numbers. */
    VEV("VEV", "VEV"),
    /** The same volume: 1 − K + K d(d+1)/2 numbers. */
    EVV("EVV", "EVV");

    private final String label;
    private final String identifier;

    CovarianceStructure(String label, String identifier) {
        this.label = label;
        this.identifier = identifier;
    }

    /** {@return the name in model files and on the command line, such as {@code tied_diag} or {@code VEI}} */
    public String label() {
        return label;
    }

    /** {@return the three letters for volume, shape and orientation, such as {@code EEI}} */
    public String identifier() {
        return identifier;
    }

    /** {@return whether all components share one covariance} */
    public boolean tied() {
        return this == TIED || this == TIED_DIAGONAL || this == TIED_SPHERICAL;
    }

    /**
     * The structure whose covariances are of the same kind but have nothing in common: what one component has, by itself.
     *
     * @return full, diagonal or spherical
     */
    public CovarianceStructure unconstrained() {
        if (identifier.charAt(2) != 'I') {
            return FULL;
        }
        return identifier.charAt(1) == 'I' ? SPHERICAL : DIAGONAL;
    }

    /**
     * Whether two structures allow the same mixtures of K components in d columns, as all full ones do if K = 1, and all of one
     * volume if d = 1.
     *
     * @param other another structure
     * @param components K
     * @param dimension d
     * @return whether nothing tells them apart
     */
    public boolean coincidesWith(CovarianceStructure other, int components, int dimension) {
        boolean alike = dimension == 1 || unconstrained() == other.unconstrained();
        boolean sameVolume = identifier.charAt(0) == other.identifier.charAt(0);
        return this == other || (alike && components == 1) || (dimension == 1 && sameVolume);
    }

    /**
     * The structure with a name.
     *
     * @param name a {@link #label()} or an {@link #identifier()}, in any case; a hyphen may stand for the underscore and {@code
     *     diagonal} for {@code diag}; {@code E} and {@code V}, the names for one column, for EEE and VVV
     * @return the structure
     * @throws IllegalArgumentException if there is none of that name
     */
    public static CovarianceStructure of(String name) {
        String wanted = name.strip().toLowerCase(Locale.ROOT).replace('-', '_').replaceAll("diagonal$", "diag");
        if (wanted.equals("e") || wanted.equals("v")) {
            wanted = wanted.repeat(3);
        }
        for (CovarianceStructure structure : values()) {
            if (structure.label.equalsIgnoreCase(wanted) || structure.identifier.equalsIgnoreCase(wanted)) {
                return structure;
            }
        }
        throw new IllegalArgumentException("unknown covariance type \"" + name + "\"; known are " + names());
    }

    /** All names, such as "full or VVV, …". */
    private static String names() {
        return Arrays.stream(values())
                .map(s -> s.label.equals(s.identifier) ? s.label : s.label + " or " + s.identifier)
                .collect(Collectors.joining(", "));
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
        return numbers(0, 1, k) + numbers(1, d - 1, k) + numbers(2, d * (d - 1) / 2, k) + k * d + k - 1;
    }

    /** How many numbers one part takes, given how many each component's own would. */
    private long numbers(int part, long each, long components) {
        return switch (identifier.charAt(part)) {
            case 'E' -> each;
            case 'V' -> components * each;
            default -> 0;
        };
    }
}
