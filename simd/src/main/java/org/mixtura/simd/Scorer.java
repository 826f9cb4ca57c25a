package org.mixtura.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import org.mixtura.kernel.QuadraticForms;

/** Scores s_k(x) = c_k − ½ ‖A_k (x − o − m_k)‖² of a tile; one kind for each shape of the factors. */
abstract class Scorer {
    /** m_k, each centre padded with zeros to as many columns as the tile has. */
    final double[] centres;

    /** Columns of a tile: d rounded up to four. */
    final int columns;

    private final double[] constants;

    Scorer(QuadraticForms forms) {
        this.columns = (forms.dimension() + 3) / 4 * 4;
        this.centres = paddedCentres(forms.centres(), forms.components(), forms.dimension());
        this.constants = forms.constants();
    }

    /**
     * The scorer for some forms.
     *
     * @param forms the forms
     * @return a scorer, for one thread
     */
    static Scorer of(QuadraticForms forms) {
        return switch (forms.factor()) {
            case TRIANGULAR -> new TriangularScorer(forms);
            case DIAGONAL, SCALAR -> new DiagonalScorer(forms);
        };
    }

    /** The centres with each row padded with zeros to a multiple of four columns. */
    static double[] paddedCentres(double[] centres, int components, int d) {
        int columns = (d + 3) / 4 * 4;
        double[] padded = new double[components * columns];
        for (int k = 0; k < components; k++) {
            System.arraycopy(centres, k * d, padded, k * columns, d);
        }
        return padded;
    }

    /** Adds up ‖A_k (x − o − m_k)‖² of the rows of one panel that starts at row {@code from} of the tile. */
    abstract void square(int component, Tile tile, int from, double[] square);

    /**
     * Scores a tile.
     *
     * @param tile the rows
     * @param scores receives s_k, K × {@link Tile#STRIDE}, component by component
     * @param largest receives the largest score of each row; −∞ if none is a number above it
     */
    final void score(Tile tile, double[] scores, double[] largest) {
        double[] square = new double[Tile.PANEL];
        java.util.Arrays.fill(largest, Double.NEGATIVE_INFINITY);
        for (int k = 0; k < constants.length; k++) {
            for (int from = 0; from < tile.padded(); from += Tile.PANEL) {
                square(k, tile, from, square);
                finish(square, constants[k], scores, k * Tile.STRIDE + from, largest, from);
            }
        }
    }

    private static void finish(double[] square, double constant, double[] scores, int at, double[] largest, int from) {
        DoubleVector c = DoubleVector.broadcast(Lanes.DOUBLES, constant);
        DoubleVector minusHalf = DoubleVector.broadcast(Lanes.DOUBLES, -0.5);
        for (int i = 0; i < Tile.PANEL; i += Lanes.WIDTH) {
            DoubleVector s = DoubleVector.fromArray(Lanes.DOUBLES, square, i).fma(minusHalf, c);
            s.intoArray(scores, at + i);
            DoubleVector l = DoubleVector.fromArray(Lanes.DOUBLES, largest, from + i);
            l.blend(s, s.compare(VectorOperators.GT, l)).intoArray(largest, from + i);
        }
    }
}
