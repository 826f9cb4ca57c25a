package org.mixtura.table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.mixtura.data.Rows;

/**
 * A table in one or more files of the same format and columns.
 *
 * <ul>
 *   <li>Delimited text, whatever the name, also with .gz: read in plain Java.
 *   <li>Parquet (.parquet, .pq) and JSON, an array or one object a line (.json, .jsonl, .ndjson): read by DuckDB, whose driver
 *       is loaded when first needed and may be absent otherwise. Conditions on rows take it for all formats.
 * </ul>
 *
 * <p>Nothing is read before it is asked for. A table holds no open file; closing it deletes the temporary files of
 * {@link Storage}, so rows from it end with it.
 *
 * <pre>{@code
 * try (Table trips = Table.open(Path.of("trips.parquet")).where("fare > 0")) {
 *     Rows rows = trips.columns("distance", "duration", "fare");
 * }
 * }</pre>
 */
public final class Table implements AutoCloseable {
    private final List<Path> files;
    private final FileFormat format;
    private final TableOptions options;
    private final List<Runnable> endings = new ArrayList<>();
    private @Nullable Source source;

    private Table(List<Path> files, FileFormat format, TableOptions options) {
        this.files = files;
        this.format = format;
        this.options = options;
    }

    /**
     * A table in files.
     *
     * @param files the files, at least one, in the order of their rows
     * @return the table, with the default options
     * @throws TableException if there is no file, one does not exist, is empty or is not a file, or their formats differ or are
     *     not known
     */
    public static Table open(Path... files) {
        return of(FileList.checked(Arrays.asList(files)));
    }

    /**
     * A table in the files that some patterns match.
     *
     * @param patterns names of files, or patterns such as {@code data/*.parquet}, {@code part-?.csv} and {@code logs/**}; files
     *     that one pattern matches are in the order of their names
     * @return the table, with the default options
     * @throws TableException as for {@link #open}, or if nothing matches a pattern
     */
    public static Table matching(String... patterns) {
        return matching(Arrays.asList(patterns));
    }

    /**
     * A table in the files that some patterns match.
     *
     * @param patterns as in {@link #matching(String...)}
     * @return the table, with the default options
     * @throws TableException as for {@link #open}, or if nothing matches a pattern
     */
    public static Table matching(List<String> patterns) {
        return of(FileList.matching(patterns));
    }

    private static Table of(List<Path> files) {
        return new Table(files, FileFormat.of(files), TableOptions.defaults());
    }

    /**
     * The same files read in another way.
     *
     * @param newOptions the options, in place of the present ones
     * @return another table
     */
    public Table with(TableOptions newOptions) {
        return new Table(files, format, newOptions);
    }

    /**
     * The rows of the same files that meet a condition.
     *
     * @param condition an SQL condition; see {@link TableOptions#where(String)}
     * @return another table
     */
    public Table where(String condition) {
        return with(options.where(condition));
    }

    /** {@return how the table is read} */
    public TableOptions options() {
        return options;
    }

    /** {@return the files, in the order of their rows} */
    public List<Path> files() {
        return files;
    }

    /**
     * The columns and what they hold.
     *
     * @return the columns, in the order of the file
     * @throws TableException if the files are not what their names say, or the condition is none
     */
    public List<Column> schema() {
        return source().columns();
    }

    /**
     * The names of the columns.
     *
     * @return the names, in the order of the file
     * @throws TableException as for {@link #schema}
     */
    public List<String> columnNames() {
        return schema().stream().map(Column::name).toList();
    }

    /**
     * The number of rows, if it can be told without reading the table, as for Parquet.
     *
     * @return the number of rows that meet the condition
     * @throws TableException if the files cannot be read
     */
    public OptionalLong rowCount() {
        return source().rowCount();
    }

    /**
     * Reads some columns.
     *
     * @param first the name of the first column
     * @param others the names of the others
     * @return the rows
     * @throws TableException as for {@link #read}
     */
    public Rows columns(String first, String... others) {
        List<String> names = new ArrayList<>(List.of(first));
        names.addAll(Arrays.asList(others));
        return read(ColumnChoice.of(names)).rows();
    }

    /**
     * Reads columns.
     *
     * @param choice which, and as what
     * @return the rows and what became of the rest
     * @throws TableException if there is no such column, no row, text in a wanted column, a gap under
     *     {@link MissingPolicy#ERROR}, a negative weight, or a line with too few or too many cells; the message says where
     * @throws WriteException if the temporary file of {@link Storage#FILE} cannot be written
     */
    public Reading read(ColumnChoice choice) {
        return read(choice, rows -> {});
    }

    /**
     * Reads columns, and says how far that is.
     *
     * @param choice which, and as what
     * @param progress told now and then how many rows were read so far; what it throws ends the reading
     * @return the rows and what became of the rest
     * @throws TableException as for {@link #read(ColumnChoice)}
     * @throws WriteException as for {@link #read(ColumnChoice)}
     */
    public Reading read(ColumnChoice choice, LongConsumer progress) {
        Source read = source();
        ColumnChoice.Chosen chosen = choice.in(read);
        Optional<KeptReading> kept = options.keptIn().map(folder -> new KeptReading(folder, read, chosen));
        Optional<Reading> known = kept.flatMap(KeptReading::find);
        if (known.isPresent()) {
            if (known.get().rows() instanceof FileRows rows) {
                atTheEnd(rows::close);
            }
            return known.get();
        }
        RowStore store = kept.map(KeptReading::store).orElseGet(() -> store(read, chosen));
        try {
            Reading reading = new Collector(read, chosen, options, store, progress).collect();
            atTheEnd(store::close);
            kept.ifPresent(keeper -> keeper.keep(reading));
            return reading;
        } catch (RuntimeException | Error e) {
            store.close();
            throw e;
        }
    }

    private synchronized void atTheEnd(Runnable ending) {
        endings.add(ending);
    }

    private RowStore store(Source read, ColumnChoice.Chosen chosen) {
        int dimension = chosen.names.size();
        boolean weighted = chosen.weights.isPresent();
        OptionalLong count = options.storage() == Storage.FILE ? OptionalLong.empty() : read.rowCount();
        long rowBytes = (dimension + (weighted ? 1L : 0L)) * Double.BYTES;
        long most = options.memoryForRows() / rowBytes;
        return switch (options.storage()) {
            case MEMORY -> new MemoryStore(dimension, weighted, count);
            case FILE -> FileStore.temporary(options.temporaryFolder(), dimension, weighted);
            case AUTOMATIC ->
                count.orElse(0) > most
                        ? FileStore.temporary(options.temporaryFolder(), dimension, weighted)
                        : new AutomaticStore(
                                new MemoryStore(dimension, weighted, count),
                                most,
                                () -> FileStore.temporary(options.temporaryFolder(), dimension, weighted));
        };
    }

    /**
     * What tells the files from others, and from themselves after a change.
     *
     * @return for each file its path, size and time of change, a line of text each
     * @throws TableException if a file is gone
     */
    public List<String> fingerprints() {
        return FileList.fingerprints(files);
    }

    private synchronized Source source() {
        Source known = source;
        if (known == null) {
            known = format == FileFormat.TEXT ? TextSource.of(files, options) : DuckSource.of(files, format, options);
            source = known;
        }
        return known;
    }

    @Override
    public synchronized void close() {
        endings.forEach(Runnable::run);
        endings.clear();
    }
}
