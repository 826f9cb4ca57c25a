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
}
