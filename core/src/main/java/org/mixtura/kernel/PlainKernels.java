package org.mixtura.kernel;

import org.mixtura.data.Block;

/**
 * The kernels in plain Java. Rows are taken in tiles and turned so that the inner loops run over the rows of a tile, which
 * the JIT compiler vectorises.
 */
public final class PlainKernels implements Kernels {
    /** Rows per tile, as for the moments: 64 columns and the scores of 32 components stay in the second-level cache. */
    private static final int TILE = WeightedTile.ROWS;

    private final String reason;

    /** The plain kernels, without a word why. */
    public PlainKernels() {
        this("");
    }

    /**
     * The plain kernels.
     *
     * @param reason why these and no others, for people; may be empty
     */
    public PlainKernels(String reason) {
        this.reason = reason;
    }

    @Override
    public String description() {
        return reason.isEmpty() ? "plain Java kernels" : "plain Java kernels (" + reason + ")";
    }

    @Override
    public Worker worker(QuadraticForms forms) {
        return new PlainWorker(forms);
    }

    private static final class PlainWorker extends TiledWorker {
        /** x − o, column by column. */
        private final double[][] tile;
        /** x − o − m_k, column by column. */
        private final double[][] delta;
        /** One coordinate of A_k (x − o − m_k). */
        private final double[] image = new double[TILE];
        /** ‖A_k (x − o − m_k)‖². */
        private final double[] square = new double[TILE];

        PlainWorker(QuadraticForms forms) {
            super(forms, TILE);
            this.tile = new double[dimension][TILE];
            this.delta = new double[dimension][TILE];
        }

        @Override
        void addTile(Block block, int first, int count, double[][] responsibilities, Moments into) {
            into.accept(block, first, count, responsibilities);
        }

        @Override
        void scoreTile(Block block, int first, int count, double[][] scores) {
            turn(block, first, count);
            double[] constants = forms.constants();
            for (int k = 0; k < components; k++) {
                subtractCentre(k, count);
                switch (forms.factor()) {
                    case TRIANGULAR -> triangularSquare(forms.factor(k), count);
                    case DIAGONAL -> diagonalSquare(forms.factor(k), count);
                    case SCALAR -> scalarSquare(forms.factor(k)[0], count);
                }
                double constant = constants[k];
                double[] score = scores[k];
                for (int i = 0; i < count; i++) {
                    score[i] = constant - 0.5 * square[i];
                }
            }
        }

        private void turn(Block block, int first, int count) {
            double[] values = block.values();
            double[] origin = forms.origin();
            int start = block.offset() + first * dimension;
            for (int j = 0; j < dimension; j++) {
                double[] column = tile[j];
                double shift = origin[j];
                for (int i = 0; i < count; i++) {
                    column[i] = values[start + i * dimension + j] - shift;
                }
            }
        }

        private void subtractCentre(int k, int count) {
            double[] centres = forms.centres();
            for (int j = 0; j < dimension; j++) {
                double[] from = tile[j];
                double[] to = delta[j];
                double centre = centres[k * dimension + j];
                for (int i = 0; i < count; i++) {
                    to[i] = from[i] - centre;
                }
            }
        }

        private void triangularSquare(double[] factor, int count) {
            clear(square, count);
            int at = 0;
            for (int a = 0; a < dimension; a++) {
                clear(image, count);
                int b = 0;
                for (; b + 3 <= a; b += 4) {
                    addFour(factor, at, b, count);
                    at += 4;
                }
                for (; b <= a; b++) {
                    addOne(factor[at], delta[b], count);
                    at++;
                }
                for (int i = 0; i < count; i++) {
                    square[i] += image[i] * image[i];
                }
            }
        }

        private void addFour(double[] factor, int at, int b, int count) {
            double f0 = factor[at];
            double f1 = factor[at + 1];
            double f2 = factor[at + 2];
            double f3 = factor[at + 3];
            double[] d0 = delta[b];
            double[] d1 = delta[b + 1];
            double[] d2 = delta[b + 2];
            double[] d3 = delta[b + 3];
            for (int i = 0; i < count; i++) {
                image[i] += (f0 * d0[i] + f1 * d1[i]) + (f2 * d2[i] + f3 * d3[i]);
            }
        }

        private void addOne(double factor, double[] column, int count) {
            for (int i = 0; i < count; i++) {
                image[i] += factor * column[i];
            }
        }

        private void diagonalSquare(double[] factor, int count) {
            clear(square, count);
            for (int j = 0; j < dimension; j++) {
                double f = factor[j];
                double[] column = delta[j];
                for (int i = 0; i < count; i++) {
                    double y = f * column[i];
                    square[i] += y * y;
                }
            }
        }

        private void scalarSquare(double factor, int count) {
            clear(square, count);
            for (int j = 0; j < dimension; j++) {
                double[] column = delta[j];
                for (int i = 0; i < count; i++) {
                    double y = factor * column[i];
                    square[i] += y * y;
                }
            }
        }

        private static void clear(double[] values, int count) {
            for (int i = 0; i < count; i++) {
                values[i] = 0;
            }
        }
    }
}
