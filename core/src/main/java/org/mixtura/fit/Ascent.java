package org.mixtura.fit;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.Scan;

/**
 * The loop that every algorithm shares: score all rows, update the parameters, until the objective gains less than the
 * tolerance. It checks its own theory: an objective that falls by more than rounding can explain is an error.
 *
 * @param <P> the parameters
 */
final class Ascent<P> {
    private final Algorithm<P> algorithm;
    private final EmRounds.Pass pass;
    private final double tolerance;
    private final int maxIterations;

    /**
     * @param tolerance the least gain per unit of weight and iteration; 0 never stops before the limit
     */
    Ascent(Algorithm<P> algorithm, Rows rows, int threads, double tolerance, int maxIterations) {
        this(algorithm, (forms, scatter) -> Scan.moments(rows, forms, scatter, threads), tolerance, maxIterations);
    }

    /**
     * @param pass scores all rows, wherever they are
     */
    Ascent(Algorithm<P> algorithm, EmRounds.Pass pass, double tolerance, int maxIterations) {
        this.algorithm = algorithm;
        this.pass = pass;
        this.tolerance = tolerance;
        this.maxIterations = maxIterations;
    }

    /** Takes the iteration and the objective per unit of weight, and answers false to cancel. */
    @FunctionalInterface
    interface Watcher {
        boolean watch(int iteration, double objective);
    }

    /** The foot of a climb: the start and its moments. */
    Climb<P> start(P parameters, Watcher watcher) {
        Moments moments = moments(parameters);
        double objective = objective(parameters, moments);
        boolean goesOn = watcher.watch(0, objective);
        return new Climb<>(parameters, moments, new double[] {objective}, goesOn ? null : StopReason.CANCELLED, "");
    }

    /**
     * Climbs on from where a climb stands.
     *
     * @param iterations how many iterations to pause after; a climb that has ended before is not paused
     */
    Climb<P> climb(Climb<P> from, int iterations, Watcher watcher) {
        if (from.reason() != null) {
            return from;
        }
        P parameters = from.parameters();
        Moments moments = from.moments();
        int done = from.history().length - 1;
        int last = (int) Math.min(maxIterations, (long) done + iterations);
        double[] history = Arrays.copyOf(from.history(), last + 1);
        StopReason reason = null;
        String detail = "";
        while (reason == null && done < last) {
            try {
                parameters = algorithm.update(moments, parameters);
            } catch (CollapseException e) {
                reason = StopReason.COLLAPSED;
                detail = String.valueOf(e.getMessage());
                break;
            }
            moments = moments(parameters);
            done++;
            history[done] = objective(parameters, moments);
            double gain = gain(history, done, parameters);
            if (!watcher.watch(done, history[done])) {
                reason = StopReason.CANCELLED;
            } else if (tolerance > 0 && Math.abs(gain) < tolerance) {
                reason = StopReason.CONVERGED;
            }
        }
        if (reason == null && done == maxIterations) {
            reason = StopReason.MAX_ITERATIONS;
        }
        return new Climb<>(parameters, moments, Arrays.copyOf(history, done + 1), reason, detail);
    }

    private Moments moments(P parameters) {
        return pass.moments(algorithm.forms(parameters), algorithm.scatter());
    }

    private double objective(P parameters, Moments moments) {
        return (moments.logLikelihood() - algorithm.penalty(parameters)) / moments.totalWeight();
    }

    /** What the last iteration gained; the loop checks its theory here. */
    private double gain(double[] history, int iteration, P parameters) {
        double before = history[iteration - 1];
        double objective = history[iteration];
        double gain = before == Double.NEGATIVE_INFINITY ? Double.POSITIVE_INFINITY : objective - before;
        if (!(gain >= -algorithm.roundingAllowance(parameters, objective))) {
            throw new IllegalStateException("the objective fell from " + before + " to " + objective + " in iteration "
                    + iteration + "; please report this");
        }
        return gain;
    }

    /**
     * Where a climb stands.
     *
     * @param parameters the last parameters
     * @param moments of the rows under them
     * @param history the objective per unit of weight after 0, 1, 2, … iterations
     * @param reason why it ended; null while it may go on
     * @param detail which component collapsed, if one did; else empty
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Climb<P>(
            P parameters,
            Moments moments,
            double[] history,
            @Nullable StopReason reason,
            String detail) {
        double objective() {
            return history[history.length - 1];
        }

        /** Whether this place is to be preferred to another: sound before collapsed, then the higher objective. */
        boolean betterThan(Climb<P> other) {
            boolean sound = reason != StopReason.COLLAPSED;
            boolean otherSound = other.reason != StopReason.COLLAPSED;
            return sound == otherSound ? objective() > other.objective() : sound;
        }
    }
}
