package org.mixtura.table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mixtura.data.Rows;

/** What was read of a table: the rows, and what became of the rest. */
public final class Reading {
    private final Source source;
    private final Rows rows;
    private final long tableRows;
    private final long[] dropped;
    private final Map<String, Long> gaps;
    private final long rowsWithGaps;
    private final List<Column> leftOut;
    private final @Nullable Labels labels;

    Reading(
            Source source,
            Rows rows,
            long tableRows,
            long[] dropped,
            Map<String, Long> gaps,
            long rowsWithGaps,
            List<Column> leftOut,
            @Nullable Labels labels) {
        this.source = source;
        this.rows = rows;
        this.tableRows = tableRows;
        this.dropped = dropped;
        this.gaps = Collections.unmodifiableMap(new LinkedHashMap<>(gaps));
        this.rowsWithGaps = rowsWithGaps;
        this.leftOut = leftOut;
        this.labels = labels;
    }

    /**
     * {@return the rows with the chosen columns and weights; all values are finite, or, under {@link MissingPolicy#KEEP_GAPS},
     * NaN where they are missing}
     */
    public Rows rows() {
        return rows;
    }

    /** {@return the number of rows of the table, those that were dropped included} */
    public long tableRows() {
        return tableRows;
    }

    /** {@return the number of rows that were dropped because of gaps; 0 under {@link MissingPolicy#ERROR}} */
    public long droppedRows() {
        return dropped.length;
    }

    /** The numbers of the rows that were dropped, in their order; not to be changed. */
    long[] dropped() {
        return dropped;
    }

    /** {@return how many gaps each chosen column has, for those that have any, in the order of their first gap} */
    public Map<String, Long> gaps() {
        return gaps;
    }

    /** The number of rows that were kept though they have gaps. */
    long rowsWithGaps() {
        return rowsWithGaps;
    }

    /** {@return the columns that were left out because they hold no numbers or have no name, though nobody said so} */
    public List<Column> leftOut() {
        return leftOut;
    }

    /**
     * The label of each row.
     *
     * @return as many labels as rows
     * @throws IllegalStateException if no labels were asked for with {@link ColumnChoice#labels}
     */
    public Labels labels() {
        if (labels == null) {
            throw new IllegalStateException("no labels were asked for; see ColumnChoice.labels");
        }
        return labels;
    }

    /** {@return what the user should know about the reading, a sentence each: columns left out, rows with gaps or dropped} */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        for (Column column : leftOut) {
            notes.add("left out column " + Quoting.show(column.name()) + ": "
                    + switch (column.kind()) {
                        case TEXT ->
                            "text" + (column.example().isEmpty() ? "" : ", such as " + Quoting.show(column.example()));
                        case NESTED -> "values of type " + column.example();
                        case UNNAMED -> "it has no name in the header";
                        case NUMBER -> "numbers";
                    });
        }
        if (rowsWithGaps > 0) {
            notes.add("took " + rowsWithGaps + " of " + Quoting.count(tableRows, "row") + " with gaps: "
                    + Collector.counts(gaps));
        }
        if (dropped.length > 0) {
            notes.add("dropped " + dropped.length + " of " + Quoting.count(tableRows, "row") + " with gaps: "
                    + Collector.counts(gaps));
        }
        return notes;
    }

    /**
     * Starts a file that repeats the table and has new columns beside its own. The writer takes the new cells of each of
     * {@link #rows} in their order; rows of the table that were dropped get empty cells.
     *
     * <p>Text written from text keeps the cells as they stand, quotes included, and the delimiter if it is not told by the
     * file's extension. Everything else goes through DuckDB: Parquet keeps the types of Parquet, number columns of text become
     * DOUBLE.
     *
     * @param target the file, of a format that {@link TableWriter} knows
     * @param columns the new columns, at least one
     * @return the writer
     * @throws WriteException if the file cannot be written
     * @throws TableException if a new column has a name that the table has already
     */
    public TableWriter writer(Path target, List<OutputColumn> columns) {
        return TableWriter.beside(source, tableRows, dropped, target, columns);
    }
}
