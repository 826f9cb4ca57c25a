package org.mixtura.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parquet and JSON, and conditions on rows of any format. */
class DuckTableTest {
    @TempDir
    private Path temporary;

    private Folder folder;

    @BeforeEach
    void open() {
        folder = new Folder(temporary);
    }

    private static double[][] read(Path file) {
        return read(file, TableOptions.defaults());
    }

    private static double[][] read(Path file, TableOptions options) {
        try (Table table = Table.open(file).with(options)) {
            return Folder.values(table.read(ColumnChoice.numbers()).rows());
        }
    }

    private static void assertFails(String message, TableOptions options, ColumnChoice choice, Path... files) {
        assertThatThrownBy(() -> Table.open(files).with(options).read(choice))
                .isInstanceOf(TableException.class)
                .hasMessage(message);
    }

    private static void assertFails(String message, Path... files) {
        assertFails(message, TableOptions.defaults(), ColumnChoice.numbers(), files);
    }

    /** Several row groups and many chunks, in their order, for one thread and for two. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void readsParquetInOrder(int threads) {
        int n = 300_000;
        Path file = folder.parquet("t.parquet", "SELECT i AS a, i / 7.0::DOUBLE AS b FROM range(" + n + ") r(i)");
        try (Table table = Table.open(file).with(TableOptions.defaults().threads(threads))) {
            assertThat(table.rowCount()).hasValue(n);
            double[][] values = Folder.values(table.columns("b", "a"));
            assertThat(values.length).isEqualTo(n);
            for (int i = 0; i < n; i++) {
                if (values[i][0] != i / 7.0 || values[i][1] != i) {
                    throw new AssertionError("row " + i + " is " + Arrays.toString(values[i]));
                }
            }
        }
    }

    @Test
    void readsAllTypesOfNumbers() {
        Path file = folder.parquet(
                "t.parquet",
                "SELECT 1::TINYINT a, 2::USMALLINT b, 3::BIGINT c, 4::HUGEINT d, 0.1::FLOAT e, 2.5::DECIMAL(9,3) f,"
                        + " 1e-300 g, '12.5' h, NULL::DOUBLE i, true j, DATE '2025-01-02' k, [1, 2] l, {'x': 1} m, 'ab'::BLOB n,"
                        + " 'u' o, 'v'::ENUM('u', 'v') p");
        try (Table table = Table.open(file)) {
            assertThat(table.schema().stream().map(Column::kind))
                    .containsExactly(
                            ColumnKind.NUMBER,
                            ColumnKind.NUMBER,
                            ColumnKind.NUMBER,
                            ColumnKind.NUMBER,
                            ColumnKind.NUMBER,
                            ColumnKind.NUMBER,
                            ColumnKind.NUMBER,
                            ColumnKind.NUMBER,
                            ColumnKind.NUMBER,
                            ColumnKind.TEXT,
                            ColumnKind.TEXT,
                            ColumnKind.NESTED,
                            ColumnKind.NESTED,
                            ColumnKind.TEXT,
                            ColumnKind.TEXT,
                            ColumnKind.TEXT);
            assertThat(Folder.values(table.columns("a", "b", "c", "d", "e", "f", "g", "h")))
                    .isDeepEqualTo(new double[][] {{1, 2, 3, 4, 0.1f, 2.5, 1e-300, 12.5}});
            Reading reading =
                    table.read(ColumnChoice.numbers().without(List.of("i")).labels("k"));
            assertThat(reading.labels().names()).containsExactly("2025-01-02");
            assertThat(reading.notes())
                    .containsExactly(
                            "left out column \"j\": text, such as \"true\"",
                            "left out column \"l\": values of type INTEGER[]",
                            "left out column \"m\": values of type STRUCT(x INTEGER)",
                            "left out column \"n\": text, such as \"ab\"",
                            "left out column \"o\": text, such as \"u\"",
                            "left out column \"p\": text, such as \"v\"");
        }
    }

    @Test
    void readsJsonAsLinesOrAnArray() {
        double[][] values = {{1, 2.5}, {2, -3}, {3, 1e-7}};
        assertThat(read(folder.write(
                        "t.jsonl", "{\"a\":1,\"b\":2.5,\"s\":\"x\"}\n{\"a\":2,\"b\":-3}\n{\"b\":1e-7,\"a\":3}\n")))
                .isDeepEqualTo(values);
        assertThat(read(folder.write("t.ndjson", "{\"a\":1,\"b\":2.5}\n{\"a\":2,\"b\":-3}\n{\"b\":1e-7,\"a\":3}")))
                .isDeepEqualTo(values);
        assertThat(read(folder.write("t.json", "[{\"a\":1,\"b\":2.5},\n {\"a\":2,\"b\":-3}, {\"b\":1e-7,\"a\":3}]")))
                .isDeepEqualTo(values);
        assertThat(read(folder.write("t.jsonl.gz", "{\"a\":1,\"b\":2.5}\n{\"a\":2,\"b\":-3}\n{\"b\":1e-7,\"a\":3}")))
                .isDeepEqualTo(values);
    }

    /** More than 200 keys, or few in common, must not be taken for a map. */
    @Test
    void readsJsonOfManyKeys() {
        String keys =
                IntStream.range(0, 300).mapToObj(j -> "\"x" + j + "\":" + j).collect(Collectors.joining(","));
        double[] row = IntStream.range(0, 300).asDoubleStream().toArray();
        assertThat(read(folder.write("wide.jsonl", ("{" + keys + "}\n").repeat(3))))
                .isDeepEqualTo(new double[][] {row, row, row});
        String sparse = IntStream.range(0, 100)
                .mapToObj(i -> "{\"a\":" + i + ",\"k" + i + "\":1}\n")
                .collect(Collectors.joining());
        try (Table table = Table.open(folder.write("sparse.jsonl", sparse))) {
            assertThat(Folder.values(table.columns("a"))).hasDimensions(100, 1);
        }
    }

