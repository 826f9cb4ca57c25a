package org.mixtura.spark;

import java.util.List;
import java.util.TreeSet;

/** Numbers of components: one (3), a range (1..9) or a list (2,4,8). */
final class Counts {
    private Counts() {}

    static List<Integer> parse(String text) {
        TreeSet<Integer> counts = new TreeSet<>();
        try {
            for (String part : text.split(",", -1)) {
                String[] ends = part.strip().split("\\.\\.", -1);
                int first = Integer.parseInt(ends[0]);
                int last = ends.length == 1 ? first : Integer.parseInt(ends[1]);
                if (ends.length > 2 || first < 1 || last < first) {
                    throw new NumberFormatException();
                }
                for (int k = first; k <= last; k++) {
                    counts.add(k);
                }
            }
        } catch (NumberFormatException e) {
            throw new UsageException("--components is \"" + text
                    + "\"; expected a number (3), a range (1..9) or a list (2,4,8), each at least 1");
        }
        return List.copyOf(counts);
    }
}
