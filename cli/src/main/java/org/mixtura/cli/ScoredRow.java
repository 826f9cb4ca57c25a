package org.mixtura.cli;

import org.mixtura.mixture.GaussianMixture;

/** What a mixture says of one row: a window on the scores of a block, moved from row to row. */
final class ScoredRow {
    private final int components;
    private double[] logDensity = new double[0];
    private double[] responsibilities = new double[0];
    private long first;
    private int row;

    ScoredRow(int components) {
        this.components = components;
    }

    /** Shows a row of a block; the arrays are those that {@link GaussianMixture.ScoreSink} lends. */
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

    /** The probability of a component. */
    double responsibility(int component) {
        return responsibilities[row * components + component];
    }

    /** The most probable component, from 0. */
    int label() {
        return GaussianMixture.largest(responsibilities, row * components, components);
    }
}