    @Test
    void readsNumbersInTextByItsOwnRules() {
        Path json = folder.write(
                "t.jsonl", "{\"a\":1}\n{\"a\":\"NA\"}\n{\"a\":2.5}\n{\"a\":\"1e2\"}\n{\"a\":null}\n{\"c\":1}\n");
        TableOptions drop = TableOptions.defaults().missing(MissingPolicy.DROP_ROWS);
        try (Table table = Table.open(json).with(drop)) {
            Reading reading = table.read(ColumnChoice.of("a"));
            assertThat(Folder.values(reading.rows())).isDeepEqualTo(new double[][] {{1}, {2.5}, {100}});
            assertThat(reading.gaps()).containsExactly(Map.entry("a", 3L));
        }
        assertFails(
                json
                        + ", row 2, column \"a\" is missing (\"NA\"); there are gaps in 3 of 6 rows (3 in a): fill them, drop those"
                        + " rows (--missing drop), take them as missing (--missing exact), or leave the columns out (--exclude)",
                TableOptions.defaults(),
                ColumnChoice.of("a"),
                json);
        Path parquet = folder.parquet("t.parquet", "SELECT unnest(['1', 'x', '3', '1e999']) a");
        assertFails(
                parquet
                        + ", row 2, column \"a\": \"x\" is not a number; correct the cell, name it as a missing value, or leave the"
                        + " column out (--exclude a)",
                parquet);
        assertThat(read(parquet, drop.missingValues(List.of("x")))).isDeepEqualTo(new double[][] {{1}, {3}});
    }

    @Test
    void findsGapsInNumbers() {
        Path file = folder.parquet(
                "t.parquet",
                "SELECT * FROM (VALUES (1.5::DOUBLE, 1), (NULL, 2), ('nan', 3), ('-inf', 4), (-999, 5), (2, NULL)) t(a, b)");
        assertFails(
                file
                        + ", row 2, column \"a\" is missing; there are gaps in 4 of 6 rows (3 in a, 1 in b): fill them, drop those"
                        + " rows (--missing drop), take them as missing (--missing exact), or leave the columns out (--exclude)",
                file);
        TableOptions drop = TableOptions.defaults().missing(MissingPolicy.DROP_ROWS);
        assertThat(read(file, drop)).isDeepEqualTo(new double[][] {{1.5, 1}, {-999, 5}});
        assertThat(read(file, drop.missingValues(List.of("-999.0")))).isDeepEqualTo(new double[][] {{1.5, 1}});
        assertFails(
                file
                        + ", row 1 of those that meet the condition, column \"a\" is NaN, not a finite number; there are gaps in 1 of 1 row (1 in a): fill them, drop"
                        + " those rows (--missing drop), take them as missing (--missing exact), or leave the columns out (--exclude)",
                TableOptions.defaults().where("b = 3"),
                ColumnChoice.numbers(),
                file);
    }

