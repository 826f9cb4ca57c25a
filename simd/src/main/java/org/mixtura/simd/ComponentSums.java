package org.mixtura.simd;

import static org.mixtura.simd.Lanes.DOUBLES;
import static org.mixtura.simd.Lanes.WIDTH;

import jdk.incubator.vector.DoubleVector;
import org.mixtura.kernel.Moments;

/** Moments taken component by component, from weighted responsibilities computed first. */
abstract class ComponentSums implements MomentSums {
    private final double[] lanes = new double[WIDTH];

    /** Readies a tile, before its components. */
    void take(Tile tile) {}

    /**
     * Adds the first and second moments of a tile for one component.
     *
     * @param component k
     * @param tile the rows
     * @param weighted w r_k of each row at {@code at}
     * @param at where the component's start
     * @param into moments about the same centres
     */
    abstract void add(int component, Tile tile, double[] weighted, int at, Moments into);

    @Override
    public final void add(Tile tile, double[] exponentials, double[] scale, Moments into) {
        take(tile);
        for (int k = 0; k < into.components(); k++) {
            addOne(k, tile, exponentials, scale, into);
        }
    }

    /** The same for some components alone, ascending; the others' exponentials are not looked at. */
    final void add(Tile tile, int[] some, int count, double[] exponentials, double[] scale, Moments into) {
        take(tile);
        for (int i = 0; i < count; i++) {
            addOne(some[i], tile, exponentials, scale, into);
        }
    }

    private void addOne(int k, Tile tile, double[] exponentials, double[] scale, Moments into) {
        int at = k * Tile.STRIDE;
        double weight = weigh(exponentials, at, scale, tile.padded(), lanes);
        if (weight > 0) {
            into.weights()[k] += weight;
            add(k, tile, exponentials, at, into);
        }
    }

    /**
     * Turns the exponentials of one component into weighted responsibilities.
     *
     * @param e e_k of each row at {@code at}, changed in place
     * @param at where the component's start
     * @param scale what makes w r_k of e_k, one value per row
     * @param points the padded number of rows
     * @param lanes room for a vector
     * @return their sum
     */
    static double weigh(double[] e, int at, double[] scale, int points, double[] lanes) {
        weighInto(lanes, e, at, scale, points);
        double weight = 0;
        for (double lane : lanes) {
            weight += lane;
        }
        return weight;
    }

    private static void weighInto(double[] lanes, double[] e, int at, double[] scale, int points) {
        DoubleVector even = DoubleVector.zero(DOUBLES);
        DoubleVector odd = DoubleVector.zero(DOUBLES);
        for (int i = 0; i < points; i += 2 * WIDTH) {
            DoubleVector e0 = DoubleVector.fromArray(DOUBLES, e, at + i);
            DoubleVector e1 = DoubleVector.fromArray(DOUBLES, e, at + i + WIDTH);
            DoubleVector w0 = e0.mul(DoubleVector.fromArray(DOUBLES, scale, i));
            DoubleVector w1 = e1.mul(DoubleVector.fromArray(DOUBLES, scale, i + WIDTH));
            w0.intoArray(e, at + i);
            w1.intoArray(e, at + i + WIDTH);
            even = even.add(w0);
            odd = odd.add(w1);
        }
        even.add(odd).intoArray(lanes, 0);
    }
}
