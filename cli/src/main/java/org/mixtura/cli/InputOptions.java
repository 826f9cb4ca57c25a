package org.mixtura.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mixtura.table.ColumnChoice;
import org.mixtura.table.HeaderRow;
import org.mixtura.table.MissingPolicy;
import org.mixtura.table.Reading;
import org.mixtura.table.Storage;
import org.mixtura.table.Table;
import org.mixtura.table.TableOptions;

/** The options of every command that reads data: how the files are written, which rows and columns are wanted. */
final class InputOptions {
    private static final long LEAST_MEMORY = 256L << 20;
    /** A sample of up to 128 MB, and what else a fit or a score holds. */
    private static final long BESIDE_ROWS = 256L << 20;

    private static final long LEAST_OF_DUCKDB = 128L << 20;

    private final Option<List<String>> columns =
            Option.names("--columns", "A,B,…", "Columns to use, in this order. Default: all columns of numbers.");
    private final Option<List<String>> exclude = Option.names(
            "--exclude", "A,B,…", "Columns to leave out. Default: none; columns of text are left out anyway.");
    private final Option<String> weights = Option.text(
            "--weights",
            "COL",
            "Column that says how often each row counts. Default: each once. Weight 2 is the row twice, 0 not at all.");
    private final Option<String> where = Option.text(
            "--where",
            "SQL",
            "Keep only rows for which this SQL condition holds, as in \"fare > 0 AND city = 'Oslo'\".");
    /** What a command can do with rows that have gaps. */
    enum Gaps {
        /** Refuse or drop them. */
        NOT_TAKEN,
        /** Use what they have, too. */
        TAKEN
    }

    private static final String EXACT = "exact";

    private final Option<String> missing;
    private final Option<Character> delimiter = Option.of(
            "--delimiter",
            "C",
            InputOptions::parseDelimiter,
            "Character between cells of text files; tab is \\t. Default: a comma, a tab in .tsv files, a semicolon with"
                    + " decimal commas.");
    private final Option<Character> decimal = Option.of(
            "--decimal", "C", InputOptions::parseCharacter, "Decimal mark in text files, . or , (default .).");
    private final Option<String> header = Option.oneOf(
                    "--header",
                    List.of("check", "yes", "no"),
                    "Whether text files start with column names. Default check: yes, and names that are all numbers are"
                            + " an error; with no the columns are x0, x1, ….")
            .orElse("check");
    private final Option<Boolean> stream = Option.flag(
            "--stream",
            "Keep the rows in a temporary file and not in memory: for data larger than memory. As fast, as long as the"
                    + " system's file cache holds them. Default: only if they would take half of --memory.");
    private final Option<Long> memory = Option.of(
            "--memory",
            "SIZE",
            InputOptions::parseSize,
            "Memory for the program's numbers, as in 512m or 2g; rows for which it does not suffice go to a temporary file."
                    + " About 400m more are for the JVM and DuckDB. Default: a quarter of the machine's.");
    private final Option<Path> temp = Option.file(
            "--temp",
            "DIR",
            "Folder for temporary files, with room for 8 bytes a number. Default: the system's, which may be memory.");

