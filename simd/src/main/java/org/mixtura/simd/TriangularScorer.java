package org.mixtura.simd;

import static org.mixtura.simd.Lanes.DOUBLES;
import static org.mixtura.simd.Lanes.WIDTH;
import static org.mixtura.simd.Tile.PANEL;
import static org.mixtura.simd.Tile.STRIDE;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import jdk.incubator.vector.DoubleVector;
import org.mixtura.kernel.QuadraticForms;

/**
 * Scores under triangular factors: y = A (x − m) on the triangle alone, in blocks of four rows of A times four vectors of
 * points, whose sixteen sums stay in registers; each coefficient is loaded into all lanes of a vector.
 *
 * <p>The blocks are written out. Sums in an array, or a loop over them, would go through memory at every step.
 */
final class TriangularScorer extends ComponentScorer {
    /** The factors as scorers read them, as long as their forms live: those of all threads share them. */
    private static final Map<QuadraticForms, double[][]> SHARED = Collections.synchronizedMap(new WeakHashMap<>());

    private final int dimension;
    /** A_k, block after block of four rows: the columns left of the block, then its own four, each from the diagonal down. */
    private final double[][] factors;

    /**
     * Of one panel, the sums of squares of the coordinates of A (x − o − m) that were computed together, one row of the array
     * for each block: adding them up in place would wait, block after block, for what the last one has just stored.
     */
    private final double[] squares;

    TriangularScorer(QuadraticForms forms) {
        super(forms, forms.dimension());
        this.dimension = forms.dimension();
        this.squares = new double[blocks() * PANEL];
        this.factors = SHARED.computeIfAbsent(forms, TriangularScorer::factors);
    }

    private static double[][] factors(QuadraticForms forms) {
        double[][] factors = new double[forms.components()][];
        for (int k = 0; k < factors.length; k++) {
            factors[k] = blocks(forms.factor(k), forms.dimension());
        }
        return factors;
    }

    private static double[] blocks(double[] packed, int d) {
        double[] blocks = new double[packed.length];
        int at = 0;
        int whole = d / 4 * 4;
        for (int top = 0; top < whole; top += 4) {
            for (int j = 0; j < top + 4; j++) {
                for (int i = Math.max(top, j); i < top + 4; i++) {
                    blocks[at] = packed[i * (i + 1) / 2 + j];
                    at++;
                }
            }
        }
        System.arraycopy(packed, at, blocks, at, packed.length - at);
        return blocks;
    }

    /** Blocks of four rows, and single ones at the end. */
    private int blocks() {
        return dimension / 4 + dimension % 4;
    }

    @Override
    void score(int component, double constant, Tile tile, double[] scores, int at, double[] largest) {
        for (int from = 0; from < tile.padded(); from += PANEL) {
            square(component, tile, from);
            finish(squares, blocks(), constant, scores, at + from, largest, from);
        }
    }

    private void square(int component, Tile tile, int from) {
        double[] a = factors[component];
        int centre = component * columns;
        int row = 0;
        int at = 0;
        int to = 0;
        for (; row + 4 <= dimension; row += 4) {
            fourRows(a, at, row, tile.columns, from, centres, centre, squares, to);
            at += 4 * row + 10;
            to += PANEL;
        }
        for (; row < dimension; row++) {
            oneRow(a, at, row, tile.columns, from, centres, centre, squares, to);
            at += row + 1;
            to += PANEL;
        }
    }

