package org.mixtura.table;

/**
 * A column of a table.
 *
 * @param name its name; a column without one is called after its place, the first column1
 * @param kind what it holds
 * @param example a text that stands in it, or its type if it is nested; empty for a number column
 */
public record Column(String name, ColumnKind kind, String example) {}
