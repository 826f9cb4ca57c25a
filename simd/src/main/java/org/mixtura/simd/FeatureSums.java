package org.mixtura.simd;

import static org.mixtura.simd.Lanes.DOUBLES;
import static org.mixtura.simd.Lanes.WIDTH;
import static org.mixtura.simd.Tile.STRIDE;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.QuadraticForms;

/**
 * Moments as a matrix product: weighted sums of the features y_i and y_i y_j of the rows about a common centre, computed once for
 * all components, and brought to each component's own centre at the end. Features in lanes; four components by three or four
 * vectors of features, whose sums stay in registers over all rows of a tile. Tiles with rows too far from the common centre
 * ({@link CommonCentre}) go to other sums.
 *
 * <p>Products are laid out by shifts: y_i y_(i+s mod d) for s = 0, 1, … up to d/2, i = 0 … d − 1. That has each pair once, and
 * vectors of them are products of two vectors of neighbours. Each shift starts a vector of its own; y itself is its product with
 * ones.
 */
final class FeatureSums implements MomentSums {
    /** Components in a block. */
    private static final int BLOCK = 4;

    /** Rows at hand at a time: so few that a panel of their features stays in the first-level cache. */
    private static final int PIECE = 64;

    /** From one row of {@link #panel} to the next. */
    private static final int PANEL = 4 * WIDTH;

    /**
     * Rows in a block from which features are used. Their errors are small next to what a form expects of its rows; but the
     * moments of a few rows may be smaller by accident.
     */
    static final int FEWEST_ROWS = 1024;

    private final int dimension;
    private final int components;
    private final boolean squaresAlone;
    /** z. */
    private final double[] centre;

    private final MomentSums otherwise;
    /** Vectors of features, filled up to whole blocks. */
    private final int vectors;
    /** From the sums of one component to the next. */
    private final int stride;
    /** Where the factors of each vector stand in a row of {@link #around}. */
    private final int[] left;

    private final int[] right;
    /** How far the factors reach in {@link #around}. */
    private final int reach;
    /** Where the products of y and a row's scale stand in a row of {@link #around}. */
    private final int scaled;
    /** From one row of {@link #around} to the next. */
    private final int aroundStride;
    /**
     * y of each row, once more its start, so that neighbours beyond the last column are the first again, ones, and y times what makes
     * w r of e: so a row's weight goes into its features, once for all components.
     */
    private final double[] around;
    /** Of each row at hand some vectors of features. */
    private final double[] panel = new double[PIECE * PANEL];

    /** From one component's part of {@link #circles} to the next's. */
    private final int circle;
    /** m_k − z of each component, once more its start. */
    private final double[] circles;
    /** Of the component at hand, Σ w r (y − m_k + z), once more its start, and the second moments as {@link #sums} has them. */
    private final double[] moved;

    private final double[] products;

    private final double[] lanes = new double[WIDTH];
    /** Σ w r of the rows that came here, by component. */
    private final double[] weights;
    /** Σ w r f, components filled up to whole blocks × {@link #stride}. */
    private final double[] sums;

    FeatureSums(Moments moments, CommonCentre common, MomentSums otherwise) {
        this.dimension = moments.dimension();
        this.components = moments.components();
        this.squaresAlone = moments.scatter() == Moments.Scatter.DIAGONAL;
        this.centre = Arrays.copyOf(common.values(), Lanes.padded(dimension));
        this.otherwise = otherwise;
        this.vectors = wholeBlocks(product(lastShift() + 1));
        this.stride = vectors * WIDTH;
        this.reach = Lanes.padded(dimension) + lastShift();
        int ones = dimension + Lanes.padded(reach - dimension);
        this.scaled = ones + WIDTH;
        this.aroundStride = scaled + Lanes.padded(dimension);
        this.around = new double[PIECE * aroundStride];
        for (int i = 0; i < PIECE; i++) {
            Arrays.fill(around, i * aroundStride + ones, i * aroundStride + scaled, 1);
        }
        this.left = new int[vectors];
        this.right = new int[vectors];
        layOut(ones);
        this.circle = dimension + lastShift() + WIDTH;
        this.circles = new double[components * circle];
        for (int i = 0; i < circles.length; i++) {
            int j = i % circle % dimension;
            circles[i] = moments.centres()[i / circle * dimension + j] - centre[j];
        }
        this.moved = new double[circle];
        this.products = new double[stride];
        this.weights = new double[components];
        this.sums = new double[Scorer.wholeBlocks(components) * stride];
    }

