package org.mixtura.table;

import java.util.Arrays;
import java.util.List;

/** The cells of a row that is being written. */
final class OutputRow {
    final List<OutputColumn> columns;
    /** The cells that are numbers or integers. */
    final double[] numbers;
    /** The cells that are text. */
    final String[] texts;
    /** Which cells are empty. */
    final boolean[] missing;

    OutputRow(List<OutputColumn> columns) {
        this.columns = columns;
        this.numbers = new double[columns.size()];
        this.texts = new String[columns.size()];
        Arrays.fill(texts, "");
        this.missing = new boolean[columns.size()];
    }

    /** Empties all cells. */
    void clear() {
        Arrays.fill(missing, true);
    }
}
