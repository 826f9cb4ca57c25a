package org.mixtura.table;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** A table in files of one format, seen through its options: rows that the condition excludes do not show. */
interface Source {
    /** What messages call it: the file, or the first of several and how many there are. */
    String name();

    /** The files. */
    List<Path> files();

    /** How they are read. */
    TableOptions options();

    /** The columns, in the order of the file. */
    List<Column> columns();

    /** The number of rows, if it can be told without reading them. */
    OptionalLong rowCount();

    /** A new pass over the rows. */
    Cursor open(Projection projection);

    /**
     * What to write after FROM in a query that copies the whole table, in the order of its rows.
     *
     * @param database where the query will run; may be given a function to call
     */
    String relation(DuckDb database);
}
