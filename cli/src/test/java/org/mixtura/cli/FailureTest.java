package org.mixtura.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FailureTest {
    private static void check(Throwable thrown, ExitCode code, String line) {
        Failure failure = Failure.of(thrown);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.line()).isEqualTo(line);
    }

    @Test
    void tellsWhatWentWrongByTheKindOfException() {
        check(new UsageException("--n is 0"), ExitCode.USAGE, "--n is 0");
        check(new CannotWriteException("cannot write x"), ExitCode.CANNOT_WRITE, "cannot write x");
        check(new IllegalArgumentException("bad data"), ExitCode.BAD_INPUT, "bad data");
        check(new Interruption().stopped(), ExitCode.INTERRUPTED, "interrupted; nothing was written");
    }

    @Test
    void namesTheFileThatCannotBeRead() {
        check(
                new UncheckedIOException(new NoSuchFileException("a.json")),
                ExitCode.BAD_INPUT,
                "cannot read a.json: there is no such file");
        check(
                new UncheckedIOException(new AccessDeniedException("a.json")),
                ExitCode.BAD_INPUT,
                "cannot read a.json: permission denied");
        check(
                new UncheckedIOException(new IOException("Input/output error")),
                ExitCode.BAD_INPUT,
                "cannot read the input: input/output error");
    }

    @Test
    void saysThatADefectIsOne() {
        check(
                new IllegalStateException("the objective fell"),
                ExitCode.INTERNAL,
                "internal error: IllegalStateException: the objective fell; please report it with what MIXTURA_DEBUG=1"
                        + " adds");
        assertThat(Failure.of(new OutOfMemoryError("Java heap space")).line())
                .startsWith("out of memory at ")
                .endsWith(" MiB; give it more (--memory 8g), or add --stream");
    }

    @Test
    void isAlwaysOneLine() {
        check(new IllegalArgumentException("first\n  second\r\nthird"), ExitCode.BAD_INPUT, "first second third");
    }
}
