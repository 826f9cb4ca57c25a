package org.mixtura.simd;

import org.mixtura.kernel.Moments;
import org.mixtura.kernel.QuadraticForms;

/** Adds the responsibility-weighted moments of a tile about the centres; one kind for each way to lay out the work. */
interface MomentSums {
    /** Up to this many columns, sums over lanes of points are cheaper than turning the rows back. */
    int FEW_COLUMNS = 24;

    /**
     * The fastest sums for some moments.
     *
     * @param moments moments of the kind that will be added to
     * @param forms the forms that score the rows
     * @return sums, for one thread
     */
    static MomentSums of(Moments moments, QuadraticForms forms) {
        MomentSums about = aboutEachCentre(moments);
        return FeatureSums.pays(moments, forms) ? new FeatureSums(moments, CommonCentre.of(forms), about) : about;
    }

    private static MomentSums aboutEachCentre(Moments moments) {
        boolean full = moments.scatter() == Moments.Scatter.FULL;
        return full && moments.dimension() <= 2 ? new TwoColumnSums(moments) : byComponents(moments);
    }

    /**
     * The fastest sums that take one component after the other.
     *
     * @param moments moments of the kind that will be added to
     * @return sums, for one thread
     */
    static ComponentSums byComponents(Moments moments) {
        if (moments.scatter() == Moments.Scatter.DIAGONAL) {
            return new DiagonalSums(moments);
        }
        return moments.dimension() <= FEW_COLUMNS ? new LaneProducts(moments) : new OuterProducts(moments);
    }

    /**
     * Adds the weights, first and second moments of a tile; some of them may wait for {@link #flush}.
     *
     * @param tile the rows
     * @param exponentials e_k, K × {@link Tile#STRIDE}; may become w r_k
     * @param scale what makes w r_k of e_k, one value per row
     * @param into moments about the same centres
     */
    void add(Tile tile, double[] exponentials, double[] scale, Moments into);

    /**
     * Adds what waits from the tiles so far.
     *
     * @param into the moments that they were added to
     */
    default void flush(Moments into) {}
}
