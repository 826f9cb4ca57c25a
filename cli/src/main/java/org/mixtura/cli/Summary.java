package org.mixtura.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mixtura.table.Reading;
import org.mixtura.table.Table;

/** What was read and what was left out, for reports. */
final class Summary {
    /**
     * A column that was left out though nobody asked for it.
     *
     * @param name its name
     * @param reason why
     */
    record DroppedColumn(String name, String reason) {}

    private final String source;
    private final long rowsRead;
    private final long rowsDropped;
    private final List<String> columns;
    private final boolean weighted;
    private final List<DroppedColumn> droppedColumns;
    private final List<String> notes;

    private Summary(
            String source,
            long rowsRead,
            long rowsDropped,
            List<String> columns,
            boolean weighted,
            List<DroppedColumn> droppedColumns,
            List<String> notes) {
        this.source = source;
        this.rowsRead = rowsRead;
        this.rowsDropped = rowsDropped;
        this.columns = List.copyOf(columns);
        this.weighted = weighted;
        this.droppedColumns = List.copyOf(droppedColumns);
        this.notes = List.copyOf(notes);
    }

    /** A summary of what was read from a table. */
    static Summary of(Table table, Reading reading) {
        List<DroppedColumn> dropped = reading.leftOut().stream()
                .map(column -> new DroppedColumn(
                        column.name(),
                        switch (column.kind()) {
                            case TEXT -> "text";
                            case NESTED -> "values of type " + column.example();
                            case UNNAMED -> "no name";
                            case NUMBER -> "not wanted";
                        }))
                .toList();
        return new Summary(
                name(table.files()),
                reading.tableRows(),
                reading.droppedRows(),
                reading.rows().columns(),
                reading.rows().weighted(),
                dropped,
                reading.notes());
    }

    /**
     * The same without the columns that turned out to have one value only.
     *
     * @param constants their names and values
     */
    Summary without(Map<String, Double> constants) {
        List<String> left = new ArrayList<>(columns);
        left.removeAll(constants.keySet());
        List<DroppedColumn> dropped = new ArrayList<>(droppedColumns);
        List<String> more = new ArrayList<>(notes);
        constants.forEach((column, value) -> {
            String reason = Digits.exact(value) + " in every row";
            dropped.add(new DroppedColumn(column, reason));
            more.add("left out column \"" + column + "\": " + reason);
        });
        return new Summary(source, rowsRead, rowsDropped, left, weighted, dropped, more);
    }

    /** The same where rows are no points, and some columns hold no values of their own but tell that. */
    Summary with(AtomOptions atoms) {
        List<String> left = new ArrayList<>(columns);
        left.removeAll(atoms.beside());
        List<String> more = new ArrayList<>(notes);
        more.addAll(atoms.notes());
        return new Summary(source, rowsRead, rowsDropped, left, weighted, droppedColumns, more);
    }

    /** Some files in a few words. */
    static String name(List<Path> files) {
        return files.get(0) + (files.size() == 1 ? "" : " and " + Digits.count(files.size() - 1L, "more file"));
    }

    /** The columns that are used. */
    List<String> columns() {
        return columns;
    }

    String source() {
        return source;
    }

    long rowsRead() {
        return rowsRead;
    }

    long rowsDropped() {
        return rowsDropped;
    }

    List<DroppedColumn> droppedColumns() {
        return droppedColumns;
    }

    /** What was left out and why, in sentences. */
    List<String> notes() {
        return notes;
    }

    /** What was read, in a line, and under it what was left out. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Read " + source + ": " + Digits.count(rowsRead, "row") + (weighted ? " with weights" : "") + ", "
                + Digits.count(columns.size(), "column"));
        notes.forEach(note -> lines.add("  " + note));
        return lines;
    }
}
