package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mixtura.data.Rows;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.testing.Examples;

/** Which structures care for the units of columns, and that none breaks where units, rows or weights are extreme. */
class StructureUnitsTest {
    private static final double[][] IRIS = Examples.values("iris", 4);

    private static double[][] scaled(double... units) {
        return Arrays.stream(IRIS)
                .map(row -> {
                    double[] scaled = row.clone();
                    for (int j = 0; j < scaled.length; j++) {
                        scaled[j] *= units[j];
                    }
                    return scaled;
                })
                .toArray(double[][]::new);
    }

    private static Fit<GaussianMixture> fit(CovarianceStructure structure, Rows rows) {
        return Em.components(3).covariance(structure).restarts(2).seed(3).fit(rows);
    }

    private static void assertSameLabels(CovarianceStructure structure, double... units) {
        Rows here = Rows.of(IRIS);
        Rows there = Rows.of(scaled(units));
        assertThat(fit(structure, there).model().labels(there))
                .isEqualTo(fit(structure, here).model().labels(here));
    }

    @ParameterizedTest
    @EnumSource
    void noneCaresForOneUnitOfAllColumns(CovarianceStructure structure) {
        for (double unit : new double[] {1e150, 1e-150, 1e8, 1e-8}) {
            assertSameLabels(structure, unit, unit, unit, unit);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FULL", "TIED", "VEE", "EVV", "DIAGONAL", "TIED_DIAGONAL", "VEI", "EVI"})
    void theseCareForNoUnits(CovarianceStructure structure) {
        assertSameLabels(structure, 1e8, 1e-8, 1e150, 1e-150);
    }

    /** Rows that leave covariances next to singular, or heavier than others by sixteen powers of ten. */
    private static List<Rows> hard() {
        SplittableRandom random = new SplittableRandom(1);
        List<Rows> hard = new ArrayList<>();
        hard.add(Rows.of(scaled(1e3, 1e-3, 1, 1e5)));
        hard.add(Rows.of(Arrays.stream(IRIS)
                .map(row -> new double[] {row[0], 2 * row[0] + 1e-9 * random.nextGaussian(), row[1], row[2]})
                .toArray(double[][]::new)));
        hard.add(Rows.of(Arrays.stream(IRIS)
                .map(row -> new double[] {row[0], 2 * row[0], row[1]})
                .toArray(double[][]::new)));
        double[][] far = IRIS.clone();
        far[3] = new double[] {1e9, -1e9, 0, 0};
        hard.add(Rows.of(far));
        double[] weights = new double[IRIS.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.pow(10, random.nextInt(17) - 8);
        }
        hard.add(Rows.of(IRIS).weighted(weights));
        return hard;
    }

    /** A fit that fell by more than its rounding allowance would throw. Where axes are turned, rounding may end one earlier. */
    @ParameterizedTest
    @EnumSource
    void climbsWhereCovariancesAreNextToSingular(CovarianceStructure structure) {
        for (Rows rows : hard()) {
            Fit<GaussianMixture> fit = fit(structure, rows);
            if (fit.stopReason() == StopReason.COLLAPSED) {
                assertThat(structure).isIn(CovarianceStructure.EEV, CovarianceStructure.VEV);
                assertThat(fit.stopDetail()).contains("measure the columns in units that give similar numbers");
            } else {
                assertThat(fit.stopReason()).isEqualTo(StopReason.CONVERGED);
            }
            assertThat(fit.objective()).isGreaterThanOrEqualTo(fit.history()[0]);
            assertClose(
                    fit.logLikelihood() / fit.totalWeight(),
                    fit.model().logLikelihood(rows) / fit.totalWeight(),
                    1e-6,
                    "log-likelihood");
        }
    }

    @Test
    void saysWhereAxesCannotBeTold() {
        Rows rows = Rows.of(scaled(1e8, 1e-8, 1e150, 1e-150));
        for (CovarianceStructure structure : List.of(CovarianceStructure.EEV, CovarianceStructure.VEV)) {
            assertThatThrownBy(() -> fit(structure, rows))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no valid start was found; the last attempt ended with: component 1 of 3 has"
                            + " variances")
                    .hasMessageContaining(
                            "along its axes that are further apart than this structure can tell; measure the columns"
                                    + " in units that give similar numbers");
        }
    }

    /** Whole numbers on a grid: what rows of one value leave of a variance is rounding, along any axis. */
    @ParameterizedTest
    @EnumSource
    void collapsesWhereOnlyRoundingIsLeft(CovarianceStructure structure) {
        SplittableRandom random = new SplittableRandom(1);
        double[][] grid = new double[300][];
        for (int i = 0; i < grid.length; i++) {
            grid[i] = new double[] {random.nextInt(3), random.nextInt(4)};
        }
        for (long seed = 0; seed < 10; seed++) {
            Fit<GaussianMixture> fit = Em.components(4)
                    .covariance(structure)
                    .regularization(Regularization.none())
                    .seed(seed)
                    .fit(Rows.of(grid));
            assertThat(fit.stopReason()).isIn(StopReason.CONVERGED, StopReason.COLLAPSED);
            if (fit.stopReason() == StopReason.COLLAPSED) {
                assertThat(fit.stopDetail()).containsAnyOf("collapsed", "not positive definite", "along its axes");
            }
        }
    }

    /** Without regularisation a flat component of EVV grows wide to keep its volume; that costs digits too. */
    @Test
    void climbsWhereAComponentIsWiderThanTheData() {
        Rows rows = Rows.of(Examples.values("../core/src/test/resources/goldens/mclust/diabetes", 3));
        for (int components : new int[] {5, 7}) {
            Fit<GaussianMixture> fit = Em.components(components)
                    .covariance(CovarianceStructure.EVV)
                    .regularization(Regularization.none())
                    .restarts(64)
                    .seed(1)
                    .fit(rows);
            assertThat(fit.objective()).isGreaterThanOrEqualTo(fit.history()[0]);
        }
    }
}