    private static void finish(
            double[] squares, int blocks, double constant, double[] scores, int at, double[] largest, int from) {
        DoubleVector c = DoubleVector.broadcast(DOUBLES, constant);
        DoubleVector minusHalf = DoubleVector.broadcast(DOUBLES, -0.5);
        DoubleVector q0 = DoubleVector.zero(DOUBLES);
        DoubleVector q1 = DoubleVector.zero(DOUBLES);
        DoubleVector q2 = DoubleVector.zero(DOUBLES);
        DoubleVector q3 = DoubleVector.zero(DOUBLES);
        for (int i = 0; i < blocks; i++) {
            q0 = q0.add(DoubleVector.fromArray(DOUBLES, squares, i * PANEL));
            q1 = q1.add(DoubleVector.fromArray(DOUBLES, squares, i * PANEL + WIDTH));
            q2 = q2.add(DoubleVector.fromArray(DOUBLES, squares, i * PANEL + 2 * WIDTH));
            q3 = q3.add(DoubleVector.fromArray(DOUBLES, squares, i * PANEL + 3 * WIDTH));
        }
        finish(q0.fma(minusHalf, c), scores, at, largest, from);
        finish(q1.fma(minusHalf, c), scores, at + WIDTH, largest, from + WIDTH);
        finish(q2.fma(minusHalf, c), scores, at + 2 * WIDTH, largest, from + 2 * WIDTH);
        finish(q3.fma(minusHalf, c), scores, at + 3 * WIDTH, largest, from + 3 * WIDTH);
    }

