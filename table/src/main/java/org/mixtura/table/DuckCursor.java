package org.mixtura.table;

import java.util.List;
import java.util.function.LongFunction;

/** The rows of a query of DuckDB. */
final class DuckCursor implements Cursor {
    private final DuckDb database;
    private final DuckStream stream;
    private final LongFunction<String> places;
    private final List<String> numbers;
    /** Which of the numbers come as text, to be read by our own rules. */
    private final boolean[] asText;

    private final CellText cell;
    private final Row row;
    private long rowNumber;

    /**
     * A cursor on a stream of the numbers, then the texts.
     *
     * @param places what messages call a row, counted from 1
     * @param numbers the names of the columns wanted as numbers
     */
    DuckCursor(
            DuckDb database,
            DuckStream stream,
            LongFunction<String> places,
            List<String> numbers,
            boolean[] asText,
            CellText cell,
            int texts) {
        this.database = database;
        this.stream = stream;
        this.places = places;
        this.numbers = numbers;
        this.asText = asText;
        this.cell = cell;
        this.row = new Row(asText.length, texts);
    }

    @Override
    public boolean next() {
        if (!stream.next()) {
            return false;
        }
        rowNumber++;
        for (int j = 0; j < asText.length; j++) {
            if (asText[j]) {
                parse(j);
                continue;
            }
            double value = stream.number(j);
            if (cell.isMissing(value)) {
                row.setGap(j, Double.NaN, true, Double.toString(value));
            } else if (Double.isFinite(value)) {
                row.setNumber(j, value);
            } else if (stream.isMissing(j)) {
                row.setGap(j, Double.NaN, true, "");
            } else {
                row.setGap(j, value, false, Double.toString(value));
            }
        }
        for (int t = 0; t < row.texts.length; t++) {
            String text = stream.text(asText.length + t);
            row.texts[t] = text == null || cell.isMissing(text.strip()) ? null : text.strip();
        }
        return true;
    }

    private void parse(int j) {
        String text = stream.text(j);
        if (text == null) {
            row.setGap(j, Double.NaN, true, "");
            return;
        }
        switch (cell.read(text)) {
            case NUMBER -> {
                if (Double.isFinite(cell.number())) {
                    row.setNumber(j, cell.number());
                } else {
                    row.setGap(j, cell.number(), false, text);
                }
            }
            case MISSING -> row.setGap(j, Double.NaN, true, text);
            case OTHER -> throw TableException.textInNumbers(place(), numbers.get(j), text);
        }
    }

    @Override
    public Row row() {
        return row;
    }

    @Override
    public String place() {
        return places.apply(rowNumber);
    }

    @Override
    public void close() {
        try (database) {
            stream.close();
        }
    }
}
