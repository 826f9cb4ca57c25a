package org.mixtura.simd;

import static org.mixtura.simd.Lanes.DOUBLES;
import static org.mixtura.simd.Lanes.WIDTH;
import static org.mixtura.simd.Tile.PANEL;
import static org.mixtura.simd.Tile.STRIDE;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import org.mixtura.kernel.QuadraticForms;

/**
 * Scores as a matrix product: of the features y_i and y_i y_j of the rows about a common centre, which are computed once for all
 * components, with coefficients of each component. One long loop, four components by four vectors of points, runs at the rate of
 * the multipliers; the triangles of the other scorers are short loops. Tiles with rows too far away for that to keep its digits
 * ({@link CommonCentre}) go to another scorer.
 */
final class FeatureScorer implements Scorer {
    /** Components in a block. */
    private static final int BLOCK = 4;

    private static final Map<QuadraticForms, double[]> SHARED = Collections.synchronizedMap(new WeakHashMap<>());

    private final int dimension;
    private final int components;
    private final boolean squaresAlone;
    private final int features;
    private final CommonCentre centre;
    private final Scorer otherwise;
    /** For each block of components: their constants, then for each feature their coefficients. */
    private final double[] coefficients;
    /** y = x − o − z, columns × {@link Tile#STRIDE}. */
    private final double[] about;
    /** Of one panel: y_i, then y_i y_j row by row of the triangle, or y_i² alone. */
    private final double[] panel;

    FeatureScorer(QuadraticForms forms, Scorer otherwise) {
        this.dimension = forms.dimension();
        this.components = forms.components();
        this.squaresAlone = forms.factor() != QuadraticForms.Factor.TRIANGULAR;
        this.features = dimension + (squaresAlone ? dimension : dimension * (dimension + 1) / 2);
        this.centre = CommonCentre.of(forms);
        this.otherwise = otherwise;
        this.coefficients = SHARED.computeIfAbsent(forms, this::coefficients);
        this.about = new double[dimension * STRIDE];
        this.panel = new double[features * PANEL];
    }

    /**
     * Whether there are enough components to share the features of a row, few enough features for the caches, and enough columns
     * for a sum of features to be longer than what comes before and after it.
     */
    static boolean pays(QuadraticForms forms) {
        int d = forms.dimension();
        int k = forms.components();
        return forms.factor() == QuadraticForms.Factor.TRIANGULAR
                ? k >= 24 && d >= 5 && d <= 16
                : k >= 32 && d >= 8 && d <= 64;
    }

    private double[] coefficients(QuadraticForms forms) {
        double[] blocked = new double[Scorer.wholeBlocks(components) * (features + 1)];
        Arrays.fill(
                blocked,
                firstOf((components - 1) / BLOCK * BLOCK),
                firstOf((components - 1) / BLOCK * BLOCK) + BLOCK,
                Double.NEGATIVE_INFINITY);
        for (int k = 0; k < components; k++) {
            int at = firstOf(k / BLOCK * BLOCK) + k % BLOCK;
            Expansion form = Expansion.of(forms, k, centre.values());
            blocked[at] = forms.constants()[k] - form.constant();
            if (!(blocked[at] > Double.NEGATIVE_INFINITY)) {
                continue;
            }
            for (int i = 0; i < dimension; i++) {
                at += BLOCK;
                blocked[at] = form.linear(i);
            }
            for (int i = 0; i < dimension; i++) {
                for (int j = squaresAlone ? i : 0; j <= i; j++) {
                    at += BLOCK;
                    blocked[at] = -form.quadratic(i, j) * (i == j ? 0.5 : 1);
                }
            }
        }
        return blocked;
    }

    private int firstOf(int component) {
        return component * (features + 1);
    }

    @Override
    public void score(Tile tile, double[] scores, double[] largest) {
        if (!centre.take(tile, about)) {
            otherwise.score(tile, scores, largest);
            return;
        }
        tile.near = centre.servesMoments();
        Arrays.fill(largest, 0, tile.padded(), Double.NEGATIVE_INFINITY);
        for (int from = 0; from < tile.padded(); from += PANEL) {
            int at = copyLinear(about, from, dimension, panel);
            for (int i = 0; i < dimension; i++) {
                at = multiply(i * PANEL, squaresAlone ? i : 0, i + 1, panel, at);
            }
            for (int k = 0; k < components; k += BLOCK) {
                fourComponents(coefficients, firstOf(k), panel, features, scores, k * STRIDE + from, largest, from);
            }
        }
    }

