package org.mixtura.table;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mixtura.data.Rows;
import org.mixtura.io.WholeFile;

/**
 * A reading that stays in a folder: its rows in a {@link FileStore}, all else in a file that is written last, so that where it
 * stands the rows are whole. It starts with what was read from what, and another reading does not take it for its own.
 */
final class KeptReading {
    private static final String NAME = "reading";
    private static final int VERSION = 1;

    private final Path folder;
    private final Source source;
    private final ColumnChoice.Chosen chosen;
    private final String origin;

    KeptReading(Path folder, Source source, ColumnChoice.Chosen chosen) {
        this.folder = folder;
        this.source = source;
        this.chosen = chosen;
        this.origin = origin(source, chosen);
    }

    private static String origin(Source source, ColumnChoice.Chosen chosen) {
        TableOptions options = source.options();
        List<Object> parts = new ArrayList<>(List.of(
                VERSION,
                options.where(),
                options.delimiter(),
                options.decimal(),
                options.header(),
                options.missingValues(),
                options.missing(),
                chosen.names,
                chosen.weights,
                chosen.labels,
                chosen.missingLabel));
        parts.addAll(FileList.fingerprints(source.files()));
        return String.join("\n", parts.stream().map(Object::toString).toList());
    }

    /** A store for the rows, in place of those that the folder holds. */
    RowStore store() {
        try {
            Files.deleteIfExists(folder.resolve(NAME));
        } catch (IOException e) {
            throw WriteException.of(folder.toString(), e);
        }
        return FileStore.kept(folder, chosen.names.size(), chosen.weights.isPresent());
    }

    /** Takes note of a reading whose rows are in the store. */
    void keep(Reading reading) {
        try {
            FileStore.force(folder, chosen.weights.isPresent());
            WholeFile.write(folder.resolve(NAME), out -> write(reading, new DataOutputStream(out)));
        } catch (IOException | UncheckedIOException e) {
            throw WriteException.of(folder.toString(), e);
        }
    }

    private void write(Reading reading, DataOutputStream out) throws IOException {
        writeText(origin, out);
        out.writeLong(reading.rows().count());
        out.writeLong(reading.tableRows());
        out.writeInt(reading.dropped().length);
        for (long row : reading.dropped()) {
            out.writeLong(row);
        }
        out.writeInt(reading.gaps().size());
        for (Map.Entry<String, Long> gap : reading.gaps().entrySet()) {
            writeText(gap.getKey(), out);
            out.writeLong(gap.getValue());
        }
        out.writeLong(reading.rowsWithGaps());
        if (chosen.labels.isPresent()) {
            int[] codes = reading.labels().codes();
            out.writeInt(codes.length);
            for (int code : codes) {
                out.writeInt(code);
            }
            out.writeInt(reading.labels().names().size());
            for (String name : reading.labels().names()) {
                writeText(name, out);
            }
        }
        out.flush();
    }

    /** The reading, if the folder holds this one. */
    Optional<Reading> find() {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(folder.resolve(NAME))))) {
            return readText(in).equals(origin) ? Optional.of(read(in)) : Optional.empty();
        } catch (IOException e) {
            // None, or damaged: then the table is read again.
            return Optional.empty();
        }
    }

    private Reading read(DataInputStream in) throws IOException {
        Rows kept = FileStore.keptRows(folder, in.readLong(), chosen.names, chosen.weights.isPresent());
        Rows rows = source.options().missing() == MissingPolicy.KEEP_GAPS ? kept.withGaps() : kept;
        long tableRows = in.readLong();
        long[] dropped = new long[in.readInt()];
        for (int i = 0; i < dropped.length; i++) {
            dropped[i] = in.readLong();
        }
        Map<String, Long> gaps = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            gaps.put(readText(in), in.readLong());
        }
        long rowsWithGaps = in.readLong();
        return new Reading(source, rows, tableRows, dropped, gaps, rowsWithGaps, chosen.leftOut, readLabels(in));
    }

    private @Nullable Labels readLabels(DataInputStream in) throws IOException {
        if (chosen.labels.isEmpty()) {
            return null;
        }
        int[] codes = new int[in.readInt()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = in.readInt();
        }
        List<String> names = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            names.add(readText(in));
        }
        return Labels.of(codes, names);
    }

    private static void writeText(String text, DataOutputStream out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInputStream in) throws IOException {
        int length = in.readInt();
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
