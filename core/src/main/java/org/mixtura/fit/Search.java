package org.mixtura.fit;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
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
     * Climbs from every start, side by side where the rows are too few to share out one climb.
     *
     * @param algorithm the algorithm
     * @param first the first parameters of a start; throws {@link CollapseException} if it gives none
     * @param <P> the parameters
     * @return the ends of all climbs that had a valid start, in the order of the starts, at least one
     * @throws IllegalArgumentException if no start was valid
     */
    <P> List<Ascent.Climb<P>> climbs(Algorithm<P> algorithm, Function<Initialization.Start, P> first) {
        int runs = runs();
        long costPerRow = (long) components * (Packed.size(rows.dimension()) + 8L);
        boolean sideBySide = runs > 1 && threads > 1 && Pass.isSmall(rows, costPerRow);
        int innerThreads = sideBySide ? 1 : threads;
        Object turn = new Object();
        String[] failures = new String[runs];
        IntFunction<Optional<Ascent.Climb<P>>> climb = run -> {
            P start;
            try {
                start = start(algorithm, first, run, innerThreads);
            } catch (CollapseException e) {
                failures[run] = e.getMessage();
                return Optional.empty();
            }
            return Optional.of(new Ascent<>(algorithm, rows, innerThreads, tolerance, maxIterations)
                    .from(start, (iteration, objective) -> {
                        synchronized (turn) {
                            return observer.observe(
                                    new FitObserver.Step(run, runs, iteration, maxIterations, objective));
                        }
                    }));
        };
        List<Optional<Ascent.Climb<P>>> ends = sideBySide
                ? Restarts.sideBySide(runs, threads, climb)
                : IntStream.range(0, runs).mapToObj(climb).toList();
        List<Ascent.Climb<P>> climbs = ends.stream().flatMap(Optional::stream).toList();
        if (climbs.isEmpty()) {
            throw new IllegalArgumentException("no valid start was found; the last attempt ended with: "
                    + failures[runs - 1] + "; ask for fewer components or keep the regularization");
        }
        return climbs;
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

    /** The best of some ends; of equals the first. */
    static <P> Ascent.Climb<P> best(List<Ascent.Climb<P>> climbs) {
        Ascent.Climb<P> best = climbs.get(0);
        for (Ascent.Climb<P> climb : climbs) {
            best = climb.betterThan(best) ? climb : best;
        }
        return best;
    }
}
