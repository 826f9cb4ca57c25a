package org.mixtura.table;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** An open file of delimited text: goes through its records once, handing each to a {@link TextRecord}. */
final class TextFile implements AutoCloseable {
    private static final int GZIP_BUFFER = 1 << 16;

    private final TextRecord record;
    private final CsvReader<TextRecord> reader;
    private final CloseableIterator<TextRecord> records;

    private TextFile(TextRecord record, CsvReader<TextRecord> reader) {
        this.record = record;
        this.reader = reader;
        this.records = reader.iterator();
    }

    /** Opens the file of a record. */
    static TextFile open(char delimiter, TextRecord record) {
        try {
            CsvReader<TextRecord> reader = CsvReader.builder()
                    .fieldSeparator(delimiter)
                    .skipEmptyLines(true)
                    .allowUnclosedQuote(false)
                    // The record counts its own cells: its message can say more.
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .build(record, TextEncoding.reader(bytes(record.file())));
            return new TextFile(record, reader);
        } catch (IOException | UncheckedIOException e) {
            throw failure(record.file(), e);
        }
    }

    private static InputStream bytes(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        if (!FileFormat.isGzip(file)) {
            return bytes;
        }
        try {
            return new GZIPInputStream(bytes, GZIP_BUFFER);
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    /**
     * Fills the record from the next line that is not empty.
     *
     * @return whether there is one
     */
    boolean next() {
        try {
            // The iterator parses a record when asked whether there is one; next() only marks it as taken.
            return records.hasNext() && records.next() != null;
        } catch (UncheckedIOException e) {
            throw failure(record.file(), e);
        } catch (CsvParseException e) {
            // Only what the record threw has a cause.
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            if (e.getCause() instanceof Error thrown) {
                throw thrown;
            }
            throw new TableException(record.place() + ": " + complaint(String.valueOf(e.getMessage())), e);
        }
    }

    /** What the parser says, in our words where it matters. */
    private static String complaint(String message) {
        if (message.contains("closing quote")) {
            return "there is text after a closing quote; double the quotes that belong to a cell: \"say \"\"so\"\"\"";
        }
        if (message.contains("nclosed quot") || message.contains("buffer size")) {
            return "a quote that is opened here is never closed; close it, or double a quote that belongs to a cell";
        }
        return message.lines().findFirst().orElse("cannot be read");
    }

    private static TableException failure(Path file, Exception error) {
        Throwable cause = error instanceof UncheckedIOException ? error.getCause() : error;
        if (cause instanceof EOFException || cause instanceof ZipException) {
            return new TableException(
                    file + " is not a whole gzip file (" + WriteException.reason(error) + "); pack or copy it again",
                    cause);
        }
        if (cause instanceof CharacterCodingException) {
            return new TableException(
                    file + wrongLine(file)
                            + " is not UTF-8 text; convert the file, for example with iconv -f WINDOWS-1252 -t UTF-8",
                    error);
        }
        return new TableException("cannot read " + file + ": " + WriteException.reason(error), error);
    }

    private static String wrongLine(Path file) {
        try (InputStream bytes = bytes(file)) {
            long line = TextEncoding.firstWrongLine(bytes);
            return line == 0 ? "" : ", line " + line;
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw failure(record.file(), e);
        }
    }
}
