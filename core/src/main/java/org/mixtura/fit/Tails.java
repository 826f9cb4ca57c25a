package org.mixtura.fit;

import java.util.Arrays;
import org.apache.commons.numbers.gamma.Trigamma;
import org.mixtura.kernel.Moments;
import org.mixtura.special.Digamma;

/**
 * What is known of the degrees of freedom ν_k of a mixture of Student distributions: nothing, that they are the same in all
 * components, or what they are.
 *
 * <p>Estimated ones lie between {@value #LEAST} and {@value #MOST}. With fewer a component would hold what has no spread at all;
 * with more it differs from a Gaussian by less than 1e-6 of the excess of a row's squared distance, which no data tell.
 *
 * <p>The step for ν maximises Σ_k N_k (ln(ν/2) · ν/2 − ln Γ(ν/2)) + (ν/2) Σ w r (E ln u − E u), so that ln(ν/2) − ψ(ν/2) = −Σ w r (1
 * + E ln u − E u) / Σ_k N_k, whose left side falls from ∞ to 0. (Peel &amp; McLachlan 2000, <a
 * href="https://doi.org/10.1023/A:1008981510081">doi:10.1023/A:1008981510081</a>.)
 */
public final class Tails {
    /** The fewest degrees of freedom. */
    public static final double LEAST = 0.5;
    /** The most degrees of freedom that are estimated. */
    public static final double MOST = 1e6;

    /** What is told of tails by rows that have one degree of freedom, per row. */
    static final double HEAVY = -excess(1);

    /** Degrees of freedom before a first look: few enough that rows far out do not pull. */
    private static final double FIRST = 4;

    /** As many halvings as an interval of logarithms takes to come to the rounding unit. */
    private static final int HALVINGS = 56;

    /** Beyond these the information loses its digits. */
    private static final double MANY = 1e3;

    private enum Kind {
        ESTIMATED,
        COMMON,
        FIXED
    }

    private final Kind kind;
    private final double value;

    private Tails(Kind kind, double value) {
        this.kind = kind;
        this.value = value;
    }

    /** {@return tails estimated for each component: K parameters} */
    public static Tails estimated() {
        return new Tails(Kind.ESTIMATED, FIRST);
    }

    /** {@return tails estimated, the same for all components: one parameter} */
    public static Tails common() {
        return new Tails(Kind.COMMON, FIRST);
    }

