package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
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

class LogCholeskyTest {
    private static GaussianMixture fitted(Rows rows, CovarianceStructure structure) {
        return Em.components(3)
                .covariance(structure)
                .search(Search.NONE)
                .maxIterations(3)
                .fit(rows)
                .model();
    }

    @ParameterizedTest
    @EnumSource(names = {"FULL", "TIED", "DIAGONAL", "SPHERICAL", "TIED_DIAGONAL", "TIED_SPHERICAL"})
    void bringsMixturesBack(CovarianceStructure structure) {
        Rows iris = Examples.iris();
        GaussianMixture mixture = fitted(iris, structure);
        LogCholesky coordinates = new LogCholesky(RowSummary.of(iris, 1));
        double[] point = coordinates.of(mixture).orElseThrow();
        GaussianMixture back = coordinates.at(point, mixture);
        assertThat(back.structure()).isEqualTo(structure);
        assertThat(point).hasSize((int) structure.parameters(3, 4) + 1);
        assertClose(back.weights(), mixture.weights(), 1e-14, "weights");
        for (int k = 0; k < 3; k++) {
            assertClose(back.component(k).mean(), mixture.component(k).mean(), 1e-14, "mean");
            assertClose(
                    back.component(k).covariance().lowerTriangle(),
                    mixture.component(k).covariance().lowerTriangle(),
                    1e-13,
                    "covariance");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FULL", "TIED", "DIAGONAL", "SPHERICAL", "TIED_DIAGONAL", "TIED_SPHERICAL"})
    void hasAMixtureAtEveryPoint(CovarianceStructure structure) {
        Rows iris = Examples.iris();
        GaussianMixture mixture = fitted(iris, structure);
        LogCholesky coordinates = new LogCholesky(RowSummary.of(iris, 1));
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 200; i++) {
            double[] point = Arrays.stream(coordinates.of(mixture).orElseThrow())
                    .map(x -> x + 0.5 * random.nextGaussian())
                    .toArray();
            GaussianMixture there = coordinates.at(point, mixture);
            double[] back = coordinates.of(there).orElseThrow();
            // Log-weights come back up to a common constant.
            double shift = point[0] - back[0];
            for (int k = 0; k < 3; k++) {
                back[k] += shift;
            }
            assertClose(back, point, 1e-8, "point");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FULL", "TIED"})
    void doesNotDependOnUnitsUpToTheLogarithms(CovarianceStructure structure) {
        double[][] iris = Examples.values("iris", 4);
        double[][] scaled = Arrays.stream(iris)
                .map(row -> new double[] {row[0] * 1e8, row[1] * 1e-8, row[2] * 3, row[3]})
                .toArray(double[][]::new);
        double[] here = new LogCholesky(RowSummary.of(Rows.of(iris), 1))
                .of(fitted(Rows.of(iris), structure))
                .orElseThrow();
        double[] there = new LogCholesky(RowSummary.of(Rows.of(scaled), 1))
                .of(fitted(Rows.of(scaled), structure))
                .orElseThrow();
        double[] difference = new double[here.length - 3];
        for (int i = 0; i < difference.length; i++) {
            difference[i] = there[i + 3] - here[i + 3];
        }
        // Means are relative to zero, not to an origin among the rows, so they are left out: only factors are compared.
        assertClose(
                Arrays.copyOfRange(difference, 12, difference.length),
                new double[difference.length - 12],
                1e-6,
                "factors");
    }

    @Test
    void hasNoPointForAnEmptyComponent() {
        GaussianMixture mixture = GaussianMixture.of(
                new double[] {0, 1},
                List.of(
                        Gaussian.of(new double[] {0}, Covariance.spherical(1, 1)),
                        Gaussian.of(new double[] {1}, Covariance.spherical(1, 1))));
        assertThat(new LogCholesky(RowSummary.of(Rows.of(new double[][] {{1}, {2}}), 1)).of(mixture))
                .isEmpty();
    }
}
