package org.mixtura.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mixtura.data.Block;

/**
 * The loops in plain Java. Rows are taken in tiles and turned so that the inner loops run over the rows of a tile, which the JIT
 * compiler vectorises where they are short enough.
 */
final class PlainWorker extends TiledWorker {
    /** Rows per tile, as for the moments: 64 columns and the scores of 32 components stay in a second-level cache of half a megabyte. */
    private static final int TILE = WeightedTile.ROWS;

    /**
     * The length of an array that fills whole cache lines together with its header: those that are made one after another
     * lie alike within lines, so that of the vectors that a loop reads and writes all cross from line to line or none does.
     */
    private static final int WHOLE_LINES = TILE + 6;

    private final TurnedRows rows;
    /** x − o − m_k, column by column, then zeros up to a multiple of four columns. */
    private final double[][] delta;
    /** One coordinate of A_k (x − o − m_k), as far as it has come. */
    private final double[] image;
    /** ‖A_k (x − o − m_k)‖². */
    private final double[] square;
    /** The largest score of each row so far, where components are left out. */
    private final double[] largest = new double[TILE];

    private @Nullable NearComponents nearComponents;

    PlainWorker(QuadraticForms forms) {
        super(forms, TILE);
        int padded = (dimension + 3) / 4 * 4;
        this.rows = new TurnedRows(forms.origin(), TILE);
        double[][] together = new double[padded + 2][WHOLE_LINES];
        this.delta = Arrays.copyOf(together, padded);
        this.image = together[padded];
        this.square = together[padded + 1];
    }

    @Override
    void addTile(Block block, int first, int count, double[][] responsibilities, Moments into) {
        into.accept(rows, responsibilities);
    }

    @Override
    void scoreTile(Block block, int first, int count, double[][] scores) {
        rows.take(block, first, count);
        for (int k = 0; k < components; k++) {
            score(k, scores[k], count);
        }
    }

    @Override
    public void accumulate(Block block, Moments into, Nearness.Chunk near) {
        NearComponents few = nearComponents == null ? new NearComponents(components) : nearComponents;
        nearComponents = few;
        int number = 0;
        for (int first = 0; first < block.count(); first += TILE) {
            int count = Math.min(TILE, block.count() - first);
            rows.take(block, first, count);
            few.score(near, number, count, largest, k -> scoreNear(k, count));
            number++;
            int[] some = mattering(few, count);
            double[][] theirs = new double[some.length][];
            Arrays.setAll(theirs, i -> scores[some[i]]);
            shares.normalise(theirs, count, block, first);
            into.accept(rows, some, theirs);
            addScores(block, first, count, into);
        }
    }

