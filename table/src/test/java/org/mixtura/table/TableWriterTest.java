package org.mixtura.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mixtura.table.OutputColumn.integer;
import static org.mixtura.table.OutputColumn.number;
import static org.mixtura.table.OutputColumn.text;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;

/** Tables written alone and beside others, of all formats. */
class TableWriterTest {
    private static final List<OutputColumn> THREE = List.of(integer("k"), number("p"), text("s"));

    @TempDir
    private Path temporary;

    private Folder folder;

    @BeforeEach
    void open() {
        folder = new Folder(temporary);
    }

    private static void writeThree(TableWriter writer) {
        writer.integer(1).number(0.1).text("a,b").endRow();
        writer.integer(-2).number(1e-300).text("say \"so\"").endRow();
        writer.missing().missing().missing().endRow();
        writer.integer(3).number(2).text("x\ny").endRow();
        writer.commit();
    }

    @Test
    void writesText() throws IOException {
        String csv = "k,p,s\n1,0.1,\"a,b\"\n-2,1.0E-300,\"say \"\"so\"\"\"\n,,\n3,2.0,\"x\ny\"\n";
        try (TableWriter writer = TableWriter.create(folder.path("t.csv"), THREE)) {
            writeThree(writer);
        }
        assertThat(folder.read("t.csv")).isEqualTo(csv);
        try (TableWriter writer = TableWriter.create(folder.path("t.tsv"), THREE)) {
            writeThree(writer);
        }
        assertThat(folder.read("t.tsv"))
                .isEqualTo("k\tp\ts\n1\t0.1\ta,b\n-2\t1.0E-300\t\"say \"\"so\"\"\"\n\t\t\n3\t2.0\t\"x\ny\"\n");
        try (TableWriter writer = TableWriter.create(folder.path("t.csv.gz"), THREE)) {
            writeThree(writer);
        }
        try (GZIPInputStream packed = new GZIPInputStream(Files.newInputStream(folder.path("t.csv.gz")))) {
            assertThat(packed.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo(csv);
        }
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        try (TableWriter writer = TableWriter.create(stream, THREE)) {
            writeThree(writer);
        }
        assertThat(stream.toString(StandardCharsets.UTF_8)).isEqualTo(csv);
        assertThat(folder.names()).containsExactly("t.csv", "t.csv.gz", "t.tsv");
    }

    @Test
    void removesWhatKilledProcessesLeftOfTheSameFile() throws IOException {
        for (String left : List.of(".t.csv.1a.tmp", "..t.csv.1a.tmp.2b.tmp", ".u.csv.1a.tmp", "t.csv.tmp")) {
            folder.write(left, "1");
        }
        Path locked = folder.write(".t.csv.3c.tmp", "1");
        try (ProcessLock lock = ProcessLock.on(locked);
                TableWriter writer = TableWriter.create(folder.path("t.csv"), THREE)) {
            assertThat(lock.held()).isTrue();
            writeThree(writer);
        }
        assertThat(folder.names()).containsExactly(".t.csv.3c.tmp", ".u.csv.1a.tmp", "t.csv", "t.csv.tmp");
    }

    @Test
    void writesParquet() {
        try (TableWriter writer = TableWriter.create(folder.path("t.parquet"), THREE)) {
            writeThree(writer);
        }
        assertThat(Folder.sql("SELECT * FROM '" + folder.path("t.parquet") + "'"))
                .containsExactly("1|0.1|a,b", "-2|1.0E-300|say \"so\"", "null|null|null", "3|2.0|x\ny");
        assertThat(Folder.sql("SELECT column_type FROM (DESCRIBE SELECT * FROM '" + folder.path("t.parquet") + "')"))
                .containsExactly("INTEGER", "DOUBLE", "VARCHAR");
        assertThat(folder.names()).containsExactly("t.parquet");
    }

    /** Any double goes out and comes back. */
    @ParameterizedTest
    @ValueSource(strings = {"t.csv", "t.tsv.gz", "t.parquet"})
    void readsBackTheSameBits(String name) {
        SplittableRandom random = new SplittableRandom(3);
        double[] values = random.longs(10_000)
                .mapToDouble(Double::longBitsToDouble)
                .filter(Double::isFinite)
                .toArray();
        values[0] = 2e-3;
        values[1] = Double.parseDouble("8.41E21");
        values[2] = Double.MIN_VALUE;
        values[3] = -0.0;
        values[4] = Double.MAX_VALUE;
        try (TableWriter writer = TableWriter.create(folder.path(name), List.of(number("x")))) {
            for (double value : values) {
                writer.number(value).endRow();
            }
            writer.commit();
        }
        try (Table table = Table.open(folder.path(name))) {
            Rows rows = table.columns("x");
            try (Rows.Reader reader = rows.reader()) {
                Block block = reader.read(0, values.length);
                for (int i = 0; i < values.length; i++) {
                    assertThat(Double.doubleToRawLongBits(block.get(i, 0)))
                            .isEqualTo(Double.doubleToRawLongBits(values[i]));
                }
            }
        }
    }

    /** Also of numbers for which Double.toString of JDK 17 gives a digit too many. */
    @Test
    void writesTheShortestText() {
        List<String> shortest = List.of("2.0E23", "8.41E21", "2.0E-3", "2.2E-322", "4.9E-324", "0.0095", "5.0E-5");
        try (TableWriter writer = TableWriter.create(folder.path("t.csv"), List.of(number("x")))) {
            for (String text : shortest) {
                writer.number(Double.parseDouble(text)).endRow();
            }
            writer.commit();
        }
        assertThat(folder.read("t.csv").lines().skip(1))
                .containsExactly("2.0E23", "8.41E21", "0.002", "2.2E-322", "4.9E-324", "0.0095", "5.0E-5");
    }

    static List<Arguments> besideText() {
        TableOptions plain = TableOptions.defaults();
        List<Arguments> cases = new ArrayList<>();
        cases.add(Arguments.of(
                "in.csv",
                "a,\"t\"\r\n1.50,\" x \"\r\n\r\n2e0,\"say \"\"so\"\"\"\r\n",
                plain,
                "out.csv",
                "a,\"t\",k,p\n1.50,\" x \",0,0.5\n2e0,\"say \"\"so\"\"\",1,1.5\n"));
        cases.add(Arguments.of(
                "in.csv",
                "a;b\n1,50;x\n2;y,z\n",
                plain.decimal(','),
                "out.csv",
                "a;b;k;p\n1,50;x;0;0,5\n2;y,z;1;1,5\n"));
        cases.add(Arguments.of(
                "in.csv",
                "a;b\n1,50;x\n2;y\n",
                plain.decimal(','),
                "out.tsv",
                "a\tb\tk\tp\n1,50\tx\t0\t0,5\n2\ty\t1\t1,5\n"));
        cases.add(Arguments.of(
                "in.tsv", "a\tb\n1\tx,y\n2\tz\n", plain, "out.csv", "a,b,k,p\n1,\"x,y\",0,0.5\n2,z,1,1.5\n"));
        cases.add(Arguments.of(
                "in.csv",
                "1,x\n2,y\n",
                plain.header(HeaderRow.ABSENT),
                "out.csv",
                "x0,x1,k,p\n1,x,0,0.5\n2,y,1,1.5\n"));
        cases.add(Arguments.of(
                "in.csv",
                "a,b\n,x\n1,y\nNA,z\nNaN,\n2,u\n,\n",
                plain.missing(MissingPolicy.DROP_ROWS),
                "out.csv",
                "a,b,k,p\n,x,,\n1,y,0,0.5\nNA,z,,\nNaN,,,\n2,u,1,1.5\n,,,\n"));
        cases.add(Arguments.of(
                "in.csv",
                "a,b\n7,x\n1,y\nbad,z\n2,y\n",
                plain.where("b = 'y'"),
                "out.csv",
                "a,b,k,p\n1,y,0,0.5\n2,y,1,1.5\n"));
        cases.add(Arguments.of("in.csv.gz", ",a\n0,1\n1,2\n", plain, "out.txt", ",a,k,p\n0,1,0,0.5\n1,2,1,1.5\n"));
        return cases;
    }

    @ParameterizedTest
    @MethodSource
    void besideText(String input, String content, TableOptions options, String output, String expected) {
        Path file = folder.write(input, content);
        try (Table table = Table.open(file).with(options)) {
            writeScores(table.read(ColumnChoice.numbers()), folder.path(output));
        }
        assertThat(folder.read(output)).isEqualTo(expected);
        assertThat(folder.names()).containsExactlyInAnyOrder(input, output);
    }

    /** Row i gets i and i + ½. */
    private static void writeScores(Reading reading, Path target) {
        try (TableWriter writer = reading.writer(target, List.of(integer("k"), number("p")))) {
            for (int i = 0; i < reading.rows().count(); i++) {
                writer.integer(i).number(i + 0.5).endRow();
            }
            writer.commit();
        }
    }

    @Test
    void writesTextBesideSeveralFiles() {
        Path first = folder.write("1.csv", "a,b\n1,\"x\"\n");
        Path second = folder.write("2.csv", "a,b\r\n2,y\r\n3,z");
        try (Table table = Table.open(first, second)) {
            writeScores(table.read(ColumnChoice.numbers()), folder.path("out.csv"));
        }
        assertThat(folder.read("out.csv")).isEqualTo("a,b,k,p\n1,\"x\",0,0.5\n2,y,1,1.5\n3,z,2,2.5\n");
    }

    @Test
    void writesParquetBesideText() {
        Path file = folder.write("in.csv", "a,n,t,\n1,1.5,x,\n2,NA,,q\n3,nan,\"y,z\",\n4,-inf,NA,\n5,2,u,\n");
        TableOptions drop = TableOptions.defaults().missing(MissingPolicy.DROP_ROWS);
        try (Table table = Table.open(file).with(drop)) {
            writeScores(table.read(ColumnChoice.numbers()), folder.path("out.parquet"));
        }
        assertThat(Folder.sql("SELECT * FROM '" + folder.path("out.parquet") + "'"))
                .containsExactly(
                        "1.0|1.5|x|null|0|0.5",
                        "2.0|null|null|q|null|null",
                        "3.0|NaN|y,z|null|null|null",
                        "4.0|-Infinity|null|null|null|null",
                        "5.0|2.0|u|null|1|1.5");
        assertThat(Folder.sql("SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM '"
                        + folder.path("out.parquet") + "')"))
                .containsExactly("a|DOUBLE", "n|DOUBLE", "t|VARCHAR", "column4|VARCHAR", "k|INTEGER", "p|DOUBLE");
        try (Table table = Table.open(file).where("a > 1 AND n > 0")) {
            writeScores(table.read(ColumnChoice.of("a")), folder.path("few.parquet"));
        }
        assertThat(Folder.sql("SELECT a, k, p FROM '" + folder.path("few.parquet") + "'"))
                .containsExactly("3.0|0|0.5", "5.0|1|1.5");
    }

    /** Many row groups, with gaps and a condition, in their order and with all types kept. */
    @ParameterizedTest
    @ValueSource(strings = {"out.parquet", "out.csv", "out.tsv.gz"})
    void writesBesideParquet(String output) {
        int n = 300_000;
        Path file = folder.parquet(
                "in.parquet",
                "SELECT i::BIGINT AS i, CASE WHEN i % 1000 = 5 THEN NULL ELSE i / 4.0 END AS x, 'r' || i AS s,"
                        + " DATE '2025-01-01' AS d FROM range(" + n + ") r(i)");
        TableOptions options =
                TableOptions.defaults().missing(MissingPolicy.DROP_ROWS).where("i % 2 = 1");
        Path target = folder.path(output);
        try (Table table = Table.open(file).with(options)) {
            Reading reading = table.read(ColumnChoice.of("x"));
            assertThat(reading.tableRows()).isEqualTo(n / 2);
            assertThat(reading.droppedRows()).isEqualTo(n / 1000);
            try (TableWriter writer = reading.writer(target, List.of(number("twice"), text("note")));
                    Rows.Reader rows = reading.rows().reader()) {
                for (int i = 0; i < reading.rows().count(); i++) {
                    double x = rows.read(i, 1).get(0, 0);
                    writer.number(2 * x).text("n" + i).endRow();
                }
                writer.commit();
            }
        }
        String written = "(SELECT * FROM '" + target + "')";
        assertThat(Folder.sql(
                        "SELECT count(*), count(twice), count(note), min(i), max(i), sum(CASE WHEN twice = 2 * x THEN 1 ELSE 0"
                                + " END), sum(CASE WHEN s = 'r' || i THEN 1 ELSE 0 END), min(d) FROM " + written))
                .containsExactly(n / 2 + "|" + (n / 2 - n / 1000) + "|" + (n / 2 - n / 1000) + "|1|" + (n - 1) + "|"
                        + (n / 2 - n / 1000) + "|" + n / 2 + "|2025-01-01");
        if (output.endsWith("parquet")) {
            assertThat(Folder.sql("SELECT column_type FROM (DESCRIBE SELECT * FROM " + written + ")"))
                    .containsExactly("BIGINT", "DOUBLE", "VARCHAR", "DATE", "DOUBLE", "VARCHAR");
            assertThat(Folder.sql("SELECT count(*) FROM (SELECT i < lag(i) OVER () AS wrong FROM " + written
                            + ") WHERE wrong"))
                    .containsExactly("0");
        }
        assertThat(folder.names()).containsExactlyInAnyOrder("in.parquet", output);
    }

    @Test
    void writesBesideJson() {
        Path file = folder.write("in.jsonl", "{\"a\":1,\"m\":\"NA\",\"v\":[1,2]}\n{\"a\":2,\"m\":3.5,\"v\":[]}\n");
        try (Table table = Table.open(file)) {
            writeScores(table.read(ColumnChoice.of("a")), folder.path("out.csv"));
            writeScores(table.read(ColumnChoice.of("a")), folder.path("out.parquet"));
        }
        assertThat(folder.read("out.csv")).isEqualTo("a,m,v,k,p\n1,NA,\"[1, 2]\",0,0.5\n2,3.5,[],1,1.5\n");
        assertThat(Folder.sql("SELECT * FROM '" + folder.path("out.parquet") + "'"))
                .containsExactly("1|NA|[1, 2]|0|0.5", "2|3.5|[]|1|1.5");
    }

    @Test
    void refusesCellsThatDoNotFit() {
        try (TableWriter writer = TableWriter.create(folder.path("t.csv"), THREE)) {
            assertThatThrownBy(() -> writer.number(1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("column \"k\" is of type INTEGER, and is given a cell of type NUMBER");
            writer.integer(1).number(2);
            assertThatThrownBy(writer::endRow).hasMessage("row 0 has 2 cells for 3 columns");
            assertThatThrownBy(writer::commit)
                    .hasMessage("the writer of " + folder.path("t.csv") + " got a part of a row");
            writer.text("x");
            assertThatThrownBy(() -> writer.text("y")).hasMessage("row 0 has more cells than the 3 columns");
        }
        assertThatThrownBy(() -> TableWriter.create(folder.path("t.csv"), List.of()))
                .hasMessage("no column to write; give at least one");
        assertThatThrownBy(() -> TableWriter.create(folder.path("t.csv"), List.of(number("a"), number("A"))))
                .hasMessage("two columns to write are called \"A\" (capitals do not count); rename one");
        assertThat(folder.names()).isEmpty();
    }
}
