package org.mixtura.cli;

import org.mixtura.mixture.GaussianMixture;

/** What a mixture says of one row: a window on the scores of a block, moved from row to row. */
final class ScoredRow {
    private final int components;
    private double[] logDensity = new double[0];
    private double[] responsibilities = new double[0];
    private int row;
    private long number;

    ScoredRow(int components) {
        this.components = components;
    }

    /** Shows a row of a block; the arrays are those that {@link GaussianMixture.ScoreSink} lends. */
    void show(long rowNumber, double[] blockDensity, double[] blockResponsibilities, int rowInBlock) {
        number = rowNumber;
        logDensity = blockDensity;
        responsibilities = blockResponsibilities;
        row = rowInBlock;
    }

    /** Which row it is, from 0. */
    long number() {
        return number;
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
