package org.mixtura.fit;

import java.util.List;
import java.util.function.Function;
import org.mixtura.data.Rows;
import org.mixtura.kernel.FilledRows;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.RowSummary;

/**
 * The first parameters of climbs.
 *
 * @param initialization where to start
 * @param summary of all rows
 * @param components K
 * @param scatter the second moments that the algorithm needs
 * @param first the algorithm's parameters at a start; throws {@link CollapseException} if it gives none
 * @param hierarchy of all rows
 * @param seed the seed of all random choices
 * @param <P> the parameters
 */
record Starts<P>(
        Initialization initialization,
        RowSummary summary,
        int components,
        Moments.Scatter scatter,
        Function<Initialization.Start, P> first,
        Hierarchy hierarchy,
        long seed) {
    /** Attempts to find a valid start; each draws anew. */
    private static final int ATTEMPTS = 50;

    /**
     * The first parameters of one climb. Gaps are filled for it ({@link FilledRows}).
     *
     * @param run its number
     * @param kind what kind of start it is
     * @param grounds rows to look for a start in; the next ones where those before have none
     * @throws CollapseException with the reason of the last attempt if none is valid
     */
    P first(int run, StartKind kind, List<Rows> grounds, Work work) {
        CollapseException failure = new CollapseException("no rows to start from");
        for (Rows ground : grounds) {
            int attempts = initialization.randomized() && kind != StartKind.HIERARCHY ? ATTEMPTS : 1;
            for (int attempt = 0; attempt < attempts; attempt++) {
                try {
                    return first.apply(new Initialization.Start(
                            FilledRows.of(ground, summary),
                            summary,
                            components,
                            scatter,
                            kind,
                            hierarchy,
                            Restarts.seed(seed, run, attempt),
                            work));
                } catch (CollapseException e) {
                    failure = e;
                }
            }
        }
        throw failure;
    }

    /** What to tell the user when no start is valid. */
    static IllegalArgumentException none(String lastFailure) {
        return new IllegalArgumentException("no valid start was found; the last attempt ended with: " + lastFailure
                + "; ask for fewer components or keep the regularization");
    }
}
