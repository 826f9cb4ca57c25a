package org.mixtura.fit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mixtura.kernel.Moments;

/**
 * The result of a fit: the model, how it was reached, and what it was fitted with. Immutable.
 *
 * <p>A fit that stopped at its iteration limit or at a collapse is a result like any other; {@link #stopReason()} tells.
 *
 * @param <M> the model
 */
public final class Fit<M> {
    private final M model;
    private final StopReason stopReason;
    private final String stopDetail;
    private final double[] history;
    private final double logLikelihood;
    private final double assignmentEntropy;
    private final double totalWeight;
    private final long rows;
    private final long freeParameters;
    private final long seed;
    private final double[] restartObjectives;
    private final List<String> warnings;
    private final Map<String, String> options;
    private final double seconds;
    private final @Nullable Tolerance tolerance;
    private final double leftToGain;
    private final double passes;
    private final double leftOut;

    private Fit(Builder<M> builder) {
        this.model = builder.model;
        this.stopReason = builder.stopReason;
        this.stopDetail = builder.stopDetail;
        this.history = builder.history.clone();
        this.logLikelihood = builder.logLikelihood;
        this.assignmentEntropy = builder.assignmentEntropy;
        this.totalWeight = builder.totalWeight;
        this.rows = builder.rows;
        this.freeParameters = builder.freeParameters;
        this.seed = builder.seed;
        this.restartObjectives = builder.restartObjectives.clone();
        this.warnings = List.copyOf(builder.warnings);
        this.options = Collections.unmodifiableMap(new LinkedHashMap<>(builder.options));
        this.seconds = builder.seconds;
        this.tolerance = builder.tolerance;
        this.leftToGain = builder.leftToGain;
        this.passes = builder.passes;
        this.leftOut = builder.leftOut;
    }

    /** {@return the fitted model} */
    public M model() {
        return model;
    }

    /** {@return why the fit stopped} */
    public StopReason stopReason() {
        return stopReason;
    }

    /** {@return which component collapsed and how, if one did; else empty} */
    public String stopDetail() {
        return stopDetail;
    }

    /** {@return whether the tolerance was reached} */
    public boolean converged() {
        return stopReason == StopReason.CONVERGED;
    }

    /** {@return what a converged fit had to come within; empty for fits that stop by rules of their own} */
    public Optional<Tolerance> tolerance() {
        return Optional.ofNullable(tolerance);
    }

    /**
     * {@return an estimate of what more iterations would gain per unit of weight, nats, extrapolated from the last gains, which can
     * be several times too low where components overlap much ({@link Tolerance}); NaN where there is none, infinite before the
     * first iterations}
     */
    public double leftToGain() {
        return leftToGain;
    }

    /**
     * {@return the work of the whole fit in passes: how many times it would have scored all rows under all components and learnt
     * from them. Passes over samples count by their size, k-means distances 1.5/d each; passes that leave components out where they do
     * not matter count whole; NaN where it was not counted}
     */
    public double passes() {
        return passes;
    }

    /**
     * {@return by how much {@link #meanLogLikelihood()} would be larger at most if, of many components, none had been left out for rows to
     * which they do not matter, nats: 1.1e-16, or 0 if none was. That is below the rounding of any row's log-density}
     */
    public double leftOut() {
        return leftOut;
    }

    /**
     * {@return how many times the parameters were changed on the way over all rows that {@link #history()} tells of; after a search
     * on a sample that is its last part only}
     */
    public int iterations() {
        return history.length - 1;
    }

    /**
     * The objective per unit of weight over all rows, nats: after 0, 1, 2, … iterations of the climb that was chosen; it never
     * falls. The log-likelihood
     * less the penalty for EM, the evidence lower bound for variational fits.
     *
     * @return {@link #iterations()} + 1 values
     */
    public double[] history() {
        return history.clone();
    }

    /** {@return the objective of the model per unit of weight, nats: the last of {@link #history()}} */
    public double objective() {
        return history[history.length - 1];
    }

    /** {@return the objective of the model in total, nats: for variational fits the evidence lower bound} */
    public double totalObjective() {
        return objective() * totalWeight;
    }

    /**
     * {@return the total log-likelihood of the rows under the returned model, Σ w ln p(x), nats; for a posterior, under the
     * mixture that it expects}
     */
    public double logLikelihood() {
        return logLikelihood;
    }

    /** {@return the mean log-likelihood, Σ w ln p(x) / Σ w, nats} */
    public double meanLogLikelihood() {
        return logLikelihood / totalWeight;
    }

    /** {@return −Σ_n w_n Σ_k r_nk ln r_nk, nats: 0 if every row belongs to one component without doubt} */
    public double assignmentEntropy() {
        return assignmentEntropy;
    }

    /** {@return Σ w, the number of rows if they have no weights} */
    public double totalWeight() {
        return totalWeight;
    }

