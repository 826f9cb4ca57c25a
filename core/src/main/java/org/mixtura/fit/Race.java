package org.mixtura.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mixtura.data.Rows;
import org.mixtura.data.Sample;

/**
 * A race of starts by successive halving: all climb a few iterations on a small part of a sample, the better half goes on over
 * twice as many rows, and so on until two are left, the better of which wins. Most starts show early where they lead, so this
 * finds what climbing to the end from all of them would find, in a fraction of the time. (Jamieson &amp; Talwalkar 2016,
 * arXiv:1502.07943.)
 *
 * @param <P> the parameters
 */
final class Race<P> {
    private static final int ITERATIONS = 4;
    /** The iterations of a heat from which the next goes on over the same rows, there being no more. */
    private static final int ITERATIONS_ON_ALL = 2;

    private static final Tolerance NEVER = Tolerance.lastGain(0);

    private final Algorithm<P> algorithm;
    private final Starts<P> starts;
    private final Sample sample;
    private final double count;
    private final int iterations;
    private final Work work;
    private final IntFunction<Ascent.Watcher> watchers;

    /**
     * @param ground where
     * @param maxIterations the most iterations of a climb
     * @param watchers who watches each start
     */
    Race(
            Algorithm<P> algorithm,
            Starts<P> starts,
            Ground ground,
            int maxIterations,
            Work work,
            IntFunction<Ascent.Watcher> watchers) {
        this.algorithm = algorithm;
        this.starts = starts;
        this.sample = ground.sample();
        this.count = ground.count();
        this.iterations = Math.min(ITERATIONS, maxIterations);
        this.work = work;
        this.watchers = watchers;
    }

    /**
     * A start and where it got to before it dropped out, or won.
     *
     * @param run its number
     * @param climb over the rows of its last heat
     */
    record Racer<P>(int run, Ascent.Climb<P> climb) implements Comparable<Racer<P>> {
        /** The better first; of equals the one that started first. */
        @Override
        public int compareTo(Racer<P> other) {
            if (climb.betterThan(other.climb)) {
                return -1;
            }
            return other.climb.betterThan(climb) ? 1 : Integer.compare(run, other.run);
        }
    }

    /**
     * A start that may take part in a heat.
     *
     * @param before its climb in the heat before, if that was over the same rows; else null
     */
    private record Entrant<P>(int run, P parameters, Ascent.@Nullable Climb<P> before) {}

    /**
     * Runs the race.
     *
     * @param runs how many starts
     * @param everything all rows, for starts that a sample has none of
     * @return all racers with a valid start, the winner first, then those who dropped out last
     * @throws IllegalArgumentException if no start was valid
     */
    List<Racer<P>> run(int runs, Rows everything) {
        int heats = 32 - Integer.numberOfLeadingZeros(Math.max(1, runs - 1));
        long least = starts.components() * (10L + 3L * everything.dimension());
        int size = (int) Math.min(sample.size(), Math.max(least, sample.size() >> heats));
        if (2L * size > sample.size()) {
            size = sample.size();
        }
        List<Racer<P>> places = new ArrayList<>();
        List<Entrant<P>> entrants = entrants(runs, sample.first(size), everything);
        while (true) {
            Rows block = sample.first(size);
            List<Racer<P>> after = heat(
                    Ground.weighing(block, algorithm.racingWeight(count / block.count())),
                    entrants,
                    size == sample.size());
            boolean cancelled = after.stream().anyMatch(r -> r.climb.reason() == StopReason.CANCELLED);
            int left = cancelled || after.size() <= 2 ? 0 : (after.size() + 1) / 2;
            places.addAll(0, after.subList(left, after.size()));
            if (left == 0) {
                return places;
            }
            int next = (int) Math.min(sample.size(), 2L * size);
            boolean same = next == size;
            entrants = after.subList(0, left).stream()
                    .map(racer -> new Entrant<>(racer.run, racer.climb.parameters(), same ? racer.climb : null))
                    .toList();
            size = next;
        }
    }

    /**
     * A few iterations of all entrants; the best first.
     *
     * @param all whether the block is the whole sample
     */
    private List<Racer<P>> heat(Rows block, List<Entrant<P>> entrants, boolean all) {
        int steps = Math.min(iterations, all ? ITERATIONS_ON_ALL : ITERATIONS);
        List<Racer<P>> racers = work.each(entrants, block, starts.components(), (entrant, own) -> {
            Ascent<P> ascent = new Ascent<>(algorithm, block, own, Ascent.Steps.PLAIN);
            Ascent.Watcher watcher = watchers.apply(entrant.run);
            Ascent.Climb<P> foot = entrant.before == null ? ascent.start(entrant.parameters, watcher) : entrant.before;
            return new Racer<>(entrant.run, ascent.climb(foot, NEVER, foot.iterations() + steps, watcher));
        });
        return racers.stream().sorted().toList();
    }

    private List<Entrant<P>> entrants(int runs, Rows block, Rows everything) {
        String[] failures = new String[runs];
        List<Rows> grounds = List.of(block, sample.rows(), everything);
        List<Integer> numbers = IntStream.range(0, runs).boxed().toList();
        List<Optional<Entrant<P>>> found = work.each(numbers, block, starts.components(), (run, own) -> {
            try {
                return Optional.of(new Entrant<>(run, starts.first(run, StartKind.inTurn(run), grounds, own), null));
            } catch (CollapseException e) {
                failures[run] = String.valueOf(e.getMessage());
                return Optional.empty();
            }
        });
        List<Entrant<P>> entrants = found.stream().flatMap(Optional::stream).toList();
        if (entrants.isEmpty()) {
            throw Starts.none(failures[runs - 1]);
        }
        return entrants;
    }
}
