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