    /** {@return the number of rows} */
    public long rows() {
        return rows;
    }

    /** {@return the number of free parameters of the model, for the criteria} */
    public long freeParameters() {
        return freeParameters;
    }

    /** {@return Akaike's criterion; lower is better} */
    public double aic() {
        return Criterion.AIC.of(this);
    }

    /** {@return the Bayesian information criterion; lower is better} */
    public double bic() {
        return Criterion.BIC.of(this);
    }

    /** {@return the integrated completed likelihood criterion; lower is better} */
    public double icl() {
        return Criterion.ICL.of(this);
    }

    /** {@return the seed of all random choices} */
    public long seed() {
        return seed;
    }

    /**
     * {@return the objective per unit of weight that each valid start got to, the chosen one first; of starts that dropped out of
     * a race, on the part of the rows on which they did}
     */
    public double[] restartObjectives() {
        return restartObjectives.clone();
    }

    /** {@return what a careful reader should know before trusting the fit, in sentences; often empty} */
    public List<String> warnings() {
        return warnings;
    }

    /** {@return the options that the fit was made with, by their names on the command line} */
    public Map<String, String> options() {
        return options;
    }

    /** {@return how long the fit took, in seconds of wall time} */
    public double seconds() {
        return seconds;
    }

    /** The same fit with the sums over other rows. */
    Fit<M> judged(long count, Moments moments, Map<String, String> fittedWith) {
        Builder<M> builder = new Builder<>(model)
                .stopped(stopReason)
                .history(history)
                .weighed(moments.logLikelihood(), moments.assignmentEntropy(), moments.totalWeight())
                .rows(count)
                .freeParameters(freeParameters)
                .seed(seed)
                .restartObjectives(restartObjectives)
                .warnings(warnings)
                .options(fittedWith)
                .seconds(seconds)
                .passes(passes);
        builder.stopDetail = stopDetail;
        builder.tolerance = tolerance;
        builder.leftToGain = leftToGain;
        builder.leftOut = moments.leftOut() / moments.totalWeight();
        return builder.build();
    }

    /** Collects the parts of a fit. */
    static final class Builder<M> {
        private final M model;
        private StopReason stopReason = StopReason.MAX_ITERATIONS;
        private String stopDetail = "";
        private double[] history = {Double.NaN};
        private double logLikelihood;
        private double assignmentEntropy;
        private double totalWeight;
        private long rows;
        private long freeParameters;
        private long seed;
        private double[] restartObjectives = {};
        private List<String> warnings = List.of();
        private Map<String, String> options = Map.of();
        private double seconds;
        private @Nullable Tolerance tolerance;
        private double leftToGain = Double.NaN;
        private double passes = Double.NaN;
        private double leftOut;

        Builder(M model) {
            this.model = model;
        }

        /** Takes over all that the climb knows. */
        Builder<M> climbed(Ascent.Climb<?> climb) {
            stopReason = Objects.requireNonNull(climb.reason());
            stopDetail = climb.detail();
            history = climb.history();
            logLikelihood = climb.moments().logLikelihood();
            assignmentEntropy = climb.moments().assignmentEntropy();
            totalWeight = climb.moments().totalWeight();
            leftToGain = climb.leftToGain();
            leftOut = climb.moments().leftOut() / totalWeight;
            return this;
        }

        /** All that a task tells of its way. */
        Builder<M> reached(Task.Result<?> result) {
            return climbed(result.best())
                    .tolerance(result.tolerance())
                    .passes(result.passes())
                    .restartObjectives(result.objectives());
        }

        Builder<M> tolerance(Tolerance value) {
            tolerance = value;
            return this;
        }

        Builder<M> passes(double count) {
            passes = count;
            return this;
        }

        Builder<M> stopped(StopReason why) {
            stopReason = why;
            return this;
        }

        Builder<M> history(double[] objectives) {
            history = objectives;
            return this;
        }

        /** What sums over the rows give. */
        Builder<M> weighed(double logLikelihoodOfRows, double entropyOfAssignments, double weightOfRows) {
            logLikelihood = logLikelihoodOfRows;
            assignmentEntropy = entropyOfAssignments;
            totalWeight = weightOfRows;
            return this;
        }

        Builder<M> rows(long count) {
            rows = count;
            return this;
        }

        Builder<M> freeParameters(long count) {
            freeParameters = count;
            return this;
        }

        Builder<M> seed(long value) {
            seed = value;
            return this;
        }

        Builder<M> restartObjectives(double[] objectives) {
            restartObjectives = objectives;
            return this;
        }

        Builder<M> warnings(List<String> sentences) {
            warnings = sentences;
            return this;
        }

        Builder<M> options(Map<String, String> byName) {
            options = byName;
            return this;
        }

        Builder<M> seconds(double value) {
            seconds = value;
            return this;
        }

        Fit<M> build() {
            return new Fit<>(this);
        }
    }
}
