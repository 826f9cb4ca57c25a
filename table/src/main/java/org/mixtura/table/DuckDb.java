package org.mixtura.table;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/**
 * An embedded DuckDB with an empty database in memory, for one task. Nothing but this class and those that are given one of its
 * kind touches the driver, so that tables of delimited text do not pay the half second and the 40 MB that it takes to load.
 *
 * <p>It is kept from downloading extensions, and streams the results of queries instead of collecting them.
 */
final class DuckDb implements AutoCloseable {
    private final DuckDBConnection connection;
    private final List<RowFunction> functions = new ArrayList<>();

    private DuckDb(DuckDBConnection connection) {
        this.connection = connection;
    }

    static DuckDb open(TableOptions options) {
        try {
            Properties settings = new Properties();
            settings.setProperty("autoinstall_known_extensions", "false");
            settings.setProperty("autoload_known_extensions", "false");
            settings.setProperty("threads", Integer.toString(options.threads()));
            settings.setProperty("temp_directory", options.temporaryFolder().toString());
            options.memoryLimit().ifPresent(bytes -> settings.setProperty("memory_limit", bytes + "B"));
            settings.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
            Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", settings);
            return new DuckDb(connection.unwrap(DuckDBConnection.class));
        } catch (NoClassDefFoundError e) {
            throw new TableException(
                    "Parquet, JSON and conditions on rows need DuckDB, which is not installed here:"
                            + " add org.duckdb:duckdb_jdbc to the module path or class path",
                    e);
        } catch (SQLException | LinkageError e) {
            throw new TableException("DuckDB does not start: " + DuckDbMessage.of(e.getMessage()), e);
        }
    }

    DuckDBConnection connection() {
        return connection;
    }

    /** Runs a statement that gives no rows. */
    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Runs a query for a few rows and gives each as strings, null where a value is. */
    List<@Nullable String[]> rows(String sql) throws SQLException {
        List<@Nullable String[]> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                @Nullable String[] row = new @Nullable String[columns];
                for (int j = 0; j < columns; j++) {
                    row[j] = result.getString(j + 1);
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /** Remembers a function whose failures are to be reported as they are. */
    void add(RowFunction function) {
        functions.add(function);
    }

    /** What went wrong in one of our own functions, which DuckDB passes on as text only; null if nothing did. */
    @Nullable
    RuntimeException failure() {
        for (RowFunction function : functions) {
            RuntimeException failure = function.failure();
            if (failure != null) {
                return failure;
            }
        }
        return null;
    }

    /** The exception to throw for an error of DuckDB: that of our own function, or one that says what it was about. */
    RuntimeException explain(String about, SQLException error) {
        RuntimeException ours = failure();
        return ours != null ? ours : new TableException(about + ": " + DuckDbMessage.of(error.getMessage()), error);
    }

    @Override
    public void close() {
        try (connection) {
            functions.forEach(RowFunction::close);
        } catch (SQLException e) {
            throw new TableException("DuckDB does not stop: " + DuckDbMessage.of(e.getMessage()), e);
        }
    }
}
