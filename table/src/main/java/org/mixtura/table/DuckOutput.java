package org.mixtura.table;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes rows through DuckDB, alone or each beside the next row of a table of any format. */
final class DuckOutput implements RowOutput {
    private final Target target;
    private final OutputFormat format;
    private final @Nullable Source source;
    private final TableOptions options;
    private final Target spoolFile;
    private final Spool spool;

    /**
     * An output to a file.
     *
     * @param target the file
     * @param source the table to repeat, if there is one
     * @param columns the columns of the rows
     * @param options the limits of DuckDB
     */
    DuckOutput(Target target, @Nullable Source source, List<OutputColumn> columns, TableOptions options)
            throws IOException {
        this.target = target;
        this.format = OutputFormat.of(target.file());
        this.source = source;
        this.options = options;
        // In the folder of the target, which must have room anyway; but not among devices.
        this.spoolFile = Target.create(
                target.isDirect() ? options.temporaryFolder().resolve("mixtura-spool") : target.temporary());
        this.spool = new Spool(spoolFile.temporary(), columns);
    }

    @Override
    public void write(OutputRow row) throws IOException {
        spool.write(row);
    }

    @Override
    public void commit() throws IOException {
        spool.finish();
        try (DuckDb database = DuckDb.open(options)) {
            String added = RowFunction.register(
                    database, "new_columns", spool.columns(), Projection.TextInNumbers.ERROR, spool::open);
            try {
                String from = source == null ? added : beside(source, database) + " POSITIONAL JOIN " + added;
                database.execute("COPY (SELECT * FROM " + from + ") TO "
                        + Quoting.literal(target.temporary().toString()) + " (" + settings() + ", USE_TMP_FILE false)");
            } catch (SQLException e) {
                RuntimeException ours = database.failure();
                if (ours != null) {
                    throw ours;
                }
                throw new WriteException("cannot write " + target.file() + ": " + DuckDbMessage.of(e.getMessage()), e);
            }
        }
        target.commit();
    }

    /** The table to repeat, counted first: what the join lacks on one side it fills with empty cells. */
    private String beside(Source table, DuckDb database) throws SQLException {
        String relation = table.relation(database);
        String count = database.rows("SELECT count(*) FROM " + relation).get(0)[0];
        if (!Long.toString(spool.rows()).equals(count)) {
            throw TableException.changed();
        }
        return relation;
    }

    private String settings() {
        if (format == OutputFormat.PARQUET) {
            return "FORMAT parquet";
        }
        String delimiter = String.valueOf(OutputFormat.delimiter(target.file(), Optional.empty()));
        return "FORMAT csv, HEADER true, NULLSTR '', DELIMITER " + Quoting.literal(delimiter) + ", COMPRESSION "
                + (FileFormat.isGzip(target.file()) ? "gzip" : "none");
    }

    @Override
    public void close() {
        try (target;
                spoolFile) {
            spool.close();
        }
    }
}
