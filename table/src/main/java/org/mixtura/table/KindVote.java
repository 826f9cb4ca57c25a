package org.mixtura.table;

import java.util.regex.Pattern;

/** Judges from some cells of a column what it holds: the rule of {@link ColumnKind}. */
final class KindVote {
    private static final Pattern DIGIT_GROUPS = Pattern.compile("[-+]?\\d{1,3}([.,' ]\\d{3})+([.,]\\d+)?");

    private final String place;
    private final char decimal;
    private final CellText cell;
    private final CellText otherDecimal;
    private int numbers;
    private int others;
    private int numbersWithOtherDecimal;
    private int digitGroups;
    private String example = "";

    /** A vote on a column of a place, such as a file. */
    KindVote(String place, TableOptions options) {
        this.place = place;
        this.decimal = options.decimal();
        this.cell = new CellText(options);
        this.otherDecimal = new CellText(rivalOf(decimal), options);
    }

    private static char rivalOf(char decimal) {
        return decimal == '.' ? ',' : '.';
    }

    /** The first text that was no number; empty if there was none. */
    String example() {
        return example;
    }

    /** Counts the vote of a cell. */
    void add(String text) {
        switch (cell.read(text)) {
            case NUMBER -> numbers++;
            case MISSING -> {}
            case OTHER -> {
                if (others++ == 0) {
                    example = text;
                }
                if (DIGIT_GROUPS.matcher(text).matches()) {
                    digitGroups++;
                } else if (otherDecimal.read(text) == CellText.Kind.NUMBER) {
                    numbersWithOtherDecimal++;
                }
            }
        }
    }

    /**
     * The column, under a name.
     *
     * @throws TableException if most cells would be numbers with another decimal mark or without digit groups: to take them for
     *     text would be of no use to anyone
     */
    Column decide(String name) {
        if (numbers >= others) {
            return new Column(name, ColumnKind.NUMBER, "");
        }
        String start = place + ", column " + Quoting.show(name) + " holds " + Quoting.show(example);
        if (2 * numbersWithOtherDecimal > others) {
            throw new TableException(start + ": a number with a decimal " + markName(rivalOf(decimal))
                    + "? then say --decimal " + rivalOf(decimal));
        }
        if (2 * (digitGroups + numbersWithOtherDecimal) > others) {
            throw new TableException(
                    start + ": digits in groups are not read; remove the separators between the thousands"
                            + (example.indexOf(rivalOf(decimal)) < 0
                                    ? ""
                                    : ", or if it is a decimal " + markName(rivalOf(decimal)) + " say --decimal "
                                            + rivalOf(decimal)));
        }
        return new Column(name, ColumnKind.TEXT, example);
    }

    private static String markName(char mark) {
        return mark == '.' ? "point" : "comma";
    }
}
