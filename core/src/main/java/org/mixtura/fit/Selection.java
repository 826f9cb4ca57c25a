package org.mixtura.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.mixtura.data.Rows;

/**
 * The best of several fits to the same rows by an information criterion; lower is better.
 *
 * <p>A candidate that cannot be fitted (more components than rows, say) stands in the table with its reason and never wins. A
 * fit that collapsed never wins against one that did not.
 *
 * @param <M> the model
 */
public final class Selection<M> {
    private final Criterion criterion;
    private final List<Candidate<M>> table;
    private final Candidate<M> winner;

    private Selection(Criterion criterion, List<Candidate<M>> table, Candidate<M> winner) {
        this.criterion = criterion;
        this.table = table;
        this.winner = winner;
    }

    /**
     * One row of the choice table: a fit or the reason why there is none.
     *
     * @param <M> the model
     */
    public static final class Candidate<M> {
        private final @Nullable Fit<M> fit;
        private final String failure;
        private final double value;

        private Candidate(@Nullable Fit<M> fit, String failure, double value) {
            this.fit = fit;
            this.failure = failure;
            this.value = value;
        }

        /** {@return the fit, empty if the candidate could not be fitted} */
        public Optional<Fit<M>> fit() {
            return Optional.ofNullable(fit);
        }

        /** {@return why there is no fit; empty text if there is one} */
        public String failure() {
            return failure;
        }

        /** {@return the criterion, lower is better; +∞ if there is no fit} */
        public double value() {
            return value;
        }

        private boolean sound() {
            return fit != null && fit.stopReason() != StopReason.COLLAPSED;
        }
    }

    /**
     * Chooses the number of components.
     *
     * @param from the least number
     * @param to the greatest number
     * @param estimator the estimator for each number
     * @param criterion what to choose by
     * @param rows the rows
     * @param <M> the model
     * @return the selection
     * @throws IllegalArgumentException if the range is empty or no candidate can be fitted
     */
    public static <M> Selection<M> of(
            int from, int to, IntFunction<? extends Estimator<M>> estimator, Criterion criterion, Rows rows) {
        List<Estimator<M>> estimators = new ArrayList<>();
        for (int k = from; k <= to; k++) {
            estimators.add(estimator.apply(k));
        }
        return of(estimators, criterion, rows);
    }

    /**
     * Chooses among estimators.
     *
     * @param estimators the candidates, in the order of the table
     * @param criterion what to choose by; of equals the earlier candidate wins
     * @param rows the rows
     * @param <M> the model
     * @return the selection
     * @throws IllegalArgumentException if there is no candidate or none can be fitted; with the first one's reason
     */
    public static <M> Selection<M> of(List<? extends Estimator<M>> estimators, Criterion criterion, Rows rows) {
        List<Candidate<M>> table = new ArrayList<>();
        Candidate<M> winner = null;
        for (Estimator<M> estimator : estimators) {
            Candidate<M> candidate = candidate(estimator, criterion, rows);
            table.add(candidate);
            if (candidate.fit != null && (winner == null || better(candidate, winner))) {
                winner = candidate;
            }
        }
        if (winner == null) {
            throw new IllegalArgumentException(table.isEmpty() ? "no candidates to choose from" : table.get(0).failure);
        }
        return new Selection<>(criterion, List.copyOf(table), winner);
    }

    private static <M> Candidate<M> candidate(Estimator<M> estimator, Criterion criterion, Rows rows) {
        try {
            Fit<M> fit = estimator.fit(rows);
            return new Candidate<>(fit, "", criterion.of(fit));
        } catch (IllegalArgumentException e) {
            return new Candidate<>(null, String.valueOf(e.getMessage()), Double.POSITIVE_INFINITY);
        }
    }

    private static <M> boolean better(Candidate<M> candidate, Candidate<M> winner) {
        return candidate.sound() == winner.sound() ? candidate.value < winner.value : candidate.sound();
    }

    /** {@return what was chosen by} */
    public Criterion criterion() {
        return criterion;
    }

    /** {@return all candidates, in the order given} */
    public List<Candidate<M>> table() {
        return table;
    }

    /** {@return the chosen candidate, one of {@link #table()}} */
    public Candidate<M> winner() {
        return winner;
    }

    /** {@return the chosen fit} */
    public Fit<M> best() {
        return winner.fit().orElseThrow();
    }
}
