package org.mixtura.fit;

import org.mixtura.data.Rows;

/**
 * From the end of a climb on a sample to the end over all rows: on by squared steps over samples four times as large each, each
 * to its own statistical tolerance, and at last over all rows until what is left to gain is within the tolerance asked for.
 */
final class Growth {
    private static final int GROWTH = 4;
    /** The most values that a sample to grow to holds: 32 MB. */
    private static final long MOST_GROWN = 1L << 22;

    private final SearchSettings settings;
    private final Rows all;
    private final Ground ground;
    private final Work work;

    Growth(SearchSettings settings, Rows all, Ground ground, Work work) {
        this.settings = settings;
        this.all = all;
        this.ground = ground;
        this.work = work;
    }

    /**
     * The tolerance over all rows.
     *
     * @param parameters p
     */
    Tolerance tolerance(long parameters) {
        if (settings.tolerance.isPresent()) {
            return Tolerance.leftToGain(settings.tolerance.getAsDouble());
        }
        return ground.whole()
                ? Tolerance.leftToGain(Tolerance.DEFAULT)
                : Tolerance.statistical(parameters, ground.count(), Tolerance.DEFAULT);
    }

    /**
     * Climbs on.
     *
     * @param algorithm whose steps
     * @param found the end of a climb over the ground; where that is all rows it goes on from there
     * @param parameters p
     * @param tolerance of the climb over all rows
     */
    <P> Ascent.Climb<P> climb(
            Algorithm<P> algorithm,
            Ascent.Climb<P> found,
            long parameters,
            Tolerance tolerance,
            Ascent.Watcher watcher) {
        if (ground.whole()) {
            return further(algorithm, found, tolerance, watcher);
        }
        Ascent.Climb<P> climb = found;
        long grown = (long) GROWTH * ground.size();
        while (climb.reason() != StopReason.CANCELLED
                && grown <= all.count() / 2
                && grown <= MOST_GROWN / all.dimension()) {
            Tolerance coarse = Tolerance.statistical(parameters, (double) grown, tolerance.value());
            climb = climb(algorithm, ground.larger((int) grown), climb, coarse, watcher);
            grown *= GROWTH;
        }
        boolean cancelled = climb.reason() == StopReason.CANCELLED;
        return climb(algorithm, all, climb, tolerance, cancelled ? (i, o) -> false : watcher);
    }

    /** Climbs on where a climb over all rows has come to. */
    <P> Ascent.Climb<P> further(
            Algorithm<P> algorithm, Ascent.Climb<P> climb, Tolerance tolerance, Ascent.Watcher watcher) {
        return new Ascent<>(algorithm, all, work, Ascent.Steps.SQUARED)
                .climb(climb, tolerance, settings.maxIterations, watcher);
    }

    private <P> Ascent.Climb<P> climb(
            Algorithm<P> algorithm, Rows rows, Ascent.Climb<P> from, Tolerance tolerance, Ascent.Watcher watcher) {
        Ascent<P> ascent = new Ascent<>(algorithm, rows, work, Ascent.Steps.SQUARED);
        return ascent.climb(ascent.start(from.parameters(), watcher), tolerance, settings.maxIterations, watcher);
    }
}
