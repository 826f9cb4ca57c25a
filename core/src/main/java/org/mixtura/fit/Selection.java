package org.mixtura.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.mixtura.data.Rows;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.mixture.NoisyMixture;
import org.mixtura.mixture.StudentMixture;

/**
 * The best of several mixtures of the same rows by an information criterion; lower is better.
 *
 * <p>Candidates that search ({@link Search#NORMAL}, {@link Search#THOROUGH}) under a penalty, and differ in nothing but number of
 * components and structure, are found along paths: each starts from its neighbours, with a component split or two merged. Where
 * there are many rows that goes on over a sample, and only the best candidate and those of its structure with the next smaller and
 * larger number climb over all rows; the criterion of the others is an estimate from samples, for the number of all rows, and
 * {@link Candidate#basis()} says so. Candidates beside the best stop at ten times its automatic tolerance, unless what they leave
 * could make one of them the best. A structure far behind another over the sample is searched less. So a choice among many candidates takes about as long as a few fits. Other candidates are
 * fitted one by one.
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
    private final double passes;

    private Selection(Criterion criterion, List<Candidate<M>> table, Candidate<M> winner, double passes) {
        this.criterion = criterion;
        this.table = table;
        this.winner = winner;
        this.passes = passes;
    }

    /** What the criterion of a candidate rests on. */
    public enum Basis {
        /** A fit to all rows. */
        ALL_ROWS,
        /** An estimate from a mixture that was fitted to a sample. */
        SAMPLE,
        /** Nothing: it could not be fitted. */
        NOTHING
    }

    /**
     * One row of the choice table: a fit, an estimate of what it would be, or the reason why there is none.
     *
     * @param <M> the model
     */
    public static final class Candidate<M> implements Comparable<Candidate<M>> {
        private final Em em;
        private final Basis basis;
        private final @Nullable Fit<M> fit;
        private final String failure;
        private final boolean sound;
        private final long freeParameters;
        private final double logLikelihood;
        private final double assignmentEntropy;
        private final double totalWeight;
        private final Criterion criterion;

        private Candidate(
                Em em,
                Basis basis,
                @Nullable Fit<M> fit,
                String failure,
                boolean sound,
                long freeParameters,
                double[] totals,
                Criterion criterion) {
            this.em = em;
            this.basis = basis;
            this.fit = fit;
            this.failure = failure;
            this.sound = sound;
            this.freeParameters = freeParameters;
            this.logLikelihood = totals[0];
            this.assignmentEntropy = totals[1];
            this.totalWeight = totals[2];
            this.criterion = criterion;
        }

        static <M> Candidate<M> fitted(Em em, Fit<M> fit, Criterion criterion) {
            boolean sound = fit.stopReason() != StopReason.COLLAPSED;
            double[] totals = {fit.logLikelihood(), fit.assignmentEntropy(), fit.totalWeight()};
            return new Candidate<>(em, Basis.ALL_ROWS, fit, "", sound, fit.freeParameters(), totals, criterion);
        }

        /**
         * @param totals log-likelihood, assignment entropy and weight of all rows
         */
        static <M> Candidate<M> estimated(
                Em em, long freeParameters, boolean sound, double[] totals, Criterion criterion) {
            return new Candidate<>(em, Basis.SAMPLE, null, "", sound, freeParameters, totals, criterion);
        }

        static <M> Candidate<M> failed(Em em, long freeParameters, String failure, Criterion criterion) {
            double[] totals = {Double.NEGATIVE_INFINITY, 0, 1};
            return new Candidate<>(em, Basis.NOTHING, null, failure, false, freeParameters, totals, criterion);
        }

        /** The same estimate with some log-likelihood more. */
        Candidate<M> plus(double more) {
            return estimated(
                    em,
                    freeParameters,
                    sound,
                    new double[] {logLikelihood + more, assignmentEntropy, totalWeight},
                    criterion);
        }

        /** {@return K} */
        public int components() {
            return em.settings().components;
        }

        /** {@return what the covariances have in common} */
        public CovarianceStructure structure() {
            return em.structure();
        }

        /** {@return what the figures rest on} */
        public Basis basis() {
            return basis;
        }

        /** {@return the fit to all rows, empty if there is none} */
        public Optional<Fit<M>> fit() {
            return Optional.ofNullable(fit);
        }

        /** {@return why the candidate could not be fitted; empty text if it could} */
        public String failure() {
            return failure;
        }

        /** {@return the number of free parameters} */
        public long freeParameters() {
            return freeParameters;
        }

        /** {@return the total log-likelihood of all rows or an estimate of it, nats; −∞ if the candidate could not be fitted} */
        public double logLikelihood() {
            return logLikelihood;
        }

        /** {@return the criterion of the selection, lower is better; +∞ if the candidate could not be fitted} */
        public double value() {
            return value(criterion);
        }

        /**
         * The candidate by any criterion.
         *
         * @param by the criterion
         * @return its value, lower is better; +∞ if the candidate could not be fitted
         */
        public double value(Criterion by) {
            return basis == Basis.NOTHING
                    ? Double.POSITIVE_INFINITY
                    : by.value(logLikelihood, freeParameters, totalWeight, assignmentEntropy);
        }

        /** The better first: sound before collapsed, then the lower value. */
        @Override
        public int compareTo(Candidate<M> other) {
            return sound == other.sound ? Double.compare(value(), other.value()) : sound ? -1 : 1;
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
     * @return the selection
     * @throws IllegalArgumentException if the range is empty or no candidate can be fitted
     */
    public static Selection<GaussianMixture> of(
            int from, int to, IntFunction<Em> estimator, Criterion criterion, Rows rows) {
        List<Em> estimators = new ArrayList<>();
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
     * @return the selection
     * @throws IllegalArgumentException if there is no candidate or none can be fitted; with the first one's reason
     */
    public static Selection<GaussianMixture> of(List<Em> estimators, Criterion criterion, Rows rows) {
        requireCandidates(estimators);
        if (Paths.among(estimators)) {
            Paths paths = new Paths(estimators, criterion, rows);
            List<Candidate<GaussianMixture>> table = paths.run();
            Candidate<GaussianMixture> winner = winner(table);
            return new Selection<>(criterion, table, winner, paths.passes(winner.components()));
        }
        return oneByOne(estimators, em -> em, criterion, rows);
    }

    /**
     * Chooses among mixtures with noise ({@link Em#withNoise}), fitted one by one.
     *
     * @param estimators the candidates without their noise, in the order of the table
     * @param criterion what to choose by; of equals the earlier candidate wins
     * @param rows the rows
     * @return the selection
     * @throws IllegalArgumentException if there is no candidate or none can be fitted; with the first one's reason
     */
    public static Selection<NoisyMixture> withNoise(List<Em> estimators, Criterion criterion, Rows rows) {
        return oneByOne(estimators, Em::withNoise, criterion, rows);
    }

    /**
     * Chooses among mixtures with tails ({@link Em#withTails}), fitted one by one.
     *
     * @param estimators the candidates without their tails, in the order of the table
     * @param tails what is known of their tails
     * @param criterion what to choose by; of equals the earlier candidate wins
     * @param rows the rows
     * @return the selection
     * @throws IllegalArgumentException if there is no candidate or none can be fitted; with the first one's reason
     */
    public static Selection<StudentMixture> withTails(
            List<Em> estimators, Tails tails, Criterion criterion, Rows rows) {
        return oneByOne(estimators, em -> em.withTails(tails), criterion, rows);
    }

    private static <M> Selection<M> oneByOne(
            List<Em> estimators, Function<Em, Estimator<M>> estimator, Criterion criterion, Rows rows) {
        requireCandidates(estimators);
        List<Candidate<M>> table = new ArrayList<>();
        Hierarchy hierarchy = new Hierarchy();
        for (Em em : estimators) {
            table.add(alone(em, estimator.apply(em.sharing(hierarchy)), criterion, rows));
        }
        Candidate<M> winner = winner(table);
        double passes = table.stream()
                .flatMap(candidate -> candidate.fit().stream()
                        .map(fit -> fit.passes() * candidate.components() / winner.components()))
                .mapToDouble(Double::doubleValue)
                .sum();
        return new Selection<>(criterion, List.copyOf(table), winner, passes);
    }

    private static void requireCandidates(List<Em> estimators) {
        if (estimators.isEmpty()) {
            throw new IllegalArgumentException("no candidates to choose from");
        }
    }

    private static <M> Candidate<M> winner(List<Candidate<M>> table) {
        return table.stream()
                .filter(candidate -> candidate.fit().isPresent())
                .min(Candidate::compareTo)
                .orElseThrow(() -> new IllegalArgumentException(table.get(0).failure));
    }

    private static <M> Candidate<M> alone(Em em, Estimator<M> estimator, Criterion criterion, Rows rows) {
        try {
            return Candidate.fitted(em, estimator.fit(rows), criterion);
        } catch (IllegalArgumentException e) {
            return Candidate.failed(em, em.freeParameters(rows.dimension()), String.valueOf(e.getMessage()), criterion);
        }
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

    /** {@return the work of the whole choice in passes over all rows and the components of the winner ({@link Fit#passes()})} */
    public double passes() {
        return passes;
    }
}
