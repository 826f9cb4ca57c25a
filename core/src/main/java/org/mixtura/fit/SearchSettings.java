package org.mixtura.fit;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.mixtura.data.Rows;
import org.mixtura.kernel.RowSummary;

/** The options of estimators that search: where to start, how far to look, when to stop. */
abstract class SearchSettings extends FitSettings {
    Initialization initialization = Initialization.kMeansPlusPlus();
    Search search = Search.NORMAL;
    OptionalInt restarts = OptionalInt.empty();
    int maxIterations = 1000;
    OptionalDouble tolerance = OptionalDouble.empty();
    FitObserver observer = FitObserver.NONE;
    PassJournal journal = PassJournal.NONE;
    /** What several fits of the same rows share. */
    Optional<Hierarchy> hierarchy = Optional.empty();

    /** What is to be known of the columns before anything else. */
    RowSummary summary(Rows rows) {
        RowSummary summary = RowSummary.of(ObservedRows.of(rows, 0, 2, observer), threads);
        observer.passing(new FitObserver.Passing(0, 2 * rows.count(), 2 * rows.count()));
        return summary;
    }

    /** How many starts there are: one, if another would be the same. */
    int runs() {
        return initialization.randomized() ? restarts.orElse(search.starts()) : 1;
    }

    /** Whether there is anything to search: not from a given start, nor without iterations. */
    boolean searches() {
        return search != Search.NONE && initialization.randomized() && maxIterations > 0;
    }

    /**
     * Adds these options by their names on the command line.
     *
     * @param tol the tolerance in words
     */
    void describe(Map<String, String> options, String tol) {
        options.put("init", initialization.toString());
        options.put("search", (searches() ? search : Search.NONE).label());
        options.put("n_init", Integer.toString(runs()));
        options.put("max_iter", Integer.toString(maxIterations));
        options.put("tol", tol);
        options.put("seed", Long.toString(seed));
    }

    /** The tolerance that was asked for, in words. */
    String tolerance() {
        return tolerance.isPresent() ? Double.toString(tolerance.getAsDouble()) : "automatic";
    }

    private static void requireAtLeast(String option, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(option + " is " + value + "; it is at least " + least);
        }
    }

    void setRestarts(int value) {
        requireAtLeast("n_init", value, 1);
        restarts = OptionalInt.of(value);
    }

    void setMaxIterations(int value) {
        requireAtLeast("max_iter", value, 0);
        maxIterations = value;
    }

    void setTolerance(double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("tol is " + value + "; it is finite and not negative");
        }
        tolerance = OptionalDouble.of(value);
    }

    void setThreads(int value) {
        requireAtLeast("threads", value, 1);
        threads = value;
    }
}
