package org.mixtura.mixture;

import java.util.Collections;
import java.util.List;
import org.apache.commons.numbers.gamma.InverseErfc;

/**
 * The distribution of one number that is being predicted, a mixture of normal ones, Σ_k r_k N(m_k, s_k²), or of Student ones, Σ_k r_k t(ν_k,
 * m_k, s_k²).
 *
 * <p>Quantiles are solved for between those of the single components, by Newton's method for the
 * logarithm of the tail in which they lie where that stays between, else by halves, so that they have a relative error of about 1e-14 however small the probability. Immutable.
 */
public final class Prediction {
    private static final double ROOT_TWO = Math.sqrt(2);
    private static final int MOST_STEPS = 200;

    private final double[] shares;
    private final double[] means;
    private final double[] deviations;
    private final List<StandardTail> tails;
    private final double mean;

    private Prediction(double[] shares, double[] means, double[] deviations, List<StandardTail> tails) {
        this.shares = shares;
        this.means = means;
        this.deviations = deviations;
        this.tails = tails;
        double sum = 0;
        for (int k = 0; k < shares.length; k++) {
            sum += shares[k] > 0 ? shares[k] * means[k] : 0;
        }
        this.mean = sum;
    }

    /**
     * A mixture of normal distributions.
     *
     * @param shares r, not negative, of sum one; handed over
     * @param means m; handed over
     * @param deviations s, positive; not to be changed
     */
    static Prediction normal(double[] shares, double[] means, double[] deviations) {
        return new Prediction(shares, means, deviations, Collections.nCopies(shares.length, StandardTail.NORMAL));
    }

    /**
     * A mixture of Student distributions.
     *
     * @param shares r, not negative, of sum one; handed over
     * @param means m; handed over
     * @param scales what s would be if the tails were normal, positive
     * @param tails what becomes of them
     */
    static Prediction student(double[] shares, double[] means, double[] scales, List<ConditionalTail> tails) {
        double[] deviations = new double[scales.length];
        for (int k = 0; k < scales.length; k++) {
            deviations[k] = scales[k] * Math.sqrt(tails.get(k).stretch());
        }
        List<StandardTail> standard = tails.stream()
                .map(tail -> StandardTail.of(tail.degreesOfFreedom()))
                .toList();
        return new Prediction(shares, means, deviations, standard);
    }

    /** {@return r, K values, a copy} */
    public double[] shares() {
        return shares.clone();
    }

    /** {@return the mean, Σ r m: the prediction of least squared error} */
    public double mean() {
        return mean;
    }

    /**
     * The variance, Σ r (v + (m − mean)²), v being s² or s² ν/(ν − 2).
     *
     * @return the variance; infinite if a component with a share has no more than two degrees of freedom
     */
    public double variance() {
        double sum = 0;
        for (int k = 0; k < shares.length; k++) {
            if (shares[k] > 0) {
                double away = means[k] - mean;
                double own = deviations[k] * deviations[k] * tails.get(k).variance();
                sum += shares[k] * (own + away * away);
            }
        }
        return sum;
    }

    /**
     * The probability of being below a value.
     *
     * @param value y
     * @return Σ r F((y − m)/s), F being the standard distribution, with all its digits where it is small
     */
    public double probabilityBelow(double value) {
        return tail(value, -1);
    }

    /** The probability beyond a value, below it (side −1) or above it (side 1). */
    private double tail(double value, int side) {
        double sum = 0;
        for (int k = 0; k < shares.length; k++) {
            if (shares[k] > 0) {
                sum += shares[k] * tails.get(k).above(side * (value - means[k]) / deviations[k]);
            }
        }
        return sum;
    }

    private double density(double value) {
        double sum = 0;
        for (int k = 0; k < shares.length; k++) {
            double z = (value - means[k]) / deviations[k];
            sum += shares[k] > 0 ? shares[k] / deviations[k] * tails.get(k).density(z) : 0;
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
        double normal = ROOT_TWO * InverseErfc.value(2 * wanted);
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < shares.length; k++) {
            if (shares[k] > 0) {
                double near = means[k] + side * normal * deviations[k];
                double far = means[k] + side * tails.get(k).reach(wanted, normal) * deviations[k];
                low = Math.min(low, Math.min(near, far));
                high = Math.max(high, Math.max(near, far));
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
