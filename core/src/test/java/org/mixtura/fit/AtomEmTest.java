package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mixtura.bayes.MixturePosterior;
import org.mixtura.data.RowCovariance;
import org.mixtura.data.RowCovariances;
import org.mixtura.data.Rows;
import org.mixtura.kernel.RowSummary;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.mixture.NoisyMixture;
import org.mixtura.testing.Atoms;
import org.mixtura.testing.Examples;
import org.mixtura.testing.Generator;
import org.mixtura.testing.Holes;

/** What rows with a spread and rows with errors have in common. */
class AtomEmTest {
    @ParameterizedTest
    @CsvSource({
        "SPREAD, iris, 4, 3, 0",
        "SPREAD, iris, 4, 2, 1",
        "SPREAD, faithful, 2, 3, 1",
        "ERROR, iris, 4, 3, 0",
        "ERROR, iris, 4, 2, 1",
        "ERROR, faithful, 2, 3, 1"
    })
    void climbsAsTheTextbookDoes(RowCovariance meaning, String name, int columns, int k, double pseudoRows) {
        double[][] values = Examples.values(name, columns);
        Atoms atoms = Atoms.random(meaning, values, 0.2, 5);
        Regularization policy = pseudoRows == 0 ? Regularization.none() : Regularization.penalty(pseudoRows);
        GaussianMixture start = Em.components(k)
                .search(Search.NONE)
                .restarts(1)
                .maxIterations(2)
                .fit(Rows.of(values))
                .model();
        Fit<GaussianMixture> fit = Em.components(k)
                .regularization(policy)
                .initialization(Initialization.model(start))
                .tolerance(0)
                .maxIterations(40)
                .fit(atoms.rows());
        double[] scatter = policy.pseudoScatter(RowSummary.of(atoms.rows(), 1), k);
        GaussianMixture textbook = start;
        for (int i = 0; i < 40; i++) {
            textbook = atoms.step(textbook, pseudoRows, scatter);
        }
        assertThat(fit.iterations()).isEqualTo(40);
        assertClose(fit.model().weights(), textbook.weights(), 1e-9, "weights");
        for (int c = 0; c < k; c++) {
            assertClose(fit.model().component(c).mean(), textbook.component(c).mean(), 1e-9, "mean");
            assertClose(
                    fit.model().component(c).covariance().lowerTriangle(),
                    textbook.component(c).covariance().lowerTriangle(),
                    1e-9,
                    "covariance");
        }
        assertClose(fit.logLikelihood(), atoms.logLikelihood(textbook), 1e-10, "log-likelihood");
        assertClose(fit.model().logLikelihood(atoms.rows()), fit.logLikelihood(), 1e-12, "log-likelihood");
    }

