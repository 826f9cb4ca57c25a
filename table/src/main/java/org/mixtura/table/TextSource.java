package org.mixtura.table;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A table in files of delimited text.
 *
 * <p>A condition is left to DuckDB, but the files are always read here: a first pass hands DuckDB the cells that the condition
 * needs and learns which rows it holds for, a second one reads those. So the same rules for numbers and the same messages with
 * file and line hold with and without a condition.
 */
final class TextSource implements Source {
    private final List<Path> files;
    private final TableOptions options;
    private final char delimiter;
    private final List<Column> columns;

    private TextSource(List<Path> files, TableOptions options, char delimiter, List<Column> columns) {
        this.files = files;
        this.options = options;
        this.delimiter = delimiter;
        this.columns = columns;
    }

    /** Looks at the headers of the files and the first rows of the first. */
    static TextSource of(List<Path> files, TableOptions options) {
        char delimiter = options.delimiter().orElse(usualDelimiter(files.get(0), options.decimal()));
        TextSource source = new TextSource(files, options, delimiter, TextHeader.columns(files, delimiter, options));
        if (options.where().isPresent()) {
            TextFilter.check(source, options);
        }
        return source;
    }

    private static char usualDelimiter(Path file, char decimal) {
        return switch (FileFormat.extension(file)) {
            case "tsv", "tab" -> '\t';
            default -> decimal == ',' ? ';' : ',';
        };
    }

    @Override
    public String name() {
        return FileList.name(files);
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public OptionalLong rowCount() {
        return OptionalLong.empty();
    }

    @Override
    public List<Path> files() {
        return files;
    }

    @Override
    public TableOptions options() {
        return options;
    }

    char delimiter() {
        return delimiter;
    }

    /** Whether the first record of each file names the columns. */
    boolean hasHeader() {
        return options.header() != HeaderRow.ABSENT;
    }

    @Override
    public Cursor open(Projection projection) {
        return open(projection, mask());
    }

    /** A pass over all rows, whatever the condition. */
    Cursor openAll(Projection projection) {
        return open(projection, RowMask.ALL);
    }

    private Cursor open(Projection projection, RowMask mask) {
        Row row = new Row(projection.numbers.length, projection.texts.length);
        return new TextCursor(scan(file -> new RowParser(file, columns, projection, options, row), mask), row);
    }

    /** A pass over the rows that meet the condition, with a record made for each file. */
    <R extends TextRecord> TextScan<R> scan(Function<Path, R> records) {
        return scan(records, mask());
    }

    private <R extends TextRecord> TextScan<R> scan(Function<Path, R> records, RowMask mask) {
        return new TextScan<>(files, delimiter, hasHeader(), records, mask);
    }

    private RowMask mask() {
        return options.where().isPresent() ? TextFilter.open(this, options) : RowMask.ALL;
    }

    @Override
    public String relation(DuckDb database) {
        return RowFunction.register(
                database, "input_rows", outputColumns(), Projection.TextInNumbers.ERROR, this::open);
    }

    /** The columns as DuckDB is to see them. */
    List<OutputColumn> outputColumns() {
        Condition.checkDistinct(name(), columns);
        return columns.stream()
                .map(column -> column.kind() == ColumnKind.NUMBER
                        ? OutputColumn.number(column.name())
                        : OutputColumn.text(column.name()))
                .toList();
    }
}
