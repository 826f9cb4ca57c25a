package org.mixtura.table;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/** A table in Parquet or JSON files, read by DuckDB. */
final class DuckSource implements Source {
    private final List<Path> files;
    private final FileFormat format;
    private final TableOptions options;
    private final DuckSchema schema;

    private DuckSource(List<Path> files, FileFormat format, TableOptions options, DuckSchema schema) {
        this.files = files;
        this.format = format;
        this.options = options;
        this.schema = schema;
    }

    /** Looks at the files, and at the condition if there is one. */
    static DuckSource of(List<Path> files, FileFormat format, TableOptions options) {
        try (DuckDb database = DuckDb.open(options)) {
            try {
                DuckSchema schema = DuckSchema.of(database, files, format, options);
                if (options.where().isPresent()) {
                    Condition.check(database, schema.columns(), options, schema.scan());
                }
                return new DuckSource(files, format, options, schema);
            } catch (SQLException e) {
                throw database.explain("cannot read " + FileList.name(files), e);
            }
        }
    }

    @Override
    public String name() {
        return FileList.name(files);
    }

    @Override
    public List<Path> files() {
        return files;
    }

    @Override
    public TableOptions options() {
        return options;
    }

    @Override
    public List<Column> columns() {
        return schema.columns();
    }

    @Override
    public OptionalLong rowCount() {
        if (format != FileFormat.PARQUET) {
            return OptionalLong.empty();
        }
        try (DuckDb database = DuckDb.open(options)) {
            try {
                // Without a condition the count stands in the files' footers.
                String count = database.rows("SELECT count(*) FROM " + from()).get(0)[0];
                return OptionalLong.of(Long.parseLong(String.valueOf(count)));
            } catch (SQLException e) {
                throw database.explain(about(), e);
            }
        }
    }

    @Override
    public Cursor open(Projection projection) {
        List<String> expressions = new ArrayList<>();
        boolean[] asText = new boolean[projection.numbers.length];
        for (int i = 0; i < asText.length; i++) {
            String column = columns().get(projection.numbers[i]).name();
            asText[i] = !schema.hasNumbers(projection.numbers[i]);
            expressions.add(
                    asText[i] ? DuckSchema.asText(column) : "CAST(" + Quoting.identifier(column) + " AS DOUBLE)");
        }
        for (int column : projection.texts) {
            expressions.add(DuckSchema.asText(columns().get(column).name()));
        }
        DuckDb database = DuckDb.open(options);
        try {
            DuckStream stream = DuckStream.open(database, about(), expressions, from());
            List<String> names = Arrays.stream(projection.numbers)
                    .mapToObj(j -> columns().get(j).name())
                    .toList();
            return new DuckCursor(
                    database, stream, places(), names, asText, new CellText(options), projection.texts.length);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Where a row stands: in the file, or among the rows that DuckDB gives if there is a condition. */
    private LongFunction<String> places() {
        String suffix = options.where().isPresent() ? " of those that meet the condition" : "";
        return row -> name() + ", row " + row + suffix;
    }

    /** What messages start with. */
    private String about() {
        return "cannot read " + name()
                + options.where().map(condition -> " where " + condition).orElse("");
    }

    private String from() {
        return schema.scan() + (options.where().isPresent() ? " WHERE " + Condition.sql(options) : "");
    }

    @Override
    public String relation(DuckDb database) {
        return "(SELECT * FROM " + from() + ")";
    }
}
