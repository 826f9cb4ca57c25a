package org.mixtura.simd;

import static org.mixtura.simd.Lanes.DOUBLES;
import static org.mixtura.simd.Lanes.WIDTH;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import org.mixtura.kernel.QuadraticForms;

/** Scores taken component by component, about each component's own centre. */
abstract class ComponentScorer implements Scorer {
    /** m_k, each padded with zeros. */
    final double[] centres;

    /** Columns that a centre takes in {@link #centres}. */
    final int columns;

    private final double[] constants;
    private final double[] lanes = new double[WIDTH];

    ComponentScorer(QuadraticForms forms, int columns) {
        this.columns = columns;
        this.centres = paddedCentres(forms.centres(), forms.components(), forms.dimension(), columns);
        this.constants = forms.constants();
    }

    /** Centres of d columns, each filled up with zeros to some more. */
    static double[] paddedCentres(double[] centres, int components, int d, int columns) {
        double[] padded = new double[components * columns];
        for (int k = 0; k < components; k++) {
            System.arraycopy(centres, k * d, padded, k * columns, d);
        }
        return padded;
    }

    /**
     * Scores a tile under one component.
     *
     * @param component k
     * @param constant c_k
     * @param tile the rows
     * @param scores receives s_k of each row at {@code at}
     * @param at where the component's start
     * @param largest the largest score of each row so far, raised where these are larger
     */
    abstract void score(int component, double constant, Tile tile, double[] scores, int at, double[] largest);

    /**
     * Scores a tile under one component.
     *
     * @param scores receives s_k at the component's place
     * @param largest the largest score of each row so far, raised where these are larger
     * @return the largest score of any row, or of what fills the tile up; NaN if one is
     */
    final double score(int component, Tile tile, double[] scores, double[] largest) {
        int at = component * Tile.STRIDE;
        score(component, constants[component], tile, scores, at, largest);
        largestInto(lanes, scores, at, tile.padded());
        double most = Double.NEGATIVE_INFINITY;
        for (double lane : lanes) {
            most = Math.max(most, lane);
        }
        return most;
    }

    private static void largestInto(double[] lanes, double[] scores, int at, int points) {
        DoubleVector even = DoubleVector.broadcast(DOUBLES, Double.NEGATIVE_INFINITY);
        DoubleVector odd = even;
        for (int i = at; i < at + points; i += 2 * WIDTH) {
            even = even.max(DoubleVector.fromArray(DOUBLES, scores, i));
            odd = odd.max(DoubleVector.fromArray(DOUBLES, scores, i + WIDTH));
        }
        even.max(odd).intoArray(lanes, 0);
    }

    @Override
    public final void score(Tile tile, double[] scores, double[] largest) {
        Arrays.fill(largest, 0, tile.padded(), Double.NEGATIVE_INFINITY);
        for (int k = 0; k < constants.length; k++) {
            score(k, constants[k], tile, scores, k * Tile.STRIDE, largest);
        }
    }

    /**
     * Stores one vector of scores and raises the largest. A NaN raises nothing. Longer methods repeat these lines: in them the
     * compiler gives up inlining before it gets here, and a vector that crosses a call is an object.
     */
    static void finish(DoubleVector score, double[] scores, int at, double[] largest, int i) {
        score.intoArray(scores, at);
        DoubleVector before = DoubleVector.fromArray(DOUBLES, largest, i);
        before.blend(score, score.compare(VectorOperators.GT, before)).intoArray(largest, i);
    }
}
