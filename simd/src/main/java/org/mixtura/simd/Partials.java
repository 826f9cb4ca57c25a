package org.mixtura.simd;

import static org.mixtura.simd.Lanes.WIDTH;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Vectors of partial sums, one sum per lane, for each component. They wait from tile to tile, and their lanes are added up
 * once at the end, as long as those of all components fit into a part of the second-level cache; if not, after each tile.
 */
final class Partials {
    /** The most bytes that may wait: half of a second-level cache. */
    private static final long MOST_BYTES = 1 << 19;

    private final int components;
    private final int vectors;
    private final boolean kept;

    /** For each component as many vectors as were asked for, filled up to a multiple of the width. */
    final double[] values;

    Partials(int components, int vectors) {
        this.components = components;
        this.vectors = Lanes.padded(vectors);
        this.kept = (long) components * this.vectors * WIDTH * Double.BYTES <= MOST_BYTES;
        this.values = new double[(kept ? components : 1) * this.vectors * WIDTH];
    }

    /** {@return whether the sums wait for the last tile} */
    boolean areKept() {
        return kept;
    }

    /** Calls with each component whose sums wait for the last tile: all of them or none. */
    void eachKept(IntConsumer action) {
        for (int k = 0; kept && k < components; k++) {
            action.accept(k);
        }
    }

    /** {@return where the first vector of a component stands in {@link #values}} */
    int start(int component) {
        return kept ? component * vectors * WIDTH : 0;
    }

    /** Adds up the lanes of a component's vectors; returns where the sums stand, until {@link #clear}. */
    int sum(int component) {
        int at = start(component);
        LaneSums.sum(values, at, vectors);
        return at;
    }

    /** Makes a component's vectors zero. */
    void clear(int component) {
        int at = start(component);
        Arrays.fill(values, at, at + vectors * WIDTH, 0);
    }
}
