package org.mixtura.table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

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
        List<String> names = names(files.get(0), delimiter, options);
        for (Path file : files.subList(1, files.size())) {
            checkSame(files.get(0), names, file, names(file, delimiter, options));
        }
        return kinds(files, names, delimiter, options);
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

    private static List<String> names(Path file, char delimiter, TableOptions options) {
        CellList record = new CellList(file);
        try (TextFile text = TextFile.open(delimiter, record)) {
            if (!text.next()) {
                throw new TableException(file + " holds only empty lines; a table has at least a header and one row");
            }
            return names(record, delimiter, options);
        }
    }

    private static List<Column> kinds(List<Path> files, List<String> names, char delimiter, TableOptions options) {
        boolean header = options.header() != HeaderRow.ABSENT;
        List<KindVote> votes = names.stream()
                .map(name -> new KindVote(files.get(0).toString(), options))
                .toList();
        int rows = 0;
        try (TextScan<CellList> scan = new TextScan<>(files, delimiter, header, CellList::new, RowMask.ALL)) {
            for (CellList record = scan.next(); record != null && rows < SAMPLE; record = scan.next()) {
                for (int j = 0; j < votes.size(); j++) {
                    votes.get(j).add(record.cells().get(j));
                }
                rows++;
            }
        }
        if (rows == 0) {
            throw new TableException(FileList.name(files) + " has a header but no rows");
        }
        List<Column> columns = new ArrayList<>();
        for (int j = 0; j < names.size(); j++) {
            String name = names.get(j);
            columns.add(
                    name.isEmpty()
                            ? new Column(unnamed(j), ColumnKind.UNNAMED, "")
                            : votes.get(j).decide(name));
        }
        return List.copyOf(columns);
    }

    private static String unnamed(int place) {
        return "column" + (place + 1);
    }

    /** The names of the columns, from the first record; empty for a column without one. */
    private static List<String> names(CellList record, char delimiter, TableOptions options) {
        checkDelimiter(record, delimiter);
        if (options.header() == HeaderRow.ABSENT) {
            return IntStream.range(0, record.cells().size())
                    .mapToObj(j -> "x" + j)
                    .toList();
        }
        if (options.header() == HeaderRow.CHECKED) {
            checkNotNumbers(record, options);
        }
        List<String> names = List.copyOf(record.cells());
        Map<String, Integer> places = new HashMap<>();
        for (int j = 0; j < names.size(); j++) {
            String name = names.get(j).isEmpty() ? unnamed(j) : names.get(j);
            Integer place = places.put(name, j + 1);
            if (place != null) {
                throw new TableException(record.place() + ": columns " + place + " and " + (j + 1) + " are both called "
                        + Quoting.show(name) + "; rename one");
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
