package org.mixtura.table;

/** What to do with a row that has a gap: a cell that is missing, NaN or infinite in a column that is wanted. */
public enum MissingPolicy {
    /** Refuse the table, naming the first gap and how many there are. The default: a dropped row can bias every result. */
    ERROR,
    /** Leave such rows out and count them; {@link Reading#droppedRows} tells how many, {@link Reading#gaps} where. */
    DROP_ROWS,
    /**
     * Keep such rows and take what is missing as missing: {@link Reading#rows} has NaN there and says that it may. Infinite
     * numbers, and gaps among weights or labels, are refused all the same.
     */
    KEEP_GAPS
}
