package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.bayes.MixturePosterior;
import org.mixtura.data.Rows;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.testing.Examples;

class SearchTest {
    private static void assertNeverFalls(Fit<?> fit) {
        double[] history = fit.history();
        for (int i = 1; i < history.length; i++) {
            assertThat(history[i]).isGreaterThanOrEqualTo(history[i - 1] - 1e-12 * Math.abs(history[i]));
        }
    }

    @ParameterizedTest
    @EnumSource
    void acceptsNoStateThatLowersTheObjective(CovarianceStructure structure) {
        for (long seed = 0; seed < 2; seed++) {
            for (int n : new int[] {300, 6000}) {
                Rows rows = Rows.of(Examples.clusters(seed, n, 2, 5, 4));
                for (Search search : Search.values()) {
                    assertNeverFalls(Em.components(4)
                            .covariance(structure)
                            .search(search)
                            .seed(seed)
                            .fit(rows));
                }
            }
        }
    }

    @Test
    void theBoundOfAVariationalFitNeverFallsEither() {
        for (long seed = 0; seed < 3; seed++) {
            Rows rows = Rows.of(Examples.clusters(seed, 9000, 2, 5, 4));
            Fit<MixturePosterior> fit =
                    VariationalBayes.components(7).seed(seed).fit(rows);
            assertNeverFalls(fit);
            assertThat(fit.model().componentsInUse()).isBetween(3, 7);
            assertThat(VariationalBayes.components(7)
                            .seed(seed)
                            .threads(3)
                            .fit(rows)
                            .model())
                    .isEqualTo(fit.model());
        }
    }

    private static final int CLUSTERS = 12;
    private static final int CLUSTERED = 6000;
    private static final Initialization CLUSTER_OF_EACH = Initialization.labels(
            IntStream.range(0, CLUSTERED).map(i -> i % CLUSTERS).toArray());

    /** Clusters apart from each other. */
    private static Rows apart(long seed) {
        return Rows.of(Examples.clusters(seed, CLUSTERED, 3, CLUSTERS, 10));
    }

