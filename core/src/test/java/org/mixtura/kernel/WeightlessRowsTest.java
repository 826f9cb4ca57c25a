package org.mixtura.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.mixtura.data.Rows;

/** A row of weight 0 is no row: whatever it holds, sums over rows do not see it. */
class WeightlessRowsTest {
    private static final Rows WITH_GAP = Rows.of(
                    new double[] {1, 5},
                    new double[] {Double.NaN, 7},
                    new double[] {3, Double.POSITIVE_INFINITY},
                    new double[] {4, 2})
            .weighted(new double[] {1, 0, 0, 2});

    private static final Rows WITHOUT =
            Rows.of(new double[] {1, 5}, new double[] {4, 2}).weighted(new double[] {1, 2});

    @Test
    void momentsUnderGivenResponsibilities() {
        Moments actual = moments(WITH_GAP);
        Moments expected = moments(WITHOUT);
        assertThat(actual.weights()).containsExactly(expected.weights());
        assertThat(actual.firsts()).containsExactly(expected.firsts());
        assertThat(actual.second(0)).containsExactly(expected.second(0));
        assertThat(actual.totalWeight()).isEqualTo(3);
    }

    private static Moments moments(Rows rows) {
        return Scan.moments(
                rows,
                new double[2],
                new double[2],
                Moments.Scatter.FULL,
                (block, first, r) -> Arrays.fill(r, 0, block.count(), 1),
                1);
    }

    @Test
    void summary() {
        RowSummary summary = RowSummary.of(WITH_GAP, 1);
        assertThat(summary.covariance())
                .containsExactly(RowSummary.of(WITHOUT, 1).covariance());
        assertThat(summary.mean()[0] + summary.origin()[0]).isEqualTo(3);
    }

    /** Weight or not, a row that can be scored is; one that cannot stops nobody. */
    @Test
    void scores() {
        Rows zero = Rows.of(
                        new double[] {1, 5}, new double[] {Double.NaN, 7}, new double[] {3, Double.POSITIVE_INFINITY})
                .weighted(new double[] {1, 0, 0});
        QuadraticForms forms = QuadraticForms.of(
                QuadraticForms.Factor.SCALAR,
                new double[2],
                new double[] {0, 0, 1, 5},
                new double[] {-1, -2},
                new double[][] {{1}, {2}});
        double[][] expected = scores(WITHOUT, forms);
        double[][] actual = scores(zero, forms);
        assertThat(actual[0]).containsExactly(expected[0]);
        assertThat(actual[1]).containsOnly(Double.NaN);
        assertThat(actual[2]).containsOnly(Double.NaN);
    }

    /** Of each row the log-density, then the responsibilities. */
    private static double[][] scores(Rows rows, QuadraticForms forms) {
        double[][] all = new double[(int) rows.count()][3];
        Scan.scores(rows, forms, 1, (first, count, logDensity, responsibilities) -> {
            for (int i = 0; i < count; i++) {
                all[(int) first + i][0] = logDensity[i];
                System.arraycopy(responsibilities, 2 * i, all[(int) first + i], 1, 2);
            }
        });
        return all;
    }
}
