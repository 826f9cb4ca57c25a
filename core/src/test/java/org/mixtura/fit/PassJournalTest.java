package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mixtura.bayes.MixturePosterior;
import org.mixtura.data.Rows;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/** A fit that is killed after any number of passes and run again with its journal ends with the same bits. */
class PassJournalTest {
    /** Enough for passes that are worth remembering. */
    private static final int N = 120_000;

    private static final Rows ROWS = rows();

    private static Rows rows() {
        Covariance covariance = Covariance.full(new double[] {1, 0.4, 1.2}, 2);
        GaussianMixture truth = GaussianMixture.of(
                new double[] {0.5, 0.3, 0.2},
                List.of(
                        Gaussian.of(new double[] {0, 0}, covariance),
                        Gaussian.of(new double[] {2.5, 0}, covariance),
                        Gaussian.of(new double[] {0, 3}, covariance)));
        return Rows.of(truth.sample(N, new SplittableRandom(1)));
    }

    /** Fits of a mixture that a journal may join. */
    private interface Fitting {
        Fit<?> fit(PassJournal journal);
    }

    static Stream<Fitting> fittings() {
        Em em = Em.components(3).seed(5).tolerance(1e-8);
        VariationalBayes bayes = VariationalBayes.components(3).seed(5);
        return Stream.of(
                journal -> em.journal(journal).fit(ROWS),
                journal -> em.search(Search.NONE)
                        .maxIterations(12)
                        .journal(journal)
                        .fit(ROWS),
                journal -> bayes.journal(journal).fit(ROWS));
    }

    @ParameterizedTest
    @MethodSource("fittings")
    void aFitRunAgainGivesTheSameBits(Fitting fitting) {
        Fit<?> undisturbed = fitting.fit(PassJournal.NONE);
        MemoryJournal whole = new MemoryJournal();
        assertSame(fitting.fit(whole), undisturbed);
        int kept = whole.answers.size();
        assertThat(kept).isGreaterThan(2);
        assertThat(whole.recalled).isZero();
        MemoryJournal memory = new MemoryJournal();
        for (int most = 1; most < kept; most += Math.max(1, kept / 4)) {
            memory.mostKept = most;
            assertThatThrownBy(() -> fitting.fit(memory)).hasMessage("killed");
        }
        memory.mostKept = Integer.MAX_VALUE;
        memory.recalled = 0;
        assertSame(fitting.fit(memory), undisturbed);
        assertThat(memory.recalled).isPositive();
    }

    private static void assertSame(Fit<?> fit, Fit<?> other) {
        assertThat(fit.history()).containsExactly(other.history());
        assertThat(fit.passes()).isEqualTo(other.passes());
        assertThat(text(fit.model())).isEqualTo(text(other.model()));
    }

    /** All numbers of a model; doubles that print alike are the same. */
    private static String text(Object model) {
        GaussianMixture mixture =
                model instanceof MixturePosterior posterior ? posterior.mixture() : (GaussianMixture) model;
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < mixture.size(); k++) {
            text.append(mixture.weight(k))
                    .append(List.of(
                            mixture.component(k).mean(0), mixture.component(k).mean(1)));
            for (int i = 0; i < 2; i++) {
                for (int j = 0; j <= i; j++) {
                    text.append(' ').append(mixture.component(k).covariance().get(i, j));
                }
            }
        }
        return text.toString();
    }

    @Test
    void anObserverSeesEachPassToItsEnd() {
        Map<Integer, AtomicLong> furthest = new HashMap<>();
        Map<Integer, Long> rows = new HashMap<>();
        FitObserver observer = new FitObserver() {
            @Override
            public boolean observe(Step step) {
                return true;
            }

            @Override
            public void passing(Passing passing) {
                synchronized (furthest) {
                    furthest.computeIfAbsent(passing.pass(), pass -> new AtomicLong())
                            .accumulateAndGet(passing.read(), Math::max);
                    rows.put(passing.pass(), passing.rows());
                }
            }
        };
        Fit<GaussianMixture> fit = Em.components(2)
                .search(Search.NONE)
                .threads(2)
                .observer(observer)
                .fit(ROWS);
        assertThat(furthest.keySet()).hasSize(fit.iterations() + 2).contains(0, 1, fit.iterations() + 1);
        rows.forEach((pass, count) -> assertThat(count).isEqualTo(pass == 0 ? 2L * N : N));
        furthest.forEach((pass, read) -> assertThat(read.get()).isEqualTo(rows.get(pass)));
    }

    @Test
    void whatAnObserverThrowsEndsTheFit() {
        FitObserver observer = new FitObserver() {
            @Override
            public boolean observe(Step step) {
                return true;
            }

            @Override
            public void passing(Passing passing) {
                if (passing.pass() == 2) {
                    throw new IllegalStateException("enough");
                }
            }
        };
        assertThatThrownBy(() -> Em.components(2).observer(observer).fit(ROWS)).hasMessage("enough");
    }
}
