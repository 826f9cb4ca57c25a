package org.mixtura.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.mixtura.bayes.MixturePosterior;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.QuadraticForms;
import org.mixtura.kernel.RowSummary;
import org.mixtura.kernel.Scan;

/**
 * Variational inference as published programs run it: from one given posterior, with the bound taken after each update of the
 * posterior, where {@link Ascent} takes it after each update of the responsibilities; and with everything recorded.
 */
final class CoordinateAscent {
    private final Rows rows;
    private final RowSummary summary;
    private final VariationalInference algorithm;
    private final UnaryOperator<QuadraticForms> scoring;
    private final int threads;

    /**
     * @param algorithm the algorithm
     * @param scoring makes the forms that score rows from those that belong to the posterior; the identity unless a program
     *     is followed in an error of its own
     */
    CoordinateAscent(
            Rows rows,
            RowSummary summary,
            VariationalInference algorithm,
            UnaryOperator<QuadraticForms> scoring,
            int threads) {
        this.rows = rows;
        this.summary = summary;
        this.algorithm = algorithm;
        this.scoring = scoring;
        this.threads = threads;
    }

    /** Decides after each iteration. */
    @FunctionalInterface
    interface StopRule {
        /**
         * Whether to stop as converged.
         *
         * @param previous the bound before the iteration
         * @param bound the bound after it
         * @param iteration from 1
         * @throws IllegalStateException if the bound fell where it cannot
         */
        boolean converged(double previous, double bound, int iteration);
    }

    /** Runs from a posterior whose means are relative to the rows' origin. */
    Trajectory run(MixturePosterior start, StopRule rule, int maxIterations, long seed, Map<String, String> options) {
        long began = System.nanoTime();
        double[] origin = summary.origin();
        List<Trajectory.Step> steps = new ArrayList<>();
        MixturePosterior posterior = start;
        QuadraticForms forms = algorithm.forms(start);
        Moments moments = uniform(forms);
        double entropy = moments.totalWeight() * Math.log(start.size());
        EvidenceTerms terms = terms(moments, entropy, start, forms);
        steps.add(new Trajectory.Step(absolute(start, origin), terms, Double.NaN));
        StopReason reason = StopReason.MAX_ITERATIONS;
        for (int iteration = 1; iteration <= maxIterations; iteration++) {
            moments = Scan.moments(rows, scoring.apply(forms), algorithm.scatter(), threads);
            entropy = moments.assignmentEntropy();
            double before = terms(moments, entropy, posterior, forms).bound();
            posterior = algorithm.update(moments, posterior);
            forms = algorithm.forms(posterior);
            double previous = terms.bound();
            terms = terms(moments, entropy, posterior, forms);
            steps.add(new Trajectory.Step(absolute(posterior, origin), terms, before));
            if (rule.converged(previous, terms.bound(), iteration)) {
                reason = StopReason.CONVERGED;
                break;
            }
        }
        MixturePosterior model = steps.get(steps.size() - 1).posterior();
        double weight = moments.totalWeight();
        double[] history =
                steps.stream().mapToDouble(s -> s.terms().bound() / weight).toArray();
        Fit<MixturePosterior> fit = new Fit.Builder<>(model)
                .stopped(reason)
                .history(history)
                .restartObjectives(new double[] {history[history.length - 1]})
                .weighed(
                        Scan.moments(rows, model.mixture().forms(), algorithm.scatter(), threads)
                                .logLikelihood(),
                        entropy,
                        weight)
                .rows(rows.count())
                .freeParameters(model.freeParameters())
                .seed(seed)
                .options(options)
                .seconds((System.nanoTime() - began) / 1e9)
                .build();
        return new Trajectory(fit, steps);
    }

    private MixturePosterior absolute(MixturePosterior posterior, double[] origin) {
        return posterior.translated(origin).named(rows.columns());
    }

    /** The moments under responsibilities of 1/K. */
    private Moments uniform(QuadraticForms forms) {
        double share = 1.0 / forms.components();
        return Scan.moments(
                rows,
                forms.origin(),
                forms.centres(),
                algorithm.scatter(),
                (block, first, r) -> Arrays.fill(r, 0, block.count() * forms.components(), share),
                threads);
    }

    private static EvidenceTerms terms(
            Moments moments, double entropy, MixturePosterior posterior, QuadraticForms forms) {
        double[] expectedLog = posterior.weights().expectedLog();
        double assignments = 0;
        for (int k = 0; k < expectedLog.length; k++) {
            double weight = moments.weights()[k];
            assignments += weight > 0 ? weight * expectedLog[k] : 0;
        }
        return new EvidenceTerms(
                Bound.expectedScore(moments, forms) - assignments,
                assignments,
                entropy,
                posterior.weights().divergence(),
                posterior.gaussianDivergence());
    }
}
