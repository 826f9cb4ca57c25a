package org.mixtura.kernel;

import java.util.BitSet;
import org.mixtura.data.Block;

/** Which columns rows miss; NaN is a gap. */
final class GapPatterns {
    private GapPatterns() {}

    /** The rows of a block by which columns they miss; those without gaps are plain. */
    static RowGroups<BitSet> of(Block block) {
        return RowGroups.of(block.count(), i -> {
            BitSet missing = missing(block, i);
            return missing.isEmpty() ? null : missing;
        });
    }

    /** The missing columns of a row. */
    static BitSet missing(Block block, int row) {
        BitSet missing = new BitSet();
        for (int j = 0; j < block.dimension(); j++) {
            if (Double.isNaN(block.get(row, j))) {
                missing.set(j);
            }
        }
        return missing;
    }
}