    @Test
    void checksWeightsAndLabels() {
        Path file = folder.parquet(
                "t.parquet", "SELECT * FROM (VALUES (1, 0.5, 'x'), (2, 1, 'y'), (3, 0, 'x')) t(a, w, s)");
        try (Table table = Table.open(file)) {
            Reading reading = table.read(ColumnChoice.numbers().weights("w").labels("s"));
            assertThat(Folder.weights(reading.rows())).containsExactly(0.5, 1, 0);
            assertThat(Folder.values(reading.rows())).isDeepEqualTo(new double[][] {{1}, {2}, {3}});
            assertThat(reading.labels().codes()).containsExactly(0, 1, 0);
        }
        Path wrong = folder.parquet("wrong.parquet", "SELECT 1 a, -2 w");
        assertFails(
                wrong
                        + ", row 1, column \"w\": the weight -2.0 is negative; a weight says how many times a row counts, 0 or more",
                TableOptions.defaults(),
                ColumnChoice.numbers().weights("w"),
                wrong);
    }

    @ParameterizedTest
    @ValueSource(strings = {"t.csv", "t.jsonl", "t.parquet"})
    void keepsTheRowsThatMeetACondition(String name) {
        Path file = folder.path(name);
        Folder.sql(
                "COPY (SELECT i AS a, i % 10 AS b, CASE WHEN i % 3 = 0 THEN 'x y' ELSE 'z' END AS s FROM range(10000) r(i)) TO '"
                        + file + "'");
        try (Table table = Table.open(file).where("b >= 5 AND s = 'x y' -- a comment")) {
            double[][] naive = IntStream.range(0, 10_000)
                    .filter(i -> i % 10 >= 5 && i % 3 == 0)
                    .mapToObj(i -> new double[] {i, i % 10})
                    .toArray(double[][]::new);
            Reading reading = table.read(ColumnChoice.numbers());
            assertThat(Folder.values(reading.rows())).isDeepEqualTo(naive);
            assertThat(reading.tableRows()).isEqualTo(naive.length);
            if (name.endsWith("parquet")) {
                assertThat(table.rowCount()).hasValue(naive.length);
            }
        }
        assertThat(read(file, TableOptions.defaults().where("true"))).hasDimensions(10_000, 2);
        assertThat(read(file, TableOptions.defaults().where("b"))).hasDimensions(9_000, 2);
        assertFails(
                file + " has no row that meets the condition \"a < 0\"",
                TableOptions.defaults().where("a < 0"),
                ColumnChoice.numbers(),
                file);
        assertFails(
                "cannot filter by \"q < 0\": there is no column \"q\"; the columns are a, b, s",
                TableOptions.defaults().where("q < 0"),
                ColumnChoice.numbers(),
                file);
    }

    @Test
    void saysWhichConditionFailsOnTheWay() {
        Path parquet = folder.parquet("t.parquet", "SELECT unnest(['1', '2', 'x']) s, 1 a");
        String condition = "CAST(s AS INTEGER) > 1";
        assertFails(
                "cannot read " + parquet + " where CAST(s AS INTEGER) > 1: \"x\" is not a number",
                TableOptions.defaults().where(condition),
                ColumnChoice.of("a"),
                parquet);
        Path text = folder.write("t.csv", "s,a\nx1,1\nx2,1\n");
        assertFails(
                "cannot filter by \"CAST(s AS INTEGER) > 1\": \"x1\" is not a number",
                TableOptions.defaults().where(condition),
                ColumnChoice.of("a"),
                text);
    }

    @Test
    void looksAtTextOnlyInRowsThatMeetTheCondition() {
        Path file = folder.write("t.csv", "a,ok\n1,yes\nbad,no\n,no\n4,yes\n5,\n");
        assertThat(read(file, TableOptions.defaults().where("ok = 'yes'"))).isDeepEqualTo(new double[][] {{1}, {4}});
        assertThat(read(file, TableOptions.defaults().where("ok IS NULL"))).isDeepEqualTo(new double[][] {{5}});
        assertThat(read(file, TableOptions.defaults().where("a > 1"))).isDeepEqualTo(new double[][] {{4}, {5}});
        assertFails(
                file
                        + ", line 3, column \"a\": \"bad\" is not a number; correct the cell, name it as a missing value, or leave the"
                        + " column out (--exclude a)",
                TableOptions.defaults().where("ok = 'no'"),
                ColumnChoice.numbers(),
                file);
    }

    @Test
    void filtersSeveralFilesOfText() {
        Path first = folder.write("1.csv", "a\n1\n2\n");
        Path second = folder.write("2.csv", "a\n3\n4\n\n");
        Path third = folder.write("3.csv", "a\n5\n6");
        try (Table table = Table.open(first, second, third).where("a % 3 = 0 OR a = 1")) {
            assertThat(Folder.values(table.columns("a"))).isDeepEqualTo(new double[][] {{1}, {3}, {6}});
        }
    }

