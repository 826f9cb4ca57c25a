package org.mixtura.table;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionBuilder;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/** Hands rows that Java reads to DuckDB: a function without arguments to select from, which gives the rows in their order. */
final class RowFunction implements DuckDBTableFunction<Object, RowFunction.Pass, Object> {
    /** Opens a pass over the rows. */
    interface Passes {
        Cursor open(Projection projection);
    }

    private final List<OutputColumn> columns;
    private final Projection.TextInNumbers textInNumbers;
    private final Passes passes;
    private final List<Cursor> cursors = new ArrayList<>();
    private @Nullable RuntimeException failure;

    private RowFunction(List<OutputColumn> columns, Projection.TextInNumbers textInNumbers, Passes passes) {
        this.columns = columns;
        this.textInNumbers = textInNumbers;
        this.passes = passes;
    }

    /**
     * Makes a function known to a database.
     *
     * @return what to write after FROM
     */
    static String register(
            DuckDb database,
            String name,
            List<OutputColumn> columns,
            Projection.TextInNumbers textInNumbers,
            Passes passes) {
        RowFunction function = new RowFunction(columns, textInNumbers, passes);
        try (DuckDBTableFunctionBuilder builder = DuckDBFunctions.tableFunction()) {
            builder.withName(name)
                    .withProjectionPushdown()
                    .withFunction(function)
                    .register(database.connection());
        } catch (SQLException e) {
            throw database.explain(name, e);
        }
        database.add(function);
        return name + "()";
    }

    /** What went wrong while DuckDB took the rows; null if nothing did. */
    synchronized @Nullable RuntimeException failure() {
        return failure;
    }

    @Override
    public Object bind(DuckDBTableFunctionBindInfo info) {
        for (OutputColumn column : columns) {
            info.addResultColumn(
                    column.name(),
                    switch (column.type()) {
                        case NUMBER -> DuckDBColumnType.DOUBLE;
                        case INTEGER -> DuckDBColumnType.INTEGER;
                        case TEXT -> DuckDBColumnType.VARCHAR;
                    });
        }
        return columns;
    }

    @Override
    public synchronized Pass init(DuckDBTableFunctionInitInfo info) {
        info.setMaxThreads(1);
        int[] wanted = new int[Math.toIntExact(info.getColumnCount())];
        for (int j = 0; j < wanted.length; j++) {
            // A query that needs no column asks for one that is none, to count the rows by.
            long column = info.getColumnIndex(j);
            wanted[j] = column >= 0 && column < columns.size() ? (int) column : -1;
        }
        try {
            Pass pass = new Pass(wanted);
            cursors.add(pass.cursor);
            return pass;
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public long apply(DuckDBTableFunctionCallInfo info, DuckDBDataChunkWriter output) {
        Pass pass = info.getInitData();
        try {
            return pass.fill(output);
        } catch (RuntimeException e) {
            synchronized (this) {
                failure = e;
            }
            throw e;
        }
    }

    synchronized void close() {
        cursors.forEach(Cursor::close);
        cursors.clear();
    }

    /** One pass over the rows. */
    final class Pass {
        /** For each vector that DuckDB wants filled, the column, or −1. */
        private final int[] wanted;
        /** For each of those, where the row has it. */
        private final int[] slots;

        private final Cursor cursor;

        Pass(int[] wanted) {
            this.wanted = wanted;
            this.slots = new int[wanted.length];
            List<Integer> numbers = new ArrayList<>();
            List<Integer> texts = new ArrayList<>();
            for (int j = 0; j < wanted.length; j++) {
                if (wanted[j] >= 0) {
                    List<Integer> list = isText(wanted[j]) ? texts : numbers;
                    slots[j] = list.size();
                    list.add(wanted[j]);
                }
            }
            this.cursor = passes.open(new Projection(toArray(numbers), toArray(texts), textInNumbers));
        }

        private boolean isText(int column) {
            return columns.get(column).type() == OutputColumn.Type.TEXT;
        }

        long fill(DuckDBDataChunkWriter output) {
            DuckDBWritableVector[] vectors = new DuckDBWritableVector[wanted.length];
            for (int j = 0; j < vectors.length; j++) {
                vectors[j] = output.vector(j);
            }
            long count = 0;
            while (count < output.capacity() && cursor.next()) {
                Row row = cursor.row();
                for (int j = 0; j < vectors.length; j++) {
                    if (wanted[j] >= 0) {
                        set(vectors[j], count, columns.get(wanted[j]).type(), row, slots[j]);
                    }
                }
                count++;
            }
            return count;
        }

        private void set(DuckDBWritableVector vector, long at, OutputColumn.Type type, Row row, int slot) {
            if (type == OutputColumn.Type.TEXT ? row.texts[slot] == null : row.missing[slot]) {
                vector.setNull(at);
                return;
            }
            switch (type) {
                case NUMBER -> vector.setDouble(at, row.numbers[slot]);
                case INTEGER -> vector.setInt(at, (int) row.numbers[slot]);
                case TEXT -> vector.setString(at, row.texts[slot]);
            }
        }
    }

    private static int[] toArray(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }
}