    /** Whether the scores go by features, and the moments too keep their digits. */
    static boolean pays(Moments moments, QuadraticForms forms) {
        boolean squares = moments.scatter() == Moments.Scatter.DIAGONAL;
        return FeatureScorer.pays(forms)
                && (squares || forms.factor() == QuadraticForms.Factor.TRIANGULAR)
                && CommonCentre.of(forms).servesMoments();
    }

    private void layOut(int ones) {
        Arrays.fill(left, ones);
        Arrays.fill(right, ones);
        for (int j = 0; j < dimension; j += WIDTH) {
            left[j / WIDTH] = scaled + j;
        }
        for (int s = 0; s <= lastShift(); s++) {
            for (int j = 0; j < pairs(s); j += WIDTH) {
                left[product(s) + j / WIDTH] = scaled + j;
                right[product(s) + j / WIDTH] = j + s;
            }
        }
    }

    /** The first vector of the products of a shift; y itself and all earlier shifts take as many as hold the columns. */
    private int product(int shift) {
        int whole = Lanes.padded(dimension) / WIDTH;
        return shift <= lastShift() ? (shift + 1) * whole : shift * whole + Lanes.padded(pairs(shift - 1)) / WIDTH;
    }

    private int lastShift() {
        return squaresAlone ? 0 : dimension / 2;
    }

    /** The pairs that a shift adds: half as many where it meets each from both sides. */
    private int pairs(int shift) {
        return shift > 0 && 2 * shift == dimension ? shift : dimension;
    }

    /** The least number of vectors, this many or more, that is a sum of threes and fours. */
    private static int wholeBlocks(int vectors) {
        return vectors <= 3 ? 3 : vectors == 5 ? 6 : vectors;
    }

    @Override
    public void add(Tile tile, double[] exponentials, double[] scale, Moments into) {
        if (!tile.near || tile.blockRows() < FEWEST_ROWS) {
            otherwise.add(tile, exponentials, scale, into);
            return;
        }
        for (int k = 0; k < components; k++) {
            weights[k] += weight(exponentials, k * STRIDE, scale, tile.padded());
        }
        Arrays.fill(exponentials, components * STRIDE, Scorer.wholeBlocks(components) * STRIDE, 0);
        for (int first = 0; first < tile.count(); first += PIECE) {
            int rows = Math.min(PIECE, tile.count() - first);
            tile.copyRows(first, rows, centre, around, aroundStride);
            for (int j = dimension; j < reach; j += WIDTH) {
                copy(around, j - dimension, j, aroundStride, rows);
            }
            for (int j = 0; j < dimension; j += WIDTH) {
                scale(around, j, scaled + j, aroundStride, rows, scale, first);
            }
            int vector = 0;
            for (; (vectors - vector) % 4 != 0; vector += 3) {
                fillThree(around, aroundStride, rows, left, right, vector, panel);
                for (int k = 0; k < components; k += BLOCK) {
                    byThree(
                            exponentials,
                            k * STRIDE + first,
                            panel,
                            rows,
                            sums,
                            (k * vectors + vector) * WIDTH,
                            stride);
                }
            }
            for (; vector < vectors; vector += 4) {
                fillFour(around, aroundStride, rows, left, right, vector, panel);
                for (int k = 0; k < components; k += BLOCK) {
                    byFour(exponentials, k * STRIDE + first, panel, rows, sums, (k * vectors + vector) * WIDTH, stride);
                }
            }
        }
    }