    /** A number of bytes: "512m", "2g". */
    static Long parseSize(String text) {
        Matcher parts =
                Pattern.compile("(\\d{1,9})([kmg]?)").matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            throw new IllegalArgumentException("expected a number with m or g, as in 512m or 2g");
        }
        int shift = switch (parts.group(2)) {
            case "k" -> 10;
            case "m" -> 20;
            case "g" -> 30;
            default -> 0;
        };
        long size = Long.parseLong(parts.group(1)) << shift;
        if (size < LEAST_MEMORY) {
            throw new IllegalArgumentException("expected at least 256m");
        }
        return size;
    }

    InputOptions(Gaps gaps) {
        String policies =
                "Rows with an empty cell, NA or NaN: error, the default, names the first, since dropping rows can"
                        + " bias a result; drop leaves them out and counts them";
        this.missing = (gaps == Gaps.TAKEN
                        ? Option.oneOf(
                                "--missing",
                                List.of("error", "drop", EXACT),
                                policies + "; exact uses what they have, by the marginal of those columns.")
                        : Option.oneOf("--missing", List.of("error", "drop"), policies + "."))
                .orElse("error");
    }

    private static Character parseDelimiter(String text) {
        return text.equals("\\t") || text.equalsIgnoreCase("tab") ? Character.valueOf('\t') : parseCharacter(text);
    }

    private static Character parseCharacter(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException("expected one character");
        }
        return text.charAt(0);
    }

    /** The options that choose rows and columns. */
    Subcommand.Group choice() {
        return new Subcommand.Group("Data", List.of(columns, exclude, weights, where, missing));
    }

    /** The same for commands whose columns a model tells. */
    Subcommand.Group rowsOfModel() {
        return new Subcommand.Group("Data", List.of(columns, where, missing));
    }

    /** The same for commands that say themselves which columns they read. */
    Subcommand.Group rows() {
        return new Subcommand.Group("Data", List.of(where, missing));
    }

    /** The same for commands that want rows with gaps. */
    Subcommand.Group rowsWithGaps() {
        return new Subcommand.Group("Data", List.of(columns, where));
    }

    /** The options that say how files are written. */
    Subcommand.Group files() {
        return new Subcommand.Group("Files", List.of(delimiter, decimal, header, stream, memory, temp));
    }

    /** The options that say where rows are kept, which changes no number. */
    List<Option<?>> places() {
        return List.of(stream, memory, temp);
    }

    /** Which columns to use, if the user says so. */
    Optional<List<String>> columns() {
        return columns.given();
    }

    /** Whether rows keep their gaps. */
    boolean keepsGaps() {
        return missing.value().equals(EXACT);
    }

    List<String> excluded() {
        return exclude.given().orElse(List.of());
    }

    Optional<String> weights() {
        return weights.given();
    }

    /**
     * How to read the files.
     *
     * @throws UsageException if a value is not allowed
     */
    TableOptions reading() {
        TableOptions options = TableOptions.defaults()
                .missing(
                        switch (missing.value()) {
                            case EXACT -> MissingPolicy.KEEP_GAPS;
                            case "drop" -> MissingPolicy.DROP_ROWS;
                            default -> MissingPolicy.ERROR;
                        })
                .storage(stream.value() ? Storage.FILE : Storage.AUTOMATIC)
                .memoryForRows(memoryForRows())
                .header(
                        switch (header.value()) {
                            case "yes" -> HeaderRow.PRESENT;
                            case "no" -> HeaderRow.ABSENT;
                            default -> HeaderRow.CHECKED;
                        });
        if (memory.isGiven()) {
            options = options.memoryLimit(Math.max(LEAST_OF_DUCKDB, memory.value() / 2));
        }
        if (temp.isGiven()) {
            if (!Files.isDirectory(temp.value())) {
                throw new UsageException("--temp is \"" + temp.value() + "\"; expected a folder that exists");
            }
            options = options.temporaryFolder(temp.value());
        }
        try {
            options = where.isGiven() ? options.where(where.value()) : options;
            options = delimiter.isGiven() ? options.delimiter(delimiter.value()) : options;
            return decimal.isGiven() ? options.decimal(decimal.value()) : options;
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /** Half of the memory, and never what a search needs beside its rows. */
    private long memoryForRows() {
        long heap = Runtime.getRuntime().maxMemory();
        long all = Math.min(heap, memory.given().orElse(heap));
        return Math.max(0, Math.min(all / 2, all - BESIDE_ROWS));
    }

    /** Reads a table, with an eye on the clock and an ear for Ctrl-C. */
    Reading read(Table table, ColumnChoice choice, Run run) {
        try (Progress progress = run.progress()) {
            AtomicLong read = new AtomicLong();
            long rows =
                    progress.silent() || where.isGiven() ? 0 : table.rowCount().orElse(0);
            progress.waiting(() -> "reading " + Summary.name(table.files()) + ", "
                    + (read.get() == 0
                            ? Digits.count(progress.elapsed() / 1_000_000_000) + " s"
                            : Progress.pace(read.get(), rows, progress.elapsed())));
            Reading reading = table.read(choice, done -> {
                read.set(done);
                run.interruption().check();
            });
            run.interruption().check();
            return reading;
        }
    }
}
