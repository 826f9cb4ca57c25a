package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.commons.numbers.gamma.LogGamma;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mixtura.bayes.Dirichlet;
import org.mixtura.bayes.GaussianPosterior;
import org.mixtura.bayes.GaussianPrior;
import org.mixtura.bayes.MixturePosterior;
import org.mixtura.bayes.MixturePrior;
import org.mixtura.bayes.WeightPrior;
import org.mixtura.bayes.Wishart;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.QuadraticForms;
import org.mixtura.kernel.RowSummary;
import org.mixtura.kernel.Scan;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.CovarianceStructure;

/**
 * The bound in its two complete forms, one after each half step: it never falls in either, and both forms, and a third from
 * the normalisers of the conjugate families, are one number.
 */
class EvidenceLowerBoundTest {
    private static final double ROUNDING = 1e-12;
    private static final int STEPS = 40;

    static LongStream seeds() {
        return LongStream.range(0, 2 * VariationalCases.COMBINATIONS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void neverFallsInAnyHalfStep(long seed) {
        climb(VariationalCases.of(seed));
    }

    @Test
    @Tag("study")
    void neverFallsInAnyHalfStepOfAThousandFits() {
        for (long seed = 1000; seed < 2000; seed++) {
            climb(VariationalCases.of(seed));
        }
    }

    private static void climb(VariationalCases problem) {
        Rows rows = problem.rows();
        RowSummary summary = RowSummary.of(rows, 1);
        MixturePrior prior = MixturePrior.of(
                problem.components(),
                problem.weights(),
                problem.gaussians().about(summary),
                problem.gaussians().tied());
        VariationalInference algorithm = new VariationalInference(prior, summary, true);
        MixturePosterior posterior = algorithm.first(Initialization.random()
                .moments(Initialization.Start.plain(
                        rows, summary, problem.components(), Moments.Scatter.FULL, problem.seed(), 1)));
        double previous = Double.NEGATIVE_INFINITY;
        for (int t = 0; t < STEPS; t++) {
            QuadraticForms forms = algorithm.forms(posterior);
            Moments moments = Scan.moments(rows, forms, Moments.Scatter.FULL, 1);
            double penalty = algorithm.penalty(posterior);
            double afterResponsibilities = moments.logLikelihood() - penalty;
            double size = Math.abs(moments.logLikelihood()) + Math.abs(penalty) + moments.totalWeight();
            double allowance = ROUNDING * size;
            assertThat(afterResponsibilities)
                    .as("%s, step %s", problem, t)
                    .isGreaterThanOrEqualTo(previous - allowance);
            assertThat(between(moments, posterior, forms))
                    .isBetween(afterResponsibilities - allowance, afterResponsibilities + allowance);

            MixturePosterior next = algorithm.update(moments, posterior);
            double afterUpdate = between(ordered(moments, next), next, algorithm.forms(next));
            assertThat(afterUpdate)
                    .as("%s, step %s", problem, t)
                    .isGreaterThanOrEqualTo(afterResponsibilities - allowance);
            if (conjugate(prior)) {
                assertThat(fromNormalizers(rows, summary, moments, next))
                        .isBetween(afterUpdate - allowance, afterUpdate + allowance);
            }
            posterior = next;
            previous = afterUpdate;
        }
    }

    private static double between(Moments moments, MixturePosterior posterior, QuadraticForms forms) {
        return Bound.expectedScore(moments, forms) + moments.assignmentEntropy() - posterior.divergence();
    }

    /** The moments with their components where the update has put them. */
    private static Moments ordered(Moments moments, MixturePosterior next) {
        if (!next.prior().weights().favoursLargestFirst()) {
            return moments;
        }
        int d = moments.dimension();
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, moments.components()).boxed().toList());
        order.sort(Comparator.comparingDouble(k -> -moments.weights()[k]));
        double[] centres = new double[moments.centres().length];
        for (int k = 0; k < order.size(); k++) {
            System.arraycopy(moments.centres(), order.get(k) * d, centres, k * d, d);
        }
        Moments turned = Moments.about(moments.origin(), centres, moments.scatter());
        for (int k = 0; k < order.size(); k++) {
            turned.weights()[k] = moments.weights()[order.get(k)];
            System.arraycopy(moments.firsts(), order.get(k) * d, turned.firsts(), k * d, d);
            double[] second = moments.second(order.get(k));
            System.arraycopy(second, 0, turned.second(k), 0, second.length);
        }
        turned.acceptScores(1, 0, moments.assignmentEntropy());
        return turned;
    }

