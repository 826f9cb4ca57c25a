package org.mixtura.kernel;

import org.mixtura.data.Block;
import org.mixtura.linalg.Packed;

/**
 * Rows of which each stands for others with a spread of its own: the scores of {@link SpreadForms} and their moments, in loops over
 * the rows of a tile as those of the plain kernels, at a small multiple of the cost of points.
 */
final class SpreadRows extends TiledWorker {
    private static final int TILE = WeightedTile.ROWS;

    private final boolean triangular;
    private final TurnedRows rows;
    /** x − o − m_k, column by column. */
    private final double[][] delta;
    /** G of each row, element by element, or the variances where A_k is diagonal. */
    private final double[][] roots;

    private final double[] image = new double[TILE];
    private final double[] square = new double[TILE];

    SpreadRows(QuadraticForms forms) {
        super(forms, TILE);
        this.triangular = forms.factor() == QuadraticForms.Factor.TRIANGULAR;
        this.rows = new TurnedRows(forms.origin(), TILE);
        this.delta = new double[dimension][TILE];
        this.roots = new double[triangular ? Packed.size(dimension) : dimension][TILE];
    }

    @Override
    void scoreTile(Block block, int first, int count, double[][] scores) {
        rows.take(block, first, count);
        for (int i = 0; i < count; i++) {
            double[] covariance = AtomGroups.Key.of(block, first + i).elements();
            double[] root = triangular
                    ? SpreadForms.root(SpreadForms.laidOut(covariance, dimension, Moments.Scatter.FULL), dimension)
                    : SpreadForms.variances(covariance, dimension);
            for (int e = 0; e < roots.length; e++) {
                roots[e][i] = root[e];
            }
        }
        for (int k = 0; k < components; k++) {
            for (int j = 0; j < dimension; j++) {
                double centre = forms.centres()[k * dimension + j];
                double[] column = rows.columns()[j];
                for (int i = 0; i < count; i++) {
                    delta[j][i] = column[i] - centre;
                }
            }
            for (int i = 0; i < count; i++) {
                square[i] = 0;
            }
            if (triangular) {
                addImages(forms.factor(k), count);
            } else {
                addSquares(forms.factor(k), count);
            }
            double constant = forms.constants()[k];
            for (int i = 0; i < count; i++) {
                scores[k][i] = constant - 0.5 * square[i];
            }
        }
    }

    /** ‖A δ‖² + ‖A G‖², the second column by column of G. */
    private void addImages(double[] factor, int count) {
        for (int a = 0; a < dimension; a++) {
            clearImage(count);
            for (int j = 0; j <= a; j++) {
                addMultiple(factor[Packed.index(a, j)], delta[j], count);
            }
            addSquareOfImage(count);
            for (int j = 0; j <= a; j++) {
                clearImage(count);
                for (int m = j; m <= a; m++) {
                    addMultiple(factor[Packed.index(a, m)], roots[Packed.index(m, j)], count);
                }
                addSquareOfImage(count);
            }
        }
    }

    private void addSquares(double[] factor, int count) {
        boolean scalar = forms.factor() == QuadraticForms.Factor.SCALAR;
        for (int j = 0; j < dimension; j++) {
            double a = factor[scalar ? 0 : j];
            double[] column = delta[j];
            double[] variances = roots[j];
            for (int i = 0; i < count; i++) {
                double y = a * column[i];
                square[i] += y * y + a * variances[i] * a;
            }
        }
    }

    private void clearImage(int count) {
        for (int i = 0; i < count; i++) {
            image[i] = 0;
        }
    }

    private void addMultiple(double factor, double[] column, int count) {
        for (int i = 0; i < count; i++) {
            image[i] += factor * column[i];
        }
    }

    private void addSquareOfImage(int count) {
        for (int i = 0; i < count; i++) {
            square[i] += image[i] * image[i];
        }
    }

    @Override
    void addTile(Block block, int first, int count, double[][] responsibilities, Moments into) {
        into.accept(rows, responsibilities);
        SpreadForms.addSpread(block, first, count, (i, k) -> responsibilities[k][i], into);
    }
}
