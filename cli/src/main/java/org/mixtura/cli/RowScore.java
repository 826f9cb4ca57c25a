package org.mixtura.cli;

import java.util.List;
import java.util.stream.IntStream;
import org.mixtura.table.OutputColumn;
import org.mixtura.table.TableWriter;

/** Something that a mixture says of each row, in one or more columns. */
final class RowScore {
    /** The words for the scores that need nothing but the mixture. */
    static final List<String> WORDS = List.of("label", "log_density", "responsibilities", "energy");

    /** Fills the columns of one row. */
    interface Cells {
        void write(ScoredRow row, TableWriter writer);
    }

    private final List<OutputColumn> columns;
    private final Cells cells;

    private RowScore(List<OutputColumn> columns, Cells cells) {
        this.columns = columns;
        this.cells = cells;
    }

    /**
     * The score of that name.
     *
     * @param word one of {@link #WORDS}
     * @param prefix what the names of its columns begin with
     */
    static RowScore of(String word, String prefix, RowScorer scorer) {
        String name = prefix + word;
        return switch (word) {
            case "label" ->
                new RowScore(List.of(OutputColumn.integer(name)), (row, writer) -> writer.integer(row.label()));
            case "log_density" ->
                new RowScore(List.of(OutputColumn.number(name)), (row, writer) -> writer.number(row.logDensity()));
            case "energy" ->
                new RowScore(List.of(OutputColumn.number(name)), (row, writer) -> writer.number(-row.logDensity()));
            case "responsibilities" ->
                new RowScore(
                        IntStream.range(0, scorer.width())
                                .mapToObj(k -> OutputColumn.number(
                                        prefix + "responsibility_" + (k < scorer.components() ? k : "noise")))
                                .toList(),
                        (row, writer) -> {
                            for (int k = 0; k < scorer.width(); k++) {
                                writer.number(row.responsibility(k));
                            }
                        });
            default -> throw new IllegalArgumentException("expected some of " + String.join(", ", WORDS));
        };
    }

    /** A score of some columns. */
    static RowScore of(List<OutputColumn> columns, Cells cells) {
        return new RowScore(columns, cells);
    }

    /** The columns that it fills. */
    List<OutputColumn> columns() {
        return columns;
    }

    /** Fills them for one row. */
    void write(ScoredRow row, TableWriter writer) {
        cells.write(row, writer);
    }
}
