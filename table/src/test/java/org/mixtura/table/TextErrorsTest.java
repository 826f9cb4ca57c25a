package org.mixtura.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of text that cannot be read; FILE stands for the file. */
class TextErrorsTest {
    private static final TableOptions PLAIN = TableOptions.defaults();
    private static final ColumnChoice NUMBERS = ColumnChoice.numbers();

    @TempDir
    private Path temporary;

    private Folder folder;

    @BeforeEach
    void open() {
        folder = new Folder(temporary);
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                // The shape.
                Arguments.of("", PLAIN, NUMBERS, "FILE is empty; a table has at least a header and one row"),
                Arguments.of(
                        "\n\n",
                        PLAIN,
                        NUMBERS,
                        "FILE holds only empty lines; a table has at least a header and one row"),
                Arguments.of("a,b\n", PLAIN, NUMBERS, "FILE has a header but no rows"),
                Arguments.of(
                        "a,b\n1,2\n3\n5,6\n",
                        PLAIN,
                        NUMBERS,
                        "FILE, line 3 has 1 cell, the first record has 2; every line needs the same number: correct the line, or quote cells that contain the delimiter"),
                Arguments.of(
                        "a,b\n\"1\n\",2\n3,4,5\n",
                        PLAIN,
                        NUMBERS,
                        "FILE, line 4 has 3 cells, the first record has 2; every line needs the same number: correct the line, or quote cells that contain the delimiter"),
                Arguments.of(
                        "a,b\n1,2\n\"x\" y,2\n",
                        PLAIN,
                        NUMBERS,
                        "FILE, line 3: there is text after a closing quote; double the quotes that belong to a cell: \"say \"\"so\"\"\""),
                Arguments.of(
                        "a,b\n1,2\n\"x,2\n3,4\n",
                        PLAIN,
                        NUMBERS,
                        "FILE, line 3: a quote that is opened here is never closed; close it, or double a quote that belongs to a cell"),
                // The header.
                Arguments.of(
                        "1,2\n3,4\n",
                        PLAIN,
                        NUMBERS,
                        "FILE, line 1 should name the columns but is only numbers (1, 2); add a header, or say --no-header, or --header if these are names"),
                Arguments.of(
                        "a,b,a\n1,2,3\n",
                        PLAIN,
                        NUMBERS,
                        "FILE, line 1: columns 1 and 3 are both called \"a\"; rename one"),
                Arguments.of(
                        "a;b\n1;2\n",
                        PLAIN,
                        NUMBERS,
                        "FILE, line 1: the cell \"a;b\" contains the delimiter of another format; say --delimiter ';', or put the cell in quotes if it is one"),
                Arguments.of(
                        "a\tb\n1\t2\n",
                        PLAIN,
                        NUMBERS,
                        "FILE, line 1: the cell \"a\\tb\" contains the delimiter of another format; say --delimiter tab, or put the cell in quotes if it is one"),
                Arguments.of(
                        "a,b\n1,2\n",
                        PLAIN.delimiter(';'),
                        NUMBERS,
                        "FILE, line 1: the cell \"a,b\" contains the delimiter of another format; say --delimiter ',', or put the cell in quotes if it is one"),
                Arguments.of(
                        "a|b\n1|2\n",
                        PLAIN,
                        NUMBERS,
                        "FILE, line 1: the cell \"a|b\" contains the delimiter of another format; say --delimiter '|', or put the cell in quotes if it is one"),
                Arguments.of(
                        "1,5;2,5\n3,5;4,5\n",
                        PLAIN.header(HeaderRow.ABSENT),
                        NUMBERS,
                        "FILE, line 1: the cell \"5;2\" contains the delimiter of another format; say --delimiter ';', or put the cell in quotes if it is one"),
                // Numbers in other spellings.
                Arguments.of(
                        "a;b\n1,5;2,5\n",
                        PLAIN.delimiter(';'),
                        NUMBERS,
                        "FILE, column \"a\" holds \"1,5\": a number with a decimal comma? then say --decimal ,"),
                Arguments.of(
                        "a;b\n1.5;2.5\n",
                        PLAIN.decimal(','),
                        NUMBERS,
                        "FILE, column \"a\" holds \"1.5\": a number with a decimal point? then say --decimal ."),
                Arguments.of(
                        "a,b\n1,\"1,234\"\n2,\"12,345,678\"\n",
                        PLAIN,
                        NUMBERS,
                        "FILE, column \"b\" holds \"1,234\": digits in groups are not read; remove the separators between the thousands, or if it is a decimal comma say --decimal ,"),
                Arguments.of(
                        "a,b\n1,1 234\n2,12 345\n",
                        PLAIN,
                        NUMBERS,
                        "FILE, column \"b\" holds \"1 234\": digits in groups are not read; remove the separators between the thousands"),
                // Text among numbers.
                Arguments.of(
                        "a,b\n1,2\n3,abc\n5,6\n",
                        PLAIN,
                        NUMBERS,
                        "FILE, line 3, column \"b\": \"abc\" is not a number; correct the cell, name it as a missing value, or leave the column out (--exclude b)"),
                Arguments.of(
                        "a,b\n1,2\n3,0x10\n5,6\n",
                        PLAIN,
                        NUMBERS,
                        "FILE, line 3, column \"b\": \"0x10\" is not a number; correct the cell, name it as a missing value, or leave the column out (--exclude b)"),
                Arguments.of(
                        "a,b\n1,2\n3,1_000\n5,6\n",
                        PLAIN,
                        NUMBERS,
                        "FILE, line 3, column \"b\": \"1_000\" is not a number; correct the cell, name it as a missing value, or leave the column out (--exclude b)"),
                Arguments.of(
                        "a,species\n1,setosa\n",
                        PLAIN,
                        ColumnChoice.of("a", "species"),
                        "FILE, line 2, column \"species\": \"setosa\" is not a number; correct the cell, name it as a missing value, or leave the column out (--exclude species)"),
                // Gaps.
                Arguments.of(
                        "a,b\n1,2\n3,\n,\n7,8\n",
                        PLAIN,
                        NUMBERS,
                        "FILE, line 3, column \"b\" is missing; there are gaps in 2 of 4 rows (2 in b, 1 in a): fill them, drop those rows (--missing drop), take them as missing (--missing exact), or leave the columns out (--exclude)"),
                Arguments.of(
                        "a,b\n1,2\n3,NA\n",
                        PLAIN,
                        NUMBERS,
                        "FILE, line 3, column \"b\" is missing (\"NA\"); there are gaps in 1 of 2 rows (1 in b): fill them, drop those rows (--missing drop), take them as missing (--missing exact), or leave the columns out (--exclude)"),
                Arguments.of(
                        "a,b\n1,2\n3,-999\n",
                        PLAIN.missingValues(List.of("-999")),
                        NUMBERS,
                        "FILE, line 3, column \"b\" is missing (\"-999\"); there are gaps in 1 of 2 rows (1 in b): fill them, drop those rows (--missing drop), take them as missing (--missing exact), or leave the columns out (--exclude)"),
                Arguments.of(
                        "a,b\n1,2\n3,NaN\n",
                        PLAIN,
                        NUMBERS,
                        "FILE, line 3, column \"b\" is NaN, not a finite number; there are gaps in 1 of 2 rows (1 in b): fill them, drop those rows (--missing drop), take them as missing (--missing exact), or leave the columns out (--exclude)"),
                Arguments.of(
                        "a,b\n1,2\n3,-inf\n",
                        PLAIN,
                        NUMBERS,
                        "FILE, line 3, column \"b\" is -inf, not a finite number; there are gaps in 1 of 2 rows (1 in b): fill them, drop those rows (--missing drop), take them as missing (--missing exact), or leave the columns out (--exclude)"),
                Arguments.of(
                        "a,b\n1,2\n3,1e400\n",
                        PLAIN,
                        NUMBERS,
                        "FILE, line 3, column \"b\" is 1e400, too large for a double; there are gaps in 1 of 2 rows (1 in b): fill them, drop those rows (--missing drop), take them as missing (--missing exact), or leave the columns out (--exclude)"),
                Arguments.of(
                        "a,t\n1,x\n3,\n",
                        PLAIN,
                        NUMBERS.labels("t"),
                        "FILE, line 3, column \"t\" is missing; there are gaps in 1 of 2 rows (1 in t): fill them, drop those rows (--missing drop), take them as missing (--missing exact), or leave the columns out (--exclude)"),
                Arguments.of(
                        "a,b\n1,\n3,\n",
                        PLAIN.missing(MissingPolicy.DROP_ROWS),
                        NUMBERS,
                        "FILE: each of the 2 rows has a gap (2 in b); leave the emptiest columns out (--exclude)"),
                // Weights.
                Arguments.of(
                        "a,w\n1,2\n3,-1\n",
                        PLAIN,
                        NUMBERS.weights("w"),
                        "FILE, line 3, column \"w\": the weight -1.0 is negative; a weight says how many times a row counts, 0 or more"),
                Arguments.of(
                        "a,w\n1,2\n3,inf\n",
                        PLAIN,
                        NUMBERS.weights("w"),
                        "FILE, line 3, column \"w\" is inf, not a finite number; there are gaps in 1 of 2 rows (1 in w): fill them, drop those rows (--missing drop), take them as missing (--missing exact), or leave the columns out (--exclude)"),
                Arguments.of(
                        "a,w\n1,0\n3,0\n",
                        PLAIN,
                        NUMBERS.weights("w"),
                        "FILE, column \"w\": all 2 weights are zero; at least one row must count"),
                Arguments.of(
                        "a,w\n1,2\n",
                        PLAIN,
                        ColumnChoice.of("a", "w").weights("w"),
                        "column \"w\" is asked for both as numbers and as weights"),
                // Columns.
                Arguments.of(
                        "a,b\n1,2\n",
                        PLAIN,
                        ColumnChoice.of("a", "nosuch"),
                        "FILE has no column \"nosuch\"; its columns are a, b"),
                Arguments.of(
                        "a,b\n1,2\n",
                        PLAIN,
                        NUMBERS.without(List.of("nosuch")),
                        "FILE has no column \"nosuch\"; its columns are a, b"),
                Arguments.of(
                        "a,b\n1,2\n",
                        PLAIN,
                        NUMBERS.weights("nosuch"),
                        "FILE has no column \"nosuch\"; its columns are a, b"),
                Arguments.of(
                        "a,b,\nx,y,1\n",
                        PLAIN,
                        NUMBERS,
                        "FILE: no number column is left to read; the columns are a (text), b (text), column3 (without a name)"),
                // Conditions.
                Arguments.of(
                        "a,b\n1,2\n",
                        PLAIN.where("nosuch > 1"),
                        NUMBERS,
                        "cannot filter by \"nosuch > 1\": there is no column \"nosuch\"; the columns are a, b"),
                Arguments.of(
                        "a,b\n1,2\n",
                        PLAIN.where("a >"),
                        NUMBERS,
                        "cannot filter by \"a >\": this is not a condition in SQL, from \")\" on; the columns are a, b"),
                Arguments.of(
                        "a,b\n1,2\n",
                        PLAIN.where("a > 1) UNION (SELECT 1"),
                        NUMBERS,
                        "cannot filter by \"a > 1) UNION (SELECT 1\": this is not a condition in SQL, from \"UNION\" on; the columns are a, b"),
                Arguments.of(
                        "a,b\n1,2\n",
                        PLAIN.where("a > 'x'"),
                        NUMBERS,
                        "cannot filter by \"a > 'x'\": \"x\" is not a number"),
                Arguments.of(
                        "a,b\n1,2\n",
                        PLAIN.where("nosuch(a)"),
                        NUMBERS,
                        "cannot filter by \"nosuch(a)\": there is no function \"nosuch\"; the columns are a, b"),
                Arguments.of(
                        "a,b\n1,2\n",
                        PLAIN.where("a > 5"),
                        NUMBERS,
                        "FILE has no row that meets the condition \"a > 5\""),
                Arguments.of(
                        "a,A\n1,2\n",
                        PLAIN.where("a > 5"),
                        NUMBERS,
                        "FILE: columns \"a\" and \"A\" differ only in capitals, which conditions and Parquet do not tell apart; rename one"),
                Arguments.of(
                        "a,b\n1,2\n3,4,5\n",
                        PLAIN.where("a > 5"),
                        NUMBERS,
                        "FILE, line 3 has 3 cells, the first record has 2; every line needs the same number: correct the line, or quote cells that contain the delimiter"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void saysWhatIsWrongWhere(String text, TableOptions options, ColumnChoice choice, String message) {
        Path file = folder.write("t.csv", text);
        assertThatThrownBy(() -> {
                    try (Table table = Table.open(file).with(options)) {
                        table.read(choice);
                    }
                })
                .isInstanceOf(TableException.class)
                .hasMessage(message.replace("FILE", file.toString()));
    }

    @Test
    void namesTheLineFarDown() {
        String text = IntStream.rangeClosed(2, 10_000)
                .mapToObj(line -> line == 9000 ? "abc" : "" + line)
                .collect(Collectors.joining("\n", "a\n", "\n"));
        Path file = folder.write("t.csv.gz", text);
        try (Table table = Table.open(file)) {
            assertThatThrownBy(() -> table.columns("a"))
                    .hasMessageStartingWith(file + ", line 9000, column \"a\": \"abc\" is not a number");
        }
    }

    private static void assertCannotOpen(String message, String... patterns) {
        assertThatThrownBy(() -> Table.matching(patterns))
                .isInstanceOf(TableException.class)
                .hasMessage(message);
    }

    @Test
    void saysWhatIsWrongWithAFile() throws IOException {
        Path absent = folder.path("absent.csv");
        assertCannotOpen("no such file: " + absent, absent.toString());
        assertCannotOpen("no such file: absent.csv; looked in " + Path.of("").toAbsolutePath(), "absent.csv");
        assertCannotOpen(
                temporary + " is a folder; name its files, for example " + folder.path("*.csv"), temporary.toString());
        assertCannotOpen("no file given; name at least one");
        assertCannotOpen("no file matches \"" + temporary + "/*.csv\"; looked in " + temporary, temporary + "/*.csv");
        assertCannotOpen(
                "no file matches \"" + temporary + "/no/*.csv\"; looked in " + folder.path("no"),
                temporary + "/no/*.csv");
        Path sheet = folder.write("t.xlsx", "x");
        assertCannotOpen(
                sheet + ": the format .xlsx is not read; save it as .csv, .csv.gz, .parquet or .jsonl",
                sheet.toString());
        Path text = folder.write("t.csv", "a\n1\n");
        Path parquet = folder.write("t.parquet", "x");
        assertCannotOpen(
                text + " and " + parquet + " are of different formats; give files of one format",
                text.toString(),
                parquet.toString());
        assertThatThrownBy(() -> Table.matching("[")).hasMessageStartingWith("\"[\" is not a file pattern: ");
        assertThatThrownBy(() -> Table.matching("a\0b")).hasMessageStartingWith("\"a\\u0000b\" is not a file name: ");
        Path device = Path.of("/dev/null");
        if (Files.exists(device)) {
            assertCannotOpen(
                    device + " is not an ordinary file; a table is read more than once, so save it to one",
                    device.toString());
        }
    }

    @Test
    void saysWhatIsWrongWithGzip() throws IOException {
        Path whole = folder.write("t.csv.gz", "a\n" + "12345\n".repeat(10_000));
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = temporary.resolve("cut.csv.gz");
        Files.write(cut, Arrays.copyOf(bytes, bytes.length - 20));
        assertThatThrownBy(() -> Table.open(cut).columns("a"))
                .isInstanceOf(TableException.class)
                .hasMessage(
                        cut + " is not a whole gzip file (unexpected end of ZLIB input stream); pack or copy it again");
        Path plain = temporary.resolve("plain.csv.gz");
        Files.writeString(plain, "a\n1\n");
        assertThatThrownBy(() -> Table.open(plain).columns("a"))
                .isInstanceOf(TableException.class)
                .hasMessage(plain + " is not a whole gzip file (not in GZIP format); pack or copy it again");
    }

    @Test
    void namesTheLineThatIsNotUtf8() throws IOException {
        byte[] latin = "a,b\n1,x\n2,caf\u00e9\n3,y\n".getBytes(StandardCharsets.ISO_8859_1);
        for (String name : List.of("t.csv", "t.csv.gz")) {
            Path file = folder.write(name, latin);
            assertThatThrownBy(() -> Table.open(file).columns("a"))
                    .isInstanceOf(TableException.class)
                    .hasMessage(
                            file
                                    + ", line 3 is not UTF-8 text; convert the file, for example with iconv -f WINDOWS-1252 -t UTF-8");
        }
        Path late = folder.write("late.csv", "a\n" + "1\n".repeat(100_000) + "2");
        Files.write(late, new byte[] {'\n', (byte) 0xff}, StandardOpenOption.APPEND);
        assertThatThrownBy(() -> Table.open(late).columns("a"))
                .hasMessageStartingWith(late + ", line 100003 is not UTF-8 text");
    }

    @Test
    void refusesFilesOfDifferentColumns() {
        Path first = folder.write("1.csv", "a,b\n1,2\n");
        Path second = folder.write("2.csv", "a,c\n1,2\n");
        assertThatThrownBy(() -> Table.open(first, second).schema())
                .hasMessage(
                        second + " and " + first
                                + " differ in column 2: \"c\" and \"b\"; files read together have the same columns in the same order");
        Path third = folder.write("3.csv", "a,b\n1,2\n3,4,5\n");
        assertThatThrownBy(() -> Table.open(first, third).columns("a"))
                .hasMessageStartingWith(third + ", line 3 has 3 cells");
    }

    @Test
    void refusesChoicesAndOptionsThatMakeNoSense() {
        assertThatThrownBy(() -> ColumnChoice.of()).hasMessage("no column asked for; name at least one");
        assertThatThrownBy(() -> ColumnChoice.of("a", "b", "a")).hasMessage("column \"a\" is asked for twice");
        assertThatThrownBy(() -> PLAIN.delimiter('x'))
                .hasMessage(
                        "the delimiter 'x' is a quote, a line end, a letter or a digit; choose one that cells do not need, such as ';'");
        assertThatThrownBy(() -> PLAIN.decimal('\t')).hasMessage("the decimal mark '\\t' is not '.' or ','");
        assertThatThrownBy(() -> PLAIN.threads(0)).hasMessage("0 threads; at least 1 is needed");
        assertThatThrownBy(() -> PLAIN.memoryLimit(5))
                .hasMessage("a memory limit of 5 bytes; DuckDB needs at least 16777216 (16 MiB)");
        Path file = folder.write("t.csv", "a\n1\n");
        Reading reading = Table.open(file).read(NUMBERS);
        assertThatThrownBy(reading::labels).hasMessage("no labels were asked for; see ColumnChoice.labels");
    }

    @Test
    void copiesOptionsWithAChange() {
        TableOptions changed = PLAIN.where("a > 1")
                .delimiter(';')
                .decimal(',')
                .header(HeaderRow.PRESENT)
                .missingValues(List.of("x"))
                .missing(MissingPolicy.DROP_ROWS)
                .storage(Storage.FILE)
                .temporaryFolder(temporary)
                .memoryLimit(1L << 30)
                .threads(2);
        assertThat(changed.where()).contains("a > 1");
        assertThat(changed.delimiter()).contains(';');
        assertThat(changed.decimal()).isEqualTo(',');
        assertThat(changed.header()).isEqualTo(HeaderRow.PRESENT);
        assertThat(changed.missingValues()).containsExactly("x");
        assertThat(changed.missing()).isEqualTo(MissingPolicy.DROP_ROWS);
        assertThat(changed.storage()).isEqualTo(Storage.FILE);
        assertThat(changed.temporaryFolder()).isEqualTo(temporary);
        assertThat(changed.memoryLimit()).hasValue(1L << 30);
        assertThat(changed.threads()).isEqualTo(2);
        assertThat(PLAIN.where()).isEmpty();
        assertThat(PLAIN.delimiter()).isEmpty();
        assertThat(PLAIN.memoryLimit()).isEmpty();
    }
}
