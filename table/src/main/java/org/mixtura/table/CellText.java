package org.mixtura.table;

import java.util.Locale;
import java.util.Set;

/**
 * Says what the text of a cell is: a number, a missing value or other text.
 *
 * <p>A number is an optional sign, digits with at most one decimal mark among or beside them, and an optional exponent; or one of
 * the words nan, inf and infinity in any case. Hexadecimal numbers, digit groups such as 1_000 or 1,000 and the type letters
 * of Java are other text. Blanks around a cell do not count.
 *
 * <p>The double is the one nearest to the decimal number, ties to even, as from {@link Double#parseDouble}. If the digits make
 * a whole number below 2⁵³ and the power of ten is at most 10²² in size, both are doubles and one multiplication or division
 * rounds correctly (Clinger 1990, <a href="https://doi.org/10.1145/93542.93557">doi:10.1145/93542.93557</a>); the rest goes to
 * that method.
 *
 * <p>Confined to one thread: the outcome of the last call is read off the object.
 */
final class CellText {
    /** What a cell is. */
    enum Kind {
        NUMBER,
        MISSING,
        OTHER
    }

    private static final int MOST_DIGITS = 18;
    private static final int LARGEST_POWER = 22;
    private static final int LARGEST_EXPONENT = 100_000;
    private static final double[] POWERS = new double[LARGEST_POWER + 1];

    static {
        double power = 1;
        for (int i = 0; i <= LARGEST_POWER; i++) {
            POWERS[i] = power;
            power *= 10;
        }
    }

    private final char decimal;
    private final Set<String> missing;
    private final double[] missingNumbers;
    private double number;

    CellText(TableOptions options) {
        this(options.decimal(), options);
    }

    /** With another decimal mark than that of the options. */
    CellText(char decimal, TableOptions options) {
        this.decimal = decimal;
        this.missing = Set.copyOf(options.missingValues());
        this.missingNumbers = missing.stream()
                .mapToDouble(this::numberIn)
                .filter(number -> !Double.isNaN(number))
                .toArray();
    }

    private double numberIn(String text) {
        return isNumber(text.toCharArray(), 0, text.length()) ? number : Double.NaN;
    }

    /** The number that the last cell was; NaN if it was none. */
    double number() {
        return number;
    }

    /** Whether a text without blanks around it is one of those that mean a missing value. */
    boolean isMissing(String text) {
        return missing.contains(text) || (missingNumbers.length > 0 && read(text) == Kind.MISSING);
    }

    /** Whether a number is one that means a missing value. */
    boolean isMissing(double value) {
        for (double other : missingNumbers) {
            if (Double.compare(other, value) == 0) {
                return true;
            }
        }
        return false;
    }

    /** Reads a cell. */
    Kind read(String text) {
        return read(text.toCharArray(), 0, text.length());
    }

    /** Reads a cell, which is not changed. */
    Kind read(char[] buffer, int offset, int length) {
        int from = offset;
        int to = offset + length;
        while (from < to && buffer[from] <= ' ') {
            from++;
        }
        while (to > from && buffer[to - 1] <= ' ') {
            to--;
        }
        if (isNumber(buffer, from, to)) {
            return isMissing(number) ? noNumber(Kind.MISSING) : Kind.NUMBER;
        }
        return noNumber(missing.contains(new String(buffer, from, to - from)) ? Kind.MISSING : Kind.OTHER);
    }

    private Kind noNumber(Kind kind) {
        number = Double.NaN;
        return kind;
    }

    private boolean isNumber(char[] buffer, int from, int to) {
        int at = from;
        boolean negative = at < to && buffer[at] == '-';
        if (negative || (at < to && buffer[at] == '+')) {
            at++;
        }
        int digitsFrom = at;
        long digits = 0;
        int significant = 0;
        int point = -1;
        for (; at < to; at++) {
            int digit = buffer[at] - '0';
            if (digit >= 0 && digit <= 9) {
                digits = 10 * digits + digit;
                significant += significant > 0 || digit > 0 ? 1 : 0;
            } else if (buffer[at] == decimal && point < 0) {
                point = at;
            } else {
                break;
            }
        }
        if (at - digitsFrom - (point < 0 ? 0 : 1) == 0) {
            return isWord(buffer, digitsFrom, to, negative);
        }
        long power = point < 0 ? 0 : point + 1 - at;
        if (at < to) {
            long exponent = exponent(buffer, at, to);
            if (exponent == Long.MIN_VALUE) {
                return false;
            }
            power += exponent;
        }
        if (significant <= MOST_DIGITS && digits < 1L << 53 && Math.abs(power) <= LARGEST_POWER) {
            double value = power < 0 ? digits / POWERS[(int) -power] : digits * POWERS[(int) power];
            number = negative ? -value : value;
        } else {
            number = Double.parseDouble(new String(buffer, from, to - from).replace(decimal, '.'));
        }
        return true;
    }

    /** The exponent that starts at a place; Long.MIN_VALUE if none does or other characters follow. */
    private static long exponent(char[] buffer, int from, int to) {
        int at = from + 1;
        boolean negative = at < to && buffer[at] == '-';
        if (negative || (at < to && buffer[at] == '+')) {
            at++;
        }
        if ((buffer[from] != 'e' && buffer[from] != 'E') || at == to) {
            return Long.MIN_VALUE;
        }
        int exponent = 0;
        for (; at < to; at++) {
            int digit = buffer[at] - '0';
            if (digit < 0 || digit > 9) {
                return Long.MIN_VALUE;
            }
            exponent = Math.min(LARGEST_EXPONENT, 10 * exponent + digit);
        }
        return negative ? -exponent : exponent;
    }

    private boolean isWord(char[] buffer, int from, int to, boolean negative) {
        int length = to - from;
        if (length != 3 && length != 8) {
            return false;
        }
        switch (new String(buffer, from, length).toLowerCase(Locale.ROOT)) {
            case "nan" -> number = Double.NaN;
            case "inf", "infinity" -> number = negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            default -> {
                return false;
            }
        }
        return true;
    }
}
