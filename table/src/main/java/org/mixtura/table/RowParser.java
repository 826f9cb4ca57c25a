package org.mixtura.table;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A record whose wanted cells become a {@link Row}. */
final class RowParser extends TextRecord {
    private static final int UNWANTED = -1;

    private final List<Column> columns;
    private final Projection.TextInNumbers textInNumbers;
    private final CellText cell;
    private final int[] numberSlots;
    private final int[] textSlots;
    private final Row row;

    RowParser(Path file, List<Column> columns, Projection projection, TableOptions options, Row row) {
        super(file);
        this.columns = columns;
        this.textInNumbers = projection.textInNumbers;
        this.cell = new CellText(options);
        this.numberSlots = slots(projection.numbers, columns.size());
        this.textSlots = slots(projection.texts, columns.size());
        this.row = row;
    }

    private static int[] slots(int[] wanted, int columns) {
        int[] slots = new int[columns];
        Arrays.fill(slots, UNWANTED);
        for (int i = 0; i < wanted.length; i++) {
            slots[wanted[i]] = i;
        }
        return slots;
    }

    @Override
    void take(int field, char[] buffer, int offset, int length, boolean quoted) {
        if (field >= numberSlots.length) {
            // Too many cells: the record will say so when it is whole.
            return;
        }
        if (numberSlots[field] != UNWANTED) {
            number(field, numberSlots[field], buffer, offset, length);
        }
        if (textSlots[field] != UNWANTED) {
            String text = new String(buffer, offset, length).strip();
            row.texts[textSlots[field]] = cell.isMissing(text) ? null : text;
        }
    }

    private void number(int field, int slot, char[] buffer, int offset, int length) {
        CellText.Kind kind = cell.read(buffer, offset, length);
        if (kind == CellText.Kind.NUMBER && Double.isFinite(cell.number())) {
            row.setNumber(slot, cell.number());
            return;
        }
        String text = new String(buffer, offset, length).strip();
        if (kind == CellText.Kind.OTHER && textInNumbers == Projection.TextInNumbers.ERROR) {
            throw TableException.textInNumbers(place(), columns.get(field).name(), text);
        }
        row.setGap(slot, cell.number(), kind != CellText.Kind.NUMBER, text);
    }
}