    /** Scores the rows of a tile under one component, and raises their largest scores. */
    private double scoreNear(int k, int count) {
        double[] score = scores[k];
        score(k, score, count);
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            largest[i] = score[i] > largest[i] ? score[i] : largest[i];
            most = Math.max(most, score[i]);
        }
        return most;
    }

    /** Of the components that were scored those that matter to some row; all where a row has no score that is a number. */
    private int[] mattering(NearComponents few, int count) {
        double cut = Nearness.cut(components);
        return Arrays.stream(few.listed(), 0, few.count())
                .filter(k -> {
                    for (int i = 0; i < count; i++) {
                        if (!(scores[k][i] < largest[i] - cut)) {
                            return true;
                        }
                    }
                    return false;
                })
                .toArray();
    }

    private void score(int k, double[] score, int count) {
        if (forms.factor() == QuadraticForms.Factor.TRIANGULAR) {
            subtractCentre(k, count);
            triangularSquare(forms.factor(k), count);
        } else {
            diagonalSquare(k, count);
        }
        double constant = forms.constants()[k];
        for (int i = 0; i < count; i++) {
            score[i] = constant - 0.5 * square[i];
        }
    }

    private void subtractCentre(int k, int count) {
        double[] centres = forms.centres();
        for (int j = 0; j < dimension; j++) {
            double[] from = rows.columns()[j];
            double[] to = delta[j];
            double centre = centres[k * dimension + j];
            for (int i = 0; i < count; i++) {
                to[i] = from[i] - centre;
            }
        }
    }

    /** Row by row of A_k, four columns at a time; the last four are filled up with zeros. */
    private void triangularSquare(double[] factor, int count) {
        if (dimension == 1) {
            squareTwoRows(factor[0], 0, 0, count);
        } else {
            squareTwoRows(factor[0], factor[1], factor[2], count);
        }
        int at = 3;
        for (int row = 2; row < dimension; row++) {
            int last = row / 4 * 4;
            for (int column = 0; column < last; column += 4) {
                if (column == 0) {
                    setImage(factor, at, count);
                } else {
                    addImage(factor, at, column, count);
                }
                at += 4;
            }
            int left = row - last;
            double f0 = factor[at];
            double f1 = left > 0 ? factor[at + 1] : 0;
            double f2 = left > 1 ? factor[at + 2] : 0;
            double f3 = left > 2 ? factor[at + 3] : 0;
            if (last == 0) {
                squareShortRow(f0, f1, f2, f3, count);
            } else {
                squareRow(f0, f1, f2, f3, last, count);
            }
            at += left + 1;
        }
    }

    private void squareTwoRows(double f0, double g0, double g1, int count) {
        double[] d0 = delta[0];
        double[] d1 = delta[1];
        for (int i = 0; i < count; i++) {
            double y0 = f0 * d0[i];
            double y1 = g0 * d0[i] + g1 * d1[i];
            square[i] = y0 * y0 + y1 * y1;
        }
    }

    private void setImage(double[] factor, int at, int count) {
        double f0 = factor[at];
        double f1 = factor[at + 1];
        double f2 = factor[at + 2];
        double f3 = factor[at + 3];
        double[] d0 = delta[0];
        double[] d1 = delta[1];
        double[] d2 = delta[2];
        double[] d3 = delta[3];
        for (int i = 0; i < count; i++) {
            image[i] = (f0 * d0[i] + f1 * d1[i]) + (f2 * d2[i] + f3 * d3[i]);
        }
    }

    private void addImage(double[] factor, int at, int column, int count) {
        double f0 = factor[at];
        double f1 = factor[at + 1];
        double f2 = factor[at + 2];
        double f3 = factor[at + 3];
        double[] d0 = delta[column];
        double[] d1 = delta[column + 1];
        double[] d2 = delta[column + 2];
        double[] d3 = delta[column + 3];
        for (int i = 0; i < count; i++) {
            image[i] += (f0 * d0[i] + f1 * d1[i]) + (f2 * d2[i] + f3 * d3[i]);
        }
    }

    private void squareShortRow(double f0, double f1, double f2, double f3, int count) {
        double[] d0 = delta[0];
        double[] d1 = delta[1];
        double[] d2 = delta[2];
        double[] d3 = delta[3];
        for (int i = 0; i < count; i++) {
            double y = (f0 * d0[i] + f1 * d1[i]) + (f2 * d2[i] + f3 * d3[i]);
            square[i] += y * y;
        }
    }

    private void squareRow(double f0, double f1, double f2, double f3, int column, int count) {
        double[] d0 = delta[column];
        double[] d1 = delta[column + 1];
        double[] d2 = delta[column + 2];
        double[] d3 = delta[column + 3];
        for (int i = 0; i < count; i++) {
            double y = image[i] + ((f0 * d0[i] + f1 * d1[i]) + (f2 * d2[i] + f3 * d3[i]));
            square[i] += y * y;
        }
    }

    private void diagonalSquare(int k, int count) {
        double[] factor = forms.factor(k);
        double[] centres = forms.centres();
        int step = factor.length == 1 ? 0 : 1;
        Arrays.fill(square, 0, count, 0);
        for (int j = 0; j < dimension; j++) {
            addSquare(rows.columns()[j], centres[k * dimension + j], factor[j * step], count);
        }
    }

    private void addSquare(double[] column, double centre, double factor, int count) {
        for (int i = 0; i < count; i++) {
            double y = factor * (column[i] - centre);
            square[i] += y * y;
        }
    }
}
