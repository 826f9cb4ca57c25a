package org.mixtura.table;

/**
 * What a column holds, judged by its type in the file or, where cells are text, by the first 1,000 rows: a column in which
 * at least as many cells are numbers as are other text is a number column. Missing cells have no vote, so a column of
 * gaps alone is a number column. Later text in a number column is an error when the column is read, never a change of kind.
 */
public enum ColumnKind {
    /** Numbers, perhaps with gaps. */
    NUMBER,
    /** Text, dates, times or truth values: usable as labels, not as numbers. */
    TEXT,
    /** Lists, structures or bytes: not usable. */
    NESTED,
    /** A column of delimited text whose header cell is empty, such as a row number that another program wrote. */
    UNNAMED
}
