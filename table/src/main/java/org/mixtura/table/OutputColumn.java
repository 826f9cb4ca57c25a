package org.mixtura.table;

/**
 * A column to be written.
 *
 * @param name its name
 * @param type what its cells are
 */
public record OutputColumn(String name, Type type) {
    /** What the cells of a column are. */
    public enum Type {
        /** Doubles, written as the shortest text that reads back as the same double; DOUBLE in Parquet. */
        NUMBER,
        /** Ints; INTEGER in Parquet. */
        INTEGER,
        /** Strings; VARCHAR in Parquet. */
        TEXT
    }

    /**
     * A column of doubles.
     *
     * @param name its name
     * @return the column
     */
    public static OutputColumn number(String name) {
        return new OutputColumn(name, Type.NUMBER);
    }

    /**
     * A column of ints.
     *
     * @param name its name
     * @return the column
     */
    public static OutputColumn integer(String name) {
        return new OutputColumn(name, Type.INTEGER);
    }

    /**
     * A column of strings.
     *
     * @param name its name
     * @return the column
     */
    public static OutputColumn text(String name) {
        return new OutputColumn(name, Type.TEXT);
    }
}
