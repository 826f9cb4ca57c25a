package org.mixtura.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.mixtura.data.Rows;

/** Reads the chosen columns of a table in one pass: sorts out rows with gaps, checks weights, and stores the rest. */
final class Collector {
    private static final int TELL_EVERY = 4096;

    private final Source source;
    private final ColumnChoice.Chosen chosen;
    private final TableOptions options;
    private final RowStore store;
    private final LongConsumer progress;
    private final int dimension;
    private final Labels.@Nullable Gathering labels;
    private final Map<String, Long> gaps = new LinkedHashMap<>();
    private long[] dropped = new long[0];
    private long rowsWithGaps;
    private long gapsKept;
    private long rowsKeptWithGaps;
    private long tableRows;
    private double largestWeight;
    private @Nullable String firstGap;

    /**
     * @param progress told now and then how many rows were read; what it throws ends the reading
     */
    Collector(Source source, ColumnChoice.Chosen chosen, TableOptions options, RowStore store, LongConsumer progress) {
        this.source = source;
        this.chosen = chosen;
        this.options = options;
        this.store = store;
        this.progress = progress;
        this.dimension = chosen.names.size();
        this.labels = chosen.labels.isPresent() ? new Labels.Gathering() : null;
    }

    /**
     * Reads the table.
     *
     * @throws TableException if there are no rows, or a gap under the policy that refuses them, or a wrong weight
     */
    Reading collect() {
        try (Cursor cursor = source.open(chosen.projection)) {
            while (cursor.next()) {
                Row row = cursor.row();
                if (noteGaps(row, cursor)) {
                    drop(tableRows);
                } else if (firstGap == null || dropsRows()) {
                    keep(row, cursor);
                }
                tableRows++;
                if (tableRows % TELL_EVERY == 0) {
                    progress.accept(tableRows);
                }
            }
        }
        check();
        Rows stored = store.finish(chosen.names);
        Rows rows = keepsGaps() ? stored.withGaps() : stored;
        return new Reading(
                source,
                rows,
                tableRows,
                dropsRows() ? Arrays.copyOf(dropped, (int) rowsWithGaps) : new long[0],
                gaps,
                rowsKeptWithGaps,
                chosen.leftOut,
                labels == null ? null : labels.finish());
    }

    /** Takes note of a row's gaps; returns whether they keep it out. */
    private boolean noteGaps(Row row, Cursor cursor) {
        boolean any = false;
        int kept = 0;
        for (int j = 0; j < row.numbers.length; j++) {
            if (!Double.isFinite(row.numbers[j])) {
                String name = j < dimension ? chosen.names.get(j) : chosen.weights.orElseThrow();
                if (keepsGaps() && j < dimension && Double.isNaN(row.numbers[j])) {
                    gaps.merge(name, 1L, Long::sum);
                    kept++;
                } else {
                    any |= noteGap(name, describe(row, j), cursor);
                }
            }
        }
        gapsKept += kept;
        rowsKeptWithGaps += kept > 0 ? 1 : 0;
        if (labels != null && row.texts[0] == null && chosen.missingLabel == ColumnChoice.MissingLabel.GAP) {
            any |= noteGap(chosen.labels.orElseThrow(), "is missing", cursor);
        }
        return any;
    }

    private boolean noteGap(String column, String what, Cursor cursor) {
        gaps.merge(column, 1L, Long::sum);
        if (firstGap == null) {
            firstGap = cursor.place() + ", column " + Quoting.show(column) + " " + what;
        }
        return true;
    }

    private static String describe(Row row, int j) {
        String text = row.gaps[j];
        if (row.missing[j]) {
            return text.isEmpty() ? "is missing" : "is missing (" + Quoting.show(text) + ")";
        }
        return text.chars().anyMatch(Character::isDigit)
                ? "is " + text + ", too large for a double"
                : "is " + text + ", not a finite number";
    }

    private void keep(Row row, Cursor cursor) {
        double weight = 1;
        if (chosen.weights.isPresent()) {
            weight = row.numbers[dimension];
            if (!(weight >= 0)) {
                throw new TableException(
                        cursor.place() + ", column " + Quoting.show(chosen.weights.get()) + ": the weight " + weight
                                + " is negative; a weight says how many times a row counts, 0 or more");
            }
            largestWeight = Math.max(largestWeight, weight);
        }
        store.add(row.numbers, weight);
        if (labels != null) {
            String label = row.texts[0];
            labels.add(label == null ? "" : label);
        }
    }

    private void drop(long row) {
        if (dropsRows()) {
            int at = Math.toIntExact(rowsWithGaps);
            if (at == dropped.length) {
                dropped = Arrays.copyOf(dropped, Math.max(16, Math.multiplyExact(2, at)));
            }
            dropped[at] = row;
        }
        rowsWithGaps++;
    }

    private boolean dropsRows() {
        return options.missing() == MissingPolicy.DROP_ROWS;
    }

    private boolean keepsGaps() {
        return options.missing() == MissingPolicy.KEEP_GAPS;
    }

    private void check() {
        if (tableRows == 0) {
            throw new TableException(source.name()
                    + options.where()
                            .map(condition -> " has no row that meets the condition " + Quoting.show(condition))
                            .orElse(" has no rows"));
        }
        if (firstGap != null && keepsGaps()) {
            throw new TableException(firstGap
                    + "; only an empty cell, NA or NaN in a column of data is taken as missing: drop such rows (--missing"
                    + " drop) or mend the cell");
        }
        if (gapsKept == tableRows * dimension) {
            throw new TableException(source.name() + ": none of the " + tableRows + " rows has a number in "
                    + Quoting.list(chosen.names) + "; choose other columns");
        }
        if (firstGap != null && !dropsRows()) {
            throw new TableException(
                    firstGap + "; there are gaps in " + rowsWithGaps + " of "
                            + Quoting.count(tableRows, "row") + " (" + counts(gaps)
                            + "): fill them, drop those rows (--missing drop), take them as missing (--missing exact), or leave the columns out (--exclude)");
        }
        if (rowsWithGaps == tableRows) {
            throw new TableException(source.name() + ": each of the " + tableRows + " rows has a gap (" + counts(gaps)
                    + "); leave the emptiest columns out (--exclude)");
        }
        if (chosen.weights.isPresent() && !(largestWeight > 0)) {
            throw new TableException(source.name() + ", column " + Quoting.show(chosen.weights.get()) + ": all "
                    + tableRows + " weights are zero; at least one row must count");
        }
    }

    /** "3 in a, 1 in b". */
    static String counts(Map<String, Long> gaps) {
        List<String> parts = new ArrayList<>();
        gaps.forEach((column, count) -> parts.add(count + " in " + column));
        return Quoting.list(parts);
    }
}