    /** Clusters apart from each other, of which one k-means++ start seldom finds all: no farther below the truth than it says. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void findsTheClustersThatAreThere(long seed) {
        Rows rows = apart(seed);
        double truth = Em.components(CLUSTERS)
                .initialization(CLUSTER_OF_EACH)
                .fit(rows)
                .objective();
        Fit<GaussianMixture> fit = Em.components(CLUSTERS).seed(seed).fit(rows);
        assertThat(fit.objective())
                .isGreaterThan(truth - 3 * fit.tolerance().orElseThrow().value());
    }

    /** With a constant on the diagonal the likelihood has a bound, so the search for the highest mends there too. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void findsThemByTheLikelihoodWithAConstantOnTheDiagonal(long seed) {
        Rows rows = apart(seed);
        Em em = Em.components(CLUSTERS).restarts(1).regularization(Regularization.absolute(1e-6));
        double truth = em.initialization(CLUSTER_OF_EACH).fit(rows).meanLogLikelihood();
        Fit<GaussianMixture> fit = em.seed(seed).fit(rows);
        assertThat(fit.meanLogLikelihood())
                .isGreaterThan(truth - 3 * fit.tolerance().orElseThrow().value());
    }

    @Test
    void stopsAManyRowFitAtTheStatisticalToleranceAndSaysSo() {
        Rows rows = Rows.of(Examples.clusters(3, 9000, 2, 4, 3));
        Fit<GaussianMixture> fit = Em.components(3).fit(rows);
        Tolerance tolerance = fit.tolerance().orElseThrow();
        assertThat(fit.converged()).isTrue();
        assertThat(tolerance.kind()).isEqualTo(Tolerance.Kind.STATISTICAL);
        assertClose(tolerance.statisticalError(), 17 / 18_000.0, 1e-15, "error");
        assertThat(fit.leftToGain()).isLessThan(tolerance.value());
        Fit<GaussianMixture> finer = Em.components(3).tolerance(1e-9).fit(rows);
        assertThat(finer.objective() - fit.objective()).isBetween(-1e-12, 8 * tolerance.value());
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 9000})
    void keepsATolerance(int n) {
        Rows rows = Rows.of(Examples.clusters(3, n, 2, 4, 3));
        for (double asked : new double[] {1e-3, 1e-5, 1e-7}) {
            Fit<GaussianMixture> fit = Em.components(3).tolerance(asked).fit(rows);
            assertThat(fit.tolerance().orElseThrow().kind()).isEqualTo(Tolerance.Kind.LEFT_TO_GAIN);
            assertThat(fit.tolerance().orElseThrow().value()).isEqualTo(asked);
            assertThat(fit.leftToGain()).isLessThan(asked);
            assertThat(fit.options()).containsEntry("tol", Double.toString(asked));
        }
    }

    @Test
    void withoutASearchItIsPlainEmFromOneStart() {
        Rows rows = Rows.of(Examples.clusters(3, 9000, 2, 4, 3));
        Em plain = Em.components(3).search(Search.NONE).seed(4);
        Fit<GaussianMixture> fit = plain.fit(rows);
        GaussianMixture first = plain.maxIterations(0).fit(rows).model();
        Fit<GaussianMixture> stepByStep =
                Em.components(3).initialization(Initialization.model(first)).fit(rows);
        assertClose(fit.history(), stepByStep.history(), 1e-12, "history");
        assertThat(fit.tolerance().orElseThrow().kind()).isEqualTo(Tolerance.Kind.LAST_GAIN);
        assertThat(fit.passes()).isEqualTo(fit.iterations() + 1);
        assertThat(fit.restartObjectives()).hasSize(1);
        assertThat(plain.restarts(4).fit(rows).restartObjectives()).hasSize(4);
    }

    @Test
    void runsExactlyAsManyIterationsAsAskedForWithToleranceZero() {
        for (int n : new int[] {300, 9000}) {
            Rows rows = Rows.of(Examples.clusters(3, n, 2, 4, 3));
            Fit<GaussianMixture> fit =
                    Em.components(3).tolerance(0).maxIterations(40).fit(rows);
            assertThat(fit.stopReason()).isEqualTo(StopReason.MAX_ITERATIONS);
            assertThat(fit.iterations()).isGreaterThanOrEqualTo(40);
        }
    }

    @Test
    void givesTheSameBitsForAnyThreadsOverManyRows() {
        Rows rows = Rows.of(Examples.clusters(7, 20_000, 3, 5, 4));
        Em em = Em.components(5).seed(2);
        Fit<GaussianMixture> one = em.threads(1).fit(rows);
        Fit<GaussianMixture> four = em.threads(4).fit(rows);
        assertThat(four.model()).isEqualTo(one.model());
        assertThat(four.passes()).isEqualTo(one.passes());
        assertThat(four.history()).isEqualTo(one.history());
    }

    @Test
    void ignoresOffsetsAndUnitsOfManyRows() {
        double[][] values = Examples.clusters(7, 9000, 3, 5, 9);
        int[] labels = Em.components(5).fit(Rows.of(values)).model().labels(Rows.of(values));
        double[][] moved = Arrays.stream(values)
                .map(row -> new double[] {row[0] * 1e8, row[1] * 1e-8 + 1, row[2] + 1e6})
                .toArray(double[][]::new);
        assertThat(Em.components(5).fit(Rows.of(moved)).model().labels(Rows.of(moved)))
                .isEqualTo(labels);
    }

    @Test
    void aSearchCanBeCancelledAtAnyTime() {
        Rows rows = Rows.of(Examples.clusters(7, 5000, 2, 5, 4));
        AtomicInteger all = new AtomicInteger();
        Em.components(5).observer(step -> all.incrementAndGet() > 0).fit(rows);
        for (int after = 1; after < all.get(); after += 1 + all.get() / 8) {
            AtomicInteger calls = new AtomicInteger();
            int last = after;
            Fit<GaussianMixture> fit = Em.components(5)
                    .observer(step -> calls.incrementAndGet() < last)
                    .fit(rows);
            assertThat(fit.stopReason()).isEqualTo(StopReason.CANCELLED);
            assertClose(fit.logLikelihood(), fit.model().logLikelihood(rows), 1e-10, "log-likelihood");
        }
    }

    @Test
    void aStartModelThatIsTooThinForTheRowsIsReported() {
        Rows rows = Rows.of(new double[] {0, 0}, new double[] {1, 3}, new double[] {2, 1});
        GaussianMixture thin = GaussianMixture.of(
                new double[] {1},
                List.of(Gaussian.of(
                        new double[] {1, 1}, Covariance.full(new double[] {1e-20, 0}, new double[] {0, 1e-20}))));
        assertThatThrownBy(() -> Em.components(1)
                        .covariance(CovarianceStructure.DIAGONAL)
                        .initialization(Initialization.model(thin))
                        .fit(rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no valid start was found; the last attempt ended with: component 1 of 1 has collapsed: its"
                        + " variance in column \"x0\" is 1.0E-20 (all rows: 0.6666666666666666); ask for fewer"
                        + " components or keep the regularization");
    }
}
