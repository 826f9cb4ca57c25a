package org.mixtura.fit;

/** What kind of start: no one by k-means is best on all data, so a race has some of each. */
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
    LLOYD_WHITENED,
    /** Hierarchical clusters ({@link Agglomeration}), the same for every seed; not in a race. */
    HIERARCHY;

    /** The kind of the start of a number, from 0, in a race. */
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
