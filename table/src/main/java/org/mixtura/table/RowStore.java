package org.mixtura.table;

import java.util.List;
import org.mixtura.data.Rows;

/** Takes the rows of a table one by one and keeps them. */
interface RowStore extends AutoCloseable {
    /**
     * Takes a row.
     *
     * @param values its numbers, d of them, perhaps followed by others
     * @param weight its weight; of no meaning if rows are not weighted
     */
    void add(double[] values, double weight);

    /** The rows taken, of which there is at least one, under column names. To be called once. */
    Rows finish(List<String> columns);

    /** Lets go of what was taken, and of the rows that were made of it. */
    @Override
    void close();
}
