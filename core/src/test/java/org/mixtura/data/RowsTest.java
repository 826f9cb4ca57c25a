package org.mixtura.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mixtura.testing.ComputedRows;

class RowsTest {
    private static final int COUNT = 100;

    private static double value(long row, int column) {
        return 3 * row + column;
    }

    private static Rows inMemory() {
        double[] values = new double[COUNT * 3];
        Arrays.setAll(values, i -> i);
        return Rows.owning(values, 3);
    }

    private static ComputedRows computed() {
        return new ComputedRows(COUNT, 3, n -> new double[] {value(n, 0), value(n, 1), value(n, 2)});
    }

    private static Rows inFloats() {
        float[] values = new float[COUNT * 3];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        return Rows.owning(values, 3);
    }

    /** The kinds of rows, and each of them renamed, with weights, and both in both orders. */
    static Stream<Rows> kinds() {
        double[] weights = new double[COUNT];
        Arrays.setAll(weights, i -> i);
        List<String> names = List.of("a", "b", "c");
        return Stream.of(inMemory(), inFloats(), computed(), computed().inSinglePrecision())
                .flatMap(rows -> Stream.of(
                        rows,
                        rows.named(names),
                        rows.weighted(weights),
                        rows.named(names).weighted(weights),
                        rows.weighted(weights).named(names),
                        rows.weighted(ones()).weighted(weights)));
    }

    private static double[] ones() {
        double[] ones = new double[COUNT];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static void check(Rows rows, Rows.Reader reader, long first, int count) {
        Block block = reader.read(first, count);
        assertThat(block.count()).isEqualTo(count);
        assertThat(block.dimension()).isEqualTo(3);
        assertThat(block.weighted()).isEqualTo(rows.weighted());
        for (int i = 0; i < count; i++) {
            assertThat(block.weight(i)).isEqualTo(rows.weighted() ? (double) (first + i) : 1);
            for (int j = 0; j < 3; j++) {
                assertThat(block.get(i, j)).isEqualTo(value(first + i, j));
                assertThat(block.values()[block.offset() + i * 3 + j]).isEqualTo(value(first + i, j));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void showsAnyBlockAgainAndAgain(Rows rows) {
        assertThat(rows.count()).isEqualTo(COUNT);
        assertThat(rows.dimension()).isEqualTo(3);
        try (Rows.Reader reader = rows.reader()) {
            check(rows, reader, 0, COUNT);
            check(rows, reader, COUNT - 1, 1);
            check(rows, reader, 17, 40);
            check(rows, reader, 0, 0);
            check(rows, reader, COUNT, 0);
            check(rows, reader, 0, COUNT);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void isReadByManyThreads(Rows rows) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Object>> tasks = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                int first = 10 * t;
                tasks.add(() -> {
                    try (Rows.Reader reader = rows.reader()) {
                        for (int i = 0; i < 200; i++) {
                            check(rows, reader, first, 1 + i % 20);
                        }
                    }
                    return "done";
                });
            }
            for (Future<Object> task : threads.invokeAll(tasks)) {
                assertThat(task.get()).isEqualTo("done");
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void relabelledRowsCloseTheReaderBelow() {
        ComputedRows rows = computed();
        try (Rows.Reader reader =
                rows.weighted(ones()).named(List.of("a", "b", "c")).reader()) {
            reader.read(0, 1);
            assertThat(rows.openReaders()).isEqualTo(1);
        }
        assertThat(rows.openReaders()).isZero();
    }

    @Test
    void columnsAreNumberedUntilTheyAreNamed() {
        assertThat(inMemory().columns()).containsExactly("x0", "x1", "x2");
        assertThat(inMemory().named(List.of("a", "b", "c")).columns()).containsExactly("a", "b", "c");
        assertThat(computed().named(List.of("a", "b", "c")).weighted(ones()).columns())
                .containsExactly("a", "b", "c");
    }

    @Test
    void isApartFromTheArraysThatItCameFrom() {
        double[] row = {1, 2};
        double[] weight = {3};
        Rows rows = Rows.of(row).weighted(weight);
        Rows below = new ComputedRows(1, 1, n -> new double[] {1}).weighted(weight);
        row[0] = 7;
        weight[0] = 7;
        assertThat(rows.reader().read(0, 1).get(0, 0)).isEqualTo(1);
        assertThat(rows.reader().read(0, 1).weight(0)).isEqualTo(3);
        assertThat(below.reader().read(0, 1).weight(0)).isEqualTo(3);
    }

    @Test
    void refusesTablesWithoutRowsOrColumns() {
        assertThatThrownBy(() -> Rows.of(new double[0][]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rows without columns (dimension 0)");
        assertThatThrownBy(() -> Rows.of(Matrix.of(0, 2, new double[0])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("0 values do not make one or more rows of 2 columns");
        assertThatThrownBy(() -> Rows.owning(new double[5], 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("5 values do not make one or more rows of 2 columns");
        assertThatThrownBy(() -> Rows.owning(new float[5], 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("5 values do not make one or more rows of 2 columns");
        assertThatThrownBy(() -> Rows.of(new double[] {1}, new double[] {1, 2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row 1 has 2 values, row 0 has 1");
    }

    @Test
    void refusesBlocksOutside() {
        Rows.Reader reader = inMemory().reader();
        assertThatThrownBy(() -> reader.read(-1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> reader.read(COUNT - 1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> reader.read(1L << 40, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    static Stream<Rows> two() {
        return Stream.of(Rows.of(new double[] {1}, new double[] {2}), new ComputedRows(2, 1, n -> new double[] {n}));
    }

    @ParameterizedTest
    @MethodSource("two")
    void refusesWeightsAgainstTheRules(Rows rows) {
        assertThatThrownBy(() -> rows.weighted(new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("3 weights for 2 rows");
        for (double wrong : new double[] {-1e-9, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThatThrownBy(() -> rows.weighted(new double[] {1, wrong}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("weight of row 1 is " + wrong + "; a weight is finite and not negative");
        }
        assertThatThrownBy(() -> rows.weighted(new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("all 2 weights are zero; at least one row must count");
        assertThatThrownBy(() -> rows.weighted(new double[] {1e308, 1e308}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the weights sum to Infinity, beyond the range of a double; divide them by a constant");
    }

    @ParameterizedTest
    @MethodSource("two")
    void refusesNamesAgainstTheRules(Rows rows) {
        assertThatThrownBy(() -> rows.named(List.of("a", "b")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 column names for 1 columns");
        assertThatThrownBy(() -> Rows.checkColumns(List.of("a", "b", "a"), 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column name \"a\" is given twice");
        assertThatThrownBy(() -> Rows.checkColumns(Arrays.asList("a", null), 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column 1 has no name");
    }
}
