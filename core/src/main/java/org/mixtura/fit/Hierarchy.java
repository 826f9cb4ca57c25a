package org.mixtura.fit;

import org.jspecify.annotations.Nullable;
import org.mixtura.data.Rows;
import org.mixtura.kernel.RowSummary;

/** The hierarchical clusters of some rows, made when first wanted: for one fit, or for several fits of the same rows. */
final class Hierarchy {
    private @Nullable Agglomeration made;

    /**
     * The clusters.
     *
     * @param rows the rows without gaps, always the same
     * @param summary of these rows
     * @param work takes note of what it takes to make them
     */
    synchronized Agglomeration of(Rows rows, RowSummary summary, Work work) {
        Agglomeration known = made;
        if (known == null) {
            known = Agglomeration.of(rows, summary);
            work.scored(Math.round(known.work()), 1);
            made = known;
        }
        return known;
    }
}
