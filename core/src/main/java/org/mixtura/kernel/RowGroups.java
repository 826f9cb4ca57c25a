package org.mixtura.kernel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a block by something that sets them apart, in the order in which it first comes.
 *
 * @param <K> what sets rows apart
 */
final class RowGroups<K> {
    private final int[] plain;
    private final Map<K, int[]> groups;

    private RowGroups(int[] plain, Map<K, int[]> groups) {
        this.plain = plain;
        this.groups = groups;
    }

    /**
     * Groups rows.
     *
     * @param count how many rows
     * @param mark what sets a row apart; null if nothing does
     */
    static <K> RowGroups<K> of(int count, IntFunction<@Nullable K> mark) {
        Places plain = new Places();
        Map<K, Places> groups = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            K key = mark.apply(i);
            if (key == null) {
                plain.add(i);
            } else {
                groups.computeIfAbsent(key, k -> new Places()).add(i);
            }
        }
        Map<K, int[]> places = new LinkedHashMap<>();
        groups.forEach((key, rows) -> places.put(key, rows.toArray()));
        return new RowGroups<>(plain.toArray(), places);
    }

    /** Whether nothing sets any row apart. */
    boolean none() {
        return groups.isEmpty();
    }

    /** The rows that nothing sets apart. */
    int[] plain() {
        return plain;
    }

    /** The rows of each group. */
    Map<K, int[]> groups() {
        return groups;
    }
}
