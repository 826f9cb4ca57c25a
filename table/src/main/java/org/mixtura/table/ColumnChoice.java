package org.mixtura.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a table to read, and as what. Immutable: each method returns a copy.
 *
 * <p>By default all number columns with a name are read, except those taken as weights or labels. A text column is left out
 * unless it is asked for, and then it is an error.
 */
public final class ColumnChoice {
    private final @Nullable List<String> columns;
    private final Set<String> without;
    private final @Nullable String weights;
    private final @Nullable String labels;
    private final MissingLabel missingLabel;

    /** What a missing label is. */
    enum MissingLabel {
        /** A gap, as a missing number. */
        GAP,
        /** The empty text. */
        EMPTY
    }

    private ColumnChoice(
            @Nullable List<String> columns,
            Set<String> without,
            @Nullable String weights,
            @Nullable String labels,
            MissingLabel missingLabel) {
        this.columns = columns;
        this.without = without;
        this.weights = weights;
        this.labels = labels;
        this.missingLabel = missingLabel;
    }

    /** {@return all number columns, in the order of the file} */
    public static ColumnChoice numbers() {
        return new ColumnChoice(null, Set.of(), null, null, MissingLabel.GAP);
    }

    /**
     * Some columns, in an order.
     *
     * @param names their names, at least one, all different
     * @return the choice
     * @throws IllegalArgumentException if there is no name or one occurs twice
     */
    public static ColumnChoice of(String... names) {
        return of(Arrays.asList(names));
    }

    /**
     * Some columns, in an order.
     *
     * @param names their names, at least one, all different
     * @return the choice
     * @throws IllegalArgumentException if there is no name or one occurs twice
     */
    public static ColumnChoice of(List<String> names) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("no column asked for; name at least one");
        }
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new IllegalArgumentException("column " + Quoting.show(name) + " is asked for twice");
            }
        }
        return new ColumnChoice(List.copyOf(names), Set.of(), null, null, MissingLabel.GAP);
    }

    /**
     * Leaves columns out.
     *
     * @param names their names
     * @return the changed choice
     */
    public ColumnChoice without(List<String> names) {
        return new ColumnChoice(columns, Set.copyOf(names), weights, labels, missingLabel);
    }

    /**
     * Takes a column as the weights of the rows: finite numbers, none negative, not all zero.
     *
     * @param name its name
     * @return the changed choice
     */
    public ColumnChoice weights(String name) {
        return new ColumnChoice(columns, without, name, labels, missingLabel);
    }

    /**
     * Takes a column, of text or numbers, as labels of the rows. A missing label is a gap.
     *
     * @param name its name
     * @return the changed choice
     */
    public ColumnChoice labels(String name) {
        return new ColumnChoice(columns, without, weights, name, MissingLabel.GAP);
    }

    /**
     * Takes a column, of text or numbers, as labels of which rows may have none: a missing label is the empty text.
     *
     * @param name its name
     * @return the changed choice
     */
    public ColumnChoice partialLabels(String name) {
        return new ColumnChoice(columns, without, weights, name, MissingLabel.EMPTY);
    }

    /** Where the columns of this choice stand in a table, and which columns it leaves out without being told to. */
    Chosen in(Source source) {
        List<Column> all = source.columns();
        List<Integer> taken = new ArrayList<>();
        List<Column> leftOut = new ArrayList<>();
        without.forEach(name -> place(source, name));
        if (columns != null) {
            for (String name : columns) {
                if (name.equals(weights)) {
                    throw new TableException(
                            "column " + Quoting.show(name) + " is asked for both as numbers and as weights");
                }
                if (!without.contains(name)) {
                    taken.add(usable(source, name));
                }
            }
        } else {
            for (int j = 0; j < all.size(); j++) {
                Column column = all.get(j);
                if (without.contains(column.name())
                        || column.name().equals(weights)
                        || column.name().equals(labels)) {
                    continue;
                }
                if (column.kind() == ColumnKind.NUMBER) {
                    taken.add(j);
                } else {
                    leftOut.add(column);
                }
            }
        }
        if (taken.isEmpty()) {
            throw new TableException(
                    source.name() + ": no number column is left to read; the columns are " + describe(all));
        }
        List<String> names = taken.stream().map(j -> all.get(j).name()).toList();
        if (weights != null) {
            taken.add(usable(source, weights));
        }
        int[] texts = labels == null ? new int[0] : new int[] {usable(source, labels)};
        Projection projection = new Projection(
                taken.stream().mapToInt(Integer::intValue).toArray(), texts, Projection.TextInNumbers.ERROR);
        return new Chosen(
                names, projection, Optional.ofNullable(weights), Optional.ofNullable(labels), missingLabel, leftOut);
    }

    private static int usable(Source source, String name) {
        int place = place(source, name);
        Column column = source.columns().get(place);
        if (column.kind() == ColumnKind.NESTED) {
            throw new TableException(source.name() + ": column " + Quoting.show(name) + " holds values of type "
                    + column.example() + ", which are no numbers; write its parts to columns of their own");
        }
        return place;
    }

    private static int place(Source source, String name) {
        List<String> names = source.columns().stream().map(Column::name).toList();
        int place = names.indexOf(name);
        if (place < 0) {
            throw new TableException(source.name() + " has no column " + Quoting.show(name) + "; its columns are "
                    + Quoting.list(names));
        }
        return place;
    }

    private static String describe(List<Column> columns) {
        return Quoting.list(columns.stream()
                .map(column -> column.name() + " ("
                        + switch (column.kind()) {
                            case NUMBER -> "numbers";
                            case TEXT -> "text";
                            case NESTED -> column.example();
                            case UNNAMED -> "without a name";
                        }
                        + ")")
                .toList());
    }

    /** A choice applied to a table. */
    static final class Chosen {
        /** The names of the data columns, d of them. */
        final List<String> names;
        /** What to read: the data columns and then the weights as numbers, the labels as text. */
        final Projection projection;

        final Optional<String> weights;
        final Optional<String> labels;
        final MissingLabel missingLabel;
        final List<Column> leftOut;

        Chosen(
                List<String> names,
                Projection projection,
                Optional<String> weights,
                Optional<String> labels,
                MissingLabel missingLabel,
                List<Column> leftOut) {
            this.names = names;
            this.projection = projection;
            this.weights = weights;
            this.labels = labels;
            this.missingLabel = missingLabel;
            this.leftOut = List.copyOf(leftOut);
        }
    }
}
