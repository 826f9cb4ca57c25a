package org.mixtura.table;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;

/** Rows in a temporary file; each reader has buffers of its own. */
final class FileRows implements Rows, AutoCloseable {
    private final NpyFile values;
    private final @Nullable NpyFile weights;
    private final List<String> columns;

    /**
     * Rows over finished files.
     *
     * @param values n × d
     * @param weights n × 1, or null
     * @param columns d names
     */
    FileRows(NpyFile values, @Nullable NpyFile weights, List<String> columns) {
        this.values = values;
        this.weights = weights;
        this.columns = Rows.checkColumns(columns, values.columns());
    }

    @Override
    public long count() {
        return values.rows();
    }

    @Override
    public int dimension() {
        return values.columns();
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public boolean weighted() {
        return weights != null;
    }

    @Override
    public Reader reader() {
        Block block = new Block();
        NpyFile.Window numbers = values.read();
        NpyFile.Window weightNumbers = weights == null ? null : weights.read();
        return new Reader() {
            @Override
            public Block read(long first, int count) {
                double[] rows = numbers.rows(first, count);
                double[] weightsOfRows = weightNumbers == null ? null : weightNumbers.rows(first, count);
                block.show(rows, 0, count, dimension(), weightsOfRows, 0);
                return block;
            }

            @Override
            public void close() {
                numbers.close();
                if (weightNumbers != null) {
                    weightNumbers.close();
                }
            }
        };
    }

    /** Closes the files, which stay where they are. */
    @Override
    public void close() {
        values.close();
        if (weights != null) {
            weights.close();
        }
    }
}
