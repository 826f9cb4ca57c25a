package org.mixtura.fit;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Moments;

/**
 * The loop that every algorithm shares: score all rows, update the parameters, until the tolerance is reached; with squared
 * extrapolation in between where it is wanted ({@link Squarem}), and at the end, for a tight tolerance, steps by how the objective
 * bends ({@link Tail}). It checks its own theory: an objective that falls by more than
 * rounding can explain is an error. Every state that it accepts is at least as high as the one before.
 *
 * @param <P> the parameters
 */
final class Ascent<P> {
    /** How steps are taken. */
    enum Steps {
        /** The algorithm's own. */
        PLAIN,
        /** With extrapolation, if the algorithm has coordinates for it. */
        SQUARED
    }

    /** How many rates of decline an estimate of what is left looks back on. */
    private static final int RATES = 3;

    private final Algorithm<P> algorithm;
    private final EmRounds.Pass pass;
    private final Steps steps;

    Ascent(Algorithm<P> algorithm, Rows rows, Work work, Steps steps) {
        this(algorithm, (forms, scatter) -> work.moments(rows, forms, scatter), steps);
    }

    /**
     * @param pass scores all rows, wherever they are
     */
    Ascent(Algorithm<P> algorithm, EmRounds.Pass pass, Steps steps) {
        this.algorithm = algorithm;
        this.pass = pass;
        this.steps = steps;
    }

    /** Takes the iteration and the objective per unit of weight, and answers false to cancel. */
    @FunctionalInterface
    interface Watcher {
        /** A watcher that looks away. */
        Watcher NONE = (iteration, objective) -> true;

        boolean watch(int iteration, double objective);
    }

    /** The foot of a climb: the start and its moments. */
    Climb<P> start(P parameters, Watcher watcher) {
        State<P> state = at(parameters);
        boolean goesOn = watcher.watch(0, state.objective);
        return new Climb<>(
                parameters,
                state.moments,
                new double[] {state.objective},
                goesOn ? null : StopReason.CANCELLED,
                "",
                Double.POSITIVE_INFINITY);
    }

    /**
     * Climbs on from where a climb stands.
     *
     * @param from the climb; one that was cancelled or collapsed is returned as it is
     * @param tolerance when it has come far enough
     * @param last the number of iterations in all, counted from its start, at which to pause
     */
    Climb<P> climb(Climb<P> from, Tolerance tolerance, int last, Watcher watcher) {
        if (from.reason() == StopReason.CANCELLED || from.reason() == StopReason.COLLAPSED) {
            return from;
        }
        return climb(new Way(from, last, watcher), tolerance);
    }

    /**
     * Climbs from a start of which nothing stays in memory: on the way there are the last state and the next.
     *
     * @param start makes the first parameters
     * @param tolerance when it has come far enough
     * @param last the number of iterations at which to pause
     */
    Climb<P> climb(Supplier<P> start, Tolerance tolerance, int last, Watcher watcher) {
        return climb(new Way(start(start.get(), watcher), last, watcher), tolerance);
    }

    private Climb<P> climb(Way way, Tolerance tolerance) {
        Squarem<P> squarem = steps == Steps.PLAIN
                ? null
                : algorithm.coordinates().map(Squarem::new).orElse(null);
        Optional<Tail<P>> tail = steps == Steps.PLAIN ? Optional.empty() : Tail.of(algorithm, tolerance);
        StopReason reason = null;
        String detail = "";
        double left = way.leftToGain;
        try {
            double lastGain = Double.NaN;
            double lastCheck = Double.NEGATIVE_INFINITY;
            Deque<Double> rates = new ArrayDeque<>();
            while (reason == null && way.goesOn()) {
                double near = left;
                if (tail.filter(steep -> steep.begins(near)).isPresent()) {
                    double gain = steep(tail.get(), way);
                    left = tail.get().left();
                    reason = tolerance.reached(gain, left) ? StopReason.CONVERGED : null;
                    continue;
                }
                P before = way.state.parameters;
                double gain = way.step(at(algorithm.update(way.state.moments, before)));
                double rate = lastGain > 0 ? gain / lastGain : Double.NaN;
                lastGain = gain;
                Optional<P> extrapolated = Optional.empty();
                Optional<P> trial = Optional.empty();
                if (squarem != null) {
                    P next = algorithm.update(way.state.moments, way.state.parameters);
                    extrapolated = squarem.propose(before, way.state.parameters, next);
                    trial = algorithm.guess(way.state.moments, way.state.parameters, next, extrapolated);
                    rate = Double.isNaN(squarem.rate()) ? rate : squarem.rate();
                }
                double slowest = slowest(rates, rate);
                left = Tolerance.left(gain, slowest);
                double sinceCheck = way.state.objective - lastCheck;
                lastCheck = way.state.objective;
                if (tolerance.reached(gain, slowest, sinceCheck)) {
                    reason = StopReason.CONVERGED;
                } else if (trial.isPresent() && way.goesOn()) {
                    State<P> state = at(trial.get());
                    boolean taken = state.objective >= way.state.objective;
                    if (extrapolated.isPresent()) {
                        Objects.requireNonNull(squarem).judged(taken);
                    }
                    if (taken) {
                        way.accept(state);
                        if (way.goesOn()) {
                            // A step of the algorithm's own calms what an extrapolation stirs up in other directions.
                            way.step(at(algorithm.update(way.state.moments, way.state.parameters)));
                        }
                        lastGain = Double.NaN;
                    }
                }
            }
        } catch (CollapseException e) {
            reason = StopReason.COLLAPSED;
            detail = String.valueOf(e.getMessage());
        }
        return way.end(way.cancelled ? StopReason.CANCELLED : reason, detail, left);
    }