    /** Whether the update reaches the unrestricted posterior, so that the bound is a sum of normalisers. */
    private static boolean conjugate(MixturePrior prior) {
        return !(prior.component().precision() instanceof Wishart)
                || prior.structure() == CovarianceStructure.FULL
                || (prior.component().dimension() == 1 && !prior.tied());
    }

    /** Σ_k [ln Z(posterior) − ln Z(prior)] + ln Z_π(posterior) − ln Z_π(prior) + base + H(r). */
    private static double fromNormalizers(Rows rows, RowSummary summary, Moments moments, MixturePosterior posterior) {
        int d = rows.dimension();
        GaussianPosterior prior = posterior.prior().component();
        double sum = moments.assignmentEntropy() - moments.totalWeight() * d / 2 * Math.log(2 * Math.PI);
        List<Dirichlet> after = posterior.weights().distributions();
        List<Dirichlet> before = posterior.prior().withoutRows().weights().distributions();
        for (int i = 0; i < after.size(); i++) {
            sum += after.get(i).logNormalizer() - before.get(i).logNormalizer();
        }
        for (int k = 0; k < posterior.size(); k++) {
            GaussianPosterior component = posterior.component(k);
            sum += d / 2.0 * Math.log(prior.meanPrecision() / component.meanPrecision());
            if (after.isEmpty()) {
                sum += moments.weights()[k] * posterior.weights().expectedLog()[k];
            }
            if (component.precision() instanceof Wishart wishart && prior.precision() instanceof Wishart first) {
                sum += wishart.logNormalizer() - first.logNormalizer();
            }
        }
        if (!(prior.precision() instanceof Wishart)) {
            // Σ x ᵀΛx over rows and prior, less that of the posterior means: about the prior mean only two terms are
            // left.
            Covariance covariance = prior.precision().covariance();
            double[] zero = new double[d];
            double square = 0;
            try (Rows.Reader reader = rows.reader()) {
                var block = reader.read(0, (int) rows.count());
                for (int i = 0; i < block.count(); i++) {
                    double[] x = new double[d];
                    for (int j = 0; j < d; j++) {
                        x[j] = block.get(i, j) - summary.origin()[j] - prior.mean()[j];
                    }
                    square += block.weight(i) * covariance.mahalanobisSquared(x, zero);
                }
            }
            for (GaussianPosterior component : posterior.components()) {
                square -= component.meanPrecision() * covariance.mahalanobisSquared(component.mean(), prior.mean());
            }
            sum -= (square + moments.totalWeight() * covariance.logDeterminant()) / 2;
        }
        return sum;
    }

    /** Everything that a mixture of few rows can be: the sum over all assignments. */
    @ParameterizedTest
    @MethodSource("seeds")
    void isBelowTheEvidenceOfAFewRows(long seed) {
        VariationalCases problem = VariationalCases.of(seed);
        double[][] few = firstRows(problem.rows(), 6);
        Rows rows = Rows.of(few);
        RowSummary summary = RowSummary.of(rows, 1);
        MixturePrior prior = MixturePrior.of(
                2,
                problem.weights(),
                problem.gaussians().about(summary),
                problem.gaussians().tied());
        if (prior.tied() && prior.component().precision() instanceof Wishart) {
            return;
        }
        Fit<MixturePosterior> fit = VariationalBayes.components(2)
                .weights(problem.weights())
                .gaussians(problem.gaussians())
                .restarts(4)
                .threads(1)
                .tolerance(1e-12)
                .fit(rows);
        double evidence = logEvidence(few, summary, unrestricted(prior));
        assertThat(fit.totalObjective())
                .as(problem.toString())
                .isLessThanOrEqualTo(evidence + 1e-9 * Math.abs(evidence));
        assertThat(fit.model().evidenceLowerBound(rows))
                .isCloseTo(fit.totalObjective(), within(1e-9 * Math.abs(evidence)));
    }

    /** The model whose evidence a restricted covariance bounds: that with full ones, its prior diagonal. */
    private static MixturePrior unrestricted(MixturePrior prior) {
        GaussianPosterior component = prior.component();
        if (!(component.precision() instanceof Wishart wishart)) {
            return prior;
        }
        int d = component.dimension();
        Wishart full = Wishart.of(
                wishart.degreesOfFreedom(),
                Covariance.full(wishart.inverseScale().lowerTriangle(), d));
        return MixturePrior.of(
                prior.components(),
                prior.weights(),
                GaussianPosterior.of(component.mean(), component.meanPrecision(), full),
                false);
    }

