package org.mixtura.table;

/** Where rows that were read are kept for the passes over them. */
public enum Storage {
    /** In memory, 8 bytes per number. The default. */
    MEMORY,
    /**
     * In a temporary file, for tables larger than memory: float64, little-endian, row by row, with a header that makes it a
     * .npy file. Written in one pass, deleted when the table is closed or the JVM ends; what a killed process leaves goes when
     * the next such file is made in the same folder.
     */
    FILE,
    /** In memory up to {@link TableOptions#memoryForRows}, and beyond that as {@link #FILE}. */
    AUTOMATIC
}
