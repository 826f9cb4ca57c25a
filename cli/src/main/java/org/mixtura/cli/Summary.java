package org.mixtura.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    private final List<DroppedColumn> droppedColumns = new ArrayList<>();
    private final List<String> notes;

    private Summary(Table table, Reading reading) {
        this.source = name(table.files());
        this.rowsRead = reading.tableRows();
        this.rowsDropped = reading.droppedRows();
        this.columns = new ArrayList<>(reading.rows().columns());
        this.weighted = reading.rows().weighted();
        this.notes = new ArrayList<>(reading.notes());
        reading.leftOut()
                .forEach(column -> droppedColumns.add(new DroppedColumn(
                        column.name(),
                        switch (column.kind()) {
                            case TEXT -> "text";
                            case NESTED -> "values of type " + column.example();
                            case UNNAMED -> "no name";
                            case NUMBER -> "not wanted";
                        })));
    }

    /** A summary of what was read from a table. */
    static Summary of(Table table, Reading reading) {
        return new Summary(table, reading);
    }

    /** Some files in a few words. */
    static String name(List<Path> files) {
        return files.get(0) + (files.size() == 1 ? "" : " and " + Digits.count(files.size() - 1L, "more file"));
    }

    /** Notes that a column was left out after reading since it has one value only. */
    void leaveOutConstant(String column, double value) {
        columns.remove(column);
        String reason = Digits.exact(value) + " in every row";
        droppedColumns.add(new DroppedColumn(column, reason));
        notes.add("left out column \"" + column + "\": " + reason);
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
        return List.copyOf(droppedColumns);
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
