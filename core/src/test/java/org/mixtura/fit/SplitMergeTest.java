package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.RowSummary;
import org.mixtura.kernel.Scan;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.testing.Examples;

class SplitMergeTest {
    private static final Tolerance FINE = Tolerance.leftToGain(1e-9);

    /** Four clusters far apart; labels that give two components to one of them and one to two others. */
    private static int[] wrong(int n) {
        return IntStream.range(0, n)
                .map(i -> i % 4 == 0 ? (i % 8 == 0 ? 0 : 1) : i % 4 == 3 ? 3 : 2)
                .toArray();
    }

    private static Ascent.Climb<GaussianMixture> climb(
            Ascent<GaussianMixture> ascent, MaximumLikelihood algorithm, Rows rows, int[] labels) {
        Initialization.Start start =
                Initialization.Start.plain(rows, RowSummary.of(rows, 1), 4, algorithm.scatter(), 0, 1);
        GaussianMixture first = algorithm.first(Initialization.labels(labels).moments(start));
        return ascent.climb(ascent.start(first, Ascent.Watcher.NONE), FINE, 1000, Ascent.Watcher.NONE);
    }

    @ParameterizedTest
    @EnumSource
    void leadsOutOfALocalMaximum(CovarianceStructure structure) {
        double[][] values = Examples.clusters(5, 400, 2, 4, 40);
        Rows rows = Rows.of(values);
        RowSummary summary = RowSummary.of(rows, 1);
        MaximumLikelihood algorithm =
                new MaximumLikelihood(Freedom.of(structure), Regularization.penalty(1), summary, rows.columns(), 4);
        Work work = Work.of(1, rows, 4);
        Ascent<GaussianMixture> ascent = new Ascent<>(algorithm, rows, work, Ascent.Steps.SQUARED);
        Ascent.Climb<GaussianMixture> local = climb(ascent, algorithm, rows, wrong(400));
        Ascent.Climb<GaussianMixture> best = climb(
                ascent, algorithm, rows, IntStream.range(0, 400).map(i -> i % 4).toArray());
        assertThat(local.objective()).isLessThan(best.objective() - 0.1);
        Ascent.Climb<GaussianMixture> mended = new SplitMerge<>(
                        algorithm, rows, summary, work, 5, structure.parameters(4, 2))
                .improve(local, FINE, Ascent.Watcher.NONE);
        assertClose(mended.objective(), best.objective(), 1e-8, "objective");
        double[] history = mended.history();
        for (int i = 1; i < history.length; i++) {
            assertThat(history[i]).isGreaterThanOrEqualTo(history[i - 1] - 1e-12 * Math.abs(history[i]));
        }
        assertThat(history.length).isGreaterThan(local.history().length);
    }

    @Test
    void leavesTheBestAsItIs() {
        double[][] values = Examples.clusters(5, 400, 2, 4, 40);
        Rows rows = Rows.of(values);
        RowSummary summary = RowSummary.of(rows, 1);
        MaximumLikelihood algorithm = new MaximumLikelihood(
                Freedom.of(CovarianceStructure.FULL), Regularization.penalty(1), summary, rows.columns(), 4);
        Work work = Work.of(1, rows, 4);
        Ascent<GaussianMixture> ascent = new Ascent<>(algorithm, rows, work, Ascent.Steps.SQUARED);
        Ascent.Climb<GaussianMixture> best = climb(
                ascent, algorithm, rows, IntStream.range(0, 400).map(i -> i % 4).toArray());
        assertThat(new SplitMerge<>(algorithm, rows, summary, work, 5, 23).improve(best, FINE, Ascent.Watcher.NONE))
                .isSameAs(best);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void mergesSharesAsAPassOverTheirRowsWould(long seed) {
        Rows rows = Rows.of(Examples.clusters(seed, 300, 3, 4, 5));
        RowSummary summary = RowSummary.of(rows, 1);
        for (Moments.Scatter scatter : Moments.Scatter.values()) {
            Initialization.Start four = Initialization.Start.plain(rows, summary, 4, scatter, 0, 1);
            Initialization.Start three = Initialization.Start.plain(rows, summary, 3, scatter, 0, 1);
            int[] labels = IntStream.range(0, 300).map(i -> i % 4).toArray();
            int[] joined =
                    IntStream.range(0, 300).map(i -> i % 4 == 3 ? 1 : i % 4).toArray();
            Moments merged = Partition.of(Initialization.labels(labels).moments(four))
                    .merged(1, 3)
                    .moments();
            Moments expected = Initialization.labels(joined).moments(three);
            for (int k = 0; k < 3; k++) {
                assertClose(merged.weights()[k], expected.weights()[k], 1e-14, "weight");
                assertClose(merged.mean(k), expected.mean(k), 1e-12, "mean");
                assertClose(merged.scatter(k), expected.scatter(k), 1e-12, "scatter");
            }
        }
    }

    /** Jensen's inequality: what a split of one component gains alone, the whole mixture gains at least. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void splitsGainAtLeastWhatIsPredicted(long seed) {
        Rows rows = Rows.of(Examples.clusters(seed, 500, 2, 5, 6));
        RowSummary summary = RowSummary.of(rows, 1);
        GaussianMixture three =
                Em.components(3).search(Search.NONE).seed(seed).fit(rows).model();
        double[] origin = summary.origin();
        MaximumLikelihood algorithm = new MaximumLikelihood(
                Freedom.of(CovarianceStructure.FULL), Regularization.penalty(1), summary, rows.columns(), 4);
        GaussianMixture about =
                three.translated(java.util.Arrays.stream(origin).map(o -> -o).toArray());
        Moments moments = Scan.moments(rows, algorithm.forms(about), Moments.Scatter.FULL, 1);
        Partition partition = Partition.of(moments);
        double before = moments.logLikelihood() - algorithm.penalty(about);
        for (Splits.Split split : new Splits(rows, summary, Moments.Scatter.FULL, 4, Work.of(1, rows, 4))
                .of(algorithm.forms(about), partition, 0)) {
            GaussianMixture four = algorithm.first(
                    partition.replaced(split.component(), split.halves()).moments());
            Moments after = Scan.moments(rows, algorithm.forms(four), Moments.Scatter.FULL, 1);
            double gained = after.logLikelihood() - algorithm.penalty(four) - before;
            // Rows of which a component owns less than a hundredth are left out of the prediction.
            assertThat(gained).isGreaterThan(split.gain() - 0.02 * Math.abs(split.gain()) - 1);
        }
    }
}