    /** The sums of squares of four coordinates of y. */
    private static void fourRows(
            double[] a, int at, int row, double[] x, int from, double[] centres, int centre, double[] square, int to) {
        DoubleVector y00 = DoubleVector.zero(DOUBLES);
        DoubleVector y01 = DoubleVector.zero(DOUBLES);
        DoubleVector y02 = DoubleVector.zero(DOUBLES);
        DoubleVector y03 = DoubleVector.zero(DOUBLES);
        DoubleVector y10 = DoubleVector.zero(DOUBLES);
        DoubleVector y11 = DoubleVector.zero(DOUBLES);
        DoubleVector y12 = DoubleVector.zero(DOUBLES);
        DoubleVector y13 = DoubleVector.zero(DOUBLES);
        DoubleVector y20 = DoubleVector.zero(DOUBLES);
        DoubleVector y21 = DoubleVector.zero(DOUBLES);
        DoubleVector y22 = DoubleVector.zero(DOUBLES);
        DoubleVector y23 = DoubleVector.zero(DOUBLES);
        DoubleVector y30 = DoubleVector.zero(DOUBLES);
        DoubleVector y31 = DoubleVector.zero(DOUBLES);
        DoubleVector y32 = DoubleVector.zero(DOUBLES);
        DoubleVector y33 = DoubleVector.zero(DOUBLES);
        for (int j = 0; j < row; j++) {
            DoubleVector m = DoubleVector.broadcast(DOUBLES, centres[centre + j]);
            int i = j * STRIDE + from;
            DoubleVector d0 = DoubleVector.fromArray(DOUBLES, x, i).sub(m);
            DoubleVector d1 = DoubleVector.fromArray(DOUBLES, x, i + WIDTH).sub(m);
            DoubleVector d2 = DoubleVector.fromArray(DOUBLES, x, i + 2 * WIDTH).sub(m);
            DoubleVector d3 = DoubleVector.fromArray(DOUBLES, x, i + 3 * WIDTH).sub(m);
            DoubleVector a0 = DoubleVector.broadcast(DOUBLES, a[at + 4 * j]);
            y00 = a0.fma(d0, y00);
            y01 = a0.fma(d1, y01);
            y02 = a0.fma(d2, y02);
            y03 = a0.fma(d3, y03);
            DoubleVector a1 = DoubleVector.broadcast(DOUBLES, a[at + 4 * j + 1]);
            y10 = a1.fma(d0, y10);
            y11 = a1.fma(d1, y11);
            y12 = a1.fma(d2, y12);
            y13 = a1.fma(d3, y13);
            DoubleVector a2 = DoubleVector.broadcast(DOUBLES, a[at + 4 * j + 2]);
            y20 = a2.fma(d0, y20);
            y21 = a2.fma(d1, y21);
            y22 = a2.fma(d2, y22);
            y23 = a2.fma(d3, y23);
            DoubleVector a3 = DoubleVector.broadcast(DOUBLES, a[at + 4 * j + 3]);
            y30 = a3.fma(d0, y30);
            y31 = a3.fma(d1, y31);
            y32 = a3.fma(d2, y32);
            y33 = a3.fma(d3, y33);
        }
        int own = at + 4 * row;
        int i = row * STRIDE + from;
        DoubleVector m0 = DoubleVector.broadcast(DOUBLES, centres[centre + row]);
        DoubleVector e00 = DoubleVector.fromArray(DOUBLES, x, i).sub(m0);
        DoubleVector e01 = DoubleVector.fromArray(DOUBLES, x, i + WIDTH).sub(m0);
        DoubleVector e02 = DoubleVector.fromArray(DOUBLES, x, i + 2 * WIDTH).sub(m0);
        DoubleVector e03 = DoubleVector.fromArray(DOUBLES, x, i + 3 * WIDTH).sub(m0);
        DoubleVector b00 = DoubleVector.broadcast(DOUBLES, a[own]);
        y00 = b00.fma(e00, y00);
        y01 = b00.fma(e01, y01);
        y02 = b00.fma(e02, y02);
        y03 = b00.fma(e03, y03);
        DoubleVector b10 = DoubleVector.broadcast(DOUBLES, a[own + 1]);
        y10 = b10.fma(e00, y10);
        y11 = b10.fma(e01, y11);
        y12 = b10.fma(e02, y12);
        y13 = b10.fma(e03, y13);
        DoubleVector b20 = DoubleVector.broadcast(DOUBLES, a[own + 2]);
        y20 = b20.fma(e00, y20);
        y21 = b20.fma(e01, y21);
        y22 = b20.fma(e02, y22);
        y23 = b20.fma(e03, y23);
        DoubleVector b30 = DoubleVector.broadcast(DOUBLES, a[own + 3]);
        y30 = b30.fma(e00, y30);
        y31 = b30.fma(e01, y31);
        y32 = b30.fma(e02, y32);
        y33 = b30.fma(e03, y33);
        DoubleVector m1 = DoubleVector.broadcast(DOUBLES, centres[centre + row + 1]);
        DoubleVector e10 = DoubleVector.fromArray(DOUBLES, x, i + STRIDE).sub(m1);
        DoubleVector e11 =
                DoubleVector.fromArray(DOUBLES, x, i + STRIDE + WIDTH).sub(m1);
        DoubleVector e12 =
                DoubleVector.fromArray(DOUBLES, x, i + STRIDE + 2 * WIDTH).sub(m1);
        DoubleVector e13 =
                DoubleVector.fromArray(DOUBLES, x, i + STRIDE + 3 * WIDTH).sub(m1);
        DoubleVector b11 = DoubleVector.broadcast(DOUBLES, a[own + 4]);
        y10 = b11.fma(e10, y10);
        y11 = b11.fma(e11, y11);
        y12 = b11.fma(e12, y12);
        y13 = b11.fma(e13, y13);
        DoubleVector b21 = DoubleVector.broadcast(DOUBLES, a[own + 5]);
        y20 = b21.fma(e10, y20);
        y21 = b21.fma(e11, y21);
        y22 = b21.fma(e12, y22);
        y23 = b21.fma(e13, y23);
        DoubleVector b31 = DoubleVector.broadcast(DOUBLES, a[own + 6]);
        y30 = b31.fma(e10, y30);
        y31 = b31.fma(e11, y31);
        y32 = b31.fma(e12, y32);
        y33 = b31.fma(e13, y33);
        DoubleVector m2 = DoubleVector.broadcast(DOUBLES, centres[centre + row + 2]);
        DoubleVector e20 = DoubleVector.fromArray(DOUBLES, x, i + 2 * STRIDE).sub(m2);
        DoubleVector e21 =
                DoubleVector.fromArray(DOUBLES, x, i + 2 * STRIDE + WIDTH).sub(m2);
        DoubleVector e22 =
                DoubleVector.fromArray(DOUBLES, x, i + 2 * STRIDE + 2 * WIDTH).sub(m2);
        DoubleVector e23 =
                DoubleVector.fromArray(DOUBLES, x, i + 2 * STRIDE + 3 * WIDTH).sub(m2);
        DoubleVector b22 = DoubleVector.broadcast(DOUBLES, a[own + 7]);
        y20 = b22.fma(e20, y20);
        y21 = b22.fma(e21, y21);
        y22 = b22.fma(e22, y22);
        y23 = b22.fma(e23, y23);
        DoubleVector b32 = DoubleVector.broadcast(DOUBLES, a[own + 8]);
        y30 = b32.fma(e20, y30);
        y31 = b32.fma(e21, y31);
        y32 = b32.fma(e22, y32);
        y33 = b32.fma(e23, y33);
        DoubleVector m3 = DoubleVector.broadcast(DOUBLES, centres[centre + row + 3]);
        DoubleVector e30 = DoubleVector.fromArray(DOUBLES, x, i + 3 * STRIDE).sub(m3);
        DoubleVector e31 =
                DoubleVector.fromArray(DOUBLES, x, i + 3 * STRIDE + WIDTH).sub(m3);
        DoubleVector e32 =
                DoubleVector.fromArray(DOUBLES, x, i + 3 * STRIDE + 2 * WIDTH).sub(m3);
        DoubleVector e33 =
                DoubleVector.fromArray(DOUBLES, x, i + 3 * STRIDE + 3 * WIDTH).sub(m3);
        DoubleVector b33 = DoubleVector.broadcast(DOUBLES, a[own + 9]);
        y30 = b33.fma(e30, y30);
        y31 = b33.fma(e31, y31);
        y32 = b33.fma(e32, y32);
        y33 = b33.fma(e33, y33);
        DoubleVector q0 = y00.mul(y00);
        q0 = y10.fma(y10, q0);
        q0 = y20.fma(y20, q0);
        q0 = y30.fma(y30, q0);
        q0.intoArray(square, to);
        DoubleVector q1 = y01.mul(y01);
        q1 = y11.fma(y11, q1);
        q1 = y21.fma(y21, q1);
        q1 = y31.fma(y31, q1);
        q1.intoArray(square, to + WIDTH);
        DoubleVector q2 = y02.mul(y02);
        q2 = y12.fma(y12, q2);
        q2 = y22.fma(y22, q2);
        q2 = y32.fma(y32, q2);
        q2.intoArray(square, to + 2 * WIDTH);
        DoubleVector q3 = y03.mul(y03);
        q3 = y13.fma(y13, q3);
        q3 = y23.fma(y23, q3);
        q3 = y33.fma(y33, q3);
        q3.intoArray(square, to + 3 * WIDTH);
    }

