package org.mixtura.fit;

import org.mixtura.data.Rows;

/**
 * A climb that is worth its passes only if it gets above some height: given up after a few iterations where it gains too little
 * to come near, else taken on to its end.
 *
 * @param <P> the parameters
 */
final class Trial<P> {
    /** Iterations after which an attempt shows what it is worth. */
    private static final int ITERATIONS = 5;
    /** How many more iterations that gain as much as the last one an attempt may need to reach the height. */
    private static final double PATIENCE = 8;
    /** How far below the height, per unit of weight, an attempt may still be when it shows what it is worth. */
    private static final double WITHIN = 2e-3;

    private static final int MOST_ITERATIONS = 60;
    private static final Tolerance NEVER = Tolerance.lastGain(0);

    private final Ascent<P> plain;
    private final Ascent<P> squared;

    Trial(Algorithm<P> algorithm, Rows rows, Work work) {
        plain = new Ascent<>(algorithm, rows, work, Ascent.Steps.PLAIN);
        squared = new Ascent<>(algorithm, rows, work, Ascent.Steps.SQUARED);
    }

    /**
     * Climbs.
     *
     * @param start where to start
     * @param height the objective to get above
     * @param tolerance when the climb has come far enough
     * @return where it got to; what was given up has not ended
     */
    Ascent.Climb<P> climb(P start, double height, Tolerance tolerance, Ascent.Watcher watcher) {
        Ascent.Climb<P> climb = plain.start(start, watcher);
        for (int i = 1; i <= ITERATIONS && climb.reason() == null; i++) {
            double before = climb.objective();
            climb = plain.climb(climb, NEVER, i, watcher);
            double gain = climb.objective() - before;
            if (i > 1 && climb.objective() + PATIENCE * gain < height) {
                break;
            }
        }
        return climb.objective() > height - WITHIN ? squared.climb(climb, tolerance, MOST_ITERATIONS, watcher) : climb;
    }
}
