package org.mixtura.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.mixtura.data.Rows;
import org.mixtura.kernel.RowSummary;
import org.mixtura.kernel.Seeding;

/**
 * One fit, from its starts to the climb that is kept: what every estimator does around its algorithm.
 *
 * <p>The plain way climbs to the end from all starts, on all rows. A search first looks small: a {@link Race} on a {@link Ground} of
 * few rows; the winner climbs to its end there, and is mended by {@link SplitMerge}. Then it polishes big ({@link Growth}), until
 * what is left to gain is within the {@link Tolerance}.
 *
 * @param <P> the parameters
 */
final class Task<P> {
    /** What is left to gain when a climb on the sample gives way to the next thing. */
    static final Tolerance SEARCHED = Tolerance.leftToGain(1e-5);

    /** Whether a search may mend what it found. */
    enum Mending {
        /** No. */
        NONE,
        /**
         * By another climb, from hierarchical clusters, if the rows are few: where the objective has no bound, splits and merges that
         * look for the highest would find components that collapse.
         */
        HIERARCHY,
        /** By splitting and merging components. */
        SPLIT_MERGE
    }

    private final SearchSettings settings;
    private final Rows rows;
    private final RowSummary summary;
    private final Algorithm<P> algorithm;
    private final Starts<P> starts;
    private final long parameters;
    private final Work work;

    /**
     * @param freeParameters p, the number of parameters that are estimated
     * @param first the first parameters of a start; throws {@link CollapseException} if it gives none
     */
    Task(
            SearchSettings settings,
            Rows rows,
            RowSummary summary,
            Algorithm<P> algorithm,
            long freeParameters,
            Function<Initialization.Start, P> first) {
        this.settings = settings;
        this.rows = rows;
        this.summary = summary;
        this.algorithm = algorithm;
        this.starts = new Starts<>(
                settings.initialization,
                summary,
                settings.components,
                algorithm.scatter(),
                first,
                settings.hierarchy.orElseGet(Hierarchy::new),
                settings.seed);
        this.parameters = freeParameters;
        this.work =
                Work.of(settings.threads, new AllRows(rows, settings.journal, settings.observer), settings.components);
    }

    /**
     * What a fit came to.
     *
     * @param best the climb that is kept; it has ended
     * @param objectives where each valid start got to, the chosen one first
     * @param tolerance when climbs ended
     * @param passes how many passes over all rows the work amounts to
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Result<P>(Ascent.Climb<P> best, double[] objectives, Tolerance tolerance, double passes) {}

    /**
     * Checks that there are enough rows for the components.
     *
     * @param rows the rows
     * @param components K
     * @throws IllegalArgumentException if fewer than K rows with weight differ
     */
    static void requireEnoughRows(Rows rows, int components) {
        int distinct = Seeding.distinctRows(rows, components);
        if (distinct < components) {
            throw new IllegalArgumentException(tooFewRows(components, distinct, rows));
        }
    }

    /** What to say where fewer rows differ than there are components. */
    static String tooFewRows(int components, int distinct, Rows rows) {
        return components + " components need at least as many different rows with weight; there are " + distinct
                + " in " + rows.count() + " rows; ask for fewer components";
    }

    /**
     * Fits.
     *
     * @param mending whether a search may mend what it found by splitting and merging components
     * @throws IllegalArgumentException if no start was valid
     */
    Result<P> run(Mending mending) {
        return settings.searches() ? searched(mending) : plain();
    }

    private Result<P> plain() {
        Tolerance tolerance = Tolerance.lastGain(settings.tolerance.orElse(Tolerance.DEFAULT));
        int runs = settings.runs();
        String[] failures = new String[runs];
        List<Integer> numbers = IntStream.range(0, runs).boxed().toList();
        IntFunction<Ascent.Watcher> watchers = watchers(runs);
        List<Optional<Race.Racer<P>>> all = work.each(numbers, rows, settings.components, (run, own) -> {
            try {
                Ascent<P> ascent = new Ascent<>(algorithm, rows, own, Ascent.Steps.PLAIN);
                return Optional.of(new Race.Racer<>(
                        run,
                        ascent.climb(
                                        () -> starts.first(run, StartKind.PLAIN, List.of(rows), own),
                                        tolerance,
                                        settings.maxIterations,
                                        watchers.apply(run))
                                .ended()));
            } catch (CollapseException e) {
                failures[run] = String.valueOf(e.getMessage());
                return Optional.empty();
            }
        });
        List<Race.Racer<P>> ends =
                new ArrayList<>(all.stream().flatMap(Optional::stream).toList());
        if (ends.isEmpty()) {
            throw Starts.none(failures[runs - 1]);
        }
        Race.Racer<P> best = ends.stream().min(Race.Racer::compareTo).orElseThrow();
        ends.remove(best);
        return result(best.climb(), ends, tolerance);
    }

