package org.mixtura.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.mixtura.fit.FitObserver;

class ProgressTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Interruption interruption = new Interruption();

    private Terminal terminal(boolean watched) {
        return new Terminal(OutputStream.nullOutputStream(), err, 80, watched);
    }

    private String shown() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static FitObserver.Step step(int restart, int iteration) {
        return new FitObserver.Step(restart, 4, iteration, 1000, -4.155381);
    }

    @Test
    void isSilentInTheFirstSecondAndWhereNobodyWatches() throws InterruptedException {
        try (Progress early = new Progress(terminal(true), false, false);
                Progress unwatched = new Progress(terminal(false), false, false);
                Progress quiet = new Progress(terminal(true), true, false)) {
            assertThat(early.of("2 components, full", 0, 9, interruption).observe(step(0, 1)))
                    .isTrue();
            Thread.sleep(1050);
            unwatched.of("2 components, full", 0, 9, interruption).observe(step(0, 1));
            quiet.of("2 components, full", 0, 9, interruption).observe(step(0, 1));
            assertThat(shown()).isEmpty();
        }
        assertThat(shown()).isEmpty();
    }

    @Test
    void showsOneLineThatNeverGoesBackAndTakesItAway() throws InterruptedException {
        try (Progress progress = new Progress(terminal(true), false, false)) {
            FitObserver observer = progress.of("2 components, full", 1, 2, interruption);
            Thread.sleep(1050);
            observer.observe(step(2, 120));
            assertThat(shown())
                    .isEqualTo(
                            "\r\u001b[K[###############.....] 2 components, full (2 of 2), start 3 of 4, iteration 120");
            err.reset();
            Thread.sleep(150);
            observer.observe(step(0, 7));
            assertThat(shown()).contains("[###############.....]", "start 1 of 4, iteration 7");
            err.reset();
        }
        assertThat(shown()).isEqualTo("\r\u001b[K");
    }

    @Test
    void showsHowFarALongPassIs() throws InterruptedException {
        try (Progress progress = new Progress(terminal(true), false, true)) {
            FitObserver observer = progress.of("2 components", 0, 1, interruption);
            Thread.sleep(1050);
            observer.passing(new FitObserver.Passing(3, 0, 100_000));
            assertThat(shown()).isEmpty();
            Thread.sleep(550);
            observer.passing(new FitObserver.Passing(3, 50_000, 100_000));
            assertThat(shown())
                    .matches("\\r\\u001b\\[K\\[##########\\.{10}] pass 3: 50k of 100k rows, [0-9]+k/s, [01] s left");
            err.reset();
            observer.passing(new FitObserver.Passing(3, 100_000, 100_000));
            assertThat(shown())
                    .matches("\\r\\u001b\\[K2 components, pass 3: 100,000 rows, [0-9,]+ rows/s, 0\\.[0-9]+ s\\R");
        }
    }

    @Test
    void tellsThePace() {
        assertThat(Progress.pace(0, 5000, 1)).isEqualTo("0 of 5,000 rows");
        assertThat(Progress.pace(1000, 5000, 2_500_000_000L)).isEqualTo("1,000 of 5,000 rows, 400/s, 10 s left");
        assertThat(Progress.pace(41_234_567, 100_000_000, 10_000_000_000L))
                .isEqualTo("41.2M of 100M rows, 4.12M/s, 14 s left");
        assertThat(Progress.pace(10_000, 1_234_567_890, 1_000_000_000L))
                .isEqualTo("10k of 1235M rows, 10k/s, 123,456 s left");
        assertThat(Progress.pace(999_499, 999_500, 1_000_000_000_000L))
                .isEqualTo("999k of 1.00M rows, 999/s, 0 s left");
        assertThat(Progress.pace(1000, 0, 2_500_000_000L)).isEqualTo("1,000 rows, 400/s");
        assertThat(Progress.pace(0, 0, 2_500_000_000L)).isEqualTo("0 rows");
    }

    @Test
    void stopsAPassWhenTheUserWantsTo() {
        try (Progress progress = new Progress(terminal(false), false, false)) {
            FitObserver observer = progress.of("2 components", 0, 1, interruption);
            observer.passing(new FitObserver.Passing(1, 0, 10));
            interruption.request();
            interruption.remedy("; do that");
            assertThatThrownBy(() -> observer.passing(new FitObserver.Passing(1, 1, 10)))
                    .isInstanceOf(Interruption.StoppedException.class)
                    .hasMessage("interrupted; nothing was written; do that");
        }
    }

    @Test
    void passesAnInterruptionOn() {
        try (Progress progress = new Progress(terminal(false), false, false)) {
            FitObserver observer = progress.of("2 components, full", 0, 1, interruption);
            assertThat(observer.observe(step(0, 1))).isTrue();
            interruption.request();
            assertThat(observer.observe(step(0, 2))).isFalse();
        }
    }
}
