package org.mixtura.anomaly;

import java.util.Arrays;

/** Probabilities from their logarithms up to a common term: p_k = exp(s_k − ln Σ_l exp s_l). */
final class Softmax {
    private Softmax() {}

    /**
     * Replaces scores by probabilities.
     *
     * @param scores s, K values; receives p, unless all are −∞
     * @return ln Σ_k exp s_k
     */
    static double normalise(double[] scores) {
        double largest = Arrays.stream(scores).max().orElse(Double.NEGATIVE_INFINITY);
        if (largest == Double.NEGATIVE_INFINITY) {
            return largest;
        }
        double sum = 0;
        for (int k = 0; k < scores.length; k++) {
            scores[k] = Math.exp(scores[k] - largest);
            sum += scores[k];
        }
        for (int k = 0; k < scores.length; k++) {
            scores[k] /= sum;
        }
        return largest + Math.log(sum);
    }
}
