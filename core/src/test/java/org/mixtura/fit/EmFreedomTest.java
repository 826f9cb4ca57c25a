package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mixtura.data.Rows;
import org.mixtura.kernel.RowSummary;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.testing.Examples;

/** What an EM fit may be kept from changing: weights that are equal, parameters that are frozen. */
class EmFreedomTest {
    private static final Rows IRIS = Examples.iris();

    private static void assertNeverFalls(Fit<?> fit) {
        double[] history = fit.history();
        for (int i = 1; i < history.length; i++) {
            assertThat(history[i]).isGreaterThanOrEqualTo(history[i - 1] - 1e-12 * Math.abs(history[i]));
        }
    }

    @ParameterizedTest
    @EnumSource
    void equalWeightsStayEqual(CovarianceStructure structure) {
        Em em = Em.components(3).covariance(structure).seed(2);
        Fit<GaussianMixture> free = em.fit(IRIS);
        for (Search search : List.of(Search.NONE, Search.NORMAL)) {
            Fit<GaussianMixture> equal =
                    em.proportions(Proportions.EQUAL).search(search).fit(IRIS);
            assertThat(equal.model().weights()).containsExactly(1 / 3.0, 1 / 3.0, 1 / 3.0);
            assertThat(equal.model().structure()).isEqualTo(structure);
            assertThat(equal.freeParameters()).isEqualTo(free.freeParameters() - 2);
            assertThat(em.initialization(Initialization.model(equal.model()))
                            .fit(IRIS)
                            .objective())
                    .isGreaterThan(equal.objective());
            assertThat(equal.options()).containsEntry("weights", "equal");
            assertNeverFalls(equal);
        }
    }

    /** The M-step written out: means are weighted means, whatever the weights of the mixture. */
    @Test
    void equalWeightsEnterTheResponsibilities() {
        GaussianMixture model = Em.components(2)
                .proportions(Proportions.EQUAL)
                .regularization(Regularization.none())
                .tolerance(1e-13)
                .fit(Examples.faithful())
                .model();
        double[][] values = Examples.values("faithful", 2);
        double[] sums = new double[3];
        for (double[] x : values) {
            double one = Math.exp(model.component(0).logDensity(x));
            double share = one / (one + Math.exp(model.component(1).logDensity(x)));
            sums[0] += share;
            sums[1] += share * x[0];
            sums[2] += share * x[1];
        }
        assertClose(model.component(0).mean(), new double[] {sums[1] / sums[0], sums[2] / sums[0]}, 1e-5, "mean");
    }

    @Test
    void frozenParametersStayAsTheStartHasThem() {
        GaussianMixture start =
                Em.components(3).seed(1).maxIterations(2).fit(IRIS).model();
        for (Parameter frozen : Parameter.values()) {
            Fit<GaussianMixture> fit = Em.components(3)
                    .initialization(Initialization.model(start))
                    .frozen(frozen)
                    .fit(IRIS);
            assertNeverFalls(fit);
            GaussianMixture model = fit.model();
            long free = CovarianceStructure.FULL.parameters(3, 4);
            switch (frozen) {
                case WEIGHTS -> {
                    assertClose(model.weights(), start.weights(), 1e-15, "weights");
                    assertThat(fit.freeParameters()).isEqualTo(free - 2);
                }
                case MEANS -> {
                    assertThat(fit.freeParameters()).isEqualTo(free - 12);
                    for (int k = 0; k < 3; k++) {
                        assertClose(
                                model.component(k).mean(), start.component(k).mean(), 1e-13, "mean");
                    }
                }
                case COVARIANCES -> {
                    assertThat(fit.freeParameters()).isEqualTo(free - 30);
                    for (int k = 0; k < 3; k++) {
                        assertThat(model.component(k).covariance())
                                .isEqualTo(start.component(k).covariance());
                    }
                }
            }
            assertThat(model).isNotEqualTo(start);
            assertThat(fit.options()).containsEntry("frozen", frozen.name().toLowerCase(Locale.ROOT));
        }
    }

