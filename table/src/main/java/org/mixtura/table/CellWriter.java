package org.mixtura.table;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.io.NumberOutput;

/** Writes delimited text, in UTF-8: cells are put together to a line, and lines are written when they are whole. */
final class CellWriter implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Writer writer;
    private final char delimiter;
    private final char decimal;
    private final StringBuilder line = new StringBuilder();
    private boolean started;

    CellWriter(OutputStream stream, char delimiter, char decimal) {
        this.writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), BUFFER);
        this.delimiter = delimiter;
        this.decimal = decimal;
    }

    /** Adds a text, in quotes if it needs them. */
    void text(String text) {
        cell(text.toCharArray(), 0, text.length(), false);
    }

    /** Adds a text that was read from a cell, in quotes if it had them or needs them here. */
    void cell(char[] buffer, int offset, int length, boolean quoted) {
        separate();
        if (!quoted && !needsQuotes(buffer, offset, length)) {
            line.append(buffer, offset, length);
            return;
        }
        line.append('"');
        for (int i = offset; i < offset + length; i++) {
            if (buffer[i] == '"') {
                line.append('"');
            }
            line.append(buffer[i]);
        }
        line.append('"');
    }

    private boolean needsQuotes(char[] buffer, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            char c = buffer[i];
            if (c == delimiter || c == '"' || c == '\n' || c == '\r') {
                return true;
            }
        }
        return false;
    }

    /** Adds the cells of a row. */
    void row(OutputRow row) {
        for (int j = 0; j < row.columns.size(); j++) {
            if (row.missing[j]) {
                separate();
            } else if (row.columns.get(j).type() == OutputColumn.Type.TEXT) {
                text(row.texts[j]);
            } else {
                text(number(row.columns.get(j).type(), row.numbers[j]));
            }
        }
    }

    private String number(OutputColumn.Type type, double value) {
        if (type == OutputColumn.Type.INTEGER) {
            return Integer.toString((int) value);
        }
        // Double.toString gives a digit too many for some numbers before JDK 19.
        String text = NumberOutput.toString(value, true);
        return decimal == '.' ? text : text.replace('.', decimal);
    }

    private void separate() {
        if (started) {
            line.append(delimiter);
        }
        started = true;
    }

    /** Writes the line. */
    void endLine() throws IOException {
        writer.append(line).append('\n');
        line.setLength(0);
        started = false;
    }

    void flush() throws IOException {
        writer.flush();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
