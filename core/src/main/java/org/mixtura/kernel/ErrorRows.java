package org.mixtura.kernel;

import org.mixtura.data.Block;

/** Rows of which each has errors of its own: the work of {@link ErrorForms}, a multiple of d³ for each row and component. */
final class ErrorRows extends TiledWorker {
    private static final int TILE = WeightedTile.ROWS;

    private final TrueComponents seen;
    private final ErrorForms[] tile = new ErrorForms[TILE];
    private final double[] deviation;

    ErrorRows(QuadraticForms forms, TrueComponents seen) {
        super(forms, TILE);
        this.seen = seen;
        this.deviation = new double[dimension];
    }

    @Override
    void scoreTile(Block block, int first, int count, double[][] scores) {
        for (int i = 0; i < count; i++) {
            tile[i] = new ErrorForms(seen, AtomGroups.Key.of(block, first + i).elements());
            for (int k = 0; k < components; k++) {
                deviate(block, first + i, k);
                scores[k][i] = tile[i].score(k, deviation);
            }
        }
    }

    @Override
    void addTile(Block block, int first, int count, double[][] responsibilities, Moments into) {
        for (int i = 0; i < count; i++) {
            double weight = block.weight(first + i);
            for (int k = 0; k < components && weight > 0; k++) {
                double r = responsibilities[k][i];
                if (r > Moments.NEGLIGIBLE) {
                    deviate(block, first + i, k);
                    tile[i].add(k, weight * r, deviation, into);
                }
            }
        }
    }

    private void deviate(Block block, int row, int k) {
        for (int j = 0; j < dimension; j++) {
            deviation[j] = block.get(row, j) - forms.origin()[j] - forms.centres()[k * dimension + j];
        }
    }
}
