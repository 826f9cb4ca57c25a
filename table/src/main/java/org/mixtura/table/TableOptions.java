package org.mixtura.table;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How to read a table. Immutable: each method that sets an option returns a copy. */
public final class TableOptions {
    private static final List<String> MISSING_VALUES = List.of("", "NA", "N/A", "null", "NULL", "None", "?");

    private final Values values;

    private TableOptions(Values values) {
        this.values = values;
    }

    /**
     * The defaults: no filter, the delimiter of the file's extension, decimal points, a header row, the usual spellings of a
     * missing value, none of which may occur in a wanted column, rows kept in memory, one thread.
     *
     * @return the default options
     */
    public static TableOptions defaults() {
        return new TableOptions(new Values());
    }

    /**
     * Keeps only the rows for which a condition holds; the others count as if they were not in the file.
     *
     * @param condition an SQL condition on the table's columns, as DuckDB understands it: {@code fare > 0 AND city = 'Oslo'}.
     *     A row for which it is neither true nor false, because a cell is missing, is not kept
     * @return the changed options
     */
    public TableOptions where(String condition) {
        return with(v -> v.where = condition);
    }

    /**
     * Sets what separates the cells of delimited text; by default a tab in .tsv and .tab files, and in others a comma,
     * or a semicolon where the decimal mark is a comma.
     *
     * @param delimiter a character other than a quote, a line end, a letter or a digit
     * @return the changed options
     * @throws IllegalArgumentException if the character cannot be a delimiter
     */
    public TableOptions delimiter(char delimiter) {
        if (delimiter == '"' || delimiter == '\n' || delimiter == '\r' || Character.isLetterOrDigit(delimiter)) {
            throw new IllegalArgumentException("the delimiter " + Quoting.show(delimiter)
                    + " is a quote, a line end, a letter or a digit; choose one that cells do not need, such as ';'");
        }
        return with(v -> v.delimiter = delimiter);
    }

    /**
     * Sets the decimal mark of numbers in text; by default a point.
     *
     * @param decimal a point or a comma
     * @return the changed options
     * @throws IllegalArgumentException if the character is neither
     */
    public TableOptions decimal(char decimal) {
        if (decimal != '.' && decimal != ',') {
            throw new IllegalArgumentException("the decimal mark " + Quoting.show(decimal) + " is not '.' or ','");
        }
        return with(v -> v.decimal = decimal);
    }

    /**
     * Says whether delimited text starts with a row of names.
     *
     * @param header the rule
     * @return the changed options
     */
    public TableOptions header(HeaderRow header) {
        return with(v -> v.header = Objects.requireNonNull(header));
    }

    /**
     * Sets the texts that mean a missing value, in place of the defaults: nothing, NA, N/A, null, NULL, None and ?.
     *
     * @param texts the spellings, compared letter by letter with the cell without the blanks around it; one that is a number,
     *     such as -999, stands for all spellings of that number
     * @return the changed options
     */
    public TableOptions missingValues(List<String> texts) {
        List<String> copy = List.copyOf(texts);
        return with(v -> v.missingValues = copy);
    }

    /**
     * Says what to do with rows that have gaps.
     *
     * @param policy the rule
     * @return the changed options
     */
    public TableOptions missing(MissingPolicy policy) {
        return with(v -> v.missing = Objects.requireNonNull(policy));
    }

    /**
     * Says where the rows that were read are kept.
     *
     * @param storage memory or a temporary file
     * @return the changed options
     */
    public TableOptions storage(Storage storage) {
        return with(v -> v.storage = Objects.requireNonNull(storage));
    }

