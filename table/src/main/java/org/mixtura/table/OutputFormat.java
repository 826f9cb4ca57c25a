package org.mixtura.table;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The formats that tables are written in, told by the file's name. */
enum OutputFormat {
    /** Delimited text, packed with gzip if the name ends in .gz. */
    TEXT,
    PARQUET;

    /**
     * The format of a file.
     *
     * @throws WriteException if the name says none
     */
    static OutputFormat of(Path target) {
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            return TEXT;
        }
        switch (FileFormat.extension(target)) {
            case "csv", "tsv", "tab", "txt" -> {
                return TEXT;
            }
            case "parquet", "pq" -> {
                if (!FileFormat.isGzip(target)) {
                    return PARQUET;
                }
            }
            default -> {}
        }
        throw new WriteException("cannot write " + target
                + ": the extension says the format, and must be .csv, .tsv, .csv.gz, .tsv.gz or .parquet");
    }

    /** The delimiter of a text file, which follows that of the text it is made of unless the extension says otherwise. */
    static char delimiter(Path target, Optional<Character> original) {
        String extension = FileFormat.extension(target);
        if (List.of("tsv", "tab").contains(extension)) {
            return '\t';
        }
        return original.filter(delimiter -> delimiter != '\t').orElse(',');
    }
}