    @Test
    void combinesTheTypesOfSeveralFiles() {
        Path integers = folder.parquet("part1.parquet", "SELECT 1 a, 2 b");
        folder.parquet("part2.parquet", "SELECT 3.5 b, 2.25 a");
        try (Table table = Table.matching(temporary + "/part*.parquet")) {
            assertThat(Folder.values(table.columns("a", "b"))).isDeepEqualTo(new double[][] {{1, 2}, {2.25, 3.5}});
        }
        Path other = folder.parquet("other.parquet", "SELECT 1 a, 2 c");
        assertThatThrownBy(() -> Table.open(integers, other).schema())
                .isInstanceOf(TableException.class)
                .hasMessageMatching(
                        ".*(other|part1).parquet has no column \"[bc]\", which another of the files has; files read"
                                + " together have the same columns");
    }

    @Test
    void takesTheNameOfAFileAsItIs() {
        folder.write("x.txt", "");
        Path odd = folder.parquet("od'd.parquet".replace("'", "''"), "SELECT 1 a");
        assertThat(odd.getFileName()).hasToString("od''d.parquet");
        Path bracket = folder.path("part=1").resolve("a[12]*.parquet");
        try {
            Files.createDirectories(bracket.getParent());
            Files.copy(folder.path("od'd.parquet"), bracket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (Table table = Table.open(bracket, folder.path("od'd.parquet"))) {
            assertThat(table.schema()).containsExactly(new Column("a", ColumnKind.NUMBER, ""));
            assertThat(Folder.values(table.columns("a"))).isDeepEqualTo(new double[][] {{1}, {1}});
        }
    }

    @Test
    void saysWhatIsWrongWithAFile() throws IOException {
        Path text = folder.write("text.parquet", "hello, this is no Parquet file");
        assertFails(
                "cannot read " + text + ": this is not a Parquet file, or its end is missing; make or copy it again",
                text);
        Path whole = folder.parquet("whole.parquet", "SELECT i a FROM range(100000) r(i)");
        Path cut = folder.path("cut.parquet");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(whole), 5000));
        assertFails(
                "cannot read " + cut + ": this is not a Parquet file, or its end is missing; make or copy it again",
                cut);
        Path json = folder.write("t.jsonl", "{\"a\":1}\n{\"a\":\n");
        assertFails("cannot read " + json + ": the JSON is wrong near line 3: unexpected end of data", json);
        Path none = folder.parquet("none.parquet", "SELECT 1 a WHERE false");
        assertFails(none + " has no rows", none);
        Path nested = folder.parquet("nested.parquet", "SELECT [1.5, 2] f");
        assertFails(nested + ": no number column is left to read; the columns are f (DECIMAL(11,1)[])", nested);
        assertFails(
                nested
                        + ": column \"f\" holds values of type DECIMAL(11,1)[], which are no numbers; write its parts to columns of"
                        + " their own",
                TableOptions.defaults(),
                ColumnChoice.of("f"),
                nested);
    }

    /** The driver ends a stream early, without a word, where a file is damaged. */
    @Test
    void noticesDamageInTheMiddleOfAFile() throws IOException {
        Path file = folder.path("t.parquet");
        Folder.sql("COPY (SELECT i * 7 % 1001 AS a, i / 7.0 AS b FROM range(1000000) r(i)) TO '" + file
                + "' (FORMAT parquet, COMPRESSION zstd)");
        byte[] bytes = Files.readAllBytes(file);
        for (int i = bytes.length / 2; i < bytes.length / 2 + 10_000; i++) {
            bytes[i] = (byte) (i * 31);
        }
        Files.write(file, bytes);
        assertThatThrownBy(() -> Table.open(file).read(ColumnChoice.numbers()))
                .isInstanceOf(TableException.class)
                .hasMessage("cannot read " + file
                        + ": the file is damaged (ZSTD Decompression failure); make or copy it again");
    }

    @Test
    void limitsTheMemoryOfDuckDb() {
        Path file = folder.path("t.parquet");
        Folder.sql("COPY (SELECT random() AS a, random() AS b, random() AS c FROM range(600000)) TO '" + file
                + "' (FORMAT parquet, ROW_GROUP_SIZE 600000)");
        TableOptions small = TableOptions.defaults().memoryLimit(1 << 24);
        assertFails(
                "cannot read " + file
                        + ": DuckDB needs more memory than its limit; raise the limit (--memory) or use fewer"
                        + " threads",
                small,
                ColumnChoice.numbers(),
                file);
        assertThat(read(file, small.memoryLimit(1L << 30))).hasDimensions(600_000, 3);
    }
}
