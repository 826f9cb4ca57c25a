package org.mixtura.fit;

import java.util.Arrays;
import java.util.function.BiPredicate;
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
    private final Rows rows;
    private final int threads;
    private final double tolerance;
    private final int maxIterations;

    /**
     * @param tolerance the least gain per unit of weight and iteration; 0 never stops before the limit
     */
    Ascent(Algorithm<P> algorithm, Rows rows, int threads, double tolerance, int maxIterations) {
        this.algorithm = algorithm;
        this.rows = rows;
        this.threads = threads;
        this.tolerance = tolerance;
        this.maxIterations = maxIterations;
    }

    /**
     * Climbs from a start.
     *
     * @param start the first parameters
     * @param observer takes the iteration and the objective per unit of weight, and answers false to cancel
     */
    Climb<P> from(P start, BiPredicate<Integer, Double> observer) {
        P parameters = start;
        double[] history = new double[Math.min(maxIterations, 1 << 10) + 1];
        for (int iteration = 0; ; iteration++) {
            Moments moments = Scan.moments(rows, algorithm.forms(parameters), algorithm.scatter(), threads);
            double objective = (moments.logLikelihood() - algorithm.penalty(parameters)) / moments.totalWeight();
            if (iteration == history.length) {
                history = Arrays.copyOf(history, Math.min(2 * history.length, maxIterations + 1));
            }
            history[iteration] = objective;
            boolean first = iteration == 0 || history[iteration - 1] == Double.NEGATIVE_INFINITY;
            double gain = first ? Double.POSITIVE_INFINITY : objective - history[iteration - 1];
            if (!(gain >= -algorithm.roundingAllowance(parameters, objective))) {
                throw new IllegalStateException("the objective fell from " + history[iteration - 1] + " to " + objective
                        + " in iteration " + iteration + "; please report this");
            }
            StopReason reason = null;
            String detail = "";
            P next = parameters;
            if (!observer.test(iteration, objective)) {
                reason = StopReason.CANCELLED;
            } else if (tolerance > 0 && Math.abs(gain) < tolerance) {
                reason = StopReason.CONVERGED;
            } else if (iteration == maxIterations) {
                reason = StopReason.MAX_ITERATIONS;
            } else {
                try {
                    next = algorithm.update(moments, parameters);
                } catch (CollapseException e) {
                    reason = StopReason.COLLAPSED;
                    detail = String.valueOf(e.getMessage());
                }
            }
            if (reason != null) {
                return new Climb<>(parameters, moments, Arrays.copyOf(history, iteration + 1), reason, detail);
            }
            parameters = next;
        }
    }

    /**
     * Where a climb ended.
     *
     * @param parameters the last parameters
     * @param moments of the rows under them
     * @param history the objective per unit of weight after 0, 1, 2, … iterations
     * @param reason why it stopped
     * @param detail which component collapsed, if one did; else empty
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Climb<P>(P parameters, Moments moments, double[] history, StopReason reason, String detail) {
        double objective() {
            return history[history.length - 1];
        }

        /** Whether this end is to be preferred to another: sound before collapsed, then the higher objective. */
        boolean betterThan(Climb<P> other) {
            boolean sound = reason != StopReason.COLLAPSED;
            boolean otherSound = other.reason != StopReason.COLLAPSED;
            return sound == otherSound ? objective() > other.objective() : sound;
        }
    }
}
