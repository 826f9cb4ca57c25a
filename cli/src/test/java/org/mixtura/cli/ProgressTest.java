package org.mixtura.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
        try (Progress early = new Progress(terminal(true), false);
                Progress unwatched = new Progress(terminal(false), false);
                Progress quiet = new Progress(terminal(true), true)) {
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
        try (Progress progress = new Progress(terminal(true), false)) {
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
    void passesAnInterruptionOn() {
        try (Progress progress = new Progress(terminal(false), false)) {
            FitObserver observer = progress.of("2 components, full", 0, 1, interruption);
            assertThat(observer.observe(step(0, 1))).isTrue();
            interruption.request();
            assertThat(observer.observe(step(0, 2))).isFalse();
        }
    }
}
