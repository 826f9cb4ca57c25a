package org.mixtura.fit;

import org.mixtura.data.Rows;

/**
 * From the end of a climb on a sample to the end over all rows: on by squared steps over samples four times as large each, each
 * to its own statistical tolerance, and at last over all rows until what is left to gain is within the tolerance asked for.
 */
final class Growth {
    private static final int GROWTH = 4;

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
        for (int grown = next(ground.size());
                grown > 0 && climb.reason() != StopReason.CANCELLED;
                grown = next(grown)) {
            Tolerance coarse = Tolerance.statistical(parameters, grown, tolerance.value());
            climb = climb(algorithm, ground.larger(grown), climb, coarse, watcher);
        }
        boolean cancelled = climb.reason() == StopReason.CANCELLED;
        return climb(algorithm, all, climb, tolerance, cancelled ? (i, o) -> false : watcher);
    }

    /** The size of the next sample: four times the last, or as many as there may be; 0 if it is time for all rows. */
    private int next(int size) {
        long next = Math.min(GROWTH * (long) size, Ground.mostRows(all.dimension()));
        return next >= 2L * size && next <= all.count() / 2 ? (int) next : 0;
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
