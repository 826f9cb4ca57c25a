package org.mixtura.table;

/** Whether delimited text starts with a row of column names. */
public enum HeaderRow {
    /** It does, and a first row of nothing but numbers is an error. The default. */
    CHECKED,
    /** It does, even if the names look like numbers. */
    PRESENT,
    /** It does not; the columns are called x0, x1, …. */
    ABSENT
}
