package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Matrix;
import org.mixtura.data.Rows;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.testing.Examples;

class EmTest {
    private static final Em QUICK = Em.components(3).restarts(3).seed(5);

    private static double[][] mapped(double[][] rows, double scale, double shift) {
        return Arrays.stream(rows)
                .map(row -> Arrays.stream(row).map(x -> x * scale + shift).toArray())
                .toArray(double[][]::new);
    }

    @ParameterizedTest
    @EnumSource
    void neverLowersTheObjective(CovarianceStructure structure) {
        for (long seed = 0; seed < 20; seed++) {
            Rows rows = Rows.of(Examples.clusters(seed, 200, 1 + (int) (seed % 5), 4, 3));
            Fit<GaussianMixture> fit = Em.components(4)
                    .covariance(structure)
                    .restarts(2)
                    .seed(seed)
                    .tolerance(1e-10)
                    .fit(rows);
            double[] history = fit.history();
            for (int i = 1; i < history.length; i++) {
                assertThat(history[i]).isGreaterThanOrEqualTo(history[i - 1] - 1e-12 * Math.abs(history[i]));
            }
            assertThat(fit.model().structure()).isEqualTo(structure);
            assertClose(fit.logLikelihood(), fit.model().logLikelihood(rows), 1e-10, "log-likelihood");
        }
    }

    @ParameterizedTest
    @EnumSource
    void hasTheMStepAsStationaryPoint(CovarianceStructure structure) {
        Rows rows = Examples.iris();
        Em em = Em.components(2)
                .covariance(structure)
                .tolerance(1e-13)
                .maxIterations(5000)
                .restarts(1);
        GaussianMixture converged = em.fit(rows).model();
        GaussianMixture next = em.initialization(Initialization.model(converged))
                .tolerance(0)
                .maxIterations(1)
                .fit(rows)
                .model();
        for (int k = 0; k < 2; k++) {
            assertClose(next.component(k).mean(), converged.component(k).mean(), 1e-4, "mean");
        }
    }

    @Test
    void nestsStructures() {
        assertThat(likelihood(CovarianceStructure.FULL))
                .isGreaterThan(likelihood(CovarianceStructure.TIED))
                .isGreaterThan(likelihood(CovarianceStructure.DIAGONAL));
        assertThat(likelihood(CovarianceStructure.DIAGONAL))
                .isGreaterThan(likelihood(CovarianceStructure.SPHERICAL))
                .isGreaterThan(likelihood(CovarianceStructure.TIED_DIAGONAL));
        assertThat(likelihood(CovarianceStructure.SPHERICAL))
                .isGreaterThan(likelihood(CovarianceStructure.TIED_SPHERICAL));
    }

