package org.mixtura.table;

/**
 * Which columns to read, by their place in the table, and as what.
 *
 * <p>The arrays are not changed by anyone.
 */
final class Projection {
    /** What text in a column wanted as numbers means. */
    enum TextInNumbers {
        /** An error that names it. */
        ERROR,
        /** A missing value: for conditions, which see rows before they are chosen. */
        MISSING
    }

    final int[] numbers;
    final int[] texts;
    final TextInNumbers textInNumbers;

    Projection(int[] numbers, int[] texts, TextInNumbers textInNumbers) {
        this.numbers = numbers;
        this.texts = texts;
        this.textInNumbers = textInNumbers;
    }
}
