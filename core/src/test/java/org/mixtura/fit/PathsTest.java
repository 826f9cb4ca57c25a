package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Rows;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.testing.Examples;

class PathsTest {
    private static final List<CovarianceStructure> STRUCTURES =
            List.of(CovarianceStructure.DIAGONAL, CovarianceStructure.FULL, CovarianceStructure.TIED);

    private static List<Em> candidates(IntFunction<Em> like, List<CovarianceStructure> structures, int... counts) {
        List<Em> candidates = new ArrayList<>();
        for (CovarianceStructure structure : structures) {
            for (int k : counts) {
                candidates.add(like.apply(k).covariance(structure));
            }
        }
        return candidates;
    }

    private static void assertNeverFalls(Fit<?> fit) {
        double[] history = fit.history();
        for (int i = 1; i < history.length; i++) {
            assertThat(history[i]).isGreaterThanOrEqualTo(history[i - 1] - 1e-12 * Math.abs(history[i]));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void findsTheClustersThatAreThereOfManyRows(long seed) {
        Rows rows = Rows.of(Examples.clusters(seed, 20_000, 3, 5, 8));
        Selection<GaussianMixture> choice = Selection.of(
                candidates(k -> Em.components(k).seed(seed), STRUCTURES, 1, 2, 3, 4, 5, 6, 7, 8), Criterion.BIC, rows);
        // The clusters are spherical and of one size, so that the tied structure needs the fewest parameters.
        assertThat(choice.winner().components()).isEqualTo(5);
        assertThat(choice.winner().structure()).isEqualTo(CovarianceStructure.TIED);
        choice.table().stream().flatMap(c -> c.fit().stream()).forEach(PathsTest::assertNeverFalls);
    }

    @Test
    void fitsTheBestAndThoseBesideItToAllRowsAndEstimatesTheRest() {
        Rows rows = Rows.of(Examples.clusters(4, 20_000, 2, 5, 5));
        List<Em> candidates =
                candidates(k -> Em.components(k).seed(3), List.of(CovarianceStructure.FULL), 1, 2, 3, 4, 5, 6, 7, 8);
        Selection<GaussianMixture> choice = Selection.of(candidates, Criterion.BIC, rows);
        int best = choice.table().indexOf(choice.winner());
        for (int i = 0; i < 8; i++) {
            Selection.Candidate<GaussianMixture> candidate = choice.table().get(i);
            if (Math.abs(i - best) <= 1) {
                assertThat(candidate.basis()).isEqualTo(Selection.Basis.ALL_ROWS);
            }
            if (candidate.basis() == Selection.Basis.ALL_ROWS) {
                Fit<?> fit = candidate.fit().orElseThrow();
                assertThat(candidate.value()).isEqualTo(fit.bic());
                assertThat(candidate.logLikelihood()).isEqualTo(fit.logLikelihood());
            } else {
                assertThat(candidate.basis()).isEqualTo(Selection.Basis.SAMPLE);
                assertThat(candidate.fit()).isEmpty();
            }
            assertThat(candidate.value()).isGreaterThanOrEqualTo(choice.winner().value());
            double own = candidates.get(i).fit(rows).logLikelihood() / 20_000;
            // An average over 2 n₀ = 8000 rows of differences of log-densities, whose spread is below 0.5: four of its
            // errors.
            assertThat(candidate.logLikelihood() / 20_000).isBetween(own - 0.022, own + 0.022);
        }
        assertThat(choice.table().get(0).basis()).isEqualTo(Selection.Basis.SAMPLE);
        assertThat(choice.table().get(1).basis()).isEqualTo(Selection.Basis.SAMPLE);
    }

    @Test
    void estimatesNothingOfFewRows() {
        Rows rows = Examples.iris();
        Selection<GaussianMixture> choice =
                Selection.of(candidates(Em::components, STRUCTURES, 1, 2, 3, 4), Criterion.BIC, rows);
        for (Selection.Candidate<GaussianMixture> candidate : choice.table()) {
            assertThat(candidate.basis()).isEqualTo(Selection.Basis.ALL_ROWS);
            Fit<?> fit = candidate.fit().orElseThrow();
            assertNeverFalls(fit);
            assertThat(fit.leftToGain()).isLessThan(1e-6);
            double own = Em.components(candidate.components())
                    .covariance(candidate.structure())
                    .fit(rows)
                    .meanLogLikelihood();
            assertThat(fit.meanLogLikelihood()).isGreaterThan(own - 0.02);
        }
    }

    @Test
    void givesTheSameBitsForAnyThreads() {
        Rows rows = Rows.of(Examples.clusters(7, 9000, 3, 4, 4));
        IntFunction<Em> em = k -> Em.components(k).seed(5);
        Selection<GaussianMixture> one =
                Selection.of(candidates(k -> em.apply(k).threads(1), STRUCTURES, 1, 2, 4, 7), Criterion.ICL, rows);
        Selection<GaussianMixture> three =
                Selection.of(candidates(k -> em.apply(k).threads(3), STRUCTURES, 1, 2, 4, 7), Criterion.ICL, rows);
        for (int i = 0; i < one.table().size(); i++) {
            assertThat(three.table().get(i).value())
                    .isEqualTo(one.table().get(i).value());
        }
        assertThat(three.best().model()).isEqualTo(one.best().model());
        assertThat(three.passes()).isEqualTo(one.passes());
    }

    @Test
    void countsRowsByTheirWeight() {
        double[][] values = Examples.clusters(9, 6000, 2, 3, 8);
        double[] weights = new double[values.length];
        Arrays.setAll(weights, i -> 1 + i % 3);
        double[][] repeated = new double[12_000][];
        int at = 0;
        for (int i = 0; i < values.length; i++) {
            for (int times = 0; times < weights[i]; times++) {
                repeated[at++] = values[i];
            }
        }
        List<Em> candidates = candidates(Em::components, List.of(CovarianceStructure.FULL), 1, 2, 3, 4, 5);
        Selection<GaussianMixture> weighted =
                Selection.of(candidates, Criterion.BIC, Rows.of(values).weighted(weights));
        Selection<GaussianMixture> plain = Selection.of(candidates, Criterion.BIC, Rows.of(repeated));
        assertThat(weighted.winner().components()).isEqualTo(3);
        assertThat(plain.winner().components()).isEqualTo(3);
        assertClose(weighted.winner().value(), plain.winner().value(), 1e-5, "criterion");
        for (int i = 0; i < 5; i++) {
            assertClose(weighted.table().get(i).value(), plain.table().get(i).value(), 5e-3, "K " + (i + 1));
        }
    }

    @Test
    void fitsEachByItselfWithoutASearchOrAPenalty() {
        Rows rows = Rows.of(Examples.clusters(7, 6000, 2, 3, 6));
        for (IntFunction<Em> em : List.<IntFunction<Em>>of(
                k -> Em.components(k).search(Search.NONE).maxIterations(20),
                k -> Em.components(k).regularization(Regularization.none()).maxIterations(20))) {
            List<Em> candidates = candidates(em, List.of(CovarianceStructure.FULL), 1, 2, 3);
            Selection<GaussianMixture> choice = Selection.of(candidates, Criterion.BIC, rows);
            double passes = 0;
            for (int i = 0; i < 3; i++) {
                Fit<?> own = candidates.get(i).fit(rows);
                Selection.Candidate<GaussianMixture> candidate = choice.table().get(i);
                assertThat(candidate.fit().orElseThrow().model()).isEqualTo(own.model());
                passes += own.passes() * (i + 1) / choice.winner().components();
            }
            assertClose(choice.passes(), passes, 1e-12, "passes");
        }
    }

    @Test
    void structuresNeedNotHaveTheSameNumbers() {
        Rows rows = Rows.of(Examples.clusters(3, 6000, 2, 6, 8));
        List<Em> candidates = candidates(Em::components, List.of(CovarianceStructure.FULL), 2, 5);
        candidates.addAll(candidates(Em::components, List.of(CovarianceStructure.SPHERICAL), 12, 6, 1));
        Selection<GaussianMixture> choice = Selection.of(candidates, Criterion.BIC, rows);
        assertThat(choice.table().stream().map(Selection.Candidate::components)).containsExactly(2, 5, 12, 6, 1);
        assertThat(choice.winner()).isSameAs(choice.table().get(3));
        assertThat(choice.table()).noneMatch(candidate -> candidate.basis() == Selection.Basis.NOTHING);
    }

    @Test
    void aChoiceCanBeCancelledAtAnyTime() {
        Rows rows = Rows.of(Examples.clusters(7, 5000, 2, 4, 4));
        AtomicInteger all = new AtomicInteger();
        IntFunction<Em> em = k -> Em.components(k).observer(step -> all.incrementAndGet() > 0);
        Selection.of(candidates(em, STRUCTURES, 1, 2, 3, 4, 5), Criterion.BIC, rows);
        for (int after = 1; after < all.get(); after += 1 + all.get() / 3) {
            AtomicInteger calls = new AtomicInteger();
            int last = after;
            IntFunction<Em> cancelling = k -> Em.components(k).observer(step -> calls.incrementAndGet() < last);
            Fit<?> fit = Selection.of(candidates(cancelling, STRUCTURES, 1, 2, 3, 4, 5), Criterion.BIC, rows)
                    .best();
            assertThat(fit.stopReason()).isEqualTo(StopReason.CANCELLED);
        }
    }
}
