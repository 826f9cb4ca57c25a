package org.mixtura.bayes;

import java.util.Arrays;
import java.util.List;

/**
 * What is known of a mixture's weights after rows were counted: a product of Dirichlet distributions, none if the weights are
 * fixed, one over all weights, or one of two (a beta) for each broken stick. Made by {@link WeightPrior#posterior}.
 */
public final class WeightPosterior {
    private final double[] mean;
    private final double[] expectedLog;
    private final List<Dirichlet> distributions;
    private final List<Dirichlet> priors;

    WeightPosterior(double[] mean, double[] expectedLog, List<Dirichlet> distributions, List<Dirichlet> priors) {
        this.mean = mean;
        this.expectedLog = expectedLog;
        this.distributions = List.copyOf(distributions);
        this.priors = List.copyOf(priors);
    }

    /** {@return the number of components, K} */
    public int size() {
        return mean.length;
    }

    /**
     * {@return E π, K values that sum to one; those of broken sticks are scaled to, as the share that is left for components
     * beyond K is nobody's}
     */
    public double[] mean() {
        return mean.clone();
    }

    /** {@return E ln π_k, K values, nats; −∞ for a fixed weight of 0} */
    public double[] expectedLog() {
        return expectedLog.clone();
    }

    /** {@return the distributions: none for fixed weights, one of size K, or K of size 2 for sticks} */
    public List<Dirichlet> distributions() {
        return distributions;
    }

    /** {@return Σ KL(posterior ‖ prior) over the distributions, nats} */
    public double divergence() {
        double sum = 0;
        for (int i = 0; i < distributions.size(); i++) {
            sum += distributions.get(i).klDivergence(priors.get(i));
        }
        return sum;
    }

    /** The same with the components in another order, for exchangeable ones. */
    WeightPosterior permuted(List<Integer> order) {
        if (distributions.isEmpty()) {
            return new WeightPosterior(pick(mean, order), pick(expectedLog, order), distributions, priors);
        }
        Dirichlet all = Dirichlet.of(pick(distributions.get(0).concentration(), order));
        return new WeightPosterior(all.mean(), all.expectedLog(), List.of(all), priors);
    }

    private static double[] pick(double[] values, List<Integer> order) {
        return order.stream().mapToDouble(k -> values[k]).toArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WeightPosterior posterior
                && Arrays.equals(mean, posterior.mean)
                && distributions.equals(posterior.distributions)
                && priors.equals(posterior.priors);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(mean);
    }

    @Override
    public String toString() {
        return distributions.isEmpty() ? "weights " + Arrays.toString(mean) : "weights " + distributions;
    }
}
