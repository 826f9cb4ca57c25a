package org.mixtura.report.survey;

import org.mixtura.anomaly.Calibration;

/**
 * The energies of rows as a histogram with a threshold.
 *
 * <p>The bins reach from the least energy to twice as far beyond the 99 % quantile as that lies beyond the median, so that one
 * wild row does not press all others into one bar; what lies farther is counted apart.
 */
public final class EnergySpread {
    private static final int BINS = 60;

    private final double from;
    private final double to;
    private final double[] weights = new double[BINS];
    private final double beyond;
    private final double threshold;
    private final double above;

    private EnergySpread(double[] energies, double[] rowWeights, double from, double to, double threshold) {
        this.from = from;
        this.to = to;
        this.threshold = threshold;
        double outside = 0;
        double over = 0;
        double total = 0;
        for (int i = 0; i < energies.length; i++) {
            total += rowWeights[i];
            over += energies[i] > threshold ? rowWeights[i] : 0;
            if (energies[i] <= to) {
                double place = to > from ? (energies[i] - from) / (to - from) * BINS : 0;
                weights[Math.min(BINS - 1, (int) place)] += rowWeights[i];
            } else {
                outside += rowWeights[i];
            }
        }
        this.beyond = outside;
        this.above = over / total;
    }

    static EnergySpread of(double[] energies, Calibration calibration, double[] weights, double level) {
        double least = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (double energy : energies) {
            least = Math.min(least, energy);
            largest = energy < Double.POSITIVE_INFINITY ? Math.max(largest, energy) : largest;
        }
        double high = calibration.quantile(0.99);
        double reach = high + 2 * (high - calibration.quantile(0.5));
        double to = reach < Double.POSITIVE_INFINITY ? Math.min(largest, reach) : largest;
        return new EnergySpread(energies, weights, least, Math.max(least, to), calibration.quantile(level));
    }

    /** {@return the lower end of the first bin, nats} */
    public double from() {
        return from;
    }

    /** {@return the upper end of the last bin, nats} */
    public double to() {
        return to;
    }

    /** {@return the weight of the rows in each bin, bins of equal width} */
    public double[] weights() {
        return weights.clone();
    }

    /** {@return the weight of the rows beyond the last bin} */
    public double beyond() {
        return beyond;
    }

    /** {@return the energy that a share {@link Survey#LEVEL} of the weight does not exceed, nats} */
    public double threshold() {
        return threshold;
    }

    /** {@return the share of the weight above the threshold} */
    public double above() {
        return above;
    }
}
