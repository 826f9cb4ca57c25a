package org.mixtura.fit;

/** What kind of k-means start: no one is best on all data, so a race has some of each. */
enum StartKind {
    /** Nearest of centres drawn by k-means++. */
    PLAIN,
    /** Centres drawn greedily, in columns divided by their standard deviations. */
    GREEDY,
    /** The same in columns without correlations. */
    GREEDY_WHITENED,
    /** Greedy centres moved to the means of their rows, some times. */
    LLOYD,
    /** The same in columns without correlations. */
    LLOYD_WHITENED;

    /** The kind of the start of a number, from 0. */
    static StartKind inTurn(int number) {
        return values()[1 + number % 4];
    }

    boolean whitened() {
        return this == GREEDY_WHITENED || this == LLOYD_WHITENED;
    }

    boolean moved() {
        return this == LLOYD || this == LLOYD_WHITENED;
    }
}
