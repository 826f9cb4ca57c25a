package org.mixtura.table;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a table row by row: the cells of a row in the order of the columns, then {@link #endRow}. The file appears as a whole
 * with {@link #commit}; a writer that is closed without it leaves nothing behind, and what stood under the name stays.
 *
 * <pre>{@code
 * try (TableWriter writer = reading.writer(Path.of("scores.csv"), List.of(integer("label"), number("log_density")))) {
 *     mixture.score(reading.rows(), threads, (first, count, logDensity, responsibilities) -> {
 *         for (int i = 0; i < count; i++) {
 *             writer.integer(GaussianMixture.largest(responsibilities, i * k, k)).number(logDensity[i]).endRow();
 *         }
 *     });
 *     writer.commit();
 * }
 * }</pre>
 *
 * <p>The formats are text (.csv, .tsv, .txt, each also with .gz) and Parquet (.parquet, .pq); Parquet takes the driver of
 * DuckDB. May be used by several threads if one at a time, each seeing what the one before did.
 */
public final class TableWriter implements AutoCloseable {
    private static final long ANY_NUMBER = -1;

    private final String name;
    private final RowOutput output;
    private final OutputRow row;
    private final OutputRow empty;
    private final long expectedRows;
    private final long[] dropped;
    private int cell;
    private int nextDropped;
    private long rows;

    private TableWriter(String name, RowOutput output, List<OutputColumn> columns, long expectedRows, long[] dropped) {
        this.name = name;
        this.output = output;
        this.row = new OutputRow(columns);
        this.empty = new OutputRow(columns);
        empty.clear();
        this.expectedRows = expectedRows;
        this.dropped = dropped;
    }

    /**
     * Checks that a file can be written, before there is anything to write.
     *
     * @param target the file
     * @throws WriteException if its name says no format that is known, its folder does not exist or cannot be written to, or
     *     it is a folder itself
     */
    public static void check(Path target) {
        Target.check(target);
        OutputFormat.of(target);
    }

    /**
     * Starts a file.
     *
     * @param target the file
     * @param columns its columns, at least one
     * @return the writer
     * @throws WriteException if the file cannot be written
     * @throws IllegalArgumentException if there is no column or two have the same name
     */
    public static TableWriter create(Path target, List<OutputColumn> columns) {
        List<OutputColumn> checked = OutputFile.checkColumns(columns);
        RowOutput output = OutputFile.open(target, checked);
        return new TableWriter(target.toString(), output, checked, ANY_NUMBER, new long[0]);
    }

    /**
     * Starts comma-separated text on a stream, which is flushed in the end but not closed.
     *
     * @param stream the stream; not a {@link java.io.PrintStream}, which keeps errors to itself
     * @param columns the columns, at least one
     * @return the writer
     * @throws WriteException if the stream does not take the header
     * @throws IllegalArgumentException if there is no column or two have the same name
     */
    public static TableWriter create(OutputStream stream, List<OutputColumn> columns) {
        List<OutputColumn> checked = OutputFile.checkColumns(columns);
        try {
            RowOutput output = new TextOutput(new CellWriter(stream, ',', '.'), null, null, checked);
            return new TableWriter("the output", output, checked, ANY_NUMBER, new long[0]);
        } catch (IOException e) {
            throw WriteException.of("the output", e);
        }
    }

    /** Starts a file that repeats a table; see {@link Reading#writer}. */
    static TableWriter beside(Source source, long tableRows, long[] dropped, Path target, List<OutputColumn> columns) {
        List<OutputColumn> checked = OutputFile.checkColumns(columns);
        RowOutput output = OutputFile.openBeside(source, target, checked);
        return new TableWriter(target.toString(), output, checked, tableRows, dropped);
    }

    /**
     * Adds a number to the row.
     *
     * @param value the next cell
     * @return this
     * @throws IllegalStateException if the next column is not one of numbers
     */
    public TableWriter number(double value) {
        int at = next(OutputColumn.Type.NUMBER);
        row.numbers[at] = value;
        return this;
    }

    /**
     * Adds an integer to the row.
     *
     * @param value the next cell
     * @return this
     * @throws IllegalStateException if the next column is not one of integers
     */
    public TableWriter integer(int value) {
        int at = next(OutputColumn.Type.INTEGER);
        row.numbers[at] = value;
        return this;
    }

    /**
     * Adds a text to the row.
     *
     * @param value the next cell
     * @return this
     * @throws IllegalStateException if the next column is not one of text
     */
    public TableWriter text(String value) {
        int at = next(OutputColumn.Type.TEXT);
        row.texts[at] = value;
        return this;
    }

    /**
     * Adds an empty cell to the row.
     *
     * @return this
     * @throws IllegalStateException if the row is full
     */
    public TableWriter missing() {
        int at = next(null);
        row.missing[at] = true;
        return this;
    }

    private int next(OutputColumn.@Nullable Type type) {
        List<OutputColumn> columns = row.columns;
        if (cell == columns.size()) {
            throw new IllegalStateException("row " + rows + " has more cells than the " + columns.size() + " columns");
        }
        OutputColumn column = columns.get(cell);
        if (type != null && column.type() != type) {
            throw new IllegalStateException("column " + Quoting.show(column.name()) + " is of type " + column.type()
                    + ", and is given a cell of type " + type);
        }
        row.missing[cell] = false;
        return cell++;
    }

    /**
     * Ends the row.
     *
     * @throws WriteException if it cannot be written
     * @throws IllegalStateException if cells are wanting
     */
    public void endRow() {
        if (cell != row.columns.size()) {
            throw new IllegalStateException(
                    "row " + rows + " has " + cell + " cells for " + row.columns.size() + " columns");
        }
        try {
            writeDropped();
            output.write(row);
        } catch (IOException e) {
            throw WriteException.of(name, e);
        }
        rows++;
        cell = 0;
    }

    private void writeDropped() throws IOException {
        while (nextDropped < dropped.length && dropped[nextDropped] == rows) {
            output.write(empty);
            nextDropped++;
            rows++;
        }
    }

    /**
     * Finishes the file and gives it its name.
     *
     * @throws WriteException if that fails; nothing is left behind then
     * @throws TableException if a table to be repeated has changed or cannot be read
     * @throws IllegalStateException if the last row is not ended, or not all rows of a table to be repeated were given
     */
    public void commit() {
        try {
            writeDropped();
            if (cell != 0) {
                throw new IllegalStateException("the writer of " + name + " got a part of a row");
            }
            if (expectedRows != ANY_NUMBER && rows != expectedRows) {
                throw new IllegalStateException("the writer of " + name + " got " + Quoting.count(rows, "row")
                        + " for a table of " + expectedRows);
            }
            output.commit();
        } catch (IOException | UncheckedIOException e) {
            throw WriteException.of(name, e);
        }
    }

    @Override
    public void close() {
        output.close();
    }
}