    /** The same for one coordinate, where fewer than four are left. */
    private static void oneRow(
            double[] a, int at, int row, double[] x, int from, double[] centres, int centre, double[] square, int to) {
        DoubleVector y0 = DoubleVector.zero(DOUBLES);
        DoubleVector y1 = DoubleVector.zero(DOUBLES);
        DoubleVector y2 = DoubleVector.zero(DOUBLES);
        DoubleVector y3 = DoubleVector.zero(DOUBLES);
        for (int j = 0; j <= row; j++) {
            DoubleVector m = DoubleVector.broadcast(DOUBLES, centres[centre + j]);
            DoubleVector f = DoubleVector.broadcast(DOUBLES, a[at + j]);
            int i = j * STRIDE + from;
            y0 = f.fma(DoubleVector.fromArray(DOUBLES, x, i).sub(m), y0);
            y1 = f.fma(DoubleVector.fromArray(DOUBLES, x, i + WIDTH).sub(m), y1);
            y2 = f.fma(DoubleVector.fromArray(DOUBLES, x, i + 2 * WIDTH).sub(m), y2);
            y3 = f.fma(DoubleVector.fromArray(DOUBLES, x, i + 3 * WIDTH).sub(m), y3);
        }
        y0.mul(y0).intoArray(square, to);
        y1.mul(y1).intoArray(square, to + WIDTH);
        y2.mul(y2).intoArray(square, to + 2 * WIDTH);
        y3.mul(y3).intoArray(square, to + 3 * WIDTH);
    }
}
