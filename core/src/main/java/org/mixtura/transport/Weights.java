package org.mixtura.transport;

import java.util.Arrays;

/** The rule for weights that do not come from a mixture. */
final class Weights {
    private static final double SUM = 1e-9;

    private Weights() {}

    /**
     * Checks weights and makes them sum to one.
     *
     * @param weights the weights
     * @param count how many there must be
     * @param whose what they are called in messages
     * @return a copy with sum one to rounding
     * @throws IllegalArgumentException if there are not {@code count}, or one is negative, or they do not sum to one within
     *     1e-9
     */
    static double[] normalised(double[] weights, int count, String whose) {
        if (weights.length != count || count == 0) {
            throw new IllegalArgumentException(
                    weights.length + " " + whose + " for " + count + "; give one each, and at least one");
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            if (!(weights[i] >= 0)) {
                throw new IllegalArgumentException(
                        whose + ": number " + i + " is " + weights[i] + "; a weight is not negative");
            }
            sum += weights[i];
        }
        if (!(Math.abs(sum - 1) <= SUM)) {
            throw new IllegalArgumentException(whose + " sum to " + sum + "; they must sum to 1 within " + SUM);
        }
        double total = Math.abs(sum - 1) <= 4 * Math.ulp(1.0) * count ? 1 : sum;
        return Arrays.stream(weights).map(w -> w / total).toArray();
    }
}
