package org.mixtura.kernel;

import org.mixtura.data.Block;

/** Kernels that score a tile of rows under all components, share the rows out, and add up what follows: a frame for the two. */
abstract class TiledWorker implements Kernels.Worker {
    final QuadraticForms forms;
    final int components;
    final int dimension;
    private final int tile;
    /** Scores of a tile, then responsibilities. */
    final double[][] scores;

    final TileShares shares;

    /**
     * Kernels.
     *
     * @param forms the forms
     * @param tile the most rows of a tile
     */
    TiledWorker(QuadraticForms forms, int tile) {
        this.tile = tile;
        this.forms = forms;
        this.components = forms.components();
        this.dimension = forms.dimension();
        this.scores = new double[components][tile];
        this.shares = new TileShares(forms, tile);
    }

    /**
     * Scores some rows.
     *
     * @param scores receives s_k, component by component
     */
    abstract void scoreTile(Block block, int first, int count, double[][] scores);

    /**
     * Adds weights and moments of the rows last scored.
     *
     * @param responsibilities r_k, component by component
     */
    abstract void addTile(Block block, int first, int count, double[][] responsibilities, Moments into);

    @Override
    public final void score(Block block, double[] densities, double[] responsibilities) {
        for (int first = 0; first < block.count(); first += tile) {
            int count = share(block, first);
            System.arraycopy(shares.logDensity(), 0, densities, first, count);
            if (responsibilities.length > 0) {
                turn(count, responsibilities, first * components);
            }
        }
    }

    @Override
    public final void accumulate(Block block, Moments into) {
        for (int first = 0; first < block.count(); first += tile) {
            int count = share(block, first);
            addTile(block, first, count, scores, into);
            addScores(block, first, count, into);
        }
    }

    /** Adds the scores of rows that were shared out. */
    final void addScores(Block block, int first, int count, Moments into) {
        for (int i = 0; i < count; i++) {
            into.acceptScores(block.weight(first + i), shares.logDensity()[i], shares.entropy()[i]);
        }
    }

    /** Writes the responsibilities of a tile row by row. */
    private void turn(int count, double[] responsibilities, int start) {
        for (int k = 0; k < components; k++) {
            double[] share = scores[k];
            for (int i = 0; i < count; i++) {
                responsibilities[start + i * components + k] = share[i];
            }
        }
    }

    /** Scores the rows of a tile; returns how many there are. */
    private int share(Block block, int first) {
        int count = Math.min(tile, block.count() - first);
        scoreTile(block, first, count, scores);
        shares.normalise(scores, count, block, first);
        return count;
    }
}
