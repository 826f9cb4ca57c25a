package org.mixtura.table;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that wait in a file. Results come row by row, pushed by the pass that computes them, while DuckDB wants to
 * pull: the file stands between.
 */
final class Spool implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final List<OutputColumn> columns;
    private final DataOutputStream output;
    private long rows;

    /** An empty spool in a file that exists. */
    Spool(Path file, List<OutputColumn> columns) throws IOException {
        this.file = file;
        this.columns = columns;
        this.output = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER));
    }

    List<OutputColumn> columns() {
        return columns;
    }

    /** The number of rows written. */
    long rows() {
        return rows;
    }

    void write(OutputRow row) throws IOException {
        rows++;
        for (int j = 0; j < columns.size(); j++) {
            output.writeBoolean(row.missing[j]);
            if (row.missing[j]) {
                continue;
            }
            if (columns.get(j).type() == OutputColumn.Type.TEXT) {
                byte[] bytes = row.texts[j].getBytes(StandardCharsets.UTF_8);
                output.writeInt(bytes.length);
                output.write(bytes);
            } else {
                output.writeDouble(row.numbers[j]);
            }
        }
    }

    /** Ends the writing. */
    void finish() throws IOException {
        output.close();
    }

    /** A pass over the rows, once all are written. */
    Cursor open(Projection projection) {
        return new SpoolCursor(projection);
    }

    /** Stops writing; the file is the caller's to remove. */
    @Override
    public void close() {
        try {
            output.close();
        } catch (IOException e) {
            // What could not be written is thrown away.
        }
    }

    private final class SpoolCursor implements Cursor {
        private final int[] slots = new int[columns.size()];
        private final Row row;
        private final DataInputStream input;

        SpoolCursor(Projection projection) {
            Arrays.fill(slots, -1);
            for (int i = 0; i < projection.numbers.length; i++) {
                slots[projection.numbers[i]] = i;
            }
            for (int i = 0; i < projection.texts.length; i++) {
                slots[projection.texts[i]] = i;
            }
            row = new Row(projection.numbers.length, projection.texts.length);
            try {
                input = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public boolean next() {
            try {
                int first = input.read();
                if (first < 0) {
                    return false;
                }
                for (int j = 0; j < slots.length; j++) {
                    boolean missing = j == 0 ? first != 0 : input.readBoolean();
                    readCell(j, missing);
                }
                return true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void readCell(int j, boolean missing) throws IOException {
            if (columns.get(j).type() == OutputColumn.Type.TEXT) {
                @Nullable
                String text = missing ? null : new String(input.readNBytes(input.readInt()), StandardCharsets.UTF_8);
                if (slots[j] >= 0) {
                    row.texts[slots[j]] = text;
                }
                return;
            }
            double value = missing ? Double.NaN : input.readDouble();
            if (slots[j] >= 0) {
                row.numbers[slots[j]] = value;
                row.missing[slots[j]] = missing;
            }
        }

        @Override
        public Row row() {
            return row;
        }

        @Override
        public String place() {
            return file.toString();
        }

        @Override
        public void close() {
            try {
                input.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
