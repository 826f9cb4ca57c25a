package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mixtura.bayes.GaussianPosterior;
import org.mixtura.bayes.GaussianPrior;
import org.mixtura.bayes.MixturePosterior;
import org.mixtura.bayes.MixturePrior;
import org.mixtura.bayes.WeightPrior;
import org.mixtura.bayes.Wishart;
import org.mixtura.data.Matrix;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.RowSummary;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.CovarianceStructure;

/** Laws of variational fits. */
class VariationalBayesTest {
    static LongStream seeds() {
        return LongStream.range(0, VariationalCases.COMBINATIONS);
    }

    private static VariationalBayes estimator(VariationalCases problem) {
        return VariationalBayes.components(problem.components())
                .weights(problem.weights())
                .gaussians(problem.gaussians())
                .seed(problem.seed())
                .restarts(3)
                .maxIterations(60)
                .threads(1);
    }

    private static int[] labels(Rows rows, int components) {
        SplittableRandom random = new SplittableRandom(rows.count());
        int[] labels = new int[(int) rows.count()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i < components ? i : random.nextInt(components);
        }
        return labels;
    }

    private static double[][] values(Rows rows) {
        double[][] values = new double[(int) rows.count()][rows.dimension()];
        try (Rows.Reader reader = rows.reader()) {
            var block = reader.read(0, values.length);
            for (int i = 0; i < values.length; i++) {
                for (int j = 0; j < values[i].length; j++) {
                    values[i][j] = block.get(i, j);
                }
            }
        }
        return values;
    }

