package org.mixtura.table;

import java.util.List;
import java.util.stream.Collectors;

/** How names and cells appear in messages and in SQL. */
final class Quoting {
    private static final int LONGEST_SHOWN = 60;
    private static final int MOST_LISTED = 12;

    private Quoting() {}

    /** A cell or a name in quotes, on one line and cut where it is long. */
    static String show(String text) {
        StringBuilder shown = new StringBuilder("\"");
        int end = Math.min(text.length(), LONGEST_SHOWN);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            shown.append(Character.isISOControl(c) ? escape(c) : String.valueOf(c));
        }
        return shown.append(end < text.length() ? "…\"" : "\"").toString();
    }

    /** A character in quotes. */
    static String show(char c) {
        return "'" + (Character.isISOControl(c) ? escape(c) : String.valueOf(c)) + "'";
    }

    private static String escape(char c) {
        return switch (c) {
            case '\t' -> "\\t";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            default -> String.format("\\u%04x", (int) c);
        };
    }

    /** Names separated by commas, the first few of many. */
    static String list(List<String> names) {
        String listed = names.stream().limit(MOST_LISTED).collect(Collectors.joining(", "));
        return names.size() > MOST_LISTED ? listed + ", … (" + names.size() + " in all)" : listed;
    }

    /** An SQL identifier. */
    static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** An SQL string. */
    static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }

    /** "1 row", "2 rows". */
    static String count(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }
}
