package org.mixtura.table;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The condition on rows that the user gave, as SQL. */
final class Condition {
    private Condition() {}

    /** The condition as a truth value; true if there is none. */
    static String sql(TableOptions options) {
        // The line end is for a condition that ends in a comment.
        return options.where()
                .map(condition -> "CAST((" + condition + "\n) AS BOOLEAN)")
                .orElse("true");
    }

    /** What messages about it start with. */
    static String about(TableOptions options) {
        return "cannot filter by " + Quoting.show(options.where().orElse("true"));
    }

    /** Checks that a condition makes sense for a table. */
    static void check(DuckDb database, List<Column> columns, TableOptions options, String relation) {
        try {
            database.rows("EXPLAIN SELECT 1 FROM " + relation + " WHERE " + sql(options));
        } catch (SQLException e) {
            RuntimeException ours = database.failure();
            if (ours != null) {
                throw ours;
            }
            throw new TableException(
                    about(options) + ": " + DuckDbMessage.of(e.getMessage()) + "; the columns are "
                            + Quoting.list(columns.stream().map(Column::name).toList()),
                    e);
        }
    }

    /** Checks that names differ when capitals do not count, as they do not in SQL. */
    static void checkDistinct(String name, List<Column> columns) {
        Map<String, String> seen = new HashMap<>();
        for (Column column : columns) {
            String other = seen.put(column.name().toLowerCase(Locale.ROOT), column.name());
            if (other != null) {
                throw new TableException(
                        name + ": columns " + Quoting.show(other) + " and " + Quoting.show(column.name())
                                + " differ only in capitals, which conditions and Parquet do not tell apart; rename one");
            }
        }
    }
}