    static Stream<Arguments> structures() {
        List<Arguments> all = new ArrayList<>();
        for (CovarianceStructure structure : CovarianceStructure.values()) {
            all.add(Arguments.of(RowCovariance.SPREAD, structure));
            all.add(Arguments.of(RowCovariance.ERROR, structure));
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("structures")
    void neverLowersTheObjective(RowCovariance meaning, CovarianceStructure structure) {
        for (long seed = 0; seed < 4; seed++) {
            Atoms atoms = Atoms.random(meaning, Examples.clusters(seed, 150, 1 + (int) seed, 3, 3), 0.5, seed);
            // The loop itself throws if the objective falls by more than rounding.
            Fit<GaussianMixture> fit = Em.components(3)
                    .covariance(structure)
                    .search(Search.NONE)
                    .restarts(1)
                    .seed(seed)
                    .tolerance(1e-7)
                    .fit(atoms.rows());
            assertThat(fit.model().structure()).isEqualTo(structure);
            assertClose(fit.logLikelihood(), fit.model().logLikelihood(atoms.rows()), 1e-10, "log-likelihood");
        }
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void takesZeroCovariancesForPointsToTheBit(RowCovariance meaning) {
        Rows points = Examples.faithful();
        RowCovariances zero = RowCovariances.deviations(Rows.of(new double[272][2]));
        Rows rows = meaning == RowCovariance.SPREAD ? points.withSpread(zero) : points.withErrors(zero);
        Fit<GaussianMixture> plain = Em.components(3).seed(4).fit(points);
        Fit<GaussianMixture> same = Em.components(3).seed(4).fit(rows);
        assertThat(same.model()).isEqualTo(plain.model());
        assertThat(same.history()).isEqualTo(plain.history());
        assertThat(same.bic()).isEqualTo(plain.bic());
        assertThat(same.model().logDensity(rows)).isEqualTo(plain.model().logDensity(points));
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void searchesOverSamplesWithTheSameBitsForAnyNumberOfThreads(RowCovariance meaning) {
        Rows rows = Atoms.random(meaning, Examples.clusters(3, 5000, 2, 3, 6), 0.5, 3)
                .rows();
        Fit<GaussianMixture> alone =
                Em.components(3).restarts(2).seed(2).threads(1).fit(rows);
        Fit<GaussianMixture> three =
                Em.components(3).restarts(2).seed(2).threads(3).fit(rows);
        assertThat(three.model()).isEqualTo(alone.model());
        assertThat(three.history()).isEqualTo(alone.history());
        assertClose(alone.logLikelihood(), alone.model().logLikelihood(rows), 1e-12, "log-likelihood");
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void composesWithGapsAndNoiseAndVariationalFits(RowCovariance meaning) {
        double[][] values = Examples.clusters(5, 300, 2, 3, 20);
        Rows rows = Atoms.random(meaning, values, 0.4, 5).rows();
        Rows gapped =
                Atoms.random(meaning, Holes.in(values, 0.2, 1), 0.4, 5).rows().withGaps();
        Fit<GaussianMixture> gaps = Em.components(3).seed(1).fit(gapped);
        assertClose(gaps.model().logLikelihood(gapped), gaps.logLikelihood(), 1e-10, "log-likelihood");
        Fit<NoisyMixture> noisy = Em.components(3).seed(1).withNoise().fit(rows);
        assertThat(noisy.model().share()).isLessThan(0.1);
        for (Rows some : List.of(rows, gapped)) {
            Fit<MixturePosterior> posterior =
                    VariationalBayes.components(5).seed(1).fit(some);
            double[] history = posterior.history();
            for (int i = 1; i < history.length; i++) {
                assertThat(history[i]).isGreaterThan(history[i - 1] - 1e-10);
            }
        }
        List<Em> estimators =
                Stream.of(1, 2, 3, 4).map(k -> Em.components(k).seed(1)).toList();
        Fit<GaussianMixture> chosen =
                Selection.of(estimators, Criterion.BIC, rows).best();
        assertThat(chosen.model().size()).isEqualTo(3);
        assertClose(chosen.model().logLikelihood(rows), chosen.logLikelihood(), 1e-10, "log-likelihood");
    }

    /** Columns in other units, and another place, give the same fit there. */
    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void followsShiftsAndUnits(RowCovariance meaning) {
        double[][] values = Examples.clusters(6, 300, 2, 3, 6);
        double[][] moved = new double[values.length][];
        double[][] deviations = new double[values.length][];
        double[][] scaled = new double[values.length][];
        Generator generator = Generator.seeded(4);
        double[] units = {0x1p-20, 0x1p30};
        for (int i = 0; i < moved.length; i++) {
            deviations[i] = new double[] {generator.between(0, 1), generator.between(0, 1)};
            scaled[i] = new double[] {deviations[i][0] * units[0], deviations[i][1] * units[1]};
            moved[i] = new double[] {values[i][0] * units[0] + 1, (values[i][1] + 1024) * units[1]};
        }
        GaussianMixture here =
                Em.components(3).seed(1).fit(with(meaning, values, deviations)).model();
        GaussianMixture there =
                Em.components(3).seed(1).fit(with(meaning, moved, scaled)).model();
        assertClose(there.weights(), here.weights(), 1e-8, "weights");
        for (int k = 0; k < 3; k++) {
            double[][] expected = here.component(k).covariance().toMatrix().toRows();
            for (int i = 0; i < 2; i++) {
                for (int j = 0; j < 2; j++) {
                    assertClose(
                            there.component(k).covariance().get(i, j) / units[i] / units[j],
                            expected[i][j],
                            1e-7,
                            "covariance");
                }
            }
        }
    }

    private static Rows with(RowCovariance meaning, double[][] values, double[][] deviations) {
        RowCovariances own = RowCovariances.deviations(Rows.of(deviations));
        return meaning == RowCovariance.SPREAD
                ? Rows.of(values).withSpread(own)
                : Rows.of(values).withErrors(own);
    }

    @Test
    void refusesWhereRowsWouldBeTakenForPoints() {
        Rows rows = Examples.faithful().withErrors(RowCovariances.variances(1, 1));
        assertThatThrownBy(() -> ReferenceEm.fromCentres(rows, new double[][] {{2, 50}, {4, 80}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the reference program's EM takes rows that are points, and none with errors of their own;"
                        + " give the rows without");
        assertThatThrownBy(rows::inSinglePrecision)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rows with a covariance of their own are not rounded to floats; round them before they"
                        + " get it");
    }
}
