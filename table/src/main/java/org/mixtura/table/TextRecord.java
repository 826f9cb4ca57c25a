package org.mixtura.table;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import java.nio.file.Path;

/**
 * Takes the cells of a record of delimited text as the parser finds them, and is the record in the end. What becomes of a cell
 * is for the subclass to say; that all records have as many cells as the first is checked here.
 */
abstract class TextRecord extends AbstractBaseCsvCallbackHandler<TextRecord> {
    private final Path file;
    private int width = -1;
    private boolean wanted = true;

    TextRecord(Path file) {
        this.file = file;
    }

    /** The file that the record stands in. */
    final Path file() {
        return file;
    }

    /** Where the record stands. */
    final String place() {
        return file + ", line " + getStartingLineNumber();
    }

    /** Says whether the records to come are wanted; the cells of others are only counted. */
    final void setWanted(boolean wanted) {
        this.wanted = wanted;
    }

    /** Takes a cell of a record that is wanted; the parameters are those of the parser. */
    abstract void take(int field, char[] buffer, int offset, int length, boolean quoted);

    @Override
    protected final void handleField(int field, char[] buffer, int offset, int length, boolean quoted) {
        if (wanted) {
            take(field, buffer, offset, length, quoted);
        }
    }

    @Override
    protected final TextRecord buildRecord() {
        if (getRecordType() == RecordType.DATA) {
            int cells = getFieldCount();
            if (width < 0) {
                width = cells;
            } else if (cells != width) {
                throw new TableException(place() + " has " + Quoting.count(cells, "cell") + ", the first record has "
                        + width
                        + "; every line needs the same number: correct the line, or quote cells that contain the"
                        + " delimiter");
            }
        }
        return this;
    }
}
