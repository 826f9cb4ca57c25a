package org.mixtura.anomaly;

/**
 * What a mixture of one column, q(x) = Σ_k ω_k N(x; m_k, v_k), expects, and how surprising the value found is.
 *
 * <p>The surprise, −ln q(x), depends on the column's unit. The typical surprise depends on it in the same way, so their
 * difference, the excess, compares columns of different units.
 *
 * @param mean m = Σ_k ω_k m_k
 * @param deviation the standard deviation s, s² = Σ_k ω_k (v_k + (m_k − m)²)
 * @param surprise −ln q(x), nats
 * @param typicalSurprise the smaller of two upper bounds on the entropy of q, which is the mean surprise: that of a Gaussian
 *     with the same variance, ½ ln(2πe s²), and that of components told apart, Σ_k ω_k (½ ln(2πe v_k) − ln ω_k). Exact for
 *     one component and for components far apart; never too low, so that the excess is never overstated. Nats
 */
public record Expectation(double mean, double deviation, double surprise, double typicalSurprise) {
    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    /**
     * How much more surprising the value is than values usually are.
     *
     * @return surprise − typicalSurprise, nats; for one Gaussian ½ (z² − 1) with z = (x − mean) / deviation
     */
    public double excess() {
        return surprise - typicalSurprise;
    }

    /**
     * The expectation of a mixture of one column.
     *
     * @param logWeights ln ω up to a common term, K values; logarithms, because a component without weight to speak of may
     *     be the only one that explains the value
     * @param means m, K values
     * @param variances v, K positive values
     * @param value x
     * @return what the mixture expects, and its surprise at x
     */
    static Expectation of(double[] logWeights, double[] means, double[] variances, double value) {
        int components = logWeights.length;
        double[] weights = logWeights.clone();
        double logTotal = Softmax.normalise(weights);
        double mean = 0;
        for (int k = 0; k < components; k++) {
            mean += weights[k] * means[k];
        }
        double variance = 0;
        double entropyApart = 0;
        double[] scores = new double[components];
        for (int k = 0; k < components; k++) {
            double logScale = 0.5 * (LOG_TWO_PI + Math.log(variances[k]));
            double standard = (value - means[k]) / Math.sqrt(variances[k]);
            scores[k] = logWeights[k] - logTotal - logScale - 0.5 * standard * standard;
            if (weights[k] > 0) {
                variance += weights[k] * (variances[k] + (means[k] - mean) * (means[k] - mean));
                entropyApart += weights[k] * (logScale + 0.5 - Math.log(weights[k]));
            }
        }
        double entropyTogether = 0.5 * (LOG_TWO_PI + Math.log(variance) + 1);
        return new Expectation(
                mean, Math.sqrt(variance), -Softmax.normalise(scores), Math.min(entropyTogether, entropyApart));
    }
}
