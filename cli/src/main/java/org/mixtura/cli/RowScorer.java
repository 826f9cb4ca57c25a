package org.mixtura.cli;

import org.mixtura.data.Rows;
import org.mixtura.io.MixtureFile;
import org.mixtura.mixture.Mixture;
import org.mixtura.mixture.NoisyMixture;

/**
 * What scores rows: a mixture, or one among noise.
 *
 * @param components K, without the noise
 * @param width how many responsibilities a row has: K, and one more for noise, the last
 * @param scoring scores rows
 */
record RowScorer(int components, int width, Scoring scoring) {
    /** Scores rows, in order. */
    @FunctionalInterface
    interface Scoring {
        void score(Rows rows, int threads, Mixture.ScoreSink sink);
    }

    static RowScorer of(Mixture mixture) {
        return new RowScorer(mixture.size(), mixture.size(), mixture::score);
    }

    static RowScorer of(NoisyMixture mixture) {
        return new RowScorer(mixture.size(), mixture.size() + 1, mixture::score);
    }

    /** Of what a model file holds. */
    static RowScorer of(MixtureFile file) {
        return file.noisy().map(RowScorer::of).orElseGet(() -> of(file.components()));
    }
}
