package org.mixtura.cli;

import java.util.ArrayList;
import java.util.List;

/** Numbers of components to try: {@code 3}, {@code 1..9}, {@code 2,4,8} or a mixture of these. */
final class ComponentCounts {
    /** More candidates than anyone waits for are a slip of the finger. */
    private static final int MOST = 10_000;

    private static final String EXPECTED = "expected a number such as 3, a range such as 1..9 or a list such as 2,4,8";

    private ComponentCounts() {}

    /**
     * The numbers in their order, each once.
     *
     * @throws IllegalArgumentException if the text says no such numbers
     */
    static List<Integer> parse(String text) {
        List<Integer> counts = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            int dots = part.indexOf("..");
            int from = number(dots < 0 ? part : part.substring(0, dots));
            int to = dots < 0 ? from : number(part.substring(dots + 2));
            if (from > to) {
                throw new IllegalArgumentException(
                        "the range " + part.strip() + " goes down; write " + to + ".." + from);
            }
            if ((long) to - from >= MOST) {
                throw new IllegalArgumentException("the range " + part.strip() + " has more than " + MOST + " numbers");
            }
            for (int k = from; k <= to; k++) {
                if (!counts.contains(k)) {
                    counts.add(k);
                }
            }
        }
        return List.copyOf(counts);
    }

    private static int number(String text) {
        try {
            int number = Integer.parseInt(text.strip());
            if (number < 1) {
                throw new IllegalArgumentException("a mixture has at least 1 component");
            }
            return number;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(EXPECTED, e);
        }
    }
}
