package org.mixtura.cli;

import java.util.ArrayList;
import java.util.List;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.table.OutputColumn;
import org.mixtura.table.TableWriter;

/** Something that a mixture says of each row, in one or more columns. */
interface RowScore {
    /** The words for the scores that need nothing but the mixture. */
    List<String> WORDS = List.of("label", "log_density", "responsibilities", "energy");

    /** The columns that it fills. */
    List<OutputColumn> columns();

    /** Fills them for one row. */
    void write(ScoredRow row, TableWriter writer);

    /**
     * What a mixture says of a row; reused for the next row.
     *
     * <p>Its fields are set by {@link Scores} alone.
     */
    final class ScoredRow {
        double logDensity;
        double[] responsibilities = new double[0];
        /** Which row it is, from 0. */
        long number;

        /** Where the row's responsibilities start. */
        int from;

        int components;
    }

    /**
     * The score of that name.
     *
     * @param word one of {@link #WORDS}
     * @param prefix what the names of its columns begin with
     */
    static RowScore of(String word, String prefix, GaussianMixture mixture) {
        return switch (word) {
            case "label" ->
                of(
                        List.of(OutputColumn.integer(prefix + word)),
                        (row, writer) -> writer.integer(
                                GaussianMixture.largest(row.responsibilities, row.from, row.components)));
            case "log_density" ->
                of(List.of(OutputColumn.number(prefix + word)), (row, writer) -> writer.number(row.logDensity));
            case "energy" ->
                of(List.of(OutputColumn.number(prefix + word)), (row, writer) -> writer.number(-row.logDensity));
            case "responsibilities" -> {
                List<OutputColumn> columns = new ArrayList<>();
                for (int k = 0; k < mixture.size(); k++) {
                    columns.add(OutputColumn.number(prefix + "responsibility_" + k));
                }
                yield of(columns, (row, writer) -> {
                    for (int k = 0; k < row.components; k++) {
                        writer.number(row.responsibilities[row.from + k]);
                    }
                });
            }
            default -> throw new IllegalArgumentException("expected some of " + String.join(", ", WORDS));
        };
    }

    /** Fills the columns of one row. */
    interface Cells {
        void write(ScoredRow row, TableWriter writer);
    }

    /** A score of some columns. */
    static RowScore of(List<OutputColumn> columns, Cells cells) {
        return new RowScore() {
            @Override
            public List<OutputColumn> columns() {
                return columns;
            }

            @Override
            public void write(ScoredRow row, TableWriter writer) {
                cells.write(row, writer);
            }
        };
    }
}
