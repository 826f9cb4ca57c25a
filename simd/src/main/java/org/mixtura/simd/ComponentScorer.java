package org.mixtura.simd;

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

    /** c_k. */
    final double constant(int component) {
        return constants[component];
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
        DoubleVector before = DoubleVector.fromArray(Lanes.DOUBLES, largest, i);
        before.blend(score, score.compare(VectorOperators.GT, before)).intoArray(largest, i);
    }
}
