package org.mixtura.kernel;

import java.util.Arrays;

/** A list of places of rows in a block, which grows. */
final class Places {
    private int[] places = new int[16];
    private int count;

    void add(int place) {
        if (count == places.length) {
            places = Arrays.copyOf(places, 2 * count);
        }
        places[count++] = place;
    }

    int size() {
        return count;
    }

    int[] toArray() {
        return Arrays.copyOf(places, count);
    }
}
