package org.mixtura.table;

/** Goes through the rows of a table once, from the first to the last. Confined to one thread at a time. */
interface Cursor extends AutoCloseable {
    /**
     * Moves on to the next row.
     *
     * @return whether there is one; once false, false ever after
     * @throws TableException if it cannot be read
     */
    boolean next();

    /** The present row; changed by the next move. */
    Row row();

    /** Where the present row stands, such as "iris.csv, line 7". */
    String place();

    @Override
    void close();
}
