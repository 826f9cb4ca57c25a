package org.mixtura.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mixtura.fit.PartialLabels;

/**
 * The classes in a column, one number from 0 for each: numbers in their order, words in that of the alphabet, so that classes
 * 0…K−1 keep their numbers.
 */
final class Classes {
    private final int[] codes;
    private final List<String> names;

    private Classes(int[] codes, List<String> names) {
        this.codes = codes;
        this.names = names;
    }

    /**
     * The classes of some rows.
     *
     * @param codes a number from 0 for each row; copied
     * @param names what the numbers stand for, in any order
     */
    static Classes of(int[] codes, List<String> names) {
        List<String> sorted = PartialLabels.inOrder(names);
        Map<String, Integer> places = new HashMap<>();
        sorted.forEach(name -> places.put(name, places.size()));
        int[] inOrder = new int[codes.length];
        for (int i = 0; i < codes.length; i++) {
            inOrder[i] = places.getOrDefault(names.get(codes[i]), 0);
        }
        return new Classes(inOrder, sorted);
    }

    /** The class of each row, from 0. */
    int[] codes() {
        return codes.clone();
    }

    /** What the classes are called. */
    List<String> names() {
        return names;
    }
}
