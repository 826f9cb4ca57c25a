package org.mixtura.table;

import java.util.List;

/** Lets DuckDB say for each row of delimited text whether a condition holds. */
final class TextFilter implements RowMask {
    private final DuckDb database;
    private final DuckStream stream;

    private TextFilter(DuckDb database, DuckStream stream) {
        this.database = database;
        this.stream = stream;
    }

    /** A pass of a condition over the rows of a source. */
    static TextFilter open(TextSource source, TableOptions options) {
        DuckDb database = DuckDb.open(options);
        try {
            return new TextFilter(
                    database,
                    DuckStream.open(
                            database,
                            Condition.about(options),
                            List.of("coalesce(" + Condition.sql(options) + ", false)"),
                            relation(database, source)));
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Checks a condition without reading rows. */
    static void check(TextSource source, TableOptions options) {
        try (DuckDb database = DuckDb.open(options)) {
            Condition.check(database, source.columns(), options, relation(database, source));
        }
    }

    private static String relation(DuckDb database, TextSource source) {
        return RowFunction.register(
                database, "input_rows", source.outputColumns(), Projection.TextInNumbers.MISSING, source::openAll);
    }

    @Override
    public boolean next() {
        return stream.next() && stream.truth(0);
    }

    @Override
    public void close() {
        try (database) {
            stream.close();
        }
    }
}
