package org.mixtura.table;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query, streamed: only a few thousand are held at any time.
 *
 * <p>The driver keeps quiet about an error after the first rows: a stream from a damaged file just ends. So each stream has
 * one more row, a mark in a last column, and without it the end was not the end; the query is then run again in a way that
 * throws.
 */
final class DuckStream implements AutoCloseable {
    private final DuckDb database;
    private final String about;
    private final String again;
    private final DuckDBPreparedStatement statement;
    private final DuckDBChunkedResult result;
    private final DuckDBReadableVector[] vectors;
    private int at = -1;
    private int count;
    private boolean ended;

    private DuckStream(DuckDb database, String about, List<String> expressions, String from) throws SQLException {
        this.database = database;
        this.about = about;
        String list = String.join(", ", expressions);
        this.again = "SELECT bit_xor(hash(" + list + ")) FROM " + from;
        this.vectors = new DuckDBReadableVector[expressions.size() + 1];
        String end = expressions.stream().map(e -> "NULL").collect(Collectors.joining(", "));
        this.statement = database.connection()
                .prepareStatement("SELECT " + list + ", false FROM " + from + " UNION ALL SELECT " + end + ", true")
                .unwrap(DuckDBPreparedStatement.class);
        try {
            this.result = statement.query();
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    /**
     * Starts a query.
     *
     * @param database where it runs
     * @param about what to start messages with
     * @param expressions what to select, at least one
     * @param from what to select it from
     */
    static DuckStream open(DuckDb database, String about, List<String> expressions, String from) {
        try {
            return new DuckStream(database, about, expressions, from);
        } catch (SQLException e) {
            throw database.explain(about, e);
        }
    }

    /** Moves on to the next row; false at the end, and ever after. */
    boolean next() {
        if (ended) {
            return false;
        }
        at++;
        while (at >= count) {
            if (!result.nextChunk()) {
                throw tornOff();
            }
            DuckDBDataChunkReader chunk = result.chunk();
            count = Math.toIntExact(chunk.rowCount());
            for (int j = 0; j < vectors.length; j++) {
                vectors[j] = chunk.vector(j);
            }
            at = 0;
        }
        ended = vectors[vectors.length - 1].getBoolean(at);
        return !ended;
    }

    private RuntimeException tornOff() {
        RuntimeException ours = database.failure();
        if (ours != null) {
            return ours;
        }
        try {
            database.rows(again);
        } catch (SQLException e) {
            return database.explain(about, e);
        }
        return new TableException(about + ": DuckDB stopped before the end and does not say why; is the file damaged?");
    }

    /** A value of the present row; NaN if it is missing. */
    double number(int column) {
        return vectors[column].getDouble(at, Double.NaN);
    }

    boolean isMissing(int column) {
        return vectors[column].isNull(at);
    }

    boolean truth(int column) {
        return vectors[column].getBoolean(at, false);
    }

    /** A text of the present row; null if it is missing. */
    @Nullable
    String text(int column) {
        return vectors[column].getString(at);
    }

    @Override
    public void close() {
        try (statement) {
            result.close();
        } catch (SQLException e) {
            throw database.explain(about, e);
        }
    }
}
