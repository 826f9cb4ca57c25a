package org.mixtura.table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A record as a list of strings; for headers and samples. */
final class CellList extends TextRecord {
    private final List<String> cells = new ArrayList<>();
    private final BitSet quoted = new BitSet();

    CellList(Path file) {
        super(file);
    }

    /** The texts of the cells, without the blanks around them; changed by the next record. */
    List<String> cells() {
        return cells;
    }

    /** Whether a cell stands in quotes. */
    boolean isQuoted(int cell) {
        return quoted.get(cell);
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
        cells.clear();
        quoted.clear();
    }

    @Override
    void take(int field, char[] buffer, int offset, int length, boolean isQuoted) {
        cells.add(new String(buffer, offset, length).strip());
        quoted.set(field, isQuoted);
    }
}
