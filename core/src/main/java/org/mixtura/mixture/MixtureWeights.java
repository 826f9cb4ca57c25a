package org.mixtura.mixture;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The rule for a mixture's weights, and draws by them. */
final class MixtureWeights {
    /** How far weights may sum from one. */
    private static final double SUM = 1e-9;

    private MixtureWeights() {}

    /**
     * Weights that sum to one to rounding. A sum within a few roundings of one is left alone, so that reading back what was
     * written changes no bit; else the weights are divided by it.
     */
    static double[] normalised(double[] weights) {
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            if (!(weights[k] >= 0 && weights[k] <= 1 + SUM)) {
                throw new IllegalArgumentException(
                        "weight of component " + k + " is " + weights[k] + "; a weight is between 0 and 1");
            }
            sum += weights[k];
        }
        double total = sum;
        if (!(Math.abs(total - 1) <= SUM)) {
            throw new IllegalArgumentException("weights sum to " + total + "; they must sum to 1 within " + SUM);
        }
        boolean rounded = Math.abs(total - 1) <= 4 * Math.ulp(1.0) * weights.length;
        return rounded
                ? weights.clone()
                : Arrays.stream(weights).map(w -> w / total).toArray();
    }

    /** Draws a component; never one of weight zero. */
    static int draw(double[] weights, RandomGenerator random) {
        double left = random.nextDouble();
        int last = 0;
        for (int k = 0; k < weights.length; k++) {
            if (weights[k] > 0) {
                last = k;
                left -= weights[k];
                if (left < 0) {
                    break;
                }
            }
        }
        return last;
    }

    /** The first of the heaviest components. */
    static int heaviest(double[] weights) {
        return GaussianMixture.largest(weights, 0, weights.length);
    }
}
