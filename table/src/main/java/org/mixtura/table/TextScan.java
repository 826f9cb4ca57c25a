package org.mixtura.table;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the rows of delimited files, one file after the other, and stops at those that a mask lets through.
 *
 * @param <R> what takes the cells
 */
final class TextScan<R extends TextRecord> implements AutoCloseable {
    private final List<Path> files;
    private final char delimiter;
    private final boolean header;
    private final Function<Path, R> records;
    private final RowMask mask;
    private int nextFile;
    private @Nullable R record;
    private @Nullable TextFile file;

    TextScan(List<Path> files, char delimiter, boolean header, Function<Path, R> records, RowMask mask) {
        this.files = files;
        this.delimiter = delimiter;
        this.header = header;
        this.records = records;
        this.mask = mask;
    }

    /** The record of the present row, or null before the first and after the last. */
    @Nullable
    R next() {
        while (true) {
            boolean wanted = mask.next();
            R read = read(wanted);
            if (wanted || read == null) {
                return read;
            }
        }
    }

    private @Nullable R read(boolean wanted) {
        while (true) {
            R present = record;
            if (file == null || present == null) {
                if (nextFile == files.size()) {
                    return null;
                }
                present = records.apply(files.get(nextFile++));
                record = present;
                file = TextFile.open(delimiter, present);
                if (header) {
                    present.setWanted(false);
                    file.next();
                }
            }
            present.setWanted(wanted);
            if (file.next()) {
                return present;
            }
            closeFile();
        }
    }

    private void closeFile() {
        TextFile open = file;
        file = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() {
        try (mask) {
            closeFile();
        }
    }
}
