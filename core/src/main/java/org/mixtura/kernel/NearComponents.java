package org.mixtura.kernel;

import java.util.Arrays;

/**
 * Which components may matter to a tile of rows: those whose scores may be largest are scored first, then the others for as long as
 * their upper bounds ({@link Nearness}) are not out of the question next to the largest scores found.
 */
public final class NearComponents {
    /** Components whose bounds are less than this below the highest that is left are scored together, nats. */
    private static final double STEP = 12;

    private final int components;
    private final double cut;
    /** Of each component an upper bound of its scores; NaN once it is scored. */
    private final double[] most;

    private final int[] listed;
    private int count;

    /** Scores a tile under one component. */
    @FunctionalInterface
    public interface Scorer {
        /**
         * Scores the tile, and raises the largest scores of its rows.
         *
         * @param component k, from 0
         * @return the largest score of any row under the component
         */
        double score(int component);
    }

    /**
     * For tiles of rows under so many components.
     *
     * @param components K
     */
    public NearComponents(int components) {
        this.components = components;
        this.cut = Nearness.cut(components);
        this.most = new double[components];
        this.listed = new int[components];
    }

    /** {@return the components that the last tile was scored under, ascending; {@link #count} of them} */
    public int[] listed() {
        return listed;
    }

    /** {@return how many components the last tile was scored under} */
    public int count() {
        return count;
    }

    /**
     * Scores a tile under the components that may matter to any of its rows.
     *
     * @param near what is known of the chunk's rows
     * @param tile the number of the tile within the chunk
     * @param rows how many rows it has
     * @param largest receives the largest score of each row; −∞ if none is a number above it
     * @param scorer scores them
     */
    public void score(Nearness.Chunk near, int tile, int rows, double[] largest, Scorer scorer) {
        Arrays.fill(largest, Double.NEGATIVE_INFINITY);
        near.bound(tile, most);
        double least = Double.NEGATIVE_INFINITY;
        for (double top = highest(); top >= least - cut; top = highest()) {
            double from = Math.max(top - STEP, least - cut);
            for (int k = 0; k < components; k++) {
                if (most[k] >= from) {
                    near.saw(tile, k, scorer.score(k));
                    most[k] = Double.NaN;
                }
            }
            least = least(largest, rows);
        }
        count = 0;
        for (int k = 0; k < components; k++) {
            if (Double.isNaN(most[k])) {
                listed[count++] = k;
            }
        }
        near.scoredUnder(count);
    }

    /** The highest bound of a component that is not scored yet; NaN if there is none. */
    private double highest() {
        double highest = Double.NEGATIVE_INFINITY;
        boolean none = true;
        for (double bound : most) {
            if (bound >= highest) {
                highest = bound;
                none = false;
            }
        }
        return none ? Double.NaN : highest;
    }

    private static double least(double[] largest, int rows) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < rows; i++) {
            least = Math.min(least, largest[i]);
        }
        return least;
    }
}