    /** Σ e s: the rows' weights, of one component. */
    private double weight(double[] e, int at, double[] scale, int points) {
        multiply(e, at, scale, points, lanes);
        double weight = 0;
        for (double lane : lanes) {
            weight += lane;
        }
        return weight;
    }

    private static void multiply(double[] e, int at, double[] scale, int points, double[] lanes) {
        DoubleVector even = DoubleVector.zero(DOUBLES);
        DoubleVector odd = DoubleVector.zero(DOUBLES);
        for (int i = 0; i < points; i += 2 * WIDTH) {
            even = DoubleVector.fromArray(DOUBLES, e, at + i).fma(DoubleVector.fromArray(DOUBLES, scale, i), even);
            odd = DoubleVector.fromArray(DOUBLES, e, at + i + WIDTH)
                    .fma(DoubleVector.fromArray(DOUBLES, scale, i + WIDTH), odd);
        }
        even.add(odd).intoArray(lanes, 0);
    }

    private static void scale(double[] around, int from, int to, int step, int rows, double[] scale, int first) {
        for (int i = 0; i < rows; i++) {
            DoubleVector.fromArray(DOUBLES, around, from + i * step)
                    .mul(DoubleVector.broadcast(DOUBLES, scale[first + i]))
                    .intoArray(around, to + i * step);
        }
    }

    private static void copy(double[] around, int from, int to, int step, int rows) {
        for (int i = 0; i < rows; i++) {
            DoubleVector.fromArray(DOUBLES, around, from + i * step).intoArray(around, to + i * step);
        }
    }

    private static void fillFour(
            double[] around, int step, int rows, int[] left, int[] right, int vector, double[] panel) {
        int l0 = left[vector];
        int r0 = right[vector];
        int l1 = left[vector + 1];
        int r1 = right[vector + 1];
        int l2 = left[vector + 2];
        int r2 = right[vector + 2];
        int l3 = left[vector + 3];
        int r3 = right[vector + 3];
        for (int i = 0; i < rows; i++) {
            int from = i * step;
            int to = i * PANEL;
            DoubleVector.fromArray(DOUBLES, around, from + l0)
                    .mul(DoubleVector.fromArray(DOUBLES, around, from + r0))
                    .intoArray(panel, to);
            DoubleVector.fromArray(DOUBLES, around, from + l1)
                    .mul(DoubleVector.fromArray(DOUBLES, around, from + r1))
                    .intoArray(panel, to + WIDTH);
            DoubleVector.fromArray(DOUBLES, around, from + l2)
                    .mul(DoubleVector.fromArray(DOUBLES, around, from + r2))
                    .intoArray(panel, to + 2 * WIDTH);
            DoubleVector.fromArray(DOUBLES, around, from + l3)
                    .mul(DoubleVector.fromArray(DOUBLES, around, from + r3))
                    .intoArray(panel, to + 3 * WIDTH);
        }
    }

    private static void fillThree(
            double[] around, int step, int rows, int[] left, int[] right, int vector, double[] panel) {
        int l0 = left[vector];
        int r0 = right[vector];
        int l1 = left[vector + 1];
        int r1 = right[vector + 1];
        int l2 = left[vector + 2];
        int r2 = right[vector + 2];
        for (int i = 0; i < rows; i++) {
            int from = i * step;
            int to = i * PANEL;
            DoubleVector.fromArray(DOUBLES, around, from + l0)
                    .mul(DoubleVector.fromArray(DOUBLES, around, from + r0))
                    .intoArray(panel, to);
            DoubleVector.fromArray(DOUBLES, around, from + l1)
                    .mul(DoubleVector.fromArray(DOUBLES, around, from + r1))
                    .intoArray(panel, to + WIDTH);
            DoubleVector.fromArray(DOUBLES, around, from + l2)
                    .mul(DoubleVector.fromArray(DOUBLES, around, from + r2))
                    .intoArray(panel, to + 2 * WIDTH);
        }
    }

