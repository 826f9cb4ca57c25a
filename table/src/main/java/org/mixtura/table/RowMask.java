package org.mixtura.table;

/** Says of each row of a table in turn whether a condition holds for it. */
interface RowMask extends AutoCloseable {
    /** Every row. */
    RowMask ALL = new RowMask() {
        @Override
        public boolean next() {
            return true;
        }

        @Override
        public void close() {}
    };

    /** Whether the next row is wanted. */
    boolean next();

    @Override
    void close();
}