    private static int copyLinear(double[] about, int from, int d, double[] panel) {
        int at = 0;
        for (int j = 0; j < d; j++) {
            int i = j * STRIDE + from;
            DoubleVector.fromArray(DOUBLES, about, i).intoArray(panel, at);
            DoubleVector.fromArray(DOUBLES, about, i + WIDTH).intoArray(panel, at + WIDTH);
            DoubleVector.fromArray(DOUBLES, about, i + 2 * WIDTH).intoArray(panel, at + 2 * WIDTH);
            DoubleVector.fromArray(DOUBLES, about, i + 3 * WIDTH).intoArray(panel, at + 3 * WIDTH);
            at += PANEL;
        }
        return at;
    }

    /** The products of one column with some columns; returns where the next go. */
    private static int multiply(int column, int first, int end, double[] panel, int at) {
        DoubleVector a0 = DoubleVector.fromArray(DOUBLES, panel, column);
        DoubleVector a1 = DoubleVector.fromArray(DOUBLES, panel, column + WIDTH);
        DoubleVector a2 = DoubleVector.fromArray(DOUBLES, panel, column + 2 * WIDTH);
        DoubleVector a3 = DoubleVector.fromArray(DOUBLES, panel, column + 3 * WIDTH);
        int to = at;
        for (int j = first; j < end; j++) {
            int i = j * PANEL;
            a0.mul(DoubleVector.fromArray(DOUBLES, panel, i)).intoArray(panel, to);
            a1.mul(DoubleVector.fromArray(DOUBLES, panel, i + WIDTH)).intoArray(panel, to + WIDTH);
            a2.mul(DoubleVector.fromArray(DOUBLES, panel, i + 2 * WIDTH)).intoArray(panel, to + 2 * WIDTH);
            a3.mul(DoubleVector.fromArray(DOUBLES, panel, i + 3 * WIDTH)).intoArray(panel, to + 3 * WIDTH);
            to += PANEL;
        }
        return to;
    }

