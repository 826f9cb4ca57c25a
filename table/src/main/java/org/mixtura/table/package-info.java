/**
 * Tables in files: delimited text in plain Java, Parquet and JSON through an embedded DuckDB, read into
 * {@link org.mixtura.data.Rows} and written back with new columns beside the old.
 */
@NullMarked
package org.mixtura.table;

import org.jspecify.annotations.NullMarked;
