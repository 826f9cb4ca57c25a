package org.mixtura.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mixtura.mixture.Mixture;
import org.mixtura.table.Column;
import org.mixtura.table.ColumnKind;
import org.mixtura.table.Table;

/**
 * Which columns of a table are those of a model: the ones of the same names. A model without names, whose columns are called
 * x0, x1, … as in a file from another program, takes the columns of numbers in their order.
 */
final class ModelColumns {
    private ModelColumns() {}

    /**
     * The names of the columns to read, in the order of the model's.
     *
     * @param wanted the columns that the user asked for, if any
     * @param apart columns that are not data, such as weights
     * @throws IllegalArgumentException if the columns do not fit the model
     */
    static List<String> in(Table table, Mixture mixture, Optional<List<String>> wanted, List<String> apart) {
        List<String> own = mixture.columns();
        if (wanted.isPresent() && new HashSet<>(wanted.get()).equals(new HashSet<>(own))) {
            return own;
        }
        boolean named = !own.equals(
                IntStream.range(0, own.size()).mapToObj(j -> "x" + j).toList());
        List<String> names = table.schema().stream().map(Column::name).toList();
        if (wanted.isEmpty() && (named || names.containsAll(own))) {
            return own;
        }
        List<String> found = wanted.orElseGet(() -> table.schema().stream()
                .filter(column -> column.kind() == ColumnKind.NUMBER && !apart.contains(column.name()))
                .map(Column::name)
                .toList());
        if (named || found.size() != own.size()) {
            throw new IllegalArgumentException("the model is of " + Digits.count(own.size(), "column") + " ("
                    + String.join(", ", own) + "), the data of " + Summary.name(table.files()) + " are "
                    + Digits.count(found.size(), "column") + " (" + String.join(", ", found)
                    + "); name the model's with --columns");
        }
        return found;
    }
}
