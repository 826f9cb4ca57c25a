package org.mixtura.cli;

import org.mixtura.mixture.GaussianMixture;
import org.mixtura.mixture.Mixture;
import org.mixtura.mixture.NoisyMixture;

/** What a mixture says of one row: a window on the scores of a block, moved from row to row. */
final class ScoredRow {
    private final int components;
    private final int width;
    private double[] logDensity = new double[0];
    private double[] responsibilities = new double[0];
    private long first;
    private int row;

    /**
     * @param components K
     * @param width how many responsibilities a row has: more than K if there is noise, which is the last
     */
    ScoredRow(int components, int width) {
        this.components = components;
        this.width = width;
    }

    /** Shows a row of a block; the arrays are those that {@link Mixture.ScoreSink} lends. */
    ScoredRow show(long firstRow, double[] blockDensity, double[] blockResponsibilities, int rowInBlock) {
        first = firstRow;
        logDensity = blockDensity;
        responsibilities = blockResponsibilities;
        row = rowInBlock;
        return this;
    }

    /** Which row of all it is, from 0. */
    long number() {
        return first + row;
    }

    /** ln p(x), nats. */
    double logDensity() {
        return logDensity[row];
    }

    /** The probability of a component, or behind the last of the noise. */
    double responsibility(int component) {
        return responsibilities[row * width + component];
    }

    /** The most probable component, from 0; −1 for noise. */
    int label() {
        int label = GaussianMixture.largest(responsibilities, row * width, width);
        return label < components ? label : NoisyMixture.NOISE;
    }
}