    /** A step of the tail, or if it leads nowhere one of the algorithm's own; returns the gain. */
    private double steep(Tail<P> tail, Way way) {
        Optional<P> trial = tail.propose(way.state.parameters, way.state.moments);
        if (trial.isPresent()) {
            State<P> state = at(trial.get());
            double gain = state.objective - way.state.objective;
            tail.judged(gain >= 0);
            if (gain >= 0) {
                way.accept(state);
                return gain;
            }
        }
        return way.goesOn() ? way.step(at(algorithm.update(way.state.moments, way.state.parameters))) : 0;
    }

    /**
     * The slowest of the last rates: a step across a valley shrinks gains fast and says nothing of those along it.
     *
     * @param rates the last ones, to which this one is added
     */
    private static double slowest(Deque<Double> rates, double rate) {
        if (Double.isNaN(rate)) {
            return rate;
        }
        rates.addLast(rate);
        if (rates.size() > RATES) {
            rates.removeFirst();
        }
        return Collections.max(rates);
    }

    private State<P> at(P parameters) {
        Moments moments = pass.moments(algorithm.forms(parameters), algorithm.scatter());
        double objective = (moments.logLikelihood() - algorithm.penalty(parameters)) / moments.totalWeight();
        return new State<>(parameters, moments, objective);
    }

    /** Parameters, what a pass under them gave, and the objective per unit of weight. */
    private record State<P>(P parameters, Moments moments, double objective) {}

    /** The states of a climb so far. */
    private final class Way {
        private final int last;
        private final Watcher watcher;
        private final double leftToGain;
        private State<P> state;
        private double[] history;
        private int done;
        private boolean cancelled;

        Way(Climb<P> from, int last, Watcher watcher) {
            this.last = last;
            this.watcher = watcher;
            this.leftToGain = from.leftToGain();
            this.state = new State<>(from.parameters(), from.moments(), from.objective());
            this.history = from.history();
            this.done = from.iterations();
            this.cancelled = from.reason() == StopReason.CANCELLED;
        }

        boolean goesOn() {
            return !cancelled && done < last;
        }

        /**
         * Goes where the algorithm's own step leads, which theory says is upwards; returns the gain, 0 where rounding makes it
         * seem a fall.
         */
        double step(State<P> next) {
            double before = state.objective;
            double gain = before == Double.NEGATIVE_INFINITY ? Double.POSITIVE_INFINITY : next.objective - before;
            double allowance = algorithm.roundingAllowance(next.parameters, next.objective, next.moments.totalWeight());
            if (!(gain >= -allowance)) {
                throw new IllegalStateException("the objective fell from " + before + " to " + next.objective
                        + " in iteration " + (done + 1) + "; please report this");
            }
            accept(next);
            return allowance < Double.POSITIVE_INFINITY ? Math.max(0, gain) : gain;
        }

        void accept(State<P> next) {
            state = next;
            done++;
            if (done >= history.length) {
                history = Arrays.copyOf(history, Math.max(16, 2 * history.length));
            }
            history[done] = next.objective;
            cancelled = !watcher.watch(done, next.objective);
        }

        Climb<P> end(@Nullable StopReason reason, String detail, double left) {
            return new Climb<>(state.parameters, state.moments, Arrays.copyOf(history, done + 1), reason, detail, left);
        }
    }

    /**
     * Where a climb stands.
     *
     * @param parameters the last parameters
     * @param moments of the rows under them
     * @param history the objective per unit of weight after 0, 1, 2, … iterations
     * @param reason why it ended; null while it may go on
     * @param detail which component collapsed, if one did; else empty
     * @param leftToGain an estimate of what more iterations would gain per unit of weight
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Climb<P>(
            P parameters,
            Moments moments,
            double[] history,
            @Nullable StopReason reason,
            String detail,
            double leftToGain) {
        double objective() {
            return history[history.length - 1];
        }

        int iterations() {
            return history.length - 1;
        }

        /** The same, its end explained: by the iteration limit if by nothing else. */
        Climb<P> ended() {
            return reason != null
                    ? this
                    : new Climb<>(parameters, moments, history, StopReason.MAX_ITERATIONS, detail, leftToGain);
        }

        /** Whether this place is to be preferred to another: sound before collapsed, then the higher objective. */
        boolean betterThan(Climb<P> other) {
            boolean sound = reason != StopReason.COLLAPSED;
            boolean otherSound = other.reason != StopReason.COLLAPSED;
            return sound == otherSound ? objective() > other.objective() : sound;
        }
    }
}
