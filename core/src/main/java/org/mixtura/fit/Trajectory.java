package org.mixtura.fit;

import java.util.List;
import org.mixtura.bayes.MixturePosterior;

/**
 * A fit together with all that it went through: the posterior and the evidence lower bound at the start and after each
 * iteration. Made by {@link Cavi} and {@link MeanField}. Iterations count from 1; 0 is the start.
 */
public final class Trajectory {
    private final Fit<MixturePosterior> fit;
    private final List<Step> steps;

    Trajectory(Fit<MixturePosterior> fit, List<Step> steps) {
        this.fit = fit;
        this.steps = List.copyOf(steps);
    }

    /**
     * One iteration, or the start.
     *
     * @param posterior after it
     * @param terms of the bound after it: of this posterior and the responsibilities that it was learnt from, 1/K at the
     *     start
     * @param boundBeforeUpdate the bound of the same responsibilities and the posterior before, NaN at the start
     */
    public record Step(MixturePosterior posterior, EvidenceTerms terms, double boundBeforeUpdate) {}

    /** {@return the result; its history is {@link #elbo()} per unit of weight} */
    public Fit<MixturePosterior> fit() {
        return fit;
    }

    /** {@return the number of iterations} */
    public int iterations() {
        return steps.size() - 1;
    }

    /**
     * The start or one iteration.
     *
     * @param iteration 0 for the start
     * @return what was reached
     */
    public Step step(int iteration) {
        return steps.get(iteration);
    }

    /** {@return the evidence lower bound at the start and after each iteration, nats} */
    public double[] elbo() {
        return steps.stream().mapToDouble(step -> step.terms().bound()).toArray();
    }
}