    @Override
    public void flush(Moments into) {
        for (int k = 0; k < components; k++) {
            flush(k, into.firsts(), into.second(k));
            into.weights()[k] += weights[k];
        }
        Arrays.fill(weights, 0);
        Arrays.fill(sums, 0);
        otherwise.flush(into);
    }

    /** With f = Σ w r y, S = Σ w r y yᵀ, N = Σ w r and μ = m − z: Σ w r δ = f − N μ, Σ w r δ δᵀ = S − f μᵀ − μ (f − N μ)ᵀ. */
    private void flush(int component, double[] firsts, double[] second) {
        int at = component * stride;
        int from = component * circle;
        for (int i = 0; i < circle; i++) {
            moved[i] = sums[at + i % dimension] - weights[component] * circles[from + i];
        }
        for (int i = 0; i < dimension; i++) {
            firsts[component * dimension + i] += moved[i];
        }
        for (int s = 0; s <= lastShift(); s++) {
            int product = product(s) * WIDTH;
            int pairs = pairs(s);
            for (int j = 0; j < pairs; j += WIDTH) {
                move(sums, at, product + j, j, circles, from, moved, s, products);
            }
            for (int i = 0; i < pairs; i++) {
                int j = i + s < dimension ? i + s : i + s - dimension;
                int a = Math.max(i, j);
                second[squaresAlone ? a : a * (a + 1) / 2 + Math.min(i, j)] += products[product + i];
            }
        }
    }

    /** One vector of S − f μᵀ − μ (f − N μ)ᵀ, whose factors stand a shift apart. */
    private static void move(
            double[] sums,
            int at,
            int product,
            int column,
            double[] circles,
            int from,
            double[] moved,
            int shift,
            double[] products) {
        DoubleVector f = DoubleVector.fromArray(DOUBLES, sums, at + column);
        DoubleVector mu = DoubleVector.fromArray(DOUBLES, circles, from + column);
        DoubleVector.fromArray(DOUBLES, sums, at + product)
                .sub(f.mul(DoubleVector.fromArray(DOUBLES, circles, from + column + shift)))
                .sub(mu.mul(DoubleVector.fromArray(DOUBLES, moved, column + shift)))
                .intoArray(products, product);
    }

