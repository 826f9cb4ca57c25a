package org.mixtura.anomaly;

import java.util.Arrays;
import org.mixtura.data.Rows;

/**
 * The energies of some rows, sorted: what energy is usual, how unusual another one is, and where to draw a line.
 *
 * <p>With e_1 … e_n the energies and w_i the rows' weights (1 if they have none), W = Σ w_i:
 *
 * <ul>
 *   <li>{@link #quantile}(q) is the smallest e_i with Σ {w_j : e_j ≤ e_i} ≥ q W, the inverse of the empirical distribution
 *       function (type 1 of Hyndman and Fan, doi:10.2307/2684934). It is an energy of one of the rows, never between two.
 *   <li>{@link #pValue}(e) = (1 + Σ {w_i : e_i ≥ e}) / (1 + W), the conformal p-value (Bates, Candès, Lei, Romano and Sesia,
 *       Testing for outliers with conformal p-values, 2023, doi:10.1214/22-AOS2244).
 *   <li>{@link #thresholdAtRate}(α) is the line at that p-value: an energy is above it exactly if its p-value is at most α.
 * </ul>
 *
 * <p>If a new row and the n rows here are exchangeable (drawn from one population, no weights, none of them used to fit the
 * mixture), then P(p-value ≤ α) ≤ α for every α, whether the mixture is right or not; without ties it is ⌊α(n+1)⌋ / (n+1).
 * Rows that the mixture was fitted to have lower energies than fresh ones, and p-values from them are too small.
 *
 * <p>A weight of 2 is the row twice, a weight of 0 the row not at all. Memory is two doubles for each different energy.
 */
public final class Calibration {
    /** Different energies, ascending. */
    private final double[] energies;
    /** Σ {w_j : e_j ≤ energies[i]}. */
    private final double[] weightUpTo;

    private Calibration(double[] energies, double[] weightUpTo) {
        this.energies = energies;
        this.weightUpTo = weightUpTo;
    }

    /**
     * A calibration from energies, as a stream of scores leaves them.
     *
     * @param energies n numbers in any order; +∞ is allowed
     * @return the calibration
     * @throws IllegalArgumentException if there is none or one is NaN
     */
    public static Calibration of(double... energies) {
        double[] weights = new double[energies.length];
        Arrays.fill(weights, 1);
        return of(energies, weights);
    }

    /**
     * A calibration from the energies of weighted rows.
     *
     * @param energies n numbers in any order; +∞ is allowed, and NaN where the weight is 0
     * @param weights n numbers, finite and not negative, not all 0
     * @return the calibration
     * @throws IllegalArgumentException if there is no energy, one with a weight is NaN, or the weights break their rule
     */
    public static Calibration of(double[] energies, double[] weights) {
        if (energies.length == 0) {
            throw new IllegalArgumentException("no energies to calibrate with; there must be at least one");
        }
        Rows.checkWeights(weights, energies.length);
        double[] sorted = new double[energies.length];
        int kept = 0;
        for (int i = 0; i < energies.length; i++) {
            if (Double.isNaN(energies[i]) && weights[i] > 0) {
                throw new IllegalArgumentException("energy of row " + i + " is NaN; an energy is a number");
            }
            if (weights[i] > 0) {
                sorted[kept++] = unsignedZero(energies[i]);
            }
        }
        Arrays.sort(sorted, 0, kept);
        int different = 1;
        for (int i = 1; i < kept; i++) {
            if (sorted[i] > sorted[i - 1]) {
                sorted[different++] = sorted[i];
            }
        }
        double[] values = Arrays.copyOf(sorted, different);
        double[] sums = new double[different];
        for (int i = 0; i < energies.length; i++) {
            if (weights[i] > 0) {
                sums[Arrays.binarySearch(values, unsignedZero(energies[i]))] += weights[i];
            }
        }
        for (int i = 1; i < different; i++) {
            sums[i] += sums[i - 1];
        }
        return new Calibration(values, sums);
    }

    /** Sorting tells −0 from 0; energies do not. */
    private static double unsignedZero(double energy) {
        return energy + 0.0;
    }

    /** {@return W, the weight of all rows; their number if they have no weights} */
    public double weight() {
        return weightUpTo[weightUpTo.length - 1];
    }

    /**
     * The energy that a share of the rows does not exceed.
     *
     * @param level q, above 0 and at most 1
     * @return the smallest e_i with Σ {w_j : e_j ≤ e_i} / W ≥ q, nats
     * @throws IllegalArgumentException if the level is not above 0 and at most 1
     */
    public double quantile(double level) {
        if (!(level > 0 && level <= 1)) {
            throw new IllegalArgumentException(
                    "level is " + level + "; it is above 0 and at most 1: write 0.99 for 99 %");
        }
        int at = 0;
        while (!(weightUpTo[at] / weight() >= level)) {
            at++;
        }
        return energies[at];
    }

    /**
     * The probability of an energy at least as high among rows like these.
     *
     * @param energy e, nats
     * @return (1 + Σ {w_i : e_i ≥ e}) / (1 + W), from 1/(1 + W) to 1
     * @throws IllegalArgumentException if the energy is NaN
     */
    public double pValue(double energy) {
        if (Double.isNaN(energy)) {
            throw new IllegalArgumentException("energy is NaN; an energy is a number");
        }
        int found = Arrays.binarySearch(energies, unsignedZero(energy));
        return pValueFrom(found >= 0 ? found : -found - 1);
    }

    /** The p-value when the energies from a place on are the ones at least as high. */
    private double pValueFrom(int place) {
        double below = place == 0 ? 0 : weightUpTo[place - 1];
        return (1 + (weight() - below)) / (1 + weight());
    }

    /**
     * The threshold at a false-positive rate: for rows without weights the ⌈(1 − α)(n + 1)⌉-th smallest energy.
     *
     * @param rate α, the share of ordinary rows that may be flagged, between 0 and 1; at least 1/(1 + W), or the rows are
     *     too few to tell
     * @return the energy t such that, for every e, e &gt; t exactly if pValue(e) ≤ α; nats
     * @throws IllegalArgumentException if the rate breaks its rule
     */
    public double thresholdAtRate(double rate) {
        if (!(rate > 0 && rate < 1)) {
            throw new IllegalArgumentException(
                    "false-positive rate is " + rate + "; it is between 0 and 1: write 0.01 for 1 %");
        }
        if (!(pValueFrom(energies.length) <= rate)) {
            throw new IllegalArgumentException("false-positive rate " + rate + " is below 1/" + (1 + weight())
                    + ", the smallest p-value that " + weight() + " rows can give; take more rows or a higher rate");
        }
        int at = 0;
        while (!(pValueFrom(at + 1) <= rate)) {
            at++;
        }
        return energies[at];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Calibration calibration
                && Arrays.equals(energies, calibration.energies)
                && Arrays.equals(weightUpTo, calibration.weightUpTo);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(energies) + Arrays.hashCode(weightUpTo);
    }

    @Override
    public String toString() {
        return energies.length + " different energies from " + energies[0] + " to " + energies[energies.length - 1]
                + ", weight " + weight();
    }
}
