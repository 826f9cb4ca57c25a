package org.mixtura.integration;

import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/**
 * The components' probabilities given a point, in log space: s_k = ln π_k + ln N(x; μ_k, Σ_k), ln p = ln Σ_k exp s_k,
 * r_k = exp(s_k − ln p). A workplace for one thread: {@link #at} moves it to another point and allocates nothing.
 */
public final class Posterior {
    /** Shares below e^−40 = 4e-18 of the largest change nothing in double arithmetic. */
    private static final double NEGLIGIBLE = -40;

    private final double[] logWeights;
    private final Gaussian[] components;
    private final double[] scores;
    private final double[] shares;
    private double largest;
    private double sum;
    private double[] point = new double[0];

    /**
     * A posterior that is nowhere yet.
     *
     * @param mixture its components have positive weights
     */
    public Posterior(GaussianMixture mixture) {
        int size = mixture.size();
        this.logWeights = new double[size];
        this.components = new Gaussian[size];
        for (int k = 0; k < size; k++) {
            logWeights[k] = Math.log(mixture.weight(k));
            components[k] = mixture.component(k);
        }
        this.scores = new double[size];
        this.shares = new double[size];
    }

    /**
     * Moves to a point.
     *
     * @param x d values; lent until the next move
     */
    public void at(double[] x) {
        for (int k = 0; k < scores.length; k++) {
            scores[k] = logWeights[k] + components[k].logDensity(x);
        }
        settle(x);
    }

    /**
     * Moves to a point whose scores are known.
     *
     * @param x d values; lent until the next move
     * @param known s_1, …, s_K there
     */
    void at(double[] x, double[] known) {
        System.arraycopy(known, 0, scores, 0, scores.length);
        settle(x);
    }

    private void settle(double[] x) {
        point = x;
        largest = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            largest = Math.max(largest, score);
        }
        sum = 0;
        for (int k = 0; k < scores.length; k++) {
            double below = scores[k] - largest;
            shares[k] = below > NEGLIGIBLE ? Math.exp(below) : 0;
            sum += shares[k];
        }
    }

    /** {@return the point, d values; not to be changed} */
    public double[] point() {
        return point;
    }

    /** {@return the number of components, K} */
    public int size() {
        return scores.length;
    }

    /** {@return ln p(x), nats} */
    public double logDensity() {
        return largest + Math.log(sum);
    }

    /**
     * The probability of a component.
     *
     * @param component k, from 0
     * @return r_k
     */
    public double responsibility(int component) {
        return shares[component] / sum;
    }

    /**
     * The logarithm of the probability of a component; finite where the probability itself underflows.
     *
     * @param component k, from 0
     * @return ln r_k ≤ 0, nats
     */
    public double logResponsibility(int component) {
        return Math.min(0, scores[component] - largest - Math.log(sum));
    }

    /**
     * The logarithm of the probability of a group of components; finite where the probability itself underflows.
     *
     * @param from the first component
     * @param to one past the last component
     * @return ln Σ r_k ≤ 0 over the group, nats
     */
    public double logResponsibility(int from, int to) {
        double best = Double.NEGATIVE_INFINITY;
        for (int k = from; k < to; k++) {
            best = Math.max(best, scores[k]);
        }
        double group = 0;
        for (int k = from; k < to; k++) {
            group += Math.exp(scores[k] - best);
        }
        return Math.min(0, best - largest + Math.log(group / sum));
    }

    /** {@return the entropy of the probabilities, −Σ r_k ln r_k, between 0 and ln K nats} */
    public double entropy() {
        double weighted = 0;
        for (int k = 0; k < scores.length; k++) {
            if (shares[k] > 0) {
                weighted += shares[k] * (scores[k] - largest);
            }
        }
        return Math.max(0, Math.log(sum) - weighted / sum);
    }
}
