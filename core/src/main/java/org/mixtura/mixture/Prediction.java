package org.mixtura.mixture;

import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.InverseErfc;

/**
 * The distribution of one number that is being predicted, a mixture of normal ones, Σ_k r_k N(m_k, s_k²).
 *
 * <p>Quantiles are solved for between those of the single components, by Newton's method for the
 * logarithm of the tail in which they lie where that stays between, else by halves, so that they have a relative error of about 1e-14 however small the probability. Immutable.
 */
public final class Prediction {
    private static final double ROOT_TWO = Math.sqrt(2);
    private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);
    private static final int MOST_STEPS = 200;

    private final double[] shares;
    private final double[] means;
    private final double[] deviations;
    private final double mean;

    /**
     * @param shares r, not negative, of sum one; handed over
     * @param means m; handed over
     * @param deviations s, positive; not to be changed
     */
    Prediction(double[] shares, double[] means, double[] deviations) {
        this.shares = shares;
        this.means = means;
        this.deviations = deviations;
        double sum = 0;
        for (int k = 0; k < shares.length; k++) {
            sum += shares[k] > 0 ? shares[k] * means[k] : 0;
        }
        this.mean = sum;
    }

    /** {@return r, K values, a copy} */
    public double[] shares() {
        return shares.clone();
    }

    /** {@return the mean, Σ r m: the prediction of least squared error} */
    public double mean() {
        return mean;
    }

    /** {@return the variance, Σ r (s² + (m − mean)²)} */
    public double variance() {
        double sum = 0;
        for (int k = 0; k < shares.length; k++) {
            if (shares[k] > 0) {
                double away = means[k] - mean;
                sum += shares[k] * (deviations[k] * deviations[k] + away * away);
            }
        }
        return sum;
    }

    /**
     * The probability of being below a value.
     *
     * @param value y
     * @return Σ r Φ((y − m)/s), with all its digits where it is small
     */
    public double probabilityBelow(double value) {
        return tail(value, -1);
    }

    /** The probability beyond a value, below it (side −1) or above it (side 1). */
    private double tail(double value, int side) {
        double sum = 0;
        for (int k = 0; k < shares.length; k++) {
            if (shares[k] > 0) {
                sum += shares[k] * Erfc.value(side * (value - means[k]) / deviations[k] / ROOT_TWO) / 2;
            }
        }
        return sum;
    }

    private double density(double value) {
        double sum = 0;
        for (int k = 0; k < shares.length; k++) {
            double z = (value - means[k]) / deviations[k];
            sum += shares[k] > 0 ? shares[k] / deviations[k] * Math.exp(-z * z / 2) / ROOT_TWO_PI : 0;
        }
        return sum;
    }

    /**
     * The value that a draw is below with some probability.
     *
     * @param probability p, above 0 and below 1
     * @return the quantile
     * @throws IllegalArgumentException if p is not between 0 and 1
     */
    public double quantile(double probability) {
        if (!(probability > 0 && probability < 1)) {
            throw new IllegalArgumentException(
                    "quantile " + probability + " does not exist; a probability is above 0 and below 1");
        }
        int side = probability <= 0.5 ? -1 : 1;
        double wanted = side < 0 ? probability : 1 - probability;
        double z = side * ROOT_TWO * InverseErfc.value(2 * wanted);
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < shares.length; k++) {
            if (shares[k] > 0) {
                low = Math.min(low, means[k] + z * deviations[k]);
                high = Math.max(high, means[k] + z * deviations[k]);
            }
        }
        double value = low + (high - low) / 2;
        for (int step = 0; step < MOST_STEPS && low < value && value < high; step++) {
            // Logarithms, since those of a tail bend little. Positive where the value is too high, in either tail.
            double tail = tail(value, side);
            double excess = -side * Math.log(tail / wanted);
            low = excess < 0 ? value : low;
            high = excess > 0 ? value : high;
            double newton = value - excess * tail / density(value);
            double next = newton > low && newton < high ? newton : low + (high - low) / 2;
            if (excess == 0 || next == value) {
                break;
            }
            value = next;
        }
        return value;
    }
}
