package org.mixtura.fit;

import java.util.Locale;

/** How much a fit looks around before it settles. */
public enum Search {
    /**
     * The plain way: from one start, or as many as asked for, the algorithm's own steps on all rows to the end; the best end is
     * kept.
     */
    NONE(1),
    /**
     * Search small, polish big: a race of 8 starts on a sample of the rows, faster steps, components split and merged while that
     * raises the objective, and only then more rows, four times as many each time, up to all. The default.
     */
    NORMAL(8),
    /** The same with 16 starts, and twice as many attempts to split and merge. */
    THOROUGH(16);

    private static final int NORMAL_ATTEMPTS = 5;

    private final int starts;

    Search(int starts) {
        this.starts = starts;
    }

    /** How many starts there are unless the user says otherwise. */
    int starts() {
        return starts;
    }

    /** How many splits and merges to try before giving up. */
    int attempts() {
        return NORMAL_ATTEMPTS * starts / NORMAL.starts;
    }

    /** {@return the name on the command line and in files} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