    private static double logEvidence(double[][] x, RowSummary summary, MixturePrior prior) {
        int n = x.length;
        double[] logs = new double[1 << n];
        for (int z = 0; z < logs.length; z++) {
            double[] counts = new double[2];
            for (int i = 0; i < n; i++) {
                counts[z >> i & 1]++;
            }
            logs[z] = logProbability(counts, prior);
            for (int k = 0; k < 2; k++) {
                int own = k;
                int assignment = z;
                double[][] members = IntStream.range(0, n)
                        .filter(i -> (assignment >> i & 1) == own)
                        .mapToObj(i -> x[i])
                        .toArray(double[][]::new);
                logs[z] += logMarginal(members, summary, prior.component());
            }
        }
        double largest = Arrays.stream(logs).max().orElseThrow();
        return largest
                + Math.log(Arrays.stream(logs).map(l -> Math.exp(l - largest)).sum());
    }

    /** ln p(z) with the weights integrated out. */
    private static double logProbability(double[] counts, MixturePrior prior) {
        List<Dirichlet> after = prior.weights().posterior(counts).distributions();
        List<Dirichlet> before = prior.withoutRows().weights().distributions();
        double sum = after.isEmpty() ? -(counts[0] + counts[1]) * Math.log(2) : 0;
        for (int i = 0; i < after.size(); i++) {
            sum += after.get(i).logNormalizer() - before.get(i).logNormalizer();
        }
        return sum;
    }

    /** ln p of the rows of one component: each under the predictive distribution that the rows before it leave. */
    private static double logMarginal(double[][] members, RowSummary summary, GaussianPosterior prior) {
        MixturePrior single = MixturePrior.of(1, WeightPrior.fixed(), prior, false);
        double sum = 0;
        for (int i = 0; i < members.length; i++) {
            GaussianPosterior known = prior;
            if (i > 0) {
                Rows before = Rows.of(Arrays.copyOf(members, i));
                Moments moments = Scan.moments(
                        before,
                        summary.origin(),
                        new double[summary.origin().length],
                        single.scatter(),
                        (block, first, r) -> Arrays.fill(r, 0, block.count(), 1),
                        1);
                known = single.posterior(moments, List.of(0)).component(0);
            }
            double[] x = members[i].clone();
            for (int j = 0; j < x.length; j++) {
                x[j] -= summary.origin()[j];
            }
            sum += known.predictive().logDensity(x);
        }
        return sum;
    }

    private static double[][] firstRows(Rows rows, int count) {
        double[][] few = new double[count][rows.dimension()];
        try (Rows.Reader reader = rows.reader()) {
            var block = reader.read(0, count);
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < rows.dimension(); j++) {
                    few[i][j] = block.get(i, j);
                }
            }
        }
        return few;
    }

    /** With one component nothing is approximated: the bound is the evidence. */
    @ParameterizedTest
    @MethodSource("seeds")
    void isTheEvidenceForOneComponent(long seed) {
        VariationalCases problem = VariationalCases.of(seed);
        double[][] few = firstRows(problem.rows(), 15);
        Rows rows = Rows.of(few);
        RowSummary summary = RowSummary.of(rows, 1);
        GaussianPosterior prior = problem.gaussians().about(summary);
        if (prior.precision() instanceof Wishart wishart
                && wishart.covariance().structure() != CovarianceStructure.FULL
                && rows.dimension() > 1) {
            return;
        }
        Fit<MixturePosterior> fit = VariationalBayes.components(1)
                .weights(WeightPrior.dirichlet(1))
                .gaussians(problem.gaussians())
                .threads(1)
                .fit(rows);
        double evidence = logMarginal(few, summary, prior);
        assertThat(Math.abs(fit.totalObjective() - evidence))
                .as("%s: bound %s, evidence %s", problem, fit.totalObjective(), evidence)
                .isLessThanOrEqualTo(1e-11 * (Math.abs(evidence) + 15));
    }

    /** ln Γ ratios of the Dirichlet-multinomial, written out: the enumeration above rests on them. */
    @Test
    void theProbabilityOfAssignmentsIsTheDirichletMultinomial() {
        double alpha = 0.7;
        MixturePrior prior = MixturePrior.of(
                2,
                WeightPrior.dirichlet(alpha),
                GaussianPrior.normal().about(RowSummary.of(Rows.of(new double[][] {{0}, {1}}), 1)),
                true);
        double expected = LogGamma.value(2 * alpha)
                - LogGamma.value(2 * alpha + 5)
                + LogGamma.value(alpha + 2)
                + LogGamma.value(alpha + 3)
                - 2 * LogGamma.value(alpha);
        assertThat(logProbability(new double[] {2, 3}, prior)).isCloseTo(expected, within(1e-14));
    }
}