    /**
     * Known tails: no parameter.
     *
     * @param degreesOfFreedom ν of all components, at least {@value #LEAST} and finite; it may be above {@value #MOST}
     * @return the tails
     * @throws IllegalArgumentException if it is out of that range
     */
    public static Tails fixed(double degreesOfFreedom) {
        if (!(degreesOfFreedom >= LEAST && degreesOfFreedom < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("degrees of freedom are " + degreesOfFreedom + "; they are finite and at"
                    + " least " + LEAST + " (without tails components are Gaussian)");
        }
        return new Tails(Kind.FIXED, degreesOfFreedom);
    }

    /** How many of the degrees of freedom are estimated. */
    int parameters(int components) {
        return switch (kind) {
            case ESTIMATED -> components;
            case COMMON -> 1;
            case FIXED -> 0;
        };
    }

    /** The degrees of freedom of a start. */
    double[] first(int components) {
        double[] first = new double[components];
        Arrays.fill(first, value);
        return first;
    }

    /**
     * The degrees of freedom that follow from moments; a component without rows keeps its own.
     *
     * @param previous ν_k
     */
    double[] updated(Moments moments, double[] previous) {
        int components = previous.length;
        double[] updated = previous.clone();
        if (kind == Kind.FIXED) {
            return updated;
        }
        if (kind == Kind.COMMON) {
            double sum = Arrays.stream(moments.tails()).sum();
            Arrays.fill(
                    updated, maximising(-sum / Arrays.stream(moments.weights()).sum()));
            return updated;
        }
        for (int k = 0; k < components; k++) {
            if (moments.weights()[k] > 0) {
                updated[k] = maximising(-moments.tails()[k] / moments.weights()[k]);
            }
        }
        return updated;
    }

    /**
     * The degrees of freedom that a step of Fisher's scoring leads to, in 1/ν: with the derivative of the log-likelihood that the
     * moments tell and the information of a row (Lange, Little &amp; Taylor 1989, <a
     * href="https://doi.org/10.1080/01621459.1989.10478852">doi:10.1080/01621459.1989.10478852</a>). It may lower the likelihood.
     *
     * @param moments of the rows under the previous parameters
     * @param previous ν_k
     */
    double[] scored(Moments moments, double[] previous) {
        double[] scored = previous.clone();
        if (kind == Kind.FIXED) {
            return scored;
        }
        if (kind == Kind.COMMON) {
            double weight = Arrays.stream(moments.weights()).sum();
            double tails = Arrays.stream(moments.tails()).sum();
            Arrays.fill(scored, scored(previous[0], weight, tails, moments.dimension()));
            return scored;
        }
        for (int k = 0; k < scored.length; k++) {
            if (moments.weights()[k] > 0) {
                scored[k] = scored(previous[k], moments.weights()[k], moments.tails()[k], moments.dimension());
            }
        }
        return scored;
    }

    private static double scored(double freedom, double weight, double tails, int dimension) {
        double derivative = -freedom * freedom * (excess(freedom) + tails / weight) / 2;
        double inverse = 1 / freedom + derivative / information(freedom, dimension);
        return 1 / Math.min(1 / LEAST, Math.max(1 / MOST, inverse));
    }

    /** What a row of d values tells of 1/ν: ν⁴ times what it tells of ν, which for many is near its limit. */
    static double information(double freedom, int d) {
        if (freedom > MANY) {
            return d * (d + 2) / 2.0 + 2 * d;
        }
        double trigammas = (Trigamma.value(freedom / 2) - Trigamma.value((freedom + d) / 2)) / 4;
        double products = d * (freedom + d + 4) / (2 * freedom * (freedom + d) * (freedom + d + 2));
        return Math.pow(freedom, 4) * (trigammas - products);
    }

    /** The ν between the limits where ln(ν/2) − ψ(ν/2) is nearest to a value. */
    static double maximising(double value) {
        double low = Math.log(LEAST);
        double high = Math.log(MOST);
        if (!(excess(LEAST) > value)) {
            return LEAST;
        }
        if (!(excess(MOST) < value)) {
            return MOST;
        }
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (excess(Math.exp(middle)) > value) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.exp((low + high) / 2);
    }

    /** ln(ν/2) − ψ(ν/2). */
    private static double excess(double freedom) {
        return Math.log(freedom / 2) - Digamma.value(freedom / 2);
    }

    /** The point of each estimated ν in a space without limits. */
    double[] coordinates(double[] degreesOfFreedom) {
        return Arrays.stream(degreesOfFreedom)
                .limit(parameters(degreesOfFreedom.length))
                .map(Math::log)
                .toArray();
    }

    /**
     * The degrees of freedom at a point; beyond a limit that limit.
     *
     * @param like as many degrees of freedom as are wanted, which those that are known equal
     */
    double[] at(double[] point, double[] like) {
        double[] at = like.clone();
        for (int k = 0; k < at.length && point.length > 0; k++) {
            at[k] = Math.min(MOST, Math.max(LEAST, Math.exp(point[Math.min(k, point.length - 1)])));
        }
        return at;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tails tails && kind == tails.kind && Double.compare(value, tails.value) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + Double.hashCode(value);
    }

    @Override
    public String toString() {
        return switch (kind) {
            case ESTIMATED -> "estimated";
            case COMMON -> "common";
            case FIXED -> Double.toString(value);
        };
    }
}