    private static double[] rowWeights(Rows rows) {
        try (Rows.Reader reader = rows.reader()) {
            var block = reader.read(0, (int) rows.count());
            return IntStream.range(0, block.count()).mapToDouble(block::weight).toArray();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theObjectiveIsTheBoundOfTheModelPerRow(long seed) {
        VariationalCases problem = VariationalCases.of(seed);
        Fit<MixturePosterior> fit = estimator(problem).fit(problem.rows());
        double bound = fit.model().evidenceLowerBound(problem.rows());
        assertThat(Math.abs(fit.totalObjective() - bound))
                .isLessThanOrEqualTo(1e-10 * (Math.abs(bound) + fit.totalWeight()));
        double likelihood = fit.model().mixture().logLikelihood(problem.rows());
        assertThat(Math.abs(fit.logLikelihood() - likelihood)).isLessThanOrEqualTo(1e-10 * Math.abs(likelihood));
        assertThat(fit.objective()).isEqualTo(fit.restartObjectives()[0]);
        assertThat(IntStream.range(0, problem.components())
                        .mapToDouble(fit.model()::count)
                        .sum())
                .isCloseTo(fit.totalWeight(), within(1e-9 * fit.totalWeight()));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void withoutASearchTheBestStartIsKept(long seed) {
        VariationalCases problem = VariationalCases.of(seed);
        Fit<MixturePosterior> fit =
                estimator(problem).search(Search.NONE).restarts(3).fit(problem.rows());
        assertThat(fit.objective())
                .isEqualTo(Arrays.stream(fit.restartObjectives()).max().orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theBitsDoNotDependOnThreads(long seed) {
        VariationalCases problem = VariationalCases.of(seed);
        Fit<MixturePosterior> one = estimator(problem).fit(problem.rows());
        Fit<MixturePosterior> three = estimator(problem).threads(3).fit(problem.rows());
        assertThat(three.model()).isEqualTo(one.model());
        assertThat(three.history()).isEqualTo(one.history());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void weightsAreRepeatedRows(long seed) {
        VariationalCases problem = VariationalCases.of(seed);
        double[][] values = values(problem.rows());
        SplittableRandom random = new SplittableRandom(seed);
        int[] times = random.ints(values.length, 0, 4).toArray();
        Arrays.fill(times, 0, problem.components(), 1);
        int[] labels = labels(problem.rows(), problem.components());
        int[] each = IntStream.range(0, times.length)
                .flatMap(i -> IntStream.generate(() -> i).limit(times[i]))
                .toArray();
        Fit<MixturePosterior> weighted = estimator(problem)
                .initialization(Initialization.labels(labels))
                .fit(problem.rows()
                        .weighted(Arrays.stream(times).asDoubleStream().toArray()));
        Fit<MixturePosterior> repeated = estimator(problem)
                .initialization(Initialization.labels(
                        Arrays.stream(each).map(i -> labels[i]).toArray()))
                .fit(Rows.of(Arrays.stream(each).mapToObj(i -> values[i]).toArray(double[][]::new)));
        assertSame(weighted.model(), repeated.model(), 1e-8);
        assertThat(weighted.objective())
                .isCloseTo(repeated.objective(), within(1e-10 * (1 + Math.abs(repeated.objective()))));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void labelsInAnotherOrderPermuteTheResult(long seed) {
        VariationalCases problem = VariationalCases.of(seed);
        if (!problem.weights().exchangeable()) {
            return;
        }
        int k = problem.components();
        int[] labels = labels(problem.rows(), k);
        List<Integer> order = IntStream.range(0, k).mapToObj(i -> k - 1 - i).toList();
        Rows rows = Rows.of(values(problem.rows()));
        Fit<MixturePosterior> fit =
                estimator(problem).initialization(Initialization.labels(labels)).fit(rows);
        Fit<MixturePosterior> turned = estimator(problem)
                .initialization(Initialization.labels(
                        Arrays.stream(labels).map(l -> k - 1 - l).toArray()))
                .fit(rows);
        assertSame(turned.model(), fit.model().permuted(order), 1e-8);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anOffsetMovesTheMeansAlone(long seed) {
        VariationalCases problem = VariationalCases.of(seed);
        int d = problem.rows().dimension();
        // A power of two, and rows rounded to a grid, so that the moved rows are exact.
        double unit = Math.pow(2, Math.rint(Math.log(spread(problem.rows())) / Math.log(2))) / (1 << 20);
        double offset = unit * (1L << 45);
        double[][] values = values(problem.rows());
        for (double[] row : values) {
            for (int j = 0; j < d; j++) {
                row[j] = Math.rint(row[j] / unit) * unit;
            }
        }
        double[][] moved = Arrays.stream(values)
                .map(row -> Arrays.stream(row).map(x -> x + offset).toArray())
                .toArray(double[][]::new);
        double[] weights = rowWeights(problem.rows());
        Fit<MixturePosterior> fit = estimator(problem).fit(Rows.of(values).weighted(weights));
        Fit<MixturePosterior> far = estimator(problem).fit(Rows.of(moved).weighted(weights));
        assertThat(far.history()).isEqualTo(fit.history());
        for (int k = 0; k < problem.components(); k++) {
            assertThat(far.model().component(k).precision())
                    .isEqualTo(fit.model().component(k).precision());
            for (int j = 0; j < d; j++) {
                assertThat(far.model().component(k).mean()[j] - offset)
                        .isCloseTo(fit.model().component(k).mean()[j], within(unit));
            }
        }
    }

    private static double spread(Rows rows) {
        return Math.sqrt(RowSummary.of(rows, 1).variance(0));
    }

    @ParameterizedTest
    @EnumSource(
            value = CovarianceStructure.class,
            names = {"FULL", "TIED", "SPHERICAL", "TIED_SPHERICAL"})
    void aRotationTurnsTheMeans(CovarianceStructure structure) {
        Rows rows = VariationalCases.blobs(new SplittableRandom(5), 90, 2, 3, 1);
        double c = Math.cos(0.7);
        double s = Math.sin(0.7);
        Matrix turn = Matrix.of(new double[] {c, -s}, new double[] {s, c});
        Rows turned = Rows.of(Arrays.stream(values(rows)).map(turn::times).toArray(double[][]::new));
        VariationalBayes estimator = VariationalBayes.components(3)
                .gaussians(GaussianPrior.normalWishart().structure(structure))
                .initialization(Initialization.labels(labels(rows, 3)));
        Fit<MixturePosterior> fit = estimator.fit(rows);
        Fit<MixturePosterior> other = estimator.fit(turned);
        assertThat(other.totalObjective()).isCloseTo(fit.totalObjective(), within(1e-8));
        for (int k = 0; k < 3; k++) {
            double[] expected = turn.times(fit.model().component(k).mean());
            assertThat(other.model().component(k).mean()).containsExactly(expected, within(1e-8));
        }
    }

    /** Whitened rows have known covariance I; the bound changes by the Jacobian alone. */
    @Test
    void aKnownCovarianceIsTheIdentityOfWhitenedRows() {
        Rows rows = VariationalCases.blobs(new SplittableRandom(6), 80, 3, 3, 1);
        Covariance known =
                Covariance.full(new double[] {2, 0.5, -0.3}, new double[] {0.5, 1, 0.1}, new double[] {-0.3, 0.1, 0.4});
        Rows white = Rows.of(Arrays.stream(values(rows)).map(known::whiten).toArray(double[][]::new));
        VariationalBayes estimator =
                VariationalBayes.components(4).initialization(Initialization.labels(labels(rows, 4)));
        Fit<MixturePosterior> fit = estimator
                .gaussians(GaussianPrior.normal(known).meanPrecision(0.2))
                .fit(rows);
        Fit<MixturePosterior> other =
                estimator.gaussians(GaussianPrior.normal().meanPrecision(0.2)).fit(white);
        assertThat(fit.totalObjective())
                .isCloseTo(other.totalObjective() - 80 * known.logDeterminant() / 2, within(1e-9));
        for (int k = 0; k < 4; k++) {
            assertThat(known.whiten(fit.model().component(k).mean()))
                    .containsExactly(other.model().component(k).mean(), within(1e-9));
            assertThat(fit.model().component(k).meanPrecision())
                    .isCloseTo(other.model().component(k).meanPrecision(), within(1e-9));
        }
    }

    /** A restricted scale matrix is the best of its kind: any other, or other degrees of freedom, lowers the bound. */
    @ParameterizedTest
    @EnumSource(
            value = CovarianceStructure.class,
            names = {"FULL", "DIAGONAL", "SPHERICAL"})
    void theUpdateMaximisesTheBoundWithinItsStructure(CovarianceStructure structure) {
        Rows rows = VariationalCases.blobs(new SplittableRandom(7), 60, 3, 2, 1);
        RowSummary summary = RowSummary.of(rows, 1);
        MixturePrior prior = MixturePrior.of(
                2,
                WeightPrior.dirichlet(1),
                GaussianPrior.normalWishart().structure(structure).about(summary),
                false);
        VariationalInference algorithm = new VariationalInference(prior, summary, false);
        Moments moments = Initialization.labels(labels(rows, 2))
                .moments(Initialization.Start.plain(rows, summary, 2, Moments.Scatter.FULL, 0, 1));
        MixturePosterior best = algorithm.first(moments);
        double bound = Bound.expectedScore(moments, algorithm.forms(best)) - best.divergence();
        SplittableRandom random = new SplittableRandom(8);
        for (int trial = 0; trial < 100; trial++) {
            MixturePosterior other = perturbed(best, structure, random);
            assertThat(Bound.expectedScore(moments, algorithm.forms(other)) - other.divergence())
                    .isLessThan(bound);
        }
    }

    private static MixturePosterior perturbed(
            MixturePosterior posterior, CovarianceStructure structure, SplittableRandom random) {
        GaussianPosterior first = posterior.component(0);
        Wishart wishart = (Wishart) first.precision();
        int d = posterior.dimension();
        double[] elements = wishart.inverseScale().lowerTriangle();
        double common = 1 + 0.05 * random.nextGaussian();
        for (int j = 0; j < d; j++) {
            double own = 1 + 0.05 * random.nextGaussian();
            elements[Packed.index(j, j)] *= structure == CovarianceStructure.SPHERICAL ? common : own;
        }
        double freedom = wishart.degreesOfFreedom() + random.nextGaussian();
        Covariance scale = switch (structure) {
            case FULL -> Covariance.full(elements, d);
            case DIAGONAL -> Covariance.diagonal(elements[0], elements[2], elements[5]);
            default -> Covariance.spherical(d, elements[0]);
        };
        double[] mean = first.mean();
        mean[random.nextInt(d)] += 0.1 * random.nextGaussian();
        return MixturePosterior.of(
                posterior.prior(),
                posterior.weights(),
                List.of(
                        GaussianPosterior.of(
                                mean,
                                first.meanPrecision() * Math.exp(0.1 * random.nextGaussian()),
                                Wishart.of(freedom, scale)),
                        posterior.component(1)));
    }

    @Test
    void componentsThatTheRowsDoNotNeedAreEmpty() {
        double[][] values = new double[150][2];
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < values.length; i++) {
            values[i][0] = 20 * (i % 3) + random.nextGaussian();
            values[i][1] = -10 * (i % 3) + random.nextGaussian();
        }
        for (WeightPrior prior : List.of(WeightPrior.dirichlet(0.01), WeightPrior.stickBreaking(1))) {
            Fit<MixturePosterior> fit =
                    VariationalBayes.components(8).weights(prior).seed(2).fit(Rows.of(values));
            MixturePosterior posterior = fit.model();
            assertThat(posterior.componentsInUse()).isEqualTo(3);
            assertThat(posterior.order())
                    .isEqualTo(IntStream.range(0, 8).boxed().toList());
            for (int k = 0; k < 3; k++) {
                assertThat(Math.rint(posterior.count(k))).isEqualTo(50);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void randomStartsEndWithTheHeaviestFirst(long seed) {
        VariationalCases problem = VariationalCases.of(seed);
        MixturePosterior posterior = estimator(problem).fit(problem.rows()).model();
        double[] counts = IntStream.range(0, posterior.size())
                .mapToDouble(posterior::count)
                .toArray();
        double[] sorted = Arrays.stream(counts)
                .boxed()
                .sorted(Comparator.reverseOrder())
                .mapToDouble(c -> c)
                .toArray();
        assertThat(counts).containsExactly(sorted, within(1e-12 * problem.rows().count()));
    }

    @Test
    void startsFromAModel() {
        Rows rows = VariationalCases.blobs(new SplittableRandom(10), 120, 2, 3, 1);
        Fit<?> em = Em.components(3).seed(1).fit(rows);
        var mixture = (org.mixtura.mixture.GaussianMixture) em.model();
        Fit<MixturePosterior> start = VariationalBayes.components(3)
                .initialization(Initialization.model(mixture))
                .maxIterations(0)
                .fit(rows);
        for (int k = 0; k < 3; k++) {
            assertThat(start.model().count(k)).isCloseTo(120 * mixture.weight(k), within(1e-9));
        }
        assertThat(start.stopReason()).isEqualTo(StopReason.MAX_ITERATIONS);
    }

    @Test
    void countsFreeParameters() {
        Rows rows = VariationalCases.blobs(new SplittableRandom(11), 50, 2, 2, 1);
        VariationalBayes estimator =
                VariationalBayes.components(3).maxIterations(1).restarts(1);
        assertThat(estimator.fit(rows).freeParameters()).isEqualTo(3 * 3 + 3 * 2 + 2);
        assertThat(estimator
                        .weights(WeightPrior.fixed())
                        .gaussians(GaussianPrior.normal())
                        .fit(rows)
                        .freeParameters())
                .isEqualTo(6);
        assertThat(estimator
                        .gaussians(GaussianPrior.normalWishart().structure(CovarianceStructure.TIED_DIAGONAL))
                        .fit(rows)
                        .freeParameters())
                .isEqualTo(2 + 6 + 2);
    }

    @Test
    void anObserverCancels() {
        Rows rows = VariationalCases.blobs(new SplittableRandom(12), 50, 2, 2, 1);
        Fit<MixturePosterior> fit = VariationalBayes.components(2)
                .restarts(1)
                .tolerance(0)
                .observer(step -> step.iteration() < 3)
                .fit(rows);
        assertThat(fit.stopReason()).isEqualTo(StopReason.CANCELLED);
        assertThat(fit.iterations()).isEqualTo(3);
    }

    @Test
    void aToleranceOfZeroRunsToTheLimit() {
        Rows rows = Rows.of(new double[] {0}, new double[] {1}, new double[] {9}, new double[] {10});
        Fit<MixturePosterior> fit = VariationalBayes.components(2)
                .restarts(1)
                .tolerance(0)
                .maxIterations(400)
                .fit(rows);
        assertThat(fit.iterations()).isEqualTo(400);
        assertThat(fit.stopReason()).isEqualTo(StopReason.MAX_ITERATIONS);
    }

    @Test
    void saysWhatIsWrong() {
        Rows rows = Rows.of(new double[] {0, 1}, new double[] {1, 3}, new double[] {2, 2});
        assertThatThrownBy(() -> VariationalBayes.components(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("components is 0; a mixture has at least one");
        VariationalBayes estimator = VariationalBayes.components(2);
        assertThatThrownBy(() -> estimator
                        .initialization(Initialization.labels(new int[] {0, 0, 0}))
                        .fit(rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no row has label 1 of 2 components");
        assertThatThrownBy(() -> estimator.restarts(0)).hasMessage("n_init is 0; it is at least 1");
        assertThatThrownBy(() -> estimator.maxIterations(-1)).hasMessage("max_iter is -1; it is at least 0");
        assertThatThrownBy(() -> estimator.threads(0)).hasMessage("threads is 0; it is at least 1");
        assertThatThrownBy(() -> estimator.tolerance(Double.NaN))
                .hasMessage("tol is NaN; it is finite and not negative");
        assertThatThrownBy(() -> VariationalBayes.components(4).fit(rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "4 components need at least as many different rows with weight; there are 3 in 3 rows; ask for"
                                + " fewer components");
        assertThatThrownBy(() -> estimator
                        .weights(WeightPrior.dirichlet(new double[] {1, 1, 1}))
                        .fit(rows))
                .hasMessage("the weight prior is for 3 components, not 2");
        assertThatThrownBy(() -> estimator.fit(Rows.of(new double[] {0}, new double[] {Double.NaN})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("row 1, column \"x0\" is NaN");
        assertThatThrownBy(() -> estimator.fit(Rows.of(new double[] {0, 5}, new double[] {1, 5}, new double[] {3, 5})))
                .hasMessageStartingWith("the covariance prior cannot be taken from the rows");
    }

    @Test
    void aCovarianceThatIsLostInRoundingIsReported() {
        // A scatter of ((8, 8), (8, 8)), which five and three rows bring to ones.
        Rows rows = Rows.of(new double[] {-2, -2}, new double[] {0, 0}, new double[] {2, 2});
        assertThatThrownBy(() -> VariationalBayes.components(1)
                        .gaussians(GaussianPrior.normalWishart()
                                .covariance(Covariance.diagonal(1e-30, 1e-30))
                                .degreesOfFreedom(5))
                        .fit(rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no valid start was found; the last attempt ended with: component 1 of 1: covariance is not"
                        + " positive definite (pivot 1 is 0.0); give a larger covariance prior or leave out columns that"
                        + " follow from others; ask for fewer components or keep the regularization");
    }

    /**
     * Rows far apart or nearly collinear must not look like a bound that falls: given the first column, the second is 1e5
     * times thinner than alone, so that its scatter keeps half of its digits.
     */
    @Test
    void illConditionedRowsStillClimb() {
        for (long seed = 13; seed < 18; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[][] values = new double[80][3];
            for (double[] row : values) {
                row[0] = 1e4 * random.nextGaussian();
                row[1] = 1e-4 * random.nextGaussian() + row[0] * 1e-3;
                row[2] = (random.nextInt(2) == 0 ? 1e8 : -1e8) + random.nextGaussian();
            }
            for (WeightPrior weights : List.of(WeightPrior.dirichlet(), WeightPrior.stickBreaking(1))) {
                Fit<MixturePosterior> fit =
                        VariationalBayes.components(5).weights(weights).fit(Rows.of(values));
                assertThat(fit.converged()).isTrue();
                assertThat(fit.model().componentsInUse()).isEqualTo(2);
            }
        }
    }

    private static void assertSame(MixturePosterior actual, MixturePosterior expected, double tolerance) {
        assertThat(actual.size()).isEqualTo(expected.size());
        for (int k = 0; k < actual.size(); k++) {
            GaussianPosterior a = actual.component(k);
            GaussianPosterior e = expected.component(k);
            assertThat(a.meanPrecision()).isCloseTo(e.meanPrecision(), within(tolerance * (1 + e.meanPrecision())));
            double scale = Math.sqrt(e.precision().covariance().get(0, 0));
            for (int j = 0; j < actual.dimension(); j++) {
                double deviation = Math.sqrt(e.precision().covariance().get(j, j));
                assertThat(a.mean()[j]).isCloseTo(e.mean()[j], within(tolerance * (deviation + Math.abs(e.mean()[j]))));
            }
            assertThat(a.precision().covariance().get(0, 0))
                    .isCloseTo(e.precision().covariance().get(0, 0), within(tolerance * scale * scale));
            assertThat(actual.weights().mean()[k]).isCloseTo(expected.weights().mean()[k], within(tolerance));
        }
    }
}
