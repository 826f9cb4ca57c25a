package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.RowSummary;
import org.mixtura.kernel.Scan;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.GaussianMixture;

/** Rounds driven from outside end where a fit in one place ends. */
class EmRoundsTest {
    private static final List<String> COLUMNS = List.of("a", "b", "c");

    private static Rows rows(double offset) {
        SplittableRandom random = new SplittableRandom(5);
        double[][] rows = new double[600][3];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < 3; j++) {
                rows[i][j] = offset + random.nextDouble() + random.nextDouble() + (i % 3) * (j + 1.0);
            }
        }
        return Rows.of(rows).named(COLUMNS);
    }

    private static Rows part(Rows rows, int first, int count) {
        try (Rows.Reader reader = rows.reader()) {
            Block block = reader.read(first, count);
            int from = block.offset();
            return Rows.owning(Arrays.copyOfRange(block.values(), from, from + count * 3), 3)
                    .named(COLUMNS);
        }
    }

    /** What a cluster of two machines would gather. */
    private static RowSummary summary(Rows rows) {
        double[] origin = RowSummary.of(rows, 1).origin();
        Moments moments = Moments.about(origin, new double[3], Moments.Scatter.FULL);
        double[] smallest = new double[3];
        double[] largest = new double[3];
        Arrays.fill(smallest, Double.POSITIVE_INFINITY);
        Arrays.fill(largest, Double.NEGATIVE_INFINITY);
        for (Rows part : List.of(part(rows, 0, 250), part(rows, 250, 350))) {
            moments.combine(Scan.moments(
                    part,
                    origin,
                    new double[3],
                    Moments.Scatter.FULL,
                    (block, first, r) -> Arrays.fill(r, 0, block.count(), 1),
                    1));
            RowSummary local = RowSummary.of(part, 1);
            for (int j = 0; j < 3; j++) {
                smallest[j] = Math.min(smallest[j], local.smallest(j));
                largest[j] = Math.max(largest[j], local.largest(j));
            }
        }
        return RowSummary.of(COLUMNS, smallest, largest, moments);
    }

    private static EmRounds.Pass pass(Rows rows) {
        return (forms, scatter) -> {
            Moments total = Scan.moments(part(rows, 0, 250), forms, scatter, 1);
            total.combine(Scan.moments(part(rows, 250, 350), forms, scatter, 1));
            return total;
        };
    }

    @ParameterizedTest
    @EnumSource(CovarianceStructure.class)
    void roundsEndWhereAFitInOnePlaceEnds(CovarianceStructure structure) {
        Rows rows = rows(1e6);
        GaussianMixture start =
                Em.components(3).seed(2).maxIterations(3).fit(rows).model();
        Fit<GaussianMixture> here = Em.components(3)
                .covariance(structure)
                .initialization(Initialization.model(start))
                .fit(rows);
        Fit<GaussianMixture> there = EmRounds.over(summary(rows), 600, COLUMNS)
                .covariance(structure)
                .foundBy(2, Map.of("n_init", "1"))
                .climb(start, pass(rows));
        assertThat(there.history()).containsExactly(here.history(), within(1e-11));
        assertThat(there.stopReason()).isEqualTo(here.stopReason());
        assertThat(there.logLikelihood()).isCloseTo(here.logLikelihood(), within(1e-8));
        assertThat(there.model().weights()).containsExactly(here.model().weights(), within(1e-10));
        assertThat(there.freeParameters()).isEqualTo(here.freeParameters());
        assertThat(there.seed()).isEqualTo(2);
        assertThat(there.options())
                .containsEntry("covariance_type", structure.label())
                .containsEntry("n_init", "1");
    }

    @Test
    void aSummaryOfPartsIsTheSummaryOfTheWhole() {
        Rows rows = rows(1e6);
        RowSummary whole = RowSummary.of(rows, 1);
        RowSummary parts = summary(rows);
        assertThat(parts.mean()).containsExactly(whole.mean(), within(1e-13));
        assertThat(parts.covariance()).containsExactly(whole.covariance(), within(1e-12));
        assertThat(parts.totalWeight()).isEqualTo(600);
        assertThat(parts.smallest(1)).isEqualTo(whole.smallest(1));
        assertThat(parts.largest(2)).isEqualTo(whole.largest(2));
    }

    @Test
    void whatCannotBeFittedIsSaid() {
        Rows rows = rows(0);
        EmRounds rounds = EmRounds.over(summary(rows), 600, COLUMNS);
        GaussianMixture narrow = Em.components(1).fit(rows).model().marginal("a");
        assertThatThrownBy(() -> rounds.climb(narrow, pass(rows)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the start model has 1 columns, the rows have 3");
        Moments constant = Moments.about(new double[1], new double[1], Moments.Scatter.FULL);
        constant.weights()[0] = 2;
        constant.acceptTotals(2, 0, 0);
        RowSummary summary = RowSummary.of(List.of("a"), new double[] {4}, new double[] {4}, constant);
        assertThat(summary.variance(0)).isZero();
        assertThatThrownBy(() -> EmRounds.over(summary, 2, List.of("a")).climb(narrow, pass(rows)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column \"a\" is 4.0 in all rows: a constant has no density; leave the column out or set"
                        + " reg_covar");
        assertThatThrownBy(() -> RowSummary.of(
                        List.of("a"),
                        new double[] {4},
                        new double[] {4},
                        Moments.about(new double[1], new double[1], Moments.Scatter.FULL)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the weights sum to 0.0; at least one row must count");
    }
}