    /** Adds the products of four components and four vectors of features. */
    private static void byFour(double[] weighted, int at, double[] panel, int rows, double[] sums, int to, int stride) {
        DoubleVector s00 = DoubleVector.zero(DOUBLES);
        DoubleVector s01 = DoubleVector.zero(DOUBLES);
        DoubleVector s02 = DoubleVector.zero(DOUBLES);
        DoubleVector s03 = DoubleVector.zero(DOUBLES);
        DoubleVector s10 = DoubleVector.zero(DOUBLES);
        DoubleVector s11 = DoubleVector.zero(DOUBLES);
        DoubleVector s12 = DoubleVector.zero(DOUBLES);
        DoubleVector s13 = DoubleVector.zero(DOUBLES);
        DoubleVector s20 = DoubleVector.zero(DOUBLES);
        DoubleVector s21 = DoubleVector.zero(DOUBLES);
        DoubleVector s22 = DoubleVector.zero(DOUBLES);
        DoubleVector s23 = DoubleVector.zero(DOUBLES);
        DoubleVector s30 = DoubleVector.zero(DOUBLES);
        DoubleVector s31 = DoubleVector.zero(DOUBLES);
        DoubleVector s32 = DoubleVector.zero(DOUBLES);
        DoubleVector s33 = DoubleVector.zero(DOUBLES);
        for (int i = 0; i < rows; i++) {
            int from = i * PANEL;
            DoubleVector f0 = DoubleVector.fromArray(DOUBLES, panel, from);
            DoubleVector f1 = DoubleVector.fromArray(DOUBLES, panel, from + WIDTH);
            DoubleVector f2 = DoubleVector.fromArray(DOUBLES, panel, from + 2 * WIDTH);
            DoubleVector f3 = DoubleVector.fromArray(DOUBLES, panel, from + 3 * WIDTH);
            DoubleVector w0 = DoubleVector.broadcast(DOUBLES, weighted[at + i]);
            s00 = w0.fma(f0, s00);
            s01 = w0.fma(f1, s01);
            s02 = w0.fma(f2, s02);
            s03 = w0.fma(f3, s03);
            DoubleVector w1 = DoubleVector.broadcast(DOUBLES, weighted[at + STRIDE + i]);
            s10 = w1.fma(f0, s10);
            s11 = w1.fma(f1, s11);
            s12 = w1.fma(f2, s12);
            s13 = w1.fma(f3, s13);
            DoubleVector w2 = DoubleVector.broadcast(DOUBLES, weighted[at + 2 * STRIDE + i]);
            s20 = w2.fma(f0, s20);
            s21 = w2.fma(f1, s21);
            s22 = w2.fma(f2, s22);
            s23 = w2.fma(f3, s23);
            DoubleVector w3 = DoubleVector.broadcast(DOUBLES, weighted[at + 3 * STRIDE + i]);
            s30 = w3.fma(f0, s30);
            s31 = w3.fma(f1, s31);
            s32 = w3.fma(f2, s32);
            s33 = w3.fma(f3, s33);
        }
        s00.add(DoubleVector.fromArray(DOUBLES, sums, to)).intoArray(sums, to);
        s01.add(DoubleVector.fromArray(DOUBLES, sums, to + WIDTH)).intoArray(sums, to + WIDTH);
        s02.add(DoubleVector.fromArray(DOUBLES, sums, to + 2 * WIDTH)).intoArray(sums, to + 2 * WIDTH);
        s03.add(DoubleVector.fromArray(DOUBLES, sums, to + 3 * WIDTH)).intoArray(sums, to + 3 * WIDTH);
        int to1 = to + stride;
        s10.add(DoubleVector.fromArray(DOUBLES, sums, to1)).intoArray(sums, to1);
        s11.add(DoubleVector.fromArray(DOUBLES, sums, to1 + WIDTH)).intoArray(sums, to1 + WIDTH);
        s12.add(DoubleVector.fromArray(DOUBLES, sums, to1 + 2 * WIDTH)).intoArray(sums, to1 + 2 * WIDTH);
        s13.add(DoubleVector.fromArray(DOUBLES, sums, to1 + 3 * WIDTH)).intoArray(sums, to1 + 3 * WIDTH);
        int to2 = to + 2 * stride;
        s20.add(DoubleVector.fromArray(DOUBLES, sums, to2)).intoArray(sums, to2);
        s21.add(DoubleVector.fromArray(DOUBLES, sums, to2 + WIDTH)).intoArray(sums, to2 + WIDTH);
        s22.add(DoubleVector.fromArray(DOUBLES, sums, to2 + 2 * WIDTH)).intoArray(sums, to2 + 2 * WIDTH);
        s23.add(DoubleVector.fromArray(DOUBLES, sums, to2 + 3 * WIDTH)).intoArray(sums, to2 + 3 * WIDTH);
        int to3 = to + 3 * stride;
        s30.add(DoubleVector.fromArray(DOUBLES, sums, to3)).intoArray(sums, to3);
        s31.add(DoubleVector.fromArray(DOUBLES, sums, to3 + WIDTH)).intoArray(sums, to3 + WIDTH);
        s32.add(DoubleVector.fromArray(DOUBLES, sums, to3 + 2 * WIDTH)).intoArray(sums, to3 + 2 * WIDTH);
        s33.add(DoubleVector.fromArray(DOUBLES, sums, to3 + 3 * WIDTH)).intoArray(sums, to3 + 3 * WIDTH);
    }

