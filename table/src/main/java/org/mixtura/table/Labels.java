package org.mixtura.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A column read as labels: each distinct text is a number, counted from 0 in the order in which the texts first appear.
 * Blanks around a text do not count.
 */
public final class Labels {
    private final int[] codes;
    private final List<String> names;

    private Labels(int[] codes, List<String> names) {
        this.codes = codes;
        this.names = names;
    }

    /** Labels that were gathered before. */
    static Labels of(int[] codes, List<String> names) {
        return new Labels(codes, List.copyOf(names));
    }

    /** {@return the label of each row, n numbers from 0} */
    public int[] codes() {
        return codes.clone();
    }

    /** {@return the distinct texts, the one with number 0 first} */
    public List<String> names() {
        return names;
    }

    /** Gathers labels row by row. */
    static final class Gathering {
        private final Map<String, Integer> numbers = new HashMap<>();
        private final List<String> names = new ArrayList<>();
        private int[] codes = new int[1024];
        private int count;

        void add(String text) {
            if (count == codes.length) {
                codes = Arrays.copyOf(codes, Math.multiplyExact(count, 2));
            }
            Integer known = numbers.get(text);
            if (known == null) {
                known = names.size();
                numbers.put(text, known);
                names.add(text);
            }
            codes[count++] = known;
        }

        Labels finish() {
            return of(Arrays.copyOf(codes, count), names);
        }
    }
}
