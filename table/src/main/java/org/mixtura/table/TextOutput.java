package org.mixtura.table;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes rows as delimited text, alone or each behind the cells of the next row of a table of text. */
final class TextOutput implements RowOutput {
    private final CellWriter cells;
    private final @Nullable Target target;
    private final @Nullable TextScan<CellCopy> input;

    /**
     * An output that starts with a header.
     *
     * @param cells where the text goes
     * @param target the file behind it, if it is one
     * @param source the table to repeat, if there is one
     * @param columns the columns of the rows
     */
    TextOutput(CellWriter cells, @Nullable Target target, @Nullable TextSource source, List<OutputColumn> columns)
            throws IOException {
        this.cells = cells;
        this.target = target;
        if (source == null) {
            input = null;
        } else {
            addHeader(source);
            input = source.scan(file -> new CellCopy(file, cells));
        }
        for (OutputColumn column : columns) {
            cells.text(column.name());
        }
        cells.endLine();
    }

    private void addHeader(TextSource source) {
        if (!source.hasHeader()) {
            source.columns().forEach(column -> cells.text(column.name()));
            return;
        }
        try (TextFile file =
                TextFile.open(source.delimiter(), new CellCopy(source.files().get(0), cells))) {
            file.next();
        }
    }

    @Override
    public void write(OutputRow row) throws IOException {
        if (input != null && input.next() == null) {
            throw TableException.changed();
        }
        cells.row(row);
        cells.endLine();
    }

    @Override
    public void commit() throws IOException {
        if (input != null) {
            if (input.next() != null) {
                throw TableException.changed();
            }
            input.close();
        }
        if (target == null) {
            cells.flush();
        } else {
            cells.close();
            target.commit();
        }
    }

    @Override
    public void close() {
        if (input != null) {
            input.close();
        }
        if (target != null) {
            try (target) {
                cells.close();
            } catch (IOException e) {
                // What could not be written is thrown away, and the caller knows already or asked for that.
            }
        }
    }
}
