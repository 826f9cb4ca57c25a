package org.mixtura.table;

import java.io.IOException;

/** Where the rows of a writer go, one by one. */
interface RowOutput extends AutoCloseable {
    /** Takes a row, which is used again for the next. */
    void write(OutputRow row) throws IOException;

    /** Makes what was written last. */
    void commit() throws IOException;

    /** Throws away what was not committed. */
    @Override
    void close();
}
