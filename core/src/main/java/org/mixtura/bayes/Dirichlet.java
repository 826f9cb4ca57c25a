package org.mixtura.bayes;

import java.util.Arrays;
import org.apache.commons.numbers.gamma.LogGamma;
import org.mixtura.special.Digamma;

/**
 * A Dirichlet distribution over K probabilities, density ∝ Π_k π_k^{α_k − 1}; with K = 2 a beta distribution.
 */
public final class Dirichlet {
    private final double[] concentration;
    private final double total;

    private Dirichlet(double[] concentration) {
        this.concentration = concentration;
        this.total = Arrays.stream(concentration).sum();
    }

    /**
     * A Dirichlet distribution.
     *
     * @param concentration α, K values, positive and finite; copied
     * @return the distribution
     * @throws IllegalArgumentException if there is no value or one is not positive and finite
     */
    public static Dirichlet of(double... concentration) {
        if (concentration.length == 0) {
            throw new IllegalArgumentException("a Dirichlet distribution without concentrations");
        }
        for (int k = 0; k < concentration.length; k++) {
            requireConcentration(concentration[k], k);
        }
        return new Dirichlet(concentration.clone());
    }

    /** Checks one concentration; the component is named only if there is one. */
    static double requireConcentration(double value, int component) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("weight concentration alpha of component " + component + " is " + value
                    + "; it is positive and finite");
        }
        return value;
    }

    /** {@return the number of probabilities, K} */
    public int size() {
        return concentration.length;
    }

    /** {@return α, K values, a copy} */
    public double[] concentration() {
        return concentration.clone();
    }

    /** {@return E π = α / Σα, K values that sum to one} */
    public double[] mean() {
        return Arrays.stream(concentration).map(a -> a / total).toArray();
    }

    /** {@return E ln π_k = ψ(α_k) − ψ(Σα), K values, nats} */
    public double[] expectedLog() {
        double shift = Digamma.value(total);
        return Arrays.stream(concentration).map(a -> Digamma.value(a) - shift).toArray();
    }

    /** {@return ln Z = Σ_k ln Γ(α_k) − ln Γ(Σα), the integral of Π π_k^{α_k − 1}} */
    public double logNormalizer() {
        double sum = 0;
        for (double a : concentration) {
            sum += LogGamma.value(a);
        }
        return sum - LogGamma.value(total);
    }

    /**
     * The Kullback–Leibler divergence KL(this ‖ other) = ln Z(other) − ln Z(this) + Σ_k (α_k − α'_k) E ln π_k.
     *
     * @param other a distribution over as many probabilities, α'
     * @return nats, 0 if the two are equal
     * @throws IllegalArgumentException if the sizes differ
     */
    public double klDivergence(Dirichlet other) {
        if (other.size() != size()) {
            throw new IllegalArgumentException("Dirichlet distributions over " + size() + " and " + other.size()
                    + " probabilities cannot be compared");
        }
        double[] expectedLog = expectedLog();
        double sum = other.logNormalizer() - logNormalizer();
        for (int k = 0; k < concentration.length; k++) {
            sum += (concentration[k] - other.concentration[k]) * expectedLog[k];
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Dirichlet dirichlet && Arrays.equals(concentration, dirichlet.concentration);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(concentration);
    }

    @Override
    public String toString() {
        return "Dirichlet" + Arrays.toString(concentration);
    }
}
