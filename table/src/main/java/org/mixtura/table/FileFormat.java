package org.mixtura.table;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The formats that tables are read from, told by the file's name. */
enum FileFormat {
    /** Delimited text, plain or packed with gzip. Any name that says no other format. */
    TEXT,
    PARQUET,
    JSON;

    /** Formats that would otherwise be read as text and give a puzzling message. */
    private static final Set<String> KNOWN_OTHERS = Set.of(
            "xlsx",
            "xls",
            "ods",
            "arrow",
            "feather",
            "orc",
            "avro",
            "h5",
            "hdf5",
            "npy",
            "npz",
            "mat",
            "rds",
            "rdata",
            "sav",
            "dta",
            "sas7bdat",
            "db",
            "sqlite",
            "duckdb",
            "zip",
            "zst",
            "bz2",
            "xz",
            "7z",
            "tar",
            "tgz",
            "pdf");

    /** The format of some files. */
    static FileFormat of(List<Path> files) {
        FileFormat format = of(files.get(0));
        for (Path file : files) {
            if (of(file) != format) {
                throw new TableException(
                        files.get(0) + " and " + file + " are of different formats; give files of one format");
            }
        }
        return format;
    }

    private static FileFormat of(Path file) {
        String extension = extension(file);
        switch (extension) {
            case "parquet", "pq" -> {
                return PARQUET;
            }
            case "json", "jsonl", "ndjson" -> {
                return JSON;
            }
            default -> {
                if (KNOWN_OTHERS.contains(extension)) {
                    throw new TableException(file + ": the format ." + extension
                            + " is not read; save it as .csv, .csv.gz, .parquet or .jsonl");
                }
                return TEXT;
            }
        }
    }

    /** Whether a file's bytes are packed with gzip. */
    static boolean isGzip(Path file) {
        return lowerName(file).endsWith(".gz");
    }

    /** The last part of a file's name in small letters, not counting .gz; empty if there is none. */
    static String extension(Path file) {
        String name = lowerName(file);
        if (name.endsWith(".gz")) {
            name = name.substring(0, name.length() - ".gz".length());
        }
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1);
    }

    private static String lowerName(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString().toLowerCase(Locale.ROOT);
    }
}
