package org.mixtura.table;

import org.jspecify.annotations.Nullable;

/** The rows of delimited files, with their cells as numbers and texts. */
final class TextCursor implements Cursor {
    private final TextScan<RowParser> scan;
    private final Row row;
    private @Nullable RowParser parser;

    /** A cursor on a scan whose records fill a row. */
    TextCursor(TextScan<RowParser> scan, Row row) {
        this.scan = scan;
        this.row = row;
    }

    @Override
    public boolean next() {
        parser = scan.next();
        return parser != null;
    }

    @Override
    public Row row() {
        return row;
    }

    @Override
    public String place() {
        return parser == null ? "" : parser.place();
    }

    @Override
    public void close() {
        scan.close();
    }
}
