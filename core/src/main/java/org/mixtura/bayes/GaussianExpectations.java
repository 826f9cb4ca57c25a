package org.mixtura.bayes;

import org.mixtura.mixture.Gaussian;

/** Closed expectations under one Gaussian of the log-density of another, in nats. */
public final class GaussianExpectations {
    private GaussianExpectations() {}

    /**
     * The negative cross-entropy E_q ln p = ln p(m_q) − ½ tr Σ_p⁻¹Σ_q.
     *
     * @param q what the expectation is under
     * @param p whose log-density is expected, of as many columns
     * @return nats
     * @throws IllegalArgumentException if the numbers of columns differ
     */
    public static double negativeCrossEntropy(Gaussian q, Gaussian p) {
        if (q.dimension() != p.dimension()) {
            throw new IllegalArgumentException(
                    "Gaussians of " + q.dimension() + " and " + p.dimension() + " columns cannot be compared");
        }
        return p.logDensity(q.mean()) - p.covariance().traceOfInverseTimes(q.covariance()) / 2;
    }

    /**
     * The Kullback–Leibler divergence KL(q ‖ p) = ½ (tr Σ_p⁻¹Σ_q − d + (m_q − m_p)ᵀ Σ_p⁻¹ (m_q − m_p) + ln det Σ_p − ln det
     * Σ_q).
     *
     * @param q the one
     * @param p the other, of as many columns
     * @return nats
     * @throws IllegalArgumentException if the numbers of columns differ
     */
    public static double klDivergence(Gaussian q, Gaussian p) {
        return negativeCrossEntropy(q, q) - negativeCrossEntropy(q, p);
    }
}
