package org.mixtura.fit;

/**
 * Watches a fit and may cancel it. Called by one thread at a time, after every iteration of every restart; restarts on small
 * data run side by side, so their calls may be interleaved.
 */
public interface FitObserver {
    /** An observer that looks away. */
    FitObserver NONE = step -> true;

    /**
     * Takes note of an iteration.
     *
     * @param step where the fit is
     * @return false to cancel the fit
     */
    boolean observe(Step step);

    /**
     * Takes note of rows that a pass over all rows reads. Called by the threads of the pass, often and at the same time: to be
     * quick. What it throws ends the fit at once, with that exception.
     *
     * @param passing where the pass is
     */
    default void passing(Passing passing) {}

    /**
     * Where a pass over all rows is. Passes that a {@link PassJournal} remembers count, and are not seen.
     *
     * @param pass the pass, from 1; 0 for the first look at the columns, which reads all rows twice
     * @param read how many rows were read so far; as many as there are only once, when the pass is over
     * @param rows how many will have been read at its end
     */
    record Passing(int pass, long read, long rows) {}

    /**
     * Where a fit is.
     *
     * @param restart the restart, from 0
     * @param restarts how many restarts there will be
     * @param iteration updates done so far, from 0
     * @param maxIterations the limit
     * @param objective the objective per unit of weight, nats
     */
    record Step(int restart, int restarts, int iteration, int maxIterations, double objective) {}
}
