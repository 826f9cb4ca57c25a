package org.mixtura.integration;

import org.mixtura.mixture.GaussianMixture;

/** The inner product of two mixtures, ⟨f, g⟩ = ∫ f g = Σ_a Σ_b π_a ω_b N(μ_a; ν_b, Σ_a + T_b): exact, O(K_f K_g d³). */
public final class InnerProduct {
    private InnerProduct() {}

    /**
     * The logarithm of an inner product; finite where the product itself underflows.
     *
     * @param f a mixture
     * @param g a mixture of as many columns
     * @return ln ⟨f, g⟩
     */
    public static double log(GaussianMixture f, GaussianMixture g) {
        double largest = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (int a = 0; a < f.size(); a++) {
            for (int b = 0; b < g.size(); b++) {
                double term = Math.log(f.weight(a))
                        + Math.log(g.weight(b))
                        + GaussianPair.logInnerProduct(f.component(a), g.component(b));
                if (term > largest) {
                    sum = sum * Math.exp(largest - term) + 1;
                    largest = term;
                } else if (term > Double.NEGATIVE_INFINITY) {
                    sum += Math.exp(term - largest);
                }
            }
        }
        return largest + Math.log(sum);
    }
}
