package org.mixtura.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lines of cells, put under each other: the first column to the left unless told otherwise, the others to the right. */
final class TextTable {
    private static final String GAP = "  ";

    private final List<String[]> lines = new ArrayList<>();
    private final boolean[] left;

    /**
     * A table without lines.
     *
     * @param leftAligned the columns whose cells start at the same place, from 0; the other columns' cells end at the same
     *     place
     */
    TextTable(int columns, int... leftAligned) {
        this.left = new boolean[columns];
        for (int column : leftAligned) {
            left[column] = true;
        }
    }

    /** Adds a line; cells that are missing at its end are empty. */
    TextTable add(String... cells) {
        String[] line = Arrays.copyOf(cells, left.length);
        for (int j = cells.length; j < line.length; j++) {
            line[j] = "";
        }
        lines.add(line);
        return this;
    }

    /** Adds a line whose last cell takes the rest of it, however long. */
    TextTable addSpanning(String... cells) {
        lines.add(cells.clone());
        return this;
    }

    /** The lines, each with an indent and without blanks at its end. */
    List<String> render(int indent) {
        int[] widths = new int[left.length];
        for (String[] line : lines) {
            for (int j = 0; j < aligned(line); j++) {
                widths[j] = Math.max(widths[j], length(line[j]));
            }
        }
        List<String> rendered = new ArrayList<>();
        for (String[] line : lines) {
            StringBuilder text = new StringBuilder(" ".repeat(indent));
            for (int j = 0; j < line.length; j++) {
                String padding = j < aligned(line) ? " ".repeat(widths[j] - length(line[j])) : "";
                text.append(j > 0 ? GAP : "").append(left[j] ? line[j] + padding : padding + line[j]);
            }
            rendered.add(text.toString().stripTrailing());
        }
        return rendered;
    }

    /** How many cells of a line keep to their columns; a shorter line is one whose last cell spans the rest. */
    private int aligned(String... line) {
        return line.length < left.length ? line.length - 1 : line.length;
    }

    /** The width of a cell on a terminal, for the letters that column names mostly consist of. */
    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
