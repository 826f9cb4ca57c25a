package org.mixtura.table;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The wanted cells of one row of a table, in the order in which they were asked for; used again for the next row. */
final class Row {
    /** The cells wanted as numbers; NaN where one is missing. */
    final double[] numbers;
    /** Which of those are missing, as opposed to a NaN that stands in the file. */
    final boolean[] missing;
    /** The text of each of those that is missing, NaN or infinite; stale for the others. */
    final String[] gaps;
    /** The cells wanted as text; null where one is missing. */
    final @Nullable String[] texts;

    Row(int numbers, int texts) {
        this.numbers = new double[numbers];
        this.missing = new boolean[numbers];
        this.gaps = new String[numbers];
        Arrays.fill(gaps, "");
        this.texts = new @Nullable String[texts];
    }

    void setNumber(int at, double value) {
        numbers[at] = value;
        missing[at] = false;
    }

    /** Sets a number that is not finite, or none. */
    void setGap(int at, double value, boolean isMissing, String text) {
        numbers[at] = value;
        missing[at] = isMissing;
        gaps[at] = text;
    }
}
