package org.mixtura.fit;

/**
 * The parts of an evidence lower bound, in nats, all constants included.
 *
 * @param expectedLogLikelihood Σ_n w_n Σ_k r_nk E ln N(x_n; μ_k, Λ_k⁻¹)
 * @param expectedLogPriorOfAssignments Σ_n w_n Σ_k r_nk E ln π_k
 * @param assignmentEntropy −Σ_n w_n Σ_k r_nk ln r_nk
 * @param weightDivergence KL(q(π) ‖ p(π))
 * @param gaussianDivergence Σ_k KL(q(μ_k, Λ_k) ‖ p(μ_k, Λ_k))
 */
public record EvidenceTerms(
        double expectedLogLikelihood,
        double expectedLogPriorOfAssignments,
        double assignmentEntropy,
        double weightDivergence,
        double gaussianDivergence) {
    /** {@return the bound: the first three less the last two} */
    public double bound() {
        return expectedLogLikelihood
                + expectedLogPriorOfAssignments
                + assignmentEntropy
                - weightDivergence
                - gaussianDivergence;
    }
}
