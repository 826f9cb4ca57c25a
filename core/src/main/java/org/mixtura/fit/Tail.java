package org.mixtura.fit;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mixtura.kernel.Moments;

/**
 * The last part of a climb to a tight tolerance: steps to where the slope would vanish if the objective were as quadratic as the
 * last steps say ({@link QuasiNewton}). Far from a maximum such steps may lead to a lower one, so a climb takes them only near it.
 *
 * @param <P> the parameters
 */
final class Tail<P> {
    /** A climb with a tolerance above this ends before such steps have learned anything. */
    private static final double TIGHT = 1e-8;
    /** What is left to gain, nats per unit of weight, from where on the objective is taken for quadratic. */
    private static final double NEAR = 1e-5;
    /** Steps in a row that led nowhere, after which no more are tried. */
    private static final int MOST_FAILURES = 4;

    private final Slope<P> slope;
    private final QuasiNewton inverse = new QuasiNewton();
    private double[] point = new double[0];
    private double @Nullable [] gradient;
    private double left = Double.POSITIVE_INFINITY;
    private int failures;

    private Tail(Slope<P> slope) {
        this.slope = slope;
    }

    /** The tail of a climb; empty if its tolerance needs none or the algorithm has no slope. */
    static <P> Optional<Tail<P>> of(Algorithm<P> algorithm, Tolerance tolerance) {
        return tolerance.value() <= TIGHT ? algorithm.slope().map(Tail::new) : Optional.empty();
    }

    /** Whether to try a step from where so much is left to gain. */
    boolean begins(double leftToGain) {
        return leftToGain < NEAR && failures < MOST_FAILURES;
    }

    /** What to try next; empty if there is nothing. */
    Optional<P> propose(P parameters, Moments moments) {
        Optional<double[]> here = slope.of(parameters);
        if (here.isEmpty()) {
            failures = MOST_FAILURES;
            return Optional.empty();
        }
        double[] now = slope.gradient(parameters, moments);
        if (gradient != null) {
            inverse.learn(difference(here.get(), point), gradient, now);
        }
        point = here.get();
        gradient = now;
        double[] step = inverse.step(now, slope.bend(parameters, moments));
        left = QuasiNewton.dot(now, step) / 2;
        double[] trial = point.clone();
        for (int i = 0; i < trial.length; i++) {
            trial[i] += step[i];
        }
        try {
            return Optional.of(slope.at(trial, parameters));
        } catch (IllegalArgumentException e) {
            failures++;
            return Optional.empty();
        }
    }

    /** Whether what was proposed last was taken. */
    void judged(boolean taken) {
        failures = taken ? 0 : failures + 1;
    }

    /** What the last step was expected to gain, and with it all that is left. */
    double left() {
        return left;
    }

    private static double[] difference(double[] a, double[] b) {
        double[] difference = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            difference[i] = a[i] - b[i];
        }
        return difference;
    }
}
