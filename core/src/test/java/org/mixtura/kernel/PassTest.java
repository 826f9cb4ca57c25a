package org.mixtura.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Block;
import org.mixtura.testing.ComputedRows;

class PassTest {
    /** A cost for which chunks have 512 rows and 40 chunks are worth several threads. */
    private static final long COST = 1 << 15;

    private static final int CHUNK = 1024;
    private static final int ROWS = 40 * CHUNK - 5;

    private final ComputedRows rows = new ComputedRows(ROWS, 1, n -> new double[] {n});

    /** The numbers of the rows of one chunk. */
    private static final class Seen implements Pass.Part {
        private final List<Long> numbers = new ArrayList<>();

        void accept(Block block, long first) {
            assertThat(numbers).isEmpty();
            for (int i = 0; i < block.count(); i++) {
                assertThat(block.get(i, 0)).isEqualTo((double) (first + i));
                numbers.add(first + i);
            }
        }

        @Override
        public void clear() {
            numbers.clear();
        }
    }

    private static Pass.Worker<Seen> seeing() {
        return (block, first, into) -> into.accept(block, first);
    }

    @AfterEach
    void nothingIsLeftOpenOrRunning() {
        assertThat(rows.openReaders()).isZero();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("mixtura-pass"));
    }

    @Test
    void chunksHaveSizesOfTheWorkAlone() {
        assertThat(Pass.chunkRows(COST)).isEqualTo(CHUNK);
        assertThat(Pass.chunkRows(0)).isEqualTo(4096);
        assertThat(Pass.chunkRows(1 << 14)).isEqualTo(2048);
        assertThat(Pass.chunkRows(Long.MAX_VALUE)).isEqualTo(CHUNK);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 100})
    void handsOverEveryRowInOrder(int threads) {
        List<Long> all = new ArrayList<>();
        Pass.run(rows, threads, COST, PassTest::seeing, Seen::new, part -> all.addAll(part.numbers));
        assertThat(all)
                .containsExactlyElementsOf(LongStream.range(0, ROWS).boxed().toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void usesTheThreadsThatItMay(int threads) {
        AtomicInteger workers = new AtomicInteger();
        Pass.run(
                rows,
                threads,
                COST,
                () -> {
                    workers.incrementAndGet();
                    return seeing();
                },
                Seen::new,
                part -> {});
        assertThat(workers).hasValue(threads);
        assertThat(rows.openedReaders()).isEqualTo(threads);
    }

    @Test
    void staysOnTheCallersThreadForLittleWork() {
        Thread caller = Thread.currentThread();
        Pass.run(
                rows,
                8,
                1,
                () -> (block, first, into) -> assertThat(Thread.currentThread()).isSameAs(caller),
                Seen::new,
                part -> {});
        assertThat(rows.openedReaders()).isEqualTo(1);
        assertThat(Pass.isSmall(rows, 1)).isTrue();
        assertThat(Pass.isSmall(rows, COST)).isFalse();
        assertThat(Pass.isSmall(rows, Long.MAX_VALUE)).isFalse();
    }

    @Test
    void needsAThread() {
        for (int threads : new int[] {0, -1, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> Pass.run(rows, threads, COST, PassTest::seeing, Seen::new, part -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(threads + " threads; at least 1 must work");
        }
    }

    @Test
    void doesNothingForNoRows() {
        ComputedRows none = new ComputedRows(0, 1, n -> new double[1]);
        Pass.run(
                none,
                3,
                COST,
                PassTest::seeing,
                Seen::new,
                part -> assertThat(part.numbers).isNotNull().isNull());
        assertThat(none.openReaders()).isZero();
    }

    /** The first chunk takes as long as all others together could: they must wait for it, not pile up. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void keepsFewPartsHoweverSlowTheFirstChunk(int threads) {
        AtomicInteger parts = new AtomicInteger();
        CountDownLatch others = new CountDownLatch(threads);
        Pass.run(
                rows,
                threads,
                COST,
                () -> (block, first, into) -> {
                    into.accept(block, first);
                    if (first > 0) {
                        others.countDown();
                    } else {
                        await(others);
                    }
                },
                () -> {
                    parts.incrementAndGet();
                    return new Seen();
                },
                part -> {});
        assertThat(parts.get()).isLessThanOrEqualTo(threads + 2);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Rows that cannot be worked on; chunks are of 1024 rows. */
    private static Pass.Worker<Seen> failingAt(long... numbers) {
        return (block, first, into) -> {
            into.accept(block, first);
            for (long number : numbers) {
                if (number >= first && number < first + block.count()) {
                    throw new IllegalArgumentException("row " + number);
                }
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void tellsOfTheFirstRowThatFails(int threads) {
        for (int repeat = 0; repeat < 50; repeat++) {
            List<Long> all = new ArrayList<>();
            assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> assertThatThrownBy(() -> Pass.run(
                                    rows,
                                    threads,
                                    COST,
                                    () -> failingAt(7200, 8800, 10_400, 40_000),
                                    Seen::new,
                                    part -> all.addAll(part.numbers)))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessage("row 7200"));
            // The chunks before the one that failed have been handed over, none after it.
            assertThat(all)
                    .containsExactlyElementsOf(
                            LongStream.range(0, 7 * CHUNK).boxed().toList());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void stopsWhenTheReceiverFails(int threads) {
        for (int repeat = 0; repeat < 50; repeat++) {
            AtomicInteger calls = new AtomicInteger();
            assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> assertThatThrownBy(() ->
                                    Pass.run(rows, threads, COST, () -> failingAt(10_400, 15_200), Seen::new, part -> {
                                        if (calls.incrementAndGet() == 6) {
                                            throw new IllegalStateException("disk full");
                                        }
                                    }))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessage("disk full"));
            assertThat(calls).hasValue(6);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void passesErrorsOn(int threads) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThatThrownBy(() -> Pass.run(
                                rows,
                                threads,
                                COST,
                                PassTest::seeing,
                                () -> {
                                    throw new OutOfMemoryError("no part");
                                },
                                part -> {}))
                        .isInstanceOf(OutOfMemoryError.class)
                        .hasMessage("no part"));
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThatThrownBy(() -> Pass.run(
                                rows,
                                threads,
                                COST,
                                () -> {
                                    throw new IllegalStateException("no worker");
                                },
                                Seen::new,
                                part -> {}))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("no worker"));
    }

    @Test
    void tellsOfARowThatCannotBeRead() {
        for (int threads : new int[] {1, 2, 8}) {
            ComputedRows broken = new ComputedRows(ROWS, 1, n -> {
                if (n >= 1400) {
                    throw new java.io.UncheckedIOException(new java.io.IOException("line " + n));
                }
                return new double[] {n};
            });
            assertThatThrownBy(() -> Pass.run(broken, threads, COST, PassTest::seeing, Seen::new, part -> {}))
                    .isInstanceOf(java.io.UncheckedIOException.class)
                    .hasMessageEndingWith("line 1400");
            assertThat(broken.openReaders()).isZero();
        }
    }

    /** An interrupt does not stop a pass, whose work is bounded, and is not lost. */
    @Test
    @Timeout(20)
    void finishesWhenInterruptedAndKeepsTheInterrupt() {
        List<Long> all = new ArrayList<>();
        Thread.currentThread().interrupt();
        Pass.run(rows, 3, COST, PassTest::seeing, Seen::new, part -> all.addAll(part.numbers));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(all).hasSize(ROWS);
    }

    @Test
    void mayRunInsideAnother() {
        List<Long> inner = new ArrayList<>();
        Pass.run(rows, 2, COST, PassTest::seeing, Seen::new, part -> {
            if (inner.isEmpty()) {
                Pass.run(rows, 2, COST, PassTest::seeing, Seen::new, other -> inner.addAll(other.numbers));
            }
        });
        assertThat(inner).hasSize(ROWS);
    }
}
