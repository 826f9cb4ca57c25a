package org.mixtura.simd;

import static org.mixtura.simd.LaneSwaps.ODD1;
import static org.mixtura.simd.LaneSwaps.ODD2;
import static org.mixtura.simd.LaneSwaps.ODD4;
import static org.mixtura.simd.LaneSwaps.SWAP1;
import static org.mixtura.simd.LaneSwaps.SWAP2;
import static org.mixtura.simd.LaneSwaps.SWAP4;
import static org.mixtura.simd.Lanes.DOUBLES;
import static org.mixtura.simd.Lanes.WIDTH;
import static org.mixtura.simd.Tile.STRIDE;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Turns rows that follow one another into columns, less an origin, whole vectors of them at a time. What is left over at the end of
 * the rows is the caller's.
 */
final class RowTurn {
    /** The rows and columns of a square, which is turned in vectors as wide. */
    static final int SQUARE = 8;

    /** Every other lane, then those between. */
    private static final VectorShuffle<Double> PARTED =
            VectorShuffle.fromOp(DOUBLES, i -> i < (WIDTH + 1) / 2 ? 2 * i : 2 * (i - (WIDTH + 1) / 2) + 1);

    private static final VectorShuffle<Double> SWAP_HALVES = LaneSwaps.swap(WIDTH / 2);
    private static final VectorMask<Double> UPPER_HALF = LaneSwaps.odd(WIDTH / 2);

    private RowTurn() {}

    /**
     * Turns rows of two columns.
     *
     * @param values the rows, one after the other
     * @param from where the first one starts
     * @param rows how many, a multiple of the width
     * @param origin what is subtracted from each
     * @param columns receives the columns, {@link Tile#STRIDE} apart
     */
    static void pairs(double[] values, int from, int rows, double[] origin, double[] columns) {
        DoubleVector o0 = DoubleVector.broadcast(DOUBLES, origin[0]);
        DoubleVector o1 = DoubleVector.broadcast(DOUBLES, origin[1]);
        for (int i = 0; i < rows; i += WIDTH) {
            DoubleVector a =
                    DoubleVector.fromArray(DOUBLES, values, from + 2 * i).rearrange(PARTED);
            DoubleVector b = DoubleVector.fromArray(DOUBLES, values, from + 2 * i + WIDTH)
                    .rearrange(PARTED);
            a.blend(b.rearrange(SWAP_HALVES), UPPER_HALF).sub(o0).intoArray(columns, i);
            a.rearrange(SWAP_HALVES).blend(b, UPPER_HALF).sub(o1).intoArray(columns, STRIDE + i);
        }
    }

    /**
     * Turns up to eight columns, in vectors of eight doubles. A square is turned in three steps: at distance 1, 2 and 4 the odd
     * elements of one row change places with the even elements of another.
     *
     * @param values the rows, one after the other; as many values as a vector has are read from the first column of each
     * @param from where the first of the columns stands in the first row
     * @param d from one row to the next
     * @param rows how many, a multiple of eight
     * @param origin what is subtracted from each row, from its first column on as long as a vector
     * @param column the first of the columns
     * @param wanted how many columns, three to eight
     * @param columns receives the columns, {@link Tile#STRIDE} apart
     */
    static void square(
            double[] values, int from, int d, int rows, double[] origin, int column, int wanted, double[] columns) {
        DoubleVector o = DoubleVector.fromArray(DOUBLES, origin, column);
        int at = column * STRIDE;
        for (int i = 0; i < rows; i += SQUARE) {
            int row = from + i * d;
            DoubleVector a0 = DoubleVector.fromArray(DOUBLES, values, row).sub(o);
            DoubleVector a1 = DoubleVector.fromArray(DOUBLES, values, row + d).sub(o);
            DoubleVector a2 =
                    DoubleVector.fromArray(DOUBLES, values, row + 2 * d).sub(o);
            DoubleVector a3 =
                    DoubleVector.fromArray(DOUBLES, values, row + 3 * d).sub(o);
            DoubleVector a4 =
                    DoubleVector.fromArray(DOUBLES, values, row + 4 * d).sub(o);
            DoubleVector a5 =
                    DoubleVector.fromArray(DOUBLES, values, row + 5 * d).sub(o);
            DoubleVector a6 =
                    DoubleVector.fromArray(DOUBLES, values, row + 6 * d).sub(o);
            DoubleVector a7 =
                    DoubleVector.fromArray(DOUBLES, values, row + 7 * d).sub(o);
            DoubleVector b0 = a0.blend(a1.rearrange(SWAP1), ODD1);
            DoubleVector b1 = a0.rearrange(SWAP1).blend(a1, ODD1);
            DoubleVector b2 = a2.blend(a3.rearrange(SWAP1), ODD1);
            DoubleVector b3 = a2.rearrange(SWAP1).blend(a3, ODD1);
            DoubleVector b4 = a4.blend(a5.rearrange(SWAP1), ODD1);
            DoubleVector b5 = a4.rearrange(SWAP1).blend(a5, ODD1);
            DoubleVector b6 = a6.blend(a7.rearrange(SWAP1), ODD1);
            DoubleVector b7 = a6.rearrange(SWAP1).blend(a7, ODD1);
            DoubleVector c0 = b0.blend(b2.rearrange(SWAP2), ODD2);
            DoubleVector c2 = b0.rearrange(SWAP2).blend(b2, ODD2);
            DoubleVector c1 = b1.blend(b3.rearrange(SWAP2), ODD2);
            DoubleVector c3 = b1.rearrange(SWAP2).blend(b3, ODD2);
            DoubleVector c4 = b4.blend(b6.rearrange(SWAP2), ODD2);
            DoubleVector c6 = b4.rearrange(SWAP2).blend(b6, ODD2);
            DoubleVector c5 = b5.blend(b7.rearrange(SWAP2), ODD2);
            DoubleVector c7 = b5.rearrange(SWAP2).blend(b7, ODD2);
            DoubleVector t0 = c0.blend(c4.rearrange(SWAP4), ODD4);
            DoubleVector t4 = c0.rearrange(SWAP4).blend(c4, ODD4);
            DoubleVector t1 = c1.blend(c5.rearrange(SWAP4), ODD4);
            DoubleVector t5 = c1.rearrange(SWAP4).blend(c5, ODD4);
            DoubleVector t2 = c2.blend(c6.rearrange(SWAP4), ODD4);
            DoubleVector t6 = c2.rearrange(SWAP4).blend(c6, ODD4);
            DoubleVector t3 = c3.blend(c7.rearrange(SWAP4), ODD4);
            DoubleVector t7 = c3.rearrange(SWAP4).blend(c7, ODD4);
            t0.intoArray(columns, at + i);
            t1.intoArray(columns, at + STRIDE + i);
            t2.intoArray(columns, at + 2 * STRIDE + i);
            if (wanted > 3) {
                t3.intoArray(columns, at + 3 * STRIDE + i);
            }
            if (wanted > 4) {
                t4.intoArray(columns, at + 4 * STRIDE + i);
            }
            if (wanted > 5) {
                t5.intoArray(columns, at + 5 * STRIDE + i);
            }
            if (wanted > 6) {
                t6.intoArray(columns, at + 6 * STRIDE + i);
            }
            if (wanted > 7) {
                t7.intoArray(columns, at + 7 * STRIDE + i);
            }
        }
    }
}
