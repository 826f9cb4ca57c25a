package org.mixtura.simd;

import static org.mixtura.simd.Lanes.DOUBLES;
import static org.mixtura.simd.Lanes.WIDTH;

import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/** Lanes at a distance of a power of two: which of them are the second of a pair, and the shuffles that swap pairs. */
final class LaneSwaps {
    static final VectorMask<Double> ODD1 = odd(1);
    static final VectorMask<Double> ODD2 = odd(2);
    static final VectorMask<Double> ODD4 = odd(4);
    static final VectorShuffle<Double> SWAP1 = swap(1);
    static final VectorShuffle<Double> SWAP2 = swap(2);
    static final VectorShuffle<Double> SWAP4 = swap(4);

    private LaneSwaps() {}

    /** {@return the lanes i with i & distance ≠ 0} */
    static VectorMask<Double> odd(int distance) {
        boolean[] bits = new boolean[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            bits[i] = (i & distance) != 0;
        }
        return VectorMask.fromArray(DOUBLES, bits, 0);
    }

    /** {@return lane i from lane i ^ distance} */
    static VectorShuffle<Double> swap(int distance) {
        return VectorShuffle.fromOp(DOUBLES, i -> (i ^ distance) & (WIDTH - 1));
    }
}
