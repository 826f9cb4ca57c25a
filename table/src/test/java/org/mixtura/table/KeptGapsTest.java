package org.mixtura.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KeptGapsTest {
    @TempDir
    private Path temporary;

    private Folder folder;

    @BeforeEach
    void open() {
        folder = new Folder(temporary);
    }

    private static Reading read(Path file, ColumnChoice choice, Storage storage) {
        try (Table table = Table.open(file)
                .with(TableOptions.defaults().missing(MissingPolicy.KEEP_GAPS).storage(storage))) {
            Reading reading = table.read(choice);
            // The rows of a file end with the table.
            assertThat(reading.rows().gapped()).isTrue();
            assertThat(Arrays.deepToString(Folder.values(reading.rows())))
                    .isEqualTo("[[1.0, NaN], [NaN, 2.5], [3.0, 4.0], [NaN, NaN]]");
            return reading;
        }
    }

    @ParameterizedTest
    @EnumSource
    void areNaNInTheRows(Storage storage) {
        Path text = folder.write("a.csv", "a,b,t\n1,,x\nNA,2.5,y\n3,4,z\nNaN,?,\n");
        Reading reading = read(text, ColumnChoice.numbers(), storage);
        assertThat(reading.gaps().toString()).isEqualTo("{b=2, a=2}");
        assertThat(reading.droppedRows()).isZero();
        assertThat(reading.notes())
                .containsExactly(
                        "left out column \"t\": text, such as \"x\"", "took 3 of 4 rows with gaps: 2 in b, 2 in a");
    }

    @Test
    void areNaNInTheRowsOfParquet() {
        Path parquet = folder.parquet(
                "a.parquet",
                "SELECT * FROM (VALUES (1.0::DOUBLE, NULL), (NULL, 2.5::DOUBLE), (3, 4), ('NaN'::DOUBLE, NULL)) t(a, b)");
        read(parquet, ColumnChoice.numbers(), Storage.MEMORY);
    }

    @ParameterizedTest
    @CsvSource({"b 1e400, is 1e400, too large for a double", "b -inf, is -inf, not a finite number"})
    void areNotInfinite(String cell, String first, String second) {
        refuses(
                "a,b\n1,1\n2," + cell.substring(2) + "\n",
                ColumnChoice.numbers(),
                "line 3, column \"b\" " + first + ", " + second);
    }

    @Test
    void areNotAmongWeightsOrLabels() {
        refuses("a,b\n1,1\n2,\n", ColumnChoice.numbers().weights("b"), "line 3, column \"b\" is missing");
        refuses("a,b\n1,u\n2,\n", ColumnChoice.of(List.of("a")).labels("b"), "line 3, column \"b\" is missing");
    }

    private void refuses(String text, ColumnChoice choice, String what) {
        Path file = folder.write("a.csv", text);
        try (Table table = Table.open(file).with(TableOptions.defaults().missing(MissingPolicy.KEEP_GAPS))) {
            assertThatThrownBy(() -> table.read(choice))
                    .isInstanceOf(TableException.class)
                    .hasMessage(file + ", " + what
                            + "; only an empty cell, NA or NaN in a column of data is taken as missing: drop such rows"
                            + " (--missing drop) or mend the cell");
        }
    }

    @Test
    void leaveAtLeastOneNumber() {
        Path file = folder.write("a.csv", "a,b\nNA,\nNA,\n");
        try (Table table = Table.open(file).with(TableOptions.defaults().missing(MissingPolicy.KEEP_GAPS))) {
            assertThatThrownBy(() -> table.read(ColumnChoice.of(List.of("a", "b"))))
                    .isInstanceOf(TableException.class)
                    .hasMessage(file + ": none of the 2 rows has a number in a, b; choose other columns");
        }
    }
}
