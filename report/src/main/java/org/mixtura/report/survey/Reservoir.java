package org.mixtura.report.survey;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * A uniform sample of rows whose number is not known beforehand: row i replaces a random one of the m kept with probability
 * m / i. Vitter 1985, Algorithm R, <a href="https://doi.org/10.1145/3147.3165">doi:10.1145/3147.3165</a>. The same rows
 * give the same sample.
 */
final class Reservoir {
    private static final long SEED = 20_000;

    /** A row and its label share one number, so that they can be sorted together. */
    private static final int LABEL_BITS = 16;
    /** What stands for the label −1. */
    private static final int LAST = (1 << LABEL_BITS) - 1;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final long[] kept;
    private long seen;

    Reservoir(int size) {
        kept = new long[size];
    }

    /**
     * Takes the next row.
     *
     * @param label from −1 to 32767
     */
    void accept(long row, int label) {
        long place = seen < kept.length ? seen : random.nextLong(seen + 1);
        if (place < kept.length) {
            kept[(int) place] = row << LABEL_BITS | (label & LAST);
        }
        seen++;
    }

    /** The numbers of the rows kept, ascending. */
    long[] rows() {
        return sorted().map(both -> both >> LABEL_BITS).toArray();
    }

    /** The labels of the rows kept, in the order of {@link #rows}. */
    int[] labels() {
        return sorted().mapToInt(both -> (int) (both & LAST))
                .map(label -> label == LAST ? -1 : label)
                .toArray();
    }

    private LongStream sorted() {
        return Arrays.stream(kept, 0, (int) Math.min(seen, kept.length)).sorted();
    }
}