    /**
     * Sets how much memory rows may take under {@link Storage#AUTOMATIC}; by default half of what the JVM may use.
     *
     * @param bytes the most for all rows of a reading, 8 for each number
     * @return the changed options
     * @throws IllegalArgumentException if it is negative
     */
    public TableOptions memoryForRows(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("memory for rows is " + bytes + " bytes; it is 0 or more");
        }
        return with(v -> v.memoryForRows = bytes);
    }

    /**
     * Sets a folder in which the rows that are read stay, whatever the storage: a later reading of the same columns from the
     * same unchanged files under the same options takes them from there, without a look at the files. It holds one reading at a
     * time and belongs to one process at a time.
     *
     * @param folder the folder; made if there is none
     * @return the changed options
     */
    public TableOptions keptIn(Path folder) {
        return with(v -> v.keptIn = Objects.requireNonNull(folder));
    }

    /**
     * Sets the folder for temporary files, such as those of {@link Storage#FILE}; by default the system's. On some systems
     * that is memory: then name one on a disk.
     *
     * @param folder an existing folder
     * @return the changed options
     */
    public TableOptions temporaryFolder(Path folder) {
        return with(v -> v.temporaryFolder = Objects.requireNonNull(folder));
    }

    /**
     * Limits the memory of DuckDB, which reads Parquet and JSON and filters rows; by default its own rule, four fifths of the
     * machine's memory. It takes far less unless a file has huge row groups.
     *
     * @param bytes the limit, at least 16 MiB
     * @return the changed options
     * @throws IllegalArgumentException if the limit is too small
     */
    public TableOptions memoryLimit(long bytes) {
        if (!(bytes >= 1 << 24)) {
            throw new IllegalArgumentException(
                    "a memory limit of " + bytes + " bytes; DuckDB needs at least 16777216 (16 MiB)");
        }
        return with(v -> v.memoryLimit = bytes);
    }

    /**
     * Sets how many threads DuckDB may use. One by default: it keeps the decoded data of each thread in memory, and a second
     * thread reads Parquet no faster, since what takes the time is the hand-over of the rows.
     *
     * @param threads at least 1
     * @return the changed options
     * @throws IllegalArgumentException if there is no thread
     */
    public TableOptions threads(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads; at least 1 is needed");
        }
        return with(v -> v.threads = threads);
    }

    /** {@return the condition that rows must meet, if there is one} */
    public Optional<String> where() {
        return Optional.ofNullable(values.where);
    }

    /** {@return the delimiter, if it was set} */
    public Optional<Character> delimiter() {
        return Optional.ofNullable(values.delimiter);
    }

    /** {@return the decimal mark} */
    public char decimal() {
        return values.decimal;
    }

    /** {@return whether delimited text has a row of names} */
    public HeaderRow header() {
        return values.header;
    }

    /** {@return the texts that mean a missing value} */
    public List<String> missingValues() {
        return values.missingValues;
    }

    /** {@return what to do with rows that have gaps} */
    public MissingPolicy missing() {
        return values.missing;
    }

    /** {@return where rows are kept} */
    public Storage storage() {
        return values.storage;
    }

    /** {@return how many bytes rows may take in memory under {@link Storage#AUTOMATIC}} */
    public long memoryForRows() {
        return values.memoryForRows;
    }

    /** {@return the folder in which rows stay, if there is one} */
    public Optional<Path> keptIn() {
        return Optional.ofNullable(values.keptIn);
    }

    /** {@return the folder for temporary files} */
    public Path temporaryFolder() {
        Path folder = values.temporaryFolder;
        return folder != null ? folder : Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** {@return the limit of DuckDB's memory in bytes, if it was set} */
    public OptionalLong memoryLimit() {
        return values.memoryLimit == 0 ? OptionalLong.empty() : OptionalLong.of(values.memoryLimit);
    }

    /** {@return how many threads DuckDB may use} */
    public int threads() {
        return values.threads;
    }

    private TableOptions with(Consumer<Values> change) {
        Values copy = new Values(values);
        change.accept(copy);
        return new TableOptions(copy);
    }

    /** The options; changed only before they are wrapped. */
    private static final class Values {
        private @Nullable String where;
        private @Nullable Character delimiter;
        private char decimal = '.';
        private HeaderRow header = HeaderRow.CHECKED;
        private List<String> missingValues = MISSING_VALUES;
        private MissingPolicy missing = MissingPolicy.ERROR;
        private Storage storage = Storage.MEMORY;
        private long memoryForRows = Runtime.getRuntime().maxMemory() / 2;
        private @Nullable Path keptIn;
        private @Nullable Path temporaryFolder;
        private long memoryLimit;
        private int threads = 1;

        Values() {}

        Values(Values other) {
            where = other.where;
            delimiter = other.delimiter;
            decimal = other.decimal;
            header = other.header;
            missingValues = other.missingValues;
            missing = other.missing;
            storage = other.storage;
            memoryForRows = other.memoryForRows;
            keptIn = other.keptIn;
            temporaryFolder = other.temporaryFolder;
            memoryLimit = other.memoryLimit;
            threads = other.threads;
        }
    }
}