    /** The same for three vectors. */
    private static void byThree(
            double[] weighted, int at, double[] panel, int rows, double[] sums, int to, int stride) {
        DoubleVector s00 = DoubleVector.zero(DOUBLES);
        DoubleVector s01 = DoubleVector.zero(DOUBLES);
        DoubleVector s02 = DoubleVector.zero(DOUBLES);
        DoubleVector s10 = DoubleVector.zero(DOUBLES);
        DoubleVector s11 = DoubleVector.zero(DOUBLES);
        DoubleVector s12 = DoubleVector.zero(DOUBLES);
        DoubleVector s20 = DoubleVector.zero(DOUBLES);
        DoubleVector s21 = DoubleVector.zero(DOUBLES);
        DoubleVector s22 = DoubleVector.zero(DOUBLES);
        DoubleVector s30 = DoubleVector.zero(DOUBLES);
        DoubleVector s31 = DoubleVector.zero(DOUBLES);
        DoubleVector s32 = DoubleVector.zero(DOUBLES);
        for (int i = 0; i < rows; i++) {
            int from = i * PANEL;
            DoubleVector f0 = DoubleVector.fromArray(DOUBLES, panel, from);
            DoubleVector f1 = DoubleVector.fromArray(DOUBLES, panel, from + WIDTH);
            DoubleVector f2 = DoubleVector.fromArray(DOUBLES, panel, from + 2 * WIDTH);
            DoubleVector w0 = DoubleVector.broadcast(DOUBLES, weighted[at + i]);
            s00 = w0.fma(f0, s00);
            s01 = w0.fma(f1, s01);
            s02 = w0.fma(f2, s02);
            DoubleVector w1 = DoubleVector.broadcast(DOUBLES, weighted[at + STRIDE + i]);
            s10 = w1.fma(f0, s10);
            s11 = w1.fma(f1, s11);
            s12 = w1.fma(f2, s12);
            DoubleVector w2 = DoubleVector.broadcast(DOUBLES, weighted[at + 2 * STRIDE + i]);
            s20 = w2.fma(f0, s20);
            s21 = w2.fma(f1, s21);
            s22 = w2.fma(f2, s22);
            DoubleVector w3 = DoubleVector.broadcast(DOUBLES, weighted[at + 3 * STRIDE + i]);
            s30 = w3.fma(f0, s30);
            s31 = w3.fma(f1, s31);
            s32 = w3.fma(f2, s32);
        }
        s00.add(DoubleVector.fromArray(DOUBLES, sums, to)).intoArray(sums, to);
        s01.add(DoubleVector.fromArray(DOUBLES, sums, to + WIDTH)).intoArray(sums, to + WIDTH);
        s02.add(DoubleVector.fromArray(DOUBLES, sums, to + 2 * WIDTH)).intoArray(sums, to + 2 * WIDTH);
        int to1 = to + stride;
        s10.add(DoubleVector.fromArray(DOUBLES, sums, to1)).intoArray(sums, to1);
        s11.add(DoubleVector.fromArray(DOUBLES, sums, to1 + WIDTH)).intoArray(sums, to1 + WIDTH);
        s12.add(DoubleVector.fromArray(DOUBLES, sums, to1 + 2 * WIDTH)).intoArray(sums, to1 + 2 * WIDTH);
        int to2 = to + 2 * stride;
        s20.add(DoubleVector.fromArray(DOUBLES, sums, to2)).intoArray(sums, to2);
        s21.add(DoubleVector.fromArray(DOUBLES, sums, to2 + WIDTH)).intoArray(sums, to2 + WIDTH);
        s22.add(DoubleVector.fromArray(DOUBLES, sums, to2 + 2 * WIDTH)).intoArray(sums, to2 + 2 * WIDTH);
        int to3 = to + 3 * stride;
        s30.add(DoubleVector.fromArray(DOUBLES, sums, to3)).intoArray(sums, to3);
        s31.add(DoubleVector.fromArray(DOUBLES, sums, to3 + WIDTH)).intoArray(sums, to3 + WIDTH);
        s32.add(DoubleVector.fromArray(DOUBLES, sums, to3 + 2 * WIDTH)).intoArray(sums, to3 + 2 * WIDTH);
    }
}