    private Result<P> searched(Mending mending) {
        Ground ground = Ground.of(rows, summary, parameters, settings.seed);
        Growth growth = new Growth(settings, rows, ground, work);
        Tolerance tolerance = growth.tolerance(parameters);
        int runs = settings.runs();
        IntFunction<Ascent.Watcher> watchers = watchers(runs);
        List<Race.Racer<P>> places = runs == 1
                ? List.of(only(ground.rows(), watchers.apply(0)))
                : new Race<>(algorithm, starts, ground, settings.maxIterations, work.inOwnOrder(), watchers)
                        .run(runs, rows);
        Ascent.Watcher watcher = watchers.apply(places.get(0).run());
        Ascent.Climb<P> found = found(ground.rows(), places, mending, watcher);
        Ascent.Climb<P> end = growth.climb(algorithm, found, parameters, tolerance, watcher);
        return result(end.ended(), places.subList(1, places.size()), tolerance);
    }

    /** The foot of the climb from the only start. */
    private Race.Racer<P> only(Rows ground, Ascent.Watcher watcher) {
        try {
            P first = starts.first(0, StartKind.inTurn(0), List.of(ground, rows), work);
            return new Race.Racer<>(0, squared(ground).start(first, watcher));
        } catch (CollapseException e) {
            throw Starts.none(String.valueOf(e.getMessage()));
        }
    }

    private Ascent<P> squared(Rows ground) {
        return new Ascent<>(algorithm, ground, work, Ascent.Steps.SQUARED);
    }

    /** The winner's climb to its end on the sample, mended by moves; of the others' the first sound one if it collapses. */
    private Ascent.Climb<P> found(Rows ground, List<Race.Racer<P>> places, Mending mending, Ascent.Watcher watcher) {
        Ascent.Climb<P> best = null;
        for (Race.Racer<P> racer : places) {
            Ascent<P> ascent = squared(ground);
            Ascent.Climb<P> foot = settings.runs() == 1
                    ? racer.climb()
                    : ascent.start(racer.climb().parameters(), watcher);
            Ascent.Climb<P> climb = ascent.climb(foot, SEARCHED, settings.maxIterations, watcher);
            if (best == null || climb.betterThan(best)) {
                best = climb;
            }
            if (climb.reason() != StopReason.COLLAPSED) {
                break;
            }
        }
        Ascent.Climb<P> end = Objects.requireNonNull(best);
        if (mending == Mending.HIERARCHY && ground == rows && settings.components > 1 && Agglomeration.suits(rows)) {
            return hierarchical(end, watcher);
        }
        if (mending != Mending.SPLIT_MERGE || end.reason() != StopReason.CONVERGED) {
            return end;
        }
        return new SplitMerge<>(algorithm, ground, summary, work, settings.search.attempts(), parameters)
                .improve(end, SEARCHED, watcher);
    }

    /** A climb, or one from hierarchical clusters if that leads higher; by plain steps, which seldom leave where they start. */
    private Ascent.Climb<P> hierarchical(Ascent.Climb<P> found, Ascent.Watcher watcher) {
        if (found.reason() == StopReason.CANCELLED) {
            return found;
        }
        try {
            P first = starts.first(0, StartKind.HIERARCHY, List.of(rows), work);
            Ascent<P> plain = new Ascent<>(algorithm, rows, work, Ascent.Steps.PLAIN);
            Ascent.Climb<P> climb = plain.climb(plain.start(first, watcher), SEARCHED, settings.maxIterations, watcher);
            return climb.reason() == StopReason.CANCELLED || climb.betterThan(found) ? climb : found;
        } catch (CollapseException e) {
            return found;
        }
    }

    private Result<P> result(Ascent.Climb<P> best, List<Race.Racer<P>> others, Tolerance tolerance) {
        double[] objectives = new double[1 + others.size()];
        objectives[0] = best.objective();
        for (int i = 0; i < others.size(); i++) {
            objectives[1 + i] = others.get(i).climb().objective();
        }
        return new Result<>(best, objectives, tolerance, work.passes(settings.components));
    }

    /** For each run a watcher that tells the observer, one at a time. */
    private IntFunction<Ascent.Watcher> watchers(int runs) {
        Object turn = new Object();
        return run -> (iteration, objective) -> {
            synchronized (turn) {
                return settings.observer.observe(
                        new FitObserver.Step(run, runs, iteration, settings.maxIterations, objective));
            }
        };
    }
}