    /** About a mean that stays the scatter of one component is Σ (x − m)(x − m)ᵀ. */
    @Test
    void scattersAreAboutFrozenMeans() {
        double[] mean = {6, 3, 4, 1};
        GaussianMixture start =
                GaussianMixture.of(new double[] {1}, List.of(Gaussian.of(mean, Covariance.full(identity()))));
        GaussianMixture fitted = Em.components(1)
                .initialization(Initialization.model(start))
                .regularization(Regularization.none())
                .frozen(Parameter.MEANS)
                .fit(IRIS)
                .model();
        double[][] expected = new double[4][4];
        for (double[] x : Examples.values("iris", 4)) {
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 4; j++) {
                    expected[i][j] += (x[i] - mean[i]) * (x[j] - mean[j]) / 150;
                }
            }
        }
        assertClose(fitted.component(0).covariance().toMatrix(), expected, 1e-12);
    }

    private static double[][] identity() {
        return IntStream.range(0, 4)
                .mapToObj(i ->
                        IntStream.range(0, 4).mapToDouble(j -> i == j ? 1 : 0).toArray())
                .toArray(double[][]::new);
    }

    @Test
    void nothingIsFrozenWithoutAStart() {
        assertThatThrownBy(() -> Em.components(2).frozen(Parameter.MEANS).fit(IRIS))
                .hasMessage("there is nothing to freeze in a start that is kmeans++; start from a model");
    }

    /** A step through coordinates that knows nothing of a structure comes back to one of the structure. */
    @ParameterizedTest
    @EnumSource(names = {"VEI", "EVI", "VEE", "EVE", "VVE", "EEV", "VEV", "EVV"})
    void extrapolatedMixturesComeBackToTheStructure(CovarianceStructure structure) {
        RowSummary summary = RowSummary.of(IRIS, 1);
        MaximumLikelihood algorithm =
                new MaximumLikelihood(Freedom.of(structure), Regularization.penalty(1), summary, IRIS.columns(), 3);
        GaussianMixture mixture =
                Em.components(3).covariance(structure).fit(IRIS).model();
        Squarem.Coordinates<GaussianMixture> coordinates =
                algorithm.coordinates().orElseThrow();
        double[] point = coordinates.of(mixture).orElseThrow();
        GaussianMixture same = coordinates.at(point, mixture);
        assertThat(same.structure()).isEqualTo(structure);
        for (int k = 0; k < 3; k++) {
            assertClose(
                    same.component(k).covariance().lowerTriangle(),
                    mixture.component(k).covariance().lowerTriangle(),
                    1e-10,
                    "covariance");
        }
        for (int i = 0; i < point.length; i++) {
            point[i] += 0.1 * Math.sin(i);
        }
        GaussianMixture elsewhere = coordinates.at(point, mixture);
        GaussianMixture again = algorithm.restructured(elsewhere);
        for (int k = 0; k < 3; k++) {
            assertClose(
                    again.component(k).covariance().lowerTriangle(),
                    elsewhere.component(k).covariance().lowerTriangle(),
                    1e-5,
                    "covariance");
        }
    }

    /** A mixture that is said to have a structure but has not is brought into it, and the climb from there never falls. */
    @Test
    void aStartIsNotTakenAtItsWord() {
        GaussianMixture full = Em.components(3).fit(IRIS).model();
        for (CovarianceStructure structure : CovarianceStructure.values()) {
            if (structure.unconstrained() == CovarianceStructure.FULL && !structure.tied()) {
                Fit<GaussianMixture> fit = Em.components(3)
                        .covariance(structure)
                        .initialization(Initialization.model(full.structured(structure)))
                        .fit(IRIS);
                assertNeverFalls(fit);
                assertThat(fit.model().structure()).isEqualTo(structure);
            }
        }
    }

    /** Two far clusters and a component that starts where no row is: it keeps weight 0 and the climb goes on. */
    @ParameterizedTest
    @EnumSource
    void survivesAnEmptyComponent(CovarianceStructure structure) {
        Rows rows = Rows.of(Examples.clusters(3, 200, 2, 2, 5));
        GaussianMixture start = Em.components(2).covariance(structure).fit(rows).model();
        List<Gaussian> three = List.of(
                start.component(0),
                start.component(1),
                Gaussian.of(new double[] {1e6, 1e6}, start.component(0).covariance()));
        Em em = Em.components(3)
                .covariance(structure)
                .initialization(Initialization.model(GaussianMixture.of(new double[] {0.5, 0.5, 0}, three)));
        for (Regularization policy : List.of(Regularization.penalty(1), Regularization.none())) {
            Fit<GaussianMixture> fit = em.regularization(policy).fit(rows);
            assertNeverFalls(fit);
            assertThat(fit.model().weight(2)).isZero();
            assertThat(fit.model().structure()).isEqualTo(structure);
            assertThat(fit.warnings()).contains("component 3 of 3 is empty: no row belongs to it");
        }
    }
}
