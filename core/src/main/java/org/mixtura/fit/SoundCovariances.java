package org.mixtura.fit;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.mixtura.data.Matrix;
import org.mixtura.kernel.RowSummary;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.Covariance;

/**
 * Makes covariances of their elements and refuses those that have collapsed: where a variance, or what is left of it given the
 * columns before, is so small next to the column's variance in all rows that rounding alone could have made it.
 */
final class SoundCovariances {
    private static final double COLLAPSED = 1e-14;

    /** The same along an axis that is itself rounded. */
    private static final double COLLAPSED_AXIS = 1e-12;

    private static final double ROUNDING = Math.ulp(1.0);

    private final RowSummary summary;
    private final List<String> columns;

    SoundCovariances(RowSummary summary, List<String> columns) {
        this.summary = summary;
        this.columns = columns;
    }

    /**
     * A full covariance.
     *
     * @param elements its lower triangle, packed
     * @param name whose it is
     * @throws CollapseException if it has collapsed
     */
    Covariance full(double[] elements, String name) {
        int d = columns.size();
        for (int j = 0; j < d; j++) {
            requireSpread(elements[Packed.index(j, j)], j, name);
        }
        Covariance covariance = made(() -> Covariance.full(elements, d), name);
        for (int j = 0; j < d; j++) {
            requirePivot(covariance, j, name);
        }
        return covariance;
    }

    /**
     * The covariance Σ_j b_j v_j v_jᵀ.
     *
     * @param axes v_j, one per row
     * @param spectrum b_j
     * @param name whose it is
     * @throws CollapseException if it has collapsed; perhaps since its axes are so different that the rounding of the longest is longer
     *     than the shortest
     */
    Covariance along(Matrix axes, double[] spectrum, String name) {
        int d = spectrum.length;
        try {
            double[] variances = new double[d];
            for (int j = 0; j < d; j++) {
                double[] axis = axes.row(j);
                requireSpread(axis, spectrum[j], name);
                for (int c = 0; c < d; c++) {
                    variances[c] += spectrum[j] * axis[c] * axis[c];
                }
            }
            for (int c = 0; c < d; c++) {
                requireSpread(variances[c], c, name);
            }
            Covariance covariance = made(() -> Covariance.along(axes, spectrum), name);
            for (int c = 0; c < d; c++) {
                requirePivot(covariance, c, name);
            }
            return covariance;
        } catch (CollapseException e) {
            double shortest = Arrays.stream(spectrum).min().orElseThrow();
            double longest = Arrays.stream(spectrum).max().orElseThrow();
            if (shortest > ROUNDING * longest) {
                throw e;
            }
            String range = Double.isNaN(shortest) ? "" : " from " + shortest + " to " + longest;
            throw new CollapseException(name + " has variances" + range
                    + " along its axes that are further apart than this structure can tell; measure the columns in units"
                    + " that give similar numbers");
        }
    }

    private static Covariance made(Supplier<Covariance> covariance, String name) {
        try {
            return covariance.get();
        } catch (IllegalArgumentException e) {
            throw new CollapseException(name + ": " + e.getMessage());
        }
    }

    private void requirePivot(Covariance covariance, int column, String name) {
        double variance = covariance.get(column, column);
        double pivot = covariance.conditionalVariance(column);
        if (!(pivot > COLLAPSED * variance)) {
            throw new CollapseException(name + " has collapsed: given the columns before it, column \""
                    + columns.get(column) + "\" has variance " + pivot + " of " + variance);
        }
    }

    /**
     * Checks the variance along an axis.
     *
     * @param axis a vector of length one
     * @param name whose it is
     * @throws CollapseException if it is nothing next to that of all rows, as their columns make it
     */
    private void requireSpread(double[] axis, double variance, String name) {
        double all = 0;
        for (int j = 0; j < axis.length; j++) {
            all += axis[j] * axis[j] * summary.variance(j);
        }
        if (!(variance > COLLAPSED_AXIS * all && variance < Double.POSITIVE_INFINITY)) {
            throw new CollapseException(
                    name + " has collapsed: its variance along an axis is " + variance + " (all rows: " + all + ")");
        }
    }

    /**
     * A diagonal covariance.
     *
     * @param variances one per column
     * @param name whose it is
     * @throws CollapseException if it has collapsed
     */
    Covariance diagonal(double[] variances, String name) {
        for (int j = 0; j < variances.length; j++) {
            requireSpread(variances[j], j, name);
        }
        return Covariance.diagonal(variances);
    }

    /**
     * A spherical covariance.
     *
     * @param variances one per column, of which it takes the mean
     * @param name whose it is
     * @throws CollapseException if it has collapsed
     */
    Covariance spherical(double[] variances, String name) {
        double sum = 0;
        double all = 0;
        for (int j = 0; j < variances.length; j++) {
            sum += variances[j];
            all += summary.variance(j);
        }
        if (!(sum > COLLAPSED * all)) {
            throw new CollapseException(name + " has collapsed: its variance is " + sum / variances.length
                    + " (all rows: " + all / variances.length + ")");
        }
        return Covariance.spherical(variances.length, sum / variances.length);
    }

    private void requireSpread(double variance, int column, String name) {
        if (!(variance > COLLAPSED * summary.variance(column) && variance < Double.POSITIVE_INFINITY)) {
            throw new CollapseException(name + " has collapsed: its variance in column \"" + columns.get(column)
                    + "\" is " + (Double.isNaN(variance) ? "lost in rounding" : variance) + " (all rows: "
                    + summary.variance(column) + ")");
        }
    }
}
