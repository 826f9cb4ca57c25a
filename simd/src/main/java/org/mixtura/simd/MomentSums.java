package org.mixtura.simd;

import static org.mixtura.simd.Lanes.DOUBLES;
import static org.mixtura.simd.Lanes.WIDTH;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import org.mixtura.kernel.Moments;

/** Adds the responsibility-weighted moments of a tile about the centres; one kind for each way to lay out the work. */
abstract class MomentSums {
    /** As in the plain kernels: what is so small that no double could hold it next to another row's share is nothing. */
    private static final double NEGLIGIBLE = Moments.NEGLIGIBLE;

    /** Up to this many columns, sums over lanes of points are cheaper than turning the rows back. */
    private static final int FEW_COLUMNS = 20;

    private final double[] lanes = new double[WIDTH];

    /**
     * The fastest sums for some moments.
     *
     * @param moments moments of the kind that will be added to
     * @return sums, for one thread
     */
    static MomentSums of(Moments moments) {
        if (moments.scatter() == Moments.Scatter.DIAGONAL) {
            return new DiagonalSums(moments);
        }
        return moments.dimension() <= FEW_COLUMNS ? new LaneProducts(moments) : new OuterProducts(moments);
    }

    /** Readies a tile, before its components. */
    void take(Tile tile) {}

    /**
     * Adds the first and second moments of a tile for one component.
     *
     * @param component k
     * @param tile the rows
     * @param weighted w r_k of each row at {@code at}, 0 where negligible
     * @param at where the component's start
     * @param into moments about the same centres
     */
    abstract void add(int component, Tile tile, double[] weighted, int at, Moments into);

    /**
     * Adds the weights, first and second moments of a tile.
     *
     * @param tile the rows
     * @param exponentials e_k, K × {@link Tile#STRIDE}; becomes w r_k
     * @param scale what makes w r_k of e_k, one value per row
     * @param into moments about the same centres
     */
    final void add(Tile tile, double[] exponentials, double[] scale, Moments into) {
        take(tile);
        double[] weights = into.weights();
        for (int k = 0; k < weights.length; k++) {
            int at = k * Tile.STRIDE;
            weigh(exponentials, at, scale, tile.padded(), lanes);
            double weight = 0;
            for (double lane : lanes) {
                weight += lane;
            }
            if (weight > 0) {
                weights[k] += weight;
                add(k, tile, exponentials, at, into);
            }
        }
    }

    private static void weigh(double[] e, int at, double[] scale, int points, double[] lanes) {
        DoubleVector total = DoubleVector.zero(DOUBLES);
        for (int i = 0; i < points; i += WIDTH) {
            DoubleVector share = DoubleVector.fromArray(DOUBLES, e, at + i);
            DoubleVector weighted = share.mul(DoubleVector.fromArray(DOUBLES, scale, i))
                    .blend(0, share.compare(VectorOperators.LE, NEGLIGIBLE));
            weighted.intoArray(e, at + i);
            total = total.add(weighted);
        }
        total.intoArray(lanes, 0);
    }
}
