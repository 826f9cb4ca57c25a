package org.mixtura.table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the names of the columns from the first record of delimited text, and their kinds from the rows below it. */
final class TextHeader {
    private static final int SAMPLE = 1000;
    /** Other delimiters, with what to type for each. A bar may well stand in a name. */
    private static final Map<Character, String> DELIMITERS = Map.of(',', "','", ';', "';'", '\t', "tab", '|', "'|'");

    private TextHeader() {}

    /**
     * The columns of some files, which must agree in their names.
     *
     * @throws TableException if a header is not one, says two columns the same, or differs from that of the first file
     */
    static List<Column> columns(List<Path> files, char delimiter, TableOptions options) {
        List<Column> columns = columns(files.get(0), delimiter, options);
        List<String> names = columns.stream().map(Column::name).toList();
        for (Path file : files.subList(1, files.size())) {
            CellList record = new CellList(file);
            try (TextFile text = TextFile.open(delimiter, record)) {
                if (text.next()) {
                    checkSame(files.get(0), names, file, names(record, delimiter, options));
                }
            }
        }
        return columns;
    }

    private static void checkSame(Path first, List<String> names, Path file, List<String> others) {
        for (int j = 0; j < Math.max(names.size(), others.size()); j++) {
            String name = j < names.size() ? names.get(j) : "";
            String other = j < others.size() ? others.get(j) : "";
            if (!name.equals(other)) {
                throw new TableException(file + " and " + first + " differ in column " + (j + 1) + ": "
                        + Quoting.show(other) + " and " + Quoting.show(name)
                        + "; files read together have the same columns in the same order");
            }
        }
    }

    private static List<Column> columns(Path file, char delimiter, TableOptions options) {
        CellList record = new CellList(file);
        try (TextFile text = TextFile.open(delimiter, record)) {
            if (!text.next()) {
                throw new TableException(file + " holds only empty lines; a table has at least a header and one row");
            }
            List<String> names = names(record, delimiter, options);
            List<KindVote> votes = new ArrayList<>();
            boolean[] unnamed = new boolean[names.size()];
            for (int j = 0; j < names.size(); j++) {
                votes.add(new KindVote(file.toString(), options));
                unnamed[j] = options.header() != HeaderRow.ABSENT
                        && record.cells().get(j).isEmpty();
            }
            boolean some = options.header() == HeaderRow.ABSENT || text.next();
            if (!some) {
                throw new TableException(file + " has a header but no rows");
            }
            for (int i = 0; i < SAMPLE && some; i++) {
                for (int j = 0; j < votes.size(); j++) {
                    votes.get(j).add(record.cells().get(j));
                }
                some = text.next();
            }
            List<Column> columns = new ArrayList<>();
            for (int j = 0; j < names.size(); j++) {
                columns.add(
                        unnamed[j]
                                ? new Column(names.get(j), ColumnKind.UNNAMED, "")
                                : votes.get(j).decide(names.get(j)));
            }
            return List.copyOf(columns);
        }
    }

    /** The names of the columns, from the first record. */
    private static List<String> names(CellList record, char delimiter, TableOptions options) {
        checkDelimiter(record, delimiter);
        List<String> names = new ArrayList<>(record.cells());
        if (options.header() == HeaderRow.ABSENT) {
            names.replaceAll(cell -> "");
            for (int j = 0; j < names.size(); j++) {
                names.set(j, "x" + j);
            }
            return names;
        }
        if (options.header() == HeaderRow.CHECKED) {
            checkNotNumbers(record, options);
        }
        Map<String, Integer> places = new HashMap<>();
        for (int j = 0; j < names.size(); j++) {
            if (names.get(j).isEmpty()) {
                names.set(j, "column" + (j + 1));
            }
            Integer place = places.put(names.get(j), j + 1);
            if (place != null) {
                throw new TableException(record.place() + ": columns " + place + " and " + (j + 1) + " are both called "
                        + Quoting.show(names.get(j)) + "; rename one");
            }
        }
        return names;
    }

    private static void checkNotNumbers(CellList record, TableOptions options) {
        CellText cell = new CellText(options);
        if (record.cells().stream().allMatch(text -> cell.read(text) == CellText.Kind.NUMBER)) {
            throw new TableException(
                    record.place() + " should name the columns but is only numbers (" + Quoting.list(record.cells())
                            + "); add a header, or say --no-header, or --header if these are names");
        }
    }

    /** Refuses a record whose cells look as if they should have been divided at another character. */
    private static void checkDelimiter(CellList record, char delimiter) {
        List<String> cells = record.cells();
        for (int j = 0; j < cells.size(); j++) {
            for (char rival : cells.size() == 1 ? ",;\t|".toCharArray() : ";\t".toCharArray()) {
                if (rival != delimiter && cells.get(j).indexOf(rival) >= 0 && !record.isQuoted(j)) {
                    throw new TableException(record.place() + ": the cell " + Quoting.show(cells.get(j))
                            + " contains the delimiter of another format; say --delimiter " + DELIMITERS.get(rival)
                            + ", or put the cell in quotes if it is one");
                }
            }
        }
    }
}
