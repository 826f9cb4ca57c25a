package org.mixtura.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.mixtura.data.Block;

/**
 * The rows of a block by the covariance that they have of their own: those whose is zero, points; those of which many have the same;
 * and the rest. The rows of each kind are in their order.
 */
final class AtomGroups {
    /** Rows for which it is worth to prepare forms, and kernels for these. */
    private static final int MANY = 32;

    private final int[] points;
    private final Map<Key, int[]> groups;
    private final int[] alone;

    private AtomGroups(int[] points, Map<Key, int[]> groups, int[] alone) {
        this.points = points;
        this.groups = groups;
        this.alone = alone;
    }

    /** A covariance, equal to those of the same bits. */
    static final class Key {
        private final double[] elements;
        private final int hash;

        Key(double[] elements) {
            this.elements = elements;
            this.hash = Arrays.hashCode(elements);
        }

        static Key of(Block block, int row) {
            double[] elements = new double[block.covarianceSize()];
            for (int e = 0; e < elements.length; e++) {
                // Zeros of both signs are one.
                elements[e] = block.covariance(row, e) + 0.0;
            }
            return new Key(elements);
        }

        /** The numbers; not to be changed. */
        double[] elements() {
            return elements;
        }

        private boolean isZero() {
            for (double element : elements) {
                if (element != 0) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && Arrays.equals(elements, key.elements);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    /** The groups of a block whose rows have covariances. */
    static AtomGroups of(Block block) {
        if (block.sameCovariance()) {
            int[] all = IntStream.range(0, block.count()).toArray();
            Key key = Key.of(block, 0);
            return key.isZero()
                    ? new AtomGroups(all, Map.of(), new int[0])
                    : new AtomGroups(new int[0], Map.of(key, all), new int[0]);
        }
        Places points = new Places();
        Map<Key, Places> places = new LinkedHashMap<>();
        for (int i = 0; i < block.count(); i++) {
            Key key = Key.of(block, i);
            if (key.isZero()) {
                points.add(i);
            } else {
                places.computeIfAbsent(key, k -> new Places()).add(i);
            }
        }
        Map<Key, int[]> groups = new LinkedHashMap<>();
        List<int[]> few = new ArrayList<>();
        places.forEach((key, rows) -> {
            if (rows.size() >= MANY) {
                groups.put(key, rows.toArray());
            } else {
                few.add(rows.toArray());
            }
        });
        int[] alone = few.stream().flatMapToInt(Arrays::stream).sorted().toArray();
        return new AtomGroups(points.toArray(), groups, alone);
    }

    /** The rows without a covariance of their own. */
    int[] points() {
        return points;
    }

    /** The rows of each covariance that many have. */
    Map<Key, int[]> groups() {
        return groups;
    }

    /** The others. */
    int[] alone() {
        return alone;
    }
}
