package org.mixtura.table;

import java.nio.file.Path;

/** A record whose cells are added to a line of output as they stand. */
final class CellCopy extends TextRecord {
    private final CellWriter output;

    CellCopy(Path file, CellWriter output) {
        super(file);
        this.output = output;
    }

    @Override
    void take(int field, char[] buffer, int offset, int length, boolean quoted) {
        output.cell(buffer, offset, length, quoted);
    }
}
