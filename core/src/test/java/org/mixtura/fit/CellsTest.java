package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Block;
import org.mixtura.data.RowCovariance;
import org.mixtura.data.RowCovariances;
import org.mixtura.data.Rows;
import org.mixtura.kernel.RowSummary;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.testing.ComputedRows;
import org.mixtura.testing.Examples;
import org.mixtura.testing.Generator;

class CellsTest {
    private static double[] numbers(Rows rows) {
        int n = (int) rows.count();
        int d = rows.dimension();
        double[] all = new double[n * (1 + d + d * (d + 1) / 2)];
        int at = 0;
        try (Rows.Reader reader = rows.reader()) {
            Block block = reader.read(0, n);
            for (int i = 0; i < n; i++) {
                all[at++] = block.weight(i);
                for (int j = 0; j < d; j++) {
                    all[at++] = block.get(i, j);
                }
                for (int e = 0; e < block.covarianceSize(); e++) {
                    all[at++] = block.covariance(i, e);
                }
            }
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 17, 100, 1000, 5000})
    void conserveWeightMeanAndCovariance(int count) {
        for (int d = 1; d <= 4; d++) {
            Generator generator = Generator.seeded(d);
            double[][] values = Examples.clusters(d, 1500, d, 3, 5);
            Rows rows = Rows.of(values).weighted(generator.rowWeights(values.length));
            Rows cells = Cells.of(rows, count, 2).rows();
            assertThat(cells.count()).isLessThanOrEqualTo(count);
            assertThat(cells.columns()).isEqualTo(rows.columns());
            assertThat(cells.rowCovariance()).isEqualTo(RowCovariance.SPREAD);
            RowSummary before = RowSummary.of(rows, 1);
            RowSummary after = RowSummary.of(cells, 1);
            assertClose(after.totalWeight(), before.totalWeight(), 1e-12, "weight");
            assertClose(after.covariance(), before.covariance(), 1e-11, "covariance");
            for (int j = 0; j < d; j++) {
                assertClose(after.mean()[j] + after.origin()[j], before.mean()[j] + before.origin()[j], 1e-11, "mean");
            }
        }
    }

    @Test
    void isEachDifferentRowIfThereAreCellsEnough() {
        double[][] values = {{1, 2}, {1, 2}, {3, 4}, {1e9, -5}, {3, 4}, {1, 2}};
        Rows cells = Cells.of(Rows.of(values), 50, 1).rows();
        assertThat(cells.count()).isEqualTo(3);
        double[] all = numbers(cells);
        double[] weights = {all[0], all[6], all[12]};
        Arrays.sort(weights);
        assertThat(weights).containsExactly(1, 2, 3);
        assertThat(Cells.of(Rows.of(new double[][] {{7, 7}, {7, 7}}), 9, 1)
                        .rows()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void dependsOnNeitherThreadsNorUnits() {
        double[][] values = Examples.clusters(3, 20_000, 2, 4, 5);
        double[][] scaled = Arrays.stream(values)
                .map(row -> new double[] {row[0] * 0x1p40, row[1] * 0x1p-40})
                .toArray(double[][]::new);
        Rows cells = Cells.of(Rows.of(values), 300, 1).rows();
        assertThat(numbers(Cells.of(Rows.of(values), 300, 3).rows())).isEqualTo(numbers(cells));
        double[] other = numbers(Cells.of(Rows.of(scaled), 300, 1).rows());
        double[] one = numbers(cells);
        for (int i = 0; i < one.length; i += 6) {
            assertThat(other[i]).isEqualTo(one[i]);
            assertClose(other[i + 1], one[i + 1] * 0x1p40, 1e-12, "mean");
        }
    }

    /** Of a stream that is larger than what is looked at, no row is lost. */
    @Test
    void takesAllRowsOfAStreamIntoItsCells() {
        int n = 1_200_000;
        Rows rows = new ComputedRows(n, 2, row -> new double[] {Math.sin(row * 0.37), Math.cos(row * 0.9) + 1});
        Rows cells = Cells.of(rows, 200, 2).rows();
        RowSummary before = RowSummary.of(rows, 1);
        RowSummary after = RowSummary.of(cells, 1);
        assertThat(after.totalWeight()).isEqualTo(n);
        assertClose(after.covariance(), before.covariance(), 1e-10, "covariance");
    }

    @Test
    void keepsTheSpreadThatRowsHave() {
        Rows rows = Rows.of(Examples.clusters(3, 500, 2, 2, 5)).withSpread(RowCovariances.variances(0.5, 2));
        Rows cells = Cells.of(rows, 20, 1).rows();
        assertClose(RowSummary.of(cells, 1).covariance(), RowSummary.of(rows, 1).covariance(), 1e-12, "covariance");
    }

    @Test
    void fitNearlyAsAllRowsDoAndAreJudgedByThem() {
        SplittableRandom random = new SplittableRandom(5);
        GaussianMixture truth = Generator.seeded(6).mixture(CovarianceStructure.FULL, 4, 2);
        Rows rows = Rows.of(truth.sample(20_000, random));
        Cells cells = Cells.of(rows, 1000, 2);
        Fit<GaussianMixture> onCells = Em.components(4).seed(1).fit(cells.rows());
        Fit<GaussianMixture> judged = cells.judged(onCells);
        Fit<GaussianMixture> whole = Em.components(4).seed(1).fit(rows);
        assertThat(judged.logLikelihood()).isGreaterThan(onCells.logLikelihood());
        assertClose(judged.logLikelihood(), judged.model().logLikelihood(rows), 1e-12, "log-likelihood");
        assertThat(judged.rows()).isEqualTo(20_000);
        assertThat(judged.totalWeight()).isEqualTo(20_000);
        assertThat(judged.objective()).isEqualTo(onCells.objective());
        assertThat(judged.options()).containsEntry("cells", "1000");
        assertThat(judged.meanLogLikelihood()).isGreaterThan(whole.meanLogLikelihood() - 1e-3);
    }

    @Test
    void refusesWhatHasNoCells() {
        Rows rows = Examples.faithful();
        assertThatThrownBy(() -> Cells.of(rows, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("0 cells; ask for at least 1");
        assertThatThrownBy(() -> Cells.of(rows.withGaps(), 10, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a division into cells needs every value");
        assertThatThrownBy(() -> Cells.of(rows.withErrors(RowCovariances.variances(1, 1)), 10, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a division into cells takes rows that are points");
    }
}