    private static void fourComponents(
            double[] coefficients,
            int first,
            double[] panel,
            int features,
            double[] scores,
            int at,
            double[] largest,
            int from) {
        DoubleVector s00 = DoubleVector.broadcast(DOUBLES, coefficients[first]);
        DoubleVector s01 = s00;
        DoubleVector s02 = s00;
        DoubleVector s03 = s00;
        DoubleVector s10 = DoubleVector.broadcast(DOUBLES, coefficients[first + 1]);
        DoubleVector s11 = s10;
        DoubleVector s12 = s10;
        DoubleVector s13 = s10;
        DoubleVector s20 = DoubleVector.broadcast(DOUBLES, coefficients[first + 2]);
        DoubleVector s21 = s20;
        DoubleVector s22 = s20;
        DoubleVector s23 = s20;
        DoubleVector s30 = DoubleVector.broadcast(DOUBLES, coefficients[first + 3]);
        DoubleVector s31 = s30;
        DoubleVector s32 = s30;
        DoubleVector s33 = s30;
        for (int f = 0; f < features; f++) {
            int i = f * PANEL;
            int j = first + 4 + f * 4;
            DoubleVector x0 = DoubleVector.fromArray(DOUBLES, panel, i);
            DoubleVector x1 = DoubleVector.fromArray(DOUBLES, panel, i + WIDTH);
            DoubleVector x2 = DoubleVector.fromArray(DOUBLES, panel, i + 2 * WIDTH);
            DoubleVector x3 = DoubleVector.fromArray(DOUBLES, panel, i + 3 * WIDTH);
            DoubleVector a0 = DoubleVector.broadcast(DOUBLES, coefficients[j]);
            s00 = a0.fma(x0, s00);
            s01 = a0.fma(x1, s01);
            s02 = a0.fma(x2, s02);
            s03 = a0.fma(x3, s03);
            DoubleVector a1 = DoubleVector.broadcast(DOUBLES, coefficients[j + 1]);
            s10 = a1.fma(x0, s10);
            s11 = a1.fma(x1, s11);
            s12 = a1.fma(x2, s12);
            s13 = a1.fma(x3, s13);
            DoubleVector a2 = DoubleVector.broadcast(DOUBLES, coefficients[j + 2]);
            s20 = a2.fma(x0, s20);
            s21 = a2.fma(x1, s21);
            s22 = a2.fma(x2, s22);
            s23 = a2.fma(x3, s23);
            DoubleVector a3 = DoubleVector.broadcast(DOUBLES, coefficients[j + 3]);
            s30 = a3.fma(x0, s30);
            s31 = a3.fma(x1, s31);
            s32 = a3.fma(x2, s32);
            s33 = a3.fma(x3, s33);
        }
        DoubleVector top0 = DoubleVector.fromArray(DOUBLES, largest, from);
        s00.intoArray(scores, at);
        top0 = top0.blend(s00, s00.compare(VectorOperators.GT, top0));
        s10.intoArray(scores, at + STRIDE);
        top0 = top0.blend(s10, s10.compare(VectorOperators.GT, top0));
        s20.intoArray(scores, at + 2 * STRIDE);
        top0 = top0.blend(s20, s20.compare(VectorOperators.GT, top0));
        s30.intoArray(scores, at + 3 * STRIDE);
        top0 = top0.blend(s30, s30.compare(VectorOperators.GT, top0));
        top0.intoArray(largest, from);
        DoubleVector top1 = DoubleVector.fromArray(DOUBLES, largest, from + WIDTH);
        s01.intoArray(scores, at + WIDTH);
        top1 = top1.blend(s01, s01.compare(VectorOperators.GT, top1));
        s11.intoArray(scores, at + STRIDE + WIDTH);
        top1 = top1.blend(s11, s11.compare(VectorOperators.GT, top1));
        s21.intoArray(scores, at + 2 * STRIDE + WIDTH);
        top1 = top1.blend(s21, s21.compare(VectorOperators.GT, top1));
        s31.intoArray(scores, at + 3 * STRIDE + WIDTH);
        top1 = top1.blend(s31, s31.compare(VectorOperators.GT, top1));
        top1.intoArray(largest, from + WIDTH);
        DoubleVector top2 = DoubleVector.fromArray(DOUBLES, largest, from + 2 * WIDTH);
        s02.intoArray(scores, at + 2 * WIDTH);
        top2 = top2.blend(s02, s02.compare(VectorOperators.GT, top2));
        s12.intoArray(scores, at + STRIDE + 2 * WIDTH);
        top2 = top2.blend(s12, s12.compare(VectorOperators.GT, top2));
        s22.intoArray(scores, at + 2 * STRIDE + 2 * WIDTH);
        top2 = top2.blend(s22, s22.compare(VectorOperators.GT, top2));
        s32.intoArray(scores, at + 3 * STRIDE + 2 * WIDTH);
        top2 = top2.blend(s32, s32.compare(VectorOperators.GT, top2));
        top2.intoArray(largest, from + 2 * WIDTH);
        DoubleVector top3 = DoubleVector.fromArray(DOUBLES, largest, from + 3 * WIDTH);
        s03.intoArray(scores, at + 3 * WIDTH);
        top3 = top3.blend(s03, s03.compare(VectorOperators.GT, top3));
        s13.intoArray(scores, at + STRIDE + 3 * WIDTH);
        top3 = top3.blend(s13, s13.compare(VectorOperators.GT, top3));
        s23.intoArray(scores, at + 2 * STRIDE + 3 * WIDTH);
        top3 = top3.blend(s23, s23.compare(VectorOperators.GT, top3));
        s33.intoArray(scores, at + 3 * STRIDE + 3 * WIDTH);
        top3 = top3.blend(s33, s33.compare(VectorOperators.GT, top3));
        top3.intoArray(largest, from + 3 * WIDTH);
    }
}
