package org.mixtura.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mixtura.fit.PartialLabel;
import org.mixtura.fit.PartialLabels;
import org.mixtura.table.Labels;

/** What is known of the components of rows: from a column of the table, and as people read it later. */
final class KnownClasses {
    /** Where a fit's options, and with them its model file, name the classes. */
    private static final String KEY = "classes";

    private KnownClasses() {}

    /**
     * The labels in a column.
     *
     * @throws IllegalArgumentException if a text is no label; the message names its row
     */
    static PartialLabels of(Labels column, String name) {
        int[] codes = column.codes();
        List<PartialLabel> labels = new ArrayList<>();
        for (String text : column.names()) {
            try {
                labels.add(PartialLabel.parse(text));
            } catch (IllegalArgumentException e) {
                int code = labels.size();
                int row = IntStream.range(0, codes.length)
                        .filter(i -> codes[i] == code)
                        .findFirst()
                        .orElseThrow();
                throw new IllegalArgumentException("row " + row + ", column \"" + name + "\": " + e.getMessage(), e);
            }
        }
        return PartialLabels.of(codes, labels);
    }

    /** A line that says which component each class is, if options name any; else none. */
    static List<String> lines(Map<String, String> options) {
        String names = options.get(KEY);
        if (names == null) {
            return List.of();
        }
        String[] classes = names.split("\\|", -1);
        return List.of("  classes: "
                + IntStream.range(0, classes.length)
                        .mapToObj(k -> "label " + k + " is " + classes[k])
                        .collect(Collectors.joining(", ")));
    }
}
