package org.mixtura.simd;

import static org.mixtura.simd.Lanes.DOUBLES;
import static org.mixtura.simd.Lanes.WIDTH;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Sums the lanes of many vectors at once. Of two vectors a step makes one, whose lanes are sums of two lanes, alternately of
 * the first and of the second; after log₂(width) steps, as many vectors as there are lanes have become one vector of sums,
 * in order. The order of the additions is fixed.
 */
final class LaneSums {
    private LaneSums() {}

    /**
     * Sums vectors that follow one another in an array.
     *
     * @param values holds {@code vectors} × width values; afterwards the sums stand where they did, one per vector
     * @param at where they start
     * @param vectors how many, a multiple of the width
     */
    static void sum(double[] values, int at, int vectors) {
        int left = vectors;
        if (WIDTH > 1) {
            left /= 2;
            halve(values, at, left, LaneSwaps.ODD1, LaneSwaps.SWAP1);
        }
        if (WIDTH > 2) {
            left /= 2;
            halve(values, at, left, LaneSwaps.ODD2, LaneSwaps.SWAP2);
        }
        if (WIDTH > 4) {
            left /= 2;
            halve(values, at, left, LaneSwaps.ODD4, LaneSwaps.SWAP4);
        }
        for (int distance = 8; distance < WIDTH; distance *= 2) {
            left /= 2;
            halve(values, at, left, LaneSwaps.odd(distance), LaneSwaps.swap(distance));
        }
    }

    private static void halve(double[] values, int at, int pairs, VectorMask<Double> odd, VectorShuffle<Double> swap) {
        for (int p = 0; p < pairs; p++) {
            DoubleVector a = DoubleVector.fromArray(DOUBLES, values, at + 2 * p * WIDTH);
            DoubleVector b = DoubleVector.fromArray(DOUBLES, values, at + (2 * p + 1) * WIDTH);
            a.blend(b, odd).add(b.blend(a, odd).rearrange(swap)).intoArray(values, at + p * WIDTH);
        }
    }
}
