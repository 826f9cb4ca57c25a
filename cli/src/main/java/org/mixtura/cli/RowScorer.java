package org.mixtura.cli;

import org.mixtura.data.Rows;
import org.mixtura.io.MixtureFile;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.mixture.NoisyMixture;
import org.mixtura.mixture.StudentMixture;

/**
 * What scores rows: a mixture, one among noise, or one with tails.
 *
 * @param components K, without the noise
 * @param width how many responsibilities a row has: K, and one more for noise, the last
 * @param scoring scores rows
 */
record RowScorer(int components, int width, Scoring scoring) {
    /** Scores rows, in order. */
    @FunctionalInterface
    interface Scoring {
        void score(Rows rows, int threads, GaussianMixture.ScoreSink sink);
    }

    static RowScorer of(GaussianMixture mixture) {
        return new RowScorer(mixture.size(), mixture.size(), mixture::score);
    }

    static RowScorer of(NoisyMixture mixture) {
        return new RowScorer(mixture.size(), mixture.size() + 1, mixture::score);
    }

    static RowScorer of(StudentMixture mixture) {
        return new RowScorer(mixture.size(), mixture.size(), mixture::score);
    }

    /** Of what a model file holds. */
    static RowScorer of(MixtureFile file) {
        return file.noisy()
                .map(RowScorer::of)
                .or(() -> file.tailed().map(RowScorer::of))
                .orElseGet(() -> of(file.mixture()));
    }
}
