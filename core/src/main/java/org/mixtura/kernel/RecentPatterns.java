package org.mixtura.kernel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What was prepared for patterns of rows, such as the columns that they miss, kept while there is room: each is made when first
 * asked for, and those not asked for longest are forgotten. For one thread.
 *
 * @param <K> a pattern
 * @param <T> what is prepared
 */
public final class RecentPatterns<K, T> {
    /** Numbers that may be kept: 32 MB. */
    private static final long ROOM = 1L << 22;

    private static final int LEAST = 16;

    private final Map<K, T> kept;
    private final Function<K, T> prepare;

    /**
     * Nothing prepared yet.
     *
     * @param size how many numbers one of them takes, about
     * @param prepare makes it from the pattern
     */
    public RecentPatterns(long size, Function<K, T> prepare) {
        int most = (int) Math.max(LEAST, ROOM / size);
        this.prepare = prepare;
        this.kept = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, T> eldest) {
                return size() > most;
            }
        };
    }

    /**
     * Nothing prepared yet, of which each will be forms of about the size of others, and a worker for them.
     *
     * @param forms the others
     * @param prepare makes it from the pattern
     */
    static <K, T> RecentPatterns<K, T> like(QuadraticForms forms, Function<K, T> prepare) {
        return new RecentPatterns<>(
                forms.components() * (2L * forms.dimension() + 128) * (forms.dimension() + 8L), prepare);
    }

    /**
     * What is prepared for a pattern.
     *
     * @param pattern the pattern; not to be changed afterwards
     * @return the same as if it were made now
     */
    public T get(K pattern) {
        return kept.computeIfAbsent(pattern, prepare);
    }
}
