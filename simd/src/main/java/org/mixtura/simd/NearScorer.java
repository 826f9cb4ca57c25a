package org.mixtura.simd;

import static org.mixtura.simd.Lanes.DOUBLES;
import static org.mixtura.simd.Lanes.WIDTH;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import org.mixtura.kernel.Nearness;
import org.mixtura.kernel.QuadraticForms;

/**
 * Scores of a tile under the components that may matter to one of its rows, and which these are: those whose scores may be largest
 * first, then the others for as long as their upper bounds are not out of the question next to the largest scores found.
 */
final class NearScorer {
    /** Components whose bounds are less than this below the highest that is left are scored together, nats. */
    private static final double STEP = 12;

    private final ComponentScorer scorer;
    private final int components;
    private final double cut;
    /** Of each component an upper bound of its scores; NaN once it is scored. */
    private final double[] most;

    private final int[] listed;
    private final double[] lanes = new double[WIDTH];
    private int count;

    NearScorer(QuadraticForms forms) {
        this.scorer = Scorer.byComponents(forms);
        this.components = forms.components();
        this.cut = Nearness.cut(components);
        this.most = new double[components];
        this.listed = new int[components];
    }

    /** {@return the components that the last tile was scored under, ascending} */
    int[] listed() {
        return listed;
    }

    /** {@return how many components the last tile was scored under} */
    int count() {
        return count;
    }

    /**
     * Scores a tile.
     *
     * @param tile the rows
     * @param near what is known of the chunk's rows
     * @param number the number of the tile within the chunk
     * @param scores receives s_k of the components that are listed
     * @param largest receives the largest score of each row; −∞ if none is a number above it
     */
    void score(Tile tile, Nearness.Chunk near, int number, double[] scores, double[] largest) {
        Arrays.fill(largest, 0, tile.padded(), Double.NEGATIVE_INFINITY);
        near.bound(number, most);
        double least = Double.NEGATIVE_INFINITY;
        for (double top = highest(); top >= least - cut; top = highest()) {
            double from = Math.max(top - STEP, least - cut);
            for (int k = 0; k < components; k++) {
                if (most[k] >= from) {
                    score(k, tile, near, number, scores, largest);
                }
            }
            least = least(largest, tile.count());
        }
        count = 0;
        for (int k = 0; k < components; k++) {
            if (Double.isNaN(most[k])) {
                listed[count++] = k;
            }
        }
        near.scoredUnder(count);
    }

    private void score(int k, Tile tile, Nearness.Chunk near, int number, double[] scores, double[] largest) {
        int at = k * Tile.STRIDE;
        scorer.score(k, scorer.constant(k), tile, scores, at, largest);
        near.saw(number, k, largest(scores, at, tile.padded()));
        most[k] = Double.NaN;
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

    /** The largest score of a tile under a component; NaN if one is. */
    private double largest(double[] scores, int at, int points) {
        largest(scores, at, points, lanes);
        double largest = Double.NEGATIVE_INFINITY;
        for (double lane : lanes) {
            largest = Math.max(largest, lane);
        }
        return largest;
    }

    private static void largest(double[] scores, int at, int points, double[] lanes) {
        DoubleVector even = DoubleVector.broadcast(DOUBLES, Double.NEGATIVE_INFINITY);
        DoubleVector odd = even;
        for (int i = at; i < at + points; i += 2 * WIDTH) {
            even = even.max(DoubleVector.fromArray(DOUBLES, scores, i));
            odd = odd.max(DoubleVector.fromArray(DOUBLES, scores, i + WIDTH));
        }
        even.max(odd).intoArray(lanes, 0);
    }
}