    private static double likelihood(CovarianceStructure structure) {
        return Em.components(3)
                .covariance(structure)
                .regularization(Regularization.penalty(1e-6))
                .seed(3)
                .fit(Examples.iris())
                .logLikelihood();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void givesTheSameBitsForAnyThreads(int threads) {
        Rows few = Examples.iris();
        Rows many = Rows.of(Examples.clusters(1, 20_000, 3, 4, 4));
        for (Initialization start : List.of(Initialization.kMeansPlusPlus(), Initialization.random())) {
            Em em = Em.components(4).initialization(start).restarts(2).seed(9).maxIterations(15);
            assertThat(em.threads(threads).fit(few).model())
                    .isEqualTo(em.threads(1).fit(few).model());
            assertThat(em.threads(threads).fit(many).model())
                    .isEqualTo(em.threads(1).fit(many).model());
        }
    }

    @Test
    void ignoresOffsetsAndUnits() {
        double[][] iris = Examples.values("iris", 4);
        int[] labels = QUICK.fit(Rows.of(iris)).model().labels(Rows.of(iris));
        for (double[] map : new double[][] {{1, 1e8}, {1e8, 0}, {1e-8, 0}, {1e150, 0}, {1e-150, 0}}) {
            Rows moved = Rows.of(mapped(iris, map[0], map[1]));
            assertThat(QUICK.fit(moved).model().labels(moved))
                    .as("scale %s shift %s", map[0], map[1])
                    .isEqualTo(labels);
        }
    }

    @Test
    void ignoresTheUnitOfASingleColumn() {
        double[][] iris = Examples.values("iris", 4);
        int[] labels = QUICK.fit(Rows.of(iris)).model().labels(Rows.of(iris));
        double[][] scaled = Arrays.stream(iris)
                .map(row -> new double[] {row[0] * 1e8, row[1] * 1e-8, row[2] * 1e150, row[3] * 1e-150})
                .toArray(double[][]::new);
        assertThat(QUICK.fit(Rows.of(scaled)).model().labels(Rows.of(scaled))).isEqualTo(labels);
    }

    @Test
    void survivesAnOffsetThatEatsMostDigits() {
        double[][] rows = mapped(Examples.clusters(4, 600, 2, 3, 20), 1, 1e12);
        Fit<GaussianMixture> fit = QUICK.fit(Rows.of(rows));
        int[] labels = fit.model().labels(Rows.of(rows));
        for (int i = 0; i < rows.length; i++) {
            assertThat(labels[i]).as("row %d", i).isEqualTo(labels[i % 3]);
        }
    }

    @Test
    void takesAWeightForRepeatedRows() {
        double[][] iris = Examples.values("iris", 4);
        double[] weights =
                IntStream.range(0, iris.length).mapToDouble(i -> i % 4).toArray();
        List<double[]> repeated = new ArrayList<>();
        for (int i = 0; i < iris.length; i++) {
            for (int c = 0; c < weights[i]; c++) {
                repeated.add(iris[i]);
            }
        }
        Fit<GaussianMixture> weighted = QUICK.tolerance(1e-9).fit(Rows.of(iris).weighted(weights));
        Fit<GaussianMixture> counted = QUICK.tolerance(1e-9).fit(Rows.of(repeated.toArray(double[][]::new)));
        assertClose(weighted.logLikelihood(), counted.logLikelihood(), 1e-9, "log-likelihood");
        assertClose(weighted.bic(), counted.bic(), 1e-9, "bic");
        assertClose(weighted.icl(), counted.icl(), 1e-7, "icl");
        assertClose(weighted.model().weights(), counted.model().weights(), 1e-7, "weights");
    }

    @Test
    void ignoresRowsOfWeightZero() {
        double[][] iris = Examples.values("iris", 4);
        double[][] more = Arrays.copyOf(iris, iris.length + 2);
        more[iris.length] = new double[] {1e300, Double.NaN, 0, 0};
        more[iris.length + 1] = new double[] {1, 2, 3, Double.POSITIVE_INFINITY};
        double[] weights = new double[more.length];
        Arrays.fill(weights, 0, iris.length, 1);
        Em em = QUICK.initialization(
                Initialization.model(QUICK.fit(Rows.of(iris)).model()));
        assertClose(
                em.fit(Rows.of(more).weighted(weights)).logLikelihood(),
                em.fit(Rows.of(iris)).logLikelihood(),
                1e-12,
                "log-likelihood");
    }

    @Test
    void startsFromLabelsAndResponsibilitiesAlike() {
        Rows iris = Examples.iris();
        int[] labels = IntStream.range(0, 150).map(i -> i / 50).toArray();
        double[][] responsibilities = new double[150][3];
        for (int i = 0; i < 150; i++) {
            responsibilities[i][labels[i]] = 1;
        }
        Fit<GaussianMixture> fromLabels =
                QUICK.initialization(Initialization.labels(labels)).fit(iris);
        Fit<GaussianMixture> fromMatrix = QUICK.initialization(
                        Initialization.responsibilities(Matrix.of(responsibilities)))
                .fit(iris);
        assertThat(fromLabels.model()).isEqualTo(fromMatrix.model());
        assertThat(fromLabels.restartObjectives()).hasSize(1);
        assertThat(fromLabels.model().component(0).mean(0)).isBetween(4.9, 5.1);
    }

    @Test
    void bringsAStartModelIntoItsStructure() {
        Rows iris = Examples.iris();
        GaussianMixture full = QUICK.fit(iris).model();
        for (CovarianceStructure structure : CovarianceStructure.values()) {
            Fit<GaussianMixture> fit = QUICK.covariance(structure)
                    .initialization(Initialization.model(full))
                    .maxIterations(0)
                    .fit(iris);
            assertThat(fit.model().structure()).isEqualTo(structure);
            assertClose(fit.model().component(1).mean(), full.component(1).mean(), 1e-14, "mean");
            assertClose(
                    fit.model().covariance().get(0, 0),
                    structure == CovarianceStructure.FULL
                            ? full.covariance().get(0, 0)
                            : fit.model().covariance().get(0, 0),
                    1e-14,
                    "variance");
        }
    }

    @Test
    void reportsCollapseInPlaceOfNaN() {
        double[][] rows = Examples.clusters(2, 60, 2, 2, 3);
        rows[7] = new double[] {50, 50};
        int[] labels = IntStream.range(0, 60).map(i -> i == 7 ? 1 : 0).toArray();
        assertThatThrownBy(() -> Em.components(2)
                        .regularization(Regularization.none())
                        .initialization(Initialization.labels(labels))
                        .fit(Rows.of(rows)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "no valid start was found; the last attempt ended with: component 2 of 2 has collapsed: its variance"
                                + " in column \"x0\" is 0.0 (all rows: " + variance(rows, 0)
                                + "); ask for fewer components or keep the"
                                + " regularization");
        Fit<GaussianMixture> protectedFit =
                Em.components(2).initialization(Initialization.labels(labels)).fit(Rows.of(rows));
        assertThat(protectedFit.converged()).isTrue();
    }

    private static double variance(double[][] rows, int column) {
        return org.mixtura.kernel.RowSummary.of(Rows.of(rows), 1).variance(column);
    }

    @Test
    void keepsTheLastValidStateOfACollapse() {
        int collapsed = 0;
        for (long seed = 0; seed < 30; seed++) {
            Fit<GaussianMixture> fit = Em.components(5)
                    .regularization(Regularization.none())
                    .restarts(1)
                    .seed(seed)
                    .fit(Rows.of(Examples.clusters(seed, 40, 2, 2, 3)));
            for (double weight : fit.model().weights()) {
                assertThat(weight).isBetween(0.0, 1.0);
            }
            assertThat(fit.logLikelihood()).isFinite();
            if (fit.stopReason() == StopReason.COLLAPSED) {
                collapsed++;
                assertThat(fit.stopDetail()).startsWith("component ");
            }
        }
        assertThat(collapsed).isPositive();
    }

    @Test
    void prefersASoundEndToACollapsedOne() {
        Rows rows = Rows.of(Examples.clusters(11, 40, 2, 2, 3));
        Em em = Em.components(6).regularization(Regularization.none());
        boolean[] sound = new boolean[20];
        for (int seed = 0; seed < sound.length; seed++) {
            Fit<GaussianMixture> fit = em.restarts(10).seed(seed).fit(rows);
            sound[seed] = fit.stopReason() != StopReason.COLLAPSED;
        }
        assertThat(sound).contains(true);
    }

    @Test
    void observesAndCancels() {
        AtomicInteger calls = new AtomicInteger();
        Fit<GaussianMixture> fit = QUICK.restarts(1)
                .tolerance(0)
                .observer(step -> {
                    assertThat(step.iteration()).isEqualTo(calls.getAndIncrement());
                    assertThat(step.maxIterations()).isEqualTo(1000);
                    return step.iteration() < 4;
                })
                .fit(Examples.iris());
        assertThat(fit.stopReason()).isEqualTo(StopReason.CANCELLED);
        assertThat(fit.iterations()).isEqualTo(4);
    }

    @Test
    void remembersHowItWasMade() {
        Fit<GaussianMixture> fit = QUICK.covariance(CovarianceStructure.TIED).fit(Examples.iris());
        assertThat(fit.options())
                .containsEntry("components", "3")
                .containsEntry("covariance_type", "tied")
                .containsEntry("regularization", "penalty 1.0")
                .containsEntry("init", "kmeans++")
                .containsEntry("n_init", "3")
                .containsEntry("seed", "5");
        assertThat(fit.rows()).isEqualTo(150);
        assertThat(fit.totalWeight()).isEqualTo(150);
        assertThat(fit.restartObjectives()).hasSize(3).contains(fit.objective());
        assertThat(fit.seconds()).isPositive();
    }

    @Test
    void warnsOfMoreParametersThanRows() {
        Fit<GaussianMixture> fit = Em.components(2).restarts(1).fit(Rows.of(Examples.clusters(1, 30, 10, 2, 5)));
        assertThat(fit.warnings())
                .containsExactly(
                        "the model has 131 free parameters for a total weight of 30: its covariances rest on the"
                                + " regularization");
    }

    @Test
    void fitsMoreColumnsThanRows() {
        Fit<GaussianMixture> fit = Em.components(2).restarts(1).fit(Rows.of(Examples.clusters(3, 100, 200, 2, 5)));
        assertThat(fit.converged()).isTrue();
        assertThat(fit.logLikelihood()).isFinite();
    }

    @Test
    void fitsDuplicatedColumns() {
        double[][] doubled = Arrays.stream(Examples.values("faithful", 2))
                .map(row -> new double[] {row[0], row[1], row[0]})
                .toArray(double[][]::new);
        Fit<GaussianMixture> fit = Em.components(2).fit(Rows.of(doubled));
        assertThat(fit.converged()).isTrue();
        int[] labels = fit.model().labels(Rows.of(doubled));
        assertThat(labels)
                .isEqualTo(Em.components(2).fit(Examples.faithful()).model().labels(Examples.faithful()));
    }

    @Test
    void fitsOneColumnAndAFarOutlier() {
        double[][] column = Arrays.stream(Examples.values("faithful", 1)).toArray(double[][]::new);
        assertThat(Em.components(2).fit(Rows.of(column)).converged()).isTrue();
        double[][] far = Examples.values("iris", 4);
        far[3] = new double[] {1e30, 1e30, 1e30, 1e30};
        Fit<GaussianMixture> fit = Em.components(3).fit(Rows.of(far));
        assertThat(fit.logLikelihood()).isFinite();
        for (double r : fit.model().responsibilities(Rows.of(far)).toRowMajor()) {
            assertThat(r).isBetween(0.0, 1.0);
        }
    }

    @Test
    void refusesWhatCannotBeFitted() {
        assertThatThrownBy(() -> Em.components(0)).hasMessage("components is 0; a mixture has at least one");
        assertThatThrownBy(() -> QUICK.restarts(0)).hasMessage("n_init is 0; it is at least 1");
        assertThatThrownBy(() -> QUICK.maxIterations(-1)).hasMessage("max_iter is -1; it is at least 0");
        assertThatThrownBy(() -> QUICK.threads(0)).hasMessage("threads is 0; it is at least 1");
        assertThatThrownBy(() -> QUICK.tolerance(Double.NaN)).hasMessage("tol is NaN; it is finite and not negative");
        assertThatThrownBy(() -> QUICK.fit(Rows.of(new double[][] {{1}, {2}, {1}})))
                .hasMessage(
                        "3 components need at least as many different rows with weight; there are 2 in 3 rows; ask for"
                                + " fewer components");
        assertThatThrownBy(() -> Em.components(1).fit(Rows.of(new double[][] {{1, 3}, {2, 3}})))
                .hasMessage(
                        "column \"x1\" is 3.0 in all rows: a constant has no density; leave the column out or set reg_covar");
        assertThatThrownBy(() -> Em.components(1).fit(Rows.of(new double[][] {{1, 3}, {2, Double.NaN}})))
                .hasMessage(
                        "row 1, column \"x1\" is NaN; every value must be a finite number: drop the row or fill the gap");
        assertThatThrownBy(() -> QUICK.initialization(Initialization.labels(new int[] {0, 1}))
                        .fit(Examples.iris()))
                .hasMessage("2 labels for 150 rows");
        assertThatThrownBy(() -> QUICK.initialization(Initialization.labels(new int[150]))
                        .fit(Examples.iris()))
                .hasMessage("no row has label 1 of 3 components");
        int[] wrong = new int[150];
        wrong[4] = 3;
        assertThatThrownBy(
                        () -> QUICK.initialization(Initialization.labels(wrong)).fit(Examples.iris()))
                .hasMessage("label of row 4 is 3; with 3 components a label is between 0 and 2");
        assertThatThrownBy(() -> QUICK.initialization(Initialization.responsibilities(Matrix.identity(3)))
                        .fit(Examples.iris()))
                .hasMessage("responsibilities are 3 × 3; expected 150 rows × 3 components");
        GaussianMixture two =
                Em.components(2).restarts(1).fit(Examples.faithful()).model();
        assertThatThrownBy(() -> QUICK.initialization(Initialization.model(two)).fit(Examples.iris()))
                .hasMessage("the start model has 2 columns, the rows have 4");
        assertThatThrownBy(() -> QUICK.initialization(Initialization.model(two)).fit(Examples.faithful()))
                .hasMessage("the start model has 2 components, the fit asks for 3");
        assertThatThrownBy(() -> Regularization.penalty(0))
                .hasMessage(
                        "penalty is 0.0; it is a positive number of pseudo-rows (use no regularization to switch it off)");
        assertThatThrownBy(() -> Regularization.absolute(-1))
                .hasMessage("reg_covar is -1.0; it is finite and not negative");
    }

    @Test
    void keepsAConstantColumnUnderAnAbsoluteRidge() {
        double[][] rows = Arrays.stream(Examples.values("faithful", 2))
                .map(row -> new double[] {row[0], 7})
                .toArray(double[][]::new);
        GaussianMixture model = Em.components(2)
                .regularization(Regularization.absolute(1e-6))
                .fit(Rows.of(rows))
                .model();
        assertClose(model.component(0).covariance().get(1, 1), 1e-6, 1e-12, "variance");
        assertThat(model.component(0).mean(1)).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void isAffineEquivariant(long seed) {
        double[][] x = Examples.clusters(seed, 300, 3, 3, 3);
        SplittableRandom random = new SplittableRandom(seed);
        double[][] b = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                b[i][j] = random.nextGaussian() + (i == j ? 2 : 0);
            }
        }
        double[] c = {5, -3, 100};
        GaussianMixture model = Em.components(3)
                .search(Search.NONE)
                .seed(seed)
                .maxIterations(5)
                .tolerance(0)
                .fit(Rows.of(x))
                .model();
        double[][] y = Arrays.stream(x)
                .map(row -> {
                    double[] image = Matrix.of(b).times(row);
                    for (int j = 0; j < 3; j++) {
                        image[j] += c[j];
                    }
                    return image;
                })
                .toArray(double[][]::new);
        int[] labels = model.labels(Rows.of(x));
        Em fromLabels = Em.components(3).maxIterations(30).tolerance(0);
        int used = (int) Arrays.stream(labels).distinct().count();
        assertThat(used).isEqualTo(3);
        GaussianMixture plain = fromLabels
                .initialization(Initialization.labels(labels))
                .fit(Rows.of(x))
                .model();
        GaussianMixture mapped = fromLabels
                .initialization(Initialization.labels(labels))
                .fit(Rows.of(y))
                .model();
        GaussianMixture image = plain.image(Matrix.of(b), c);
        assertClose(mapped.weights(), image.weights(), 1e-7, "weights");
        for (int k = 0; k < 3; k++) {
            assertClose(mapped.component(k).mean(), image.component(k).mean(), 1e-6, "mean");
            assertClose(
                    mapped.component(k).covariance().toMatrix().toRows(),
                    image.component(k).covariance().toMatrix().toRows(),
                    1e-6,
                    "covariance");
        }
    }
}
