package org.mixtura.table;

import org.jspecify.annotations.Nullable;

/**
 * A table that cannot be read as asked: no such file or column, a damaged file, text where a number belongs. The message is
 * one line that names file, line and column where there is one, the value and the remedy.
 */
public final class TableException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    TableException(String message) {
        super(message);
    }

    TableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Text in a column that is wanted as numbers. */
    static TableException textInNumbers(String place, String column, String text) {
        return new TableException(place + ", column " + Quoting.show(column) + ": " + Quoting.show(text)
                + " is not a number; correct the cell, name it as a missing value, or leave the column out (--exclude "
                + column + ")");
    }

    /** A table that does not have the rows that it had. */
    static TableException changed() {
        return new TableException("the table has gained or lost rows since it was read; start again");
    }
}
