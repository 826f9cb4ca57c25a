/** Rows from files: CSV in plain Java, Parquet and the rest through an embedded DuckDB. */
module org.mixtura.table {
    requires transitive org.mixtura;
    requires de.siegmar.fastcsv;
    requires java.sql;
    requires tools.jackson.core;
    // Static: everything but the formats that DuckDB reads works without its 80 MB driver.
    requires static duckdb.jdbc;
    requires static org.jspecify;

    exports org.mixtura.table;
}
