package org.mixtura.kernel;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.mixtura.data.Block;

/** The rows of a block by which columns they miss, in the order in which these patterns first come. */
final class GapPatterns {
    private final int[] complete;
    private final Map<BitSet, int[]> gaps;
    private final int[] all;

    private GapPatterns(int[] complete, Map<BitSet, int[]> gaps, int[] all) {
        this.complete = complete;
        this.gaps = gaps;
        this.all = all;
    }

    /** The patterns of a block; NaN is a gap. */
    static GapPatterns of(Block block) {
        int d = block.dimension();
        Places complete = new Places();
        Map<BitSet, Places> gaps = new LinkedHashMap<>();
        for (int i = 0; i < block.count(); i++) {
            BitSet missing = missing(block, i);
            if (missing.isEmpty()) {
                complete.add(i);
            } else {
                gaps.computeIfAbsent(missing, m -> new Places()).add(i);
            }
        }
        Map<BitSet, int[]> places = new LinkedHashMap<>();
        gaps.forEach((pattern, rows) -> places.put(pattern, rows.toArray()));
        return new GapPatterns(complete.toArray(), places, IntStream.range(0, d).toArray());
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

    /** Whether no row has a gap. */
    boolean none() {
        return gaps.isEmpty();
    }

    /** The rows without gaps. */
    int[] complete() {
        return complete;
    }

    /** The rows of each pattern, by the missing columns. */
    Map<BitSet, int[]> gaps() {
        return gaps;
    }

    /** All columns. */
    int[] all() {
        return all;
    }
}
