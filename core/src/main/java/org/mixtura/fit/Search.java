package org.mixtura.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Pass;
import org.mixtura.kernel.RowSummary;
import org.mixtura.kernel.Seeding;
import org.mixtura.linalg.Packed;

/**
 * The climbs of a fit, one from each start: what every estimator does around its algorithm.
 *
 * @param rows the rows
 * @param summary their summary
 * @param components K
 * @param initialization where to start
 * @param restarts how many starts, if they are random
 * @param maxIterations the iteration limit of a climb
 * @param tolerance the least gain per unit of weight and iteration
 * @param seed the seed of all random choices
 * @param threads how many threads may work
 * @param observer who watches
 */
record Search(
        Rows rows,
        RowSummary summary,
        int components,
        Initialization initialization,
        int restarts,
        int maxIterations,
        double tolerance,
        long seed,
        int threads,
        FitObserver observer) {
    /** Attempts to find a valid start; each draws anew. */
    private static final int ATTEMPTS = 50;
    /** Iterations after which the first starts drop out of the race. */
    private static final int FIRST_HEAT = 10;

    private static final int HEAT_GROWTH = 3;
    /** Starts that climb to their ends. */
    private static final int FINALISTS = 2;

    /** How many starts there are: one, if another would be the same. */
    int runs() {
        return initialization.randomized() ? restarts : 1;
    }

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
            throw new IllegalArgumentException(
                    components + " components need at least as many different rows with weight; there are " + distinct
                            + " in " + rows.count() + " rows; ask for fewer components");
        }
    }

    /**
     * Races climbs from all starts. Every start climbs a few iterations; then the better third goes on for three times as many,
     * and so on, until two are left, which climb to their ends. Most starts show early where they lead, so this finds what
     * climbing to the end from all of them would find, in a fraction of the time. (Successive halving: Jamieson &amp; Talwalkar
     * 2016, arXiv:1502.07943.)
     *
     * <p>Where the rows are too few to share out one climb, climbs run side by side.
     *
     * @param algorithm the algorithm
     * @param first the first parameters of a start; throws {@link CollapseException} if it gives none
     * @param <P> the parameters
     * @return where each start that was valid got to, at least one, the best first; that one has ended
     * @throws IllegalArgumentException if no start was valid
     */
    <P> List<Ascent.Climb<P>> climbs(Algorithm<P> algorithm, Function<Initialization.Start, P> first) {
        int runs = runs();
        long costPerRow = (long) components * (Packed.size(rows.dimension()) + 8L);
        boolean sideBySide = runs > 1 && threads > 1 && Pass.isSmall(rows, costPerRow);
        int innerThreads = sideBySide ? 1 : threads;
        Ascent<P> ascent = new Ascent<>(algorithm, rows, innerThreads, tolerance, maxIterations);
        String[] failures = new String[runs];
        IntFunction<Ascent.Watcher> watchers = watchers(runs);
        List<Integer> numbers = IntStream.range(0, runs).boxed().toList();
        List<Racer<P>> racers = inParallel(sideBySide, numbers, run -> {
                    try {
                        P start = start(algorithm, first, run, innerThreads);
                        return Optional.of(new Racer<>(run, ascent.start(start, watchers.apply(run))));
                    } catch (CollapseException e) {
                        failures[run] = e.getMessage();
                        return Optional.<Racer<P>>empty();
                    }
                })
                .stream()
                .flatMap(Optional::stream)
                .toList();
        if (racers.isEmpty()) {
            throw new IllegalArgumentException("no valid start was found; the last attempt ended with: "
                    + failures[runs - 1] + "; ask for fewer components or keep the regularization");
        }
        List<Racer<P>> places = race(ascent, racers, sideBySide, watchers);
        if (best(places).climb().reason() == StopReason.COLLAPSED) {
            // Nobody who reached the end is sound: let those go on who were left behind.
            places = inParallel(sideBySide, places, racer -> racer.to(ascent, maxIterations, watchers));
        }
        Racer<P> best = best(places);
        return Stream.concat(Stream.of(best), places.stream().filter(racer -> racer.run() != best.run()))
                .map(Racer::climb)
                .toList();
    }

    private <P> List<Racer<P>> race(
            Ascent<P> ascent, List<Racer<P>> start, boolean sideBySide, IntFunction<Ascent.Watcher> watchers) {
        List<Racer<P>> places = new ArrayList<>();
        List<Racer<P>> racers = start;
        for (int heat = FIRST_HEAT; !racers.isEmpty(); heat *= HEAT_GROWTH) {
            boolean finals = racers.size() <= FINALISTS;
            int iterations = finals ? maxIterations : heat;
            List<Racer<P>> after =
                    new ArrayList<>(inParallel(sideBySide, racers, racer -> racer.to(ascent, iterations, watchers)));
            after.sort(Racer::compareTo);
            int left = finals ? 0 : Math.max(FINALISTS, (after.size() + 2) / 3);
            places.addAll(after.subList(left, after.size()));
            racers = after.subList(0, left);
        }
        return places;
    }

    /** A climb and the number of its start. */
    private record Racer<P>(int run, Ascent.Climb<P> climb) implements Comparable<Racer<P>> {
        Racer<P> to(Ascent<P> ascent, int iterations, IntFunction<Ascent.Watcher> watchers) {
            return new Racer<>(run, ascent.climb(climb, iterations, watchers.apply(run)));
        }

        /** The better first; of equals the one that started first. */
        @Override
        public int compareTo(Racer<P> other) {
            if (climb.betterThan(other.climb)) {
                return -1;
            }
            return other.climb.betterThan(climb) ? 1 : Integer.compare(run, other.run);
        }
    }

    /** For each run a watcher that tells the observer, one at a time. */
    private IntFunction<Ascent.Watcher> watchers(int runs) {
        Object turn = new Object();
        return run -> (iteration, objective) -> {
            synchronized (turn) {
                return observer.observe(new FitObserver.Step(run, runs, iteration, maxIterations, objective));
            }
        };
    }

    private <S, T> List<T> inParallel(boolean sideBySide, List<S> items, Function<S, T> task) {
        return sideBySide
                ? Restarts.sideBySide(items.size(), threads, i -> task.apply(items.get(i)))
                : items.stream().map(task).toList();
    }

    /**
     * The first parameters of one run.
     *
     * @throws CollapseException with the reason of the last attempt if none is valid
     */
    private <P> P start(Algorithm<P> algorithm, Function<Initialization.Start, P> first, int run, int innerThreads) {
        int attempts = initialization.randomized() ? ATTEMPTS : 1;
        for (int attempt = 0; ; attempt++) {
            try {
                return first.apply(new Initialization.Start(
                        rows,
                        summary,
                        components,
                        algorithm.scatter(),
                        Restarts.seed(seed, run, attempt),
                        innerThreads));
            } catch (CollapseException e) {
                if (attempt == attempts - 1) {
                    throw e;
                }
            }
        }
    }

    /** The best of those who reached the end; of equals the one that started first. */
    private static <P> Racer<P> best(List<Racer<P>> places) {
        return places.stream()
                .filter(racer -> racer.climb().reason() != null)
                .min(Racer::compareTo)
                .orElseThrow();
    }
}
