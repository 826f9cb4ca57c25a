package org.mixtura.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mixtura.data.Rows;

class TextTableTest {
    @TempDir
    private Path temporary;

    private Folder folder;

    @BeforeEach
    void open() {
        folder = new Folder(temporary);
    }

    private static double[][] read(Path file, TableOptions options) {
        try (Table table = Table.open(file).with(options)) {
            return Folder.values(table.read(ColumnChoice.numbers()).rows());
        }
    }

    /** Sizes about the edges of the pieces that rows are kept in: 2¹⁹ numbers. */
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 3", "2, 1", "1000, 2", "2047, 200", "2048, 200", "2049, 200", "4097, 200"})
    void readsWhatANaiveReaderReads(int n, int d) {
        SplittableRandom random = new SplittableRandom(n);
        String header = IntStream.range(0, d).mapToObj(j -> "c" + j).collect(Collectors.joining(","));
        String text = Stream.generate(() -> random.ints(d, -9999, 9999)
                        .mapToObj(i -> Double.toString(i / 8.0))
                        .collect(Collectors.joining(",")))
                .limit(n)
                .collect(Collectors.joining("\n", header + "\n", "\n"));
        Path file = folder.write("table.csv", text);

        double[][] naive = text.lines()
                .skip(1)
                .map(line -> Arrays.stream(line.split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new);
        assertThat(read(file, TableOptions.defaults())).isDeepEqualTo(naive);
    }

    static Stream<Arguments> spellings() {
        TableOptions plain = TableOptions.defaults();
        return Stream.of(
                Arguments.of("a.csv", "a,b\n1,2\n3,4\n", plain),
                Arguments.of("a.csv", "a,b\n1,2\n3,4", plain),
                Arguments.of("a.csv", "a,b\r\n1,2\r\n3,4\r\n", plain),
                Arguments.of("a.csv", "a,b\r1,2\r3,4\r", plain),
                Arguments.of("a.csv", "\ufeffa,b\n1,2\n3,4\n", plain),
                Arguments.of("a.csv", "\"a\",\"b\"\n\"1\",\"2\"\n\" 3\",4\n", plain),
                Arguments.of("a.csv", " a , b \n 1 , 2 \n3 ,4\n", plain),
                Arguments.of("a.csv", "a,b\n\n1,2\n\n\n3,4\n\n", plain),
                Arguments.of("a.csv", "a,b,t\n1,2,\"x\ny\"\n3,4,\"z, \"\"q\"\"\"\n", plain),
                Arguments.of("a.csv.gz", "a,b\n1,2\n3,4\n", plain),
                Arguments.of("A.CSV", "a,b\n1,2\n3,4\n", plain),
                Arguments.of("a.tsv", "a\tb\n1\t2\n3\t4\n", plain),
                Arguments.of("a.tab.gz", "a\tb\n1\t2\n3\t4\n", plain),
                Arguments.of("a.txt", "a,b\n1,2\n3,4\n", plain),
                Arguments.of("a", "a,b\n1,2\n3,4\n", plain),
                Arguments.of("a.csv", "a;b\n1;2\n3;4\n", plain.delimiter(';')),
                Arguments.of("a.csv", "a;b\n1,0;2,0\n3;4e0\n", plain.decimal(',')),
                Arguments.of(
                        "a.csv",
                        "a,b\n\"1,0\",2\n3,\"4,0\"\n",
                        plain.decimal(',').delimiter(',')),
                Arguments.of("a.csv", "a|b\n1|2\n3|4\n", plain.delimiter('|')),
                Arguments.of("a.csv", "1,2\n3,4\n", plain.header(HeaderRow.ABSENT)),
                Arguments.of("a.csv", "2019,2020\n1,2\n3,4\n", plain.header(HeaderRow.PRESENT)),
                Arguments.of("a.csv", ",a,b\n0,1,2\n1,3,4\n", plain),
                Arguments.of("a.csv", "a,b,\n1,2,\n3,4,\n", plain),
                Arguments.of("a.csv", "a,\"b;\tc\"\n1,2\n3,4\n", plain));
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void readsTheSameInManySpellings(String name, String text, TableOptions options) {
        assertThat(read(folder.write(name, text), options)).isDeepEqualTo(new double[][] {{1, 2}, {3, 4}});
    }

    @Test
    void readsUtf16WithAMark() {
        for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            Path file = folder.write("a.csv", "\ufeffä,b\n1,2\n".getBytes(charset));
            try (Table table = Table.open(file)) {
                assertThat(Folder.values(table.columns("ä", "b"))).isDeepEqualTo(new double[][] {{1, 2}});
            }
        }
    }

    @Test
    void namesColumnsThatHaveNoHeader() {
        Path file = folder.write("a.csv", "1,x,2\n3,y,4\n");
        try (Table table = Table.open(file).with(TableOptions.defaults().header(HeaderRow.ABSENT))) {
            assertThat(table.read(ColumnChoice.numbers()).rows().columns()).containsExactly("x0", "x2");
        }
    }

    @Test
    void leavesOutColumnsThatAreNoNumbersAndSaysSo() {
        Path file = folder.write("a.csv", ",n,t\n0,1,red\n1,2,blue\n");
        try (Table table = Table.open(file)) {
            Reading reading = table.read(ColumnChoice.numbers());
            assertThat(reading.rows().columns()).containsExactly("n");
            assertThat(reading.leftOut())
                    .containsExactly(
                            new Column("column1", ColumnKind.UNNAMED, ""), new Column("t", ColumnKind.TEXT, "red"));
            assertThat(reading.notes())
                    .containsExactly(
                            "left out column \"column1\": it has no name in the header",
                            "left out column \"t\": text, such as \"red\"");
            assertThat(Folder.values(table.columns("column1", "n"))).isDeepEqualTo(new double[][] {{0, 1}, {1, 2}});
        }
    }

    @Test
    void judgesAColumnByTheMajorityOfItsFirstCells() {
        Path file = folder.write("a.csv", "most,half,few,gaps,late\n1,x,x,,NA\nx,2,y,,NA\n3,,3,,3\n");
        try (Table table = Table.open(file)) {
            assertThat(table.schema().stream().map(Column::kind))
                    .containsExactly(
                            ColumnKind.NUMBER,
                            ColumnKind.NUMBER,
                            ColumnKind.TEXT,
                            ColumnKind.NUMBER,
                            ColumnKind.NUMBER);
        }
    }

    @Test
    void readsColumnsInTheOrderAskedFor() {
        Path file = folder.write("a.csv", "a,b,c\n1,2,3\n4,5,6\n");
        try (Table table = Table.open(file)) {
            Rows rows = table.columns("c", "a");
            assertThat(rows.columns()).containsExactly("c", "a");
            assertThat(Folder.values(rows)).isDeepEqualTo(new double[][] {{3, 1}, {6, 4}});
            assertThat(table.read(ColumnChoice.numbers().without(List.of("b")))
                            .rows()
                            .columns())
                    .containsExactly("a", "c");
            assertThat(table.rowCount()).isEmpty();
            assertThat(table.columnNames()).containsExactly("a", "b", "c");
        }
    }

    @Test
    void readsFilesOneAfterTheOther() {
        folder.write("part-1.csv", "a,b\n1,2\n");
        folder.write("part-2.csv", "a,b\n3,4\n5,6\n");
        folder.write(".part-3.csv", "a,b\n7,8\n");
        folder.write("other.csv", "q\n1\n");
        try (Table table = Table.matching(temporary + "/part-*.csv")) {
            assertThat(table.files()).containsExactly(folder.path("part-1.csv"), folder.path("part-2.csv"));
            assertThat(Folder.values(table.columns("b"))).isDeepEqualTo(new double[][] {{2}, {4}, {6}});
        }
        folder.write("odd[1].csv", "a,b\n1,2\n");
        try (Table table = Table.matching(temporary + "/odd[1].csv", temporary + "/part-{2,9}.csv")) {
            assertThat(Folder.values(table.columns("a"))).isDeepEqualTo(new double[][] {{1}, {3}, {5}});
        }
        folder.write("deep/er/x.csv", "a,b\n9,9\n");
        try (Table table = Table.matching(temporary + "/**/x.csv")) {
            assertThat(Folder.values(table.columns("a"))).isDeepEqualTo(new double[][] {{9}});
        }
    }

    @Test
    void readsFilesOfWhichSomeHaveNoRows() {
        Path first = folder.write("1.csv", "a,t\n");
        Path second = folder.write("2.csv", "a,t\n1,x\n");
        Path third = folder.write("3.csv", "a,t");
        try (Table table = Table.open(first, second, third)) {
            Reading reading = table.read(ColumnChoice.numbers());
            assertThat(Folder.values(reading.rows())).isDeepEqualTo(new double[][] {{1}});
        }
    }

    @Test
    void takesWeightsOutOfTheColumns() {
        Path file = folder.write("a.csv", "a,w,b\n1,0.5,2\n3,0,4\n5,2,6\n");
        try (Table table = Table.open(file)) {
            Rows rows = table.read(ColumnChoice.numbers().weights("w")).rows();
            assertThat(rows.columns()).containsExactly("a", "b");
            assertThat(rows.weighted()).isTrue();
            assertThat(Folder.weights(rows)).containsExactly(0.5, 0, 2);
            assertThat(Folder.values(rows)).isDeepEqualTo(new double[][] {{1, 2}, {3, 4}, {5, 6}});
        }
    }

    @Test
    void takesTextOrNumbersAsLabels() {
        Path file = folder.write("a.csv", "a,kind,n\n1,red,7\n2, blue ,3\n3,red,7.0\n4,green,7\n");
        try (Table table = Table.open(file)) {
            Reading reading = table.read(ColumnChoice.numbers().labels("kind"));
            assertThat(reading.labels().codes()).containsExactly(0, 1, 0, 2);
            assertThat(reading.labels().names()).containsExactly("red", "blue", "green");
            assertThat(reading.rows().columns()).containsExactly("a", "n");
            Labels numbers = table.read(ColumnChoice.numbers().labels("n")).labels();
            assertThat(numbers.codes()).containsExactly(0, 1, 2, 0);
            assertThat(numbers.names()).containsExactly("7", "3", "7.0");
            Reading both = table.read(ColumnChoice.of("a", "n").labels("n"));
            assertThat(both.rows().dimension()).isEqualTo(2);
        }
    }

    @Test
    void dropsRowsWithGapsWhenTold() {
        Path file = folder.write("a.csv", "a,b,t\n1,2,u\nNA,2,u\n3,inf,v\n4,,\n5,6,\n7,8,w\n");
        TableOptions options = TableOptions.defaults().missing(MissingPolicy.DROP_ROWS);
        try (Table table = Table.open(file).with(options)) {
            Reading reading = table.read(ColumnChoice.numbers());
            assertThat(Folder.values(reading.rows())).isDeepEqualTo(new double[][] {{1, 2}, {5, 6}, {7, 8}});
            assertThat(reading.tableRows()).isEqualTo(6);
            assertThat(reading.droppedRows()).isEqualTo(3);
            assertThat(reading.gaps()).containsExactly(Map.entry("a", 1L), Map.entry("b", 2L));
            assertThat(reading.notes()).contains("dropped 3 of 6 rows with gaps: 1 in a, 2 in b");

            Reading labelled = table.read(ColumnChoice.numbers().labels("t"));
            assertThat(Folder.values(labelled.rows())).isDeepEqualTo(new double[][] {{1, 2}, {7, 8}});
            assertThat(labelled.labels().codes()).containsExactly(0, 1);
            assertThat(labelled.labels().names()).containsExactly("u", "w");
        }
    }

    @Test
    void readsOneRowOfOneColumn() {
        assertThat(read(folder.write("a.csv", "a\n5\n"), TableOptions.defaults()))
                .isDeepEqualTo(new double[][] {{5}});
    }
}
