package org.mixtura.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Rows;

class ConstantColumnsTest {
    @ParameterizedTest
    @ValueSource(ints = {2, 1024, 1025, 3000})
    void findsThemBehindAnyNumberOfRows(int count) {
        double[][] rows = new double[count][];
        for (int i = 0; i < count; i++) {
            rows[i] = new double[] {7, i, i == count - 1 ? 1 : 0, -0.5};
        }
        assertThat(ConstantColumns.of(Rows.of(rows).named(List.of("a", "b", "c", "d"))))
                .containsExactly(entry("a", 7.0), entry("d", -0.5));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void looksOnlyAtRowsThatCount(int odd) {
        double[][] rows = {{1}, {1}, {1}};
        rows[odd][0] = 2;
        double[] weights = {1, 1, 1};
        weights[odd] = 0;
        assertThat(ConstantColumns.of(Rows.of(rows).weighted(weights))).containsExactly(entry("x0", 1.0));
        assertThat(ConstantColumns.of(Rows.of(rows))).isEmpty();
    }

    @Test
    void takesNoGapForAValue() {
        double nan = Double.NaN;
        Rows rows = Rows.of(new double[][] {{nan, 1, nan, 3}, {2, nan, nan, 3}, {2, 5, nan, nan}});
        assertThat(ConstantColumns.of(rows.withGaps())).containsExactly(entry("x0", 2.0), entry("x3", 3.0));
    }
}
