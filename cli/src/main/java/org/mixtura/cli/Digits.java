package org.mixtura.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers as people read them: rounded to what matters, without an exponent where it can be helped.
 *
 * <p>By hand and not by {@link String#format}, which costs a start-up a fiftieth of a second.
 */
final class Digits {
    /** Decimal exponents between which numbers are written without one. */
    private static final int SMALLEST_PLAIN = -5;

    private static final int LARGEST_PLAIN = 15;
    /** The digits that a double holds. */
    private static final int DOUBLE_DIGITS = 17;

    private Digits() {}

    /** A number of rows, bytes or the like, with commas between groups of three digits. */
    static String count(long count) {
        StringBuilder text = new StringBuilder(Long.toString(count));
        int first = count < 0 ? 1 : 0;
        for (int at = text.length() - 3; at > first; at -= 3) {
            text.insert(at, ',');
        }
        return text.toString();
    }

    /** A count with its noun, "1 row" or "2 rows". */
    static String count(long count, String noun) {
        return count(count) + " " + noun + (count == 1 ? "" : "s");
    }

    /** A number with some significant digits, zeros at the end kept. */
    static String significant(double x, int digits) {
        if (x == 0 || !Double.isFinite(x)) {
            return special(x);
        }
        BigDecimal rounded = new BigDecimal(x).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        int exponent = exponent(rounded);
        if (exponent < SMALLEST_PLAIN || exponent >= LARGEST_PLAIN) {
            return scientific(rounded, digits - 1);
        }
        return rounded.setScale(Math.max(0, digits - 1 - exponent), RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    /** A number with some digits behind the point; with an exponent and seven digits if it is very large. */
    static String decimals(double x, int decimals) {
        if (!Double.isFinite(x)) {
            return special(x);
        }
        BigDecimal exact = new BigDecimal(x);
        if (Math.abs(x) >= 1e15) {
            return scientific(exact, 6);
        }
        return exact.setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
    }

    /** A mixture's weight: four decimals, or two significant digits where these would show nothing. */
    static String weight(double weight) {
        return weight > 0 && weight < 0.0005 ? significant(weight, 2) : decimals(weight, 4);
    }

    /** The shortest decimal that reads back as the same double, without a needless fraction or exponent. */
    static String exact(double x) {
        if (x == 0 || !Double.isFinite(x)) {
            return special(x);
        }
        BigDecimal shortest = new BigDecimal(Double.toString(x)).stripTrailingZeros();
        int exponent = exponent(shortest);
        if (exponent < SMALLEST_PLAIN || exponent >= LARGEST_PLAIN) {
            return scientific(shortest, shortest.precision() - 1);
        }
        return shortest.toPlainString();
    }

    /**
     * A mean and a standard deviation, "4.29 ± 0.41": the deviation to two significant digits, the mean to the same place.
     */
    static String meanAndDeviation(double mean, double deviation) {
        if (!Double.isFinite(mean) || !(deviation > 0 && deviation < Double.POSITIVE_INFINITY)) {
            return significant(mean, 4) + " ± " + significant(deviation, 2);
        }
        BigDecimal sd = new BigDecimal(deviation).round(new MathContext(2, RoundingMode.HALF_EVEN));
        int last = exponent(sd) - 1;
        BigDecimal centre = new BigDecimal(mean);
        int top = mean == 0 ? exponent(sd) : Math.max(exponent(centre), exponent(sd));
        if (last >= SMALLEST_PLAIN - 1 && top < LARGEST_PLAIN) {
            int places = Math.max(0, -last);
            return centre.setScale(places, RoundingMode.HALF_EVEN).toPlainString() + " ± "
                    + new BigDecimal(deviation)
                            .setScale(places, RoundingMode.HALF_EVEN)
                            .toPlainString();
        }
        int digits = exponent(centre) - last + 1;
        // A mean that is nothing next to the deviation, or is zero, whose exponent says nothing.
        String shown = mean == 0 || digits < 1 ? "0" : scientific(centre, Math.min(DOUBLE_DIGITS, digits) - 1);
        return shown + " ± " + scientific(sd, 1);
    }

    /** A number with its error, "1.41894 ± 0.00031"; a number that is known to rounding with all its digits. */
    static String withError(double value, double error) {
        return error > 0 && error > 1e-12 * Math.abs(value) ? meanAndDeviation(value, error) : significant(value, 10);
    }

    /** A time: "0.21 s", "3 min 20 s". */
    static String seconds(double seconds) {
        if (seconds < 10) {
            return decimals(seconds, 2) + " s";
        }
        if (seconds < 100) {
            return decimals(seconds, 1) + " s";
        }
        long whole = Math.round(seconds);
        return whole < 3600
                ? whole / 60 + " min " + whole % 60 + " s"
                : whole / 3600 + " h " + whole / 60 % 60 + " min";
    }

    private static String special(double x) {
        if (x == 0) {
            return "0";
        }
        return Double.isNaN(x) ? "NaN" : x > 0 ? "∞" : "-∞";
    }

    /** The place of the first digit: 0 for 1…9.99, −1 for 0.1…0.99. */
    private static int exponent(BigDecimal x) {
        return x.precision() - x.scale() - 1;
    }

    private static String scientific(BigDecimal x, int decimals) {
        BigDecimal rounded = x.round(new MathContext(decimals + 1, RoundingMode.HALF_EVEN));
        int exponent = exponent(rounded);
        return rounded.movePointLeft(exponent)
                        .setScale(decimals, RoundingMode.UNNECESSARY)
                        .toPlainString()
                + "e" + exponent;
    }
}
