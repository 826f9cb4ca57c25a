package org.mixtura.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectedRowsTest {
    private static final int COUNT = 50;

    private static Rows rows() {
        double[] values = new double[COUNT * 3];
        Arrays.setAll(values, i -> i);
        return Rows.owning(values, 3).named(List.of("a", "b", "c"));
    }

    @Test
    void showsTheColumnsInTheOrderAskedFor() {
        Rows selected = rows().select(List.of("c", "a"));
        assertThat(selected.columns()).containsExactly("c", "a");
        assertThat(selected.count()).isEqualTo(COUNT);
        try (Rows.Reader reader = selected.reader()) {
            for (int count : new int[] {1, 7, 30, 2}) {
                Block block = reader.read(11, count);
                assertThat(block.count()).isEqualTo(count);
                assertThat(block.dimension()).isEqualTo(2);
                for (int i = 0; i < count; i++) {
                    assertThat(block.get(i, 0)).isEqualTo(3 * (11 + i) + 2);
                    assertThat(block.get(i, 1)).isEqualTo(3 * (11 + i));
                    assertThat(block.weight(i)).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void keepsTheWeights() {
        double[] weights = new double[COUNT];
        Arrays.setAll(weights, i -> i);
        Rows selected = rows().weighted(weights).select(List.of("b"));
        assertThat(selected.weighted()).isTrue();
        try (Rows.Reader reader = selected.reader()) {
            Block block = reader.read(20, 10);
            for (int i = 0; i < 10; i++) {
                assertThat(block.weight(i)).isEqualTo(20 + i);
            }
        }
        assertThat(rows().select(List.of("b")).weighted()).isFalse();
    }

    @Test
    void refusesWhatIsNoChoice() {
        assertThatThrownBy(() -> rows().select(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rows without columns; select at least one");
        assertThatThrownBy(() -> rows().select(List.of("a", "d")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no column \"d\"; the columns are [a, b, c]");
        assertThatThrownBy(() -> rows().select(List.of("a", "a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column name \"a\" is given twice");
    }
}
