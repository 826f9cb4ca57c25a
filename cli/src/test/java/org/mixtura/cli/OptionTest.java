package org.mixtura.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class OptionTest {
    private static <T> Option<T> parsed(Option<T> option, String... words) {
        new CommandLine(CommandSpec.create().addOption(option.spec())).parseArgs(words);
        return option;
    }

    @Test
    void hasItsDefaultUntilAValueIsGiven() {
        assertThat(parsed(Option.integer("--n", "N", 0, "").orElse(3)).value()).isEqualTo(3);
        assertThat(parsed(Option.integer("--n", "N", 0, "").orElse(3), "--n", "7")
                        .value())
                .isEqualTo(7);
        assertThat(parsed(Option.integer("--n", "N", 0, ""), "--n=7").given()).contains(7);
        assertThat(parsed(Option.integer("--n", "N", 0, "")).given()).isEmpty();
    }

    @Test
    void knowsWhetherItIsGiven() {
        assertThat(parsed(Option.flag("-q --quiet", "")).isGiven()).isFalse();
        assertThat(parsed(Option.flag("-q --quiet", ""), "-q").isGiven()).isTrue();
        assertThat(parsed(Option.flag("-q --quiet", ""), "--quiet").value()).isTrue();
        assertThat(parsed(Option.text("--a", "A", "")).isGiven()).isFalse();
        assertThat(parsed(Option.text("--a", "A", ""), "--a", "").isGiven()).isTrue();
    }

    @Test
    void hasTheTypeOfItsValue() {
        assertThat(parsed(Option.number("--x", "X", 0, ""), "--x", "1e-3").value())
                .isEqualTo(0.001);
        assertThat(parsed(Option.file("--f", "F", ""), "--f", "a/b.csv").value())
                .isEqualTo(Path.of("a/b.csv"));
        assertThat(parsed(Option.names("--c", "C", ""), "--c", "a, b c,d").value())
                .isEqualTo(List.of("a", "b c", "d"));
        assertThat(parsed(Option.oneOf("--w", List.of("error", "drop"), ""), "--w", "DROP")
                        .value())
                .isEqualTo("drop");
    }

    @Test
    void readsSizes() {
        assertThat(InputOptions.parseSize("512m")).isEqualTo(512L << 20);
        assertThat(InputOptions.parseSize(" 2G ")).isEqualTo(2L << 30);
        assertThat(InputOptions.parseSize("262144k")).isEqualTo(256L << 20);
        assertThat(InputOptions.parseSize("268435456")).isEqualTo(256L << 20);
        for (String text : List.of("", "m", "-1g", "1.5g", "2gb", "2 g", "9999999999", "0x10m")) {
            assertThatThrownBy(() -> InputOptions.parseSize(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("expected a number with m or g, as in 512m or 2g");
        }
        assertThatThrownBy(() -> InputOptions.parseSize("255m")).hasMessage("expected at least 256m");
    }

    @Test
    void saysWhatItExpected() {
        assertThatThrownBy(() ->
                        parsed(Option.integer("--n", "N", 1, ""), "--n", "0").given())
                .isInstanceOf(UsageException.class)
                .hasMessage("--n is \"0\"; expected at least 1");
        assertThatThrownBy(() -> parsed(Option.integer("--n", "N", 1, ""), "--n", "3000000000")
                        .given())
                .hasMessage("--n is \"3000000000\"; expected a whole number up to 2147483647");
        assertThatThrownBy(() ->
                        parsed(Option.number("--x", "X", 0, ""), "--x", "NaN").given())
                .hasMessage("--x is \"NaN\"; expected a finite number, at least 0");
        assertThatThrownBy(() -> parsed(Option.oneOf("--w", List.of("error", "drop"), ""), "--w", "fill")
                        .given())
                .hasMessage("--w is \"fill\"; expected error or drop");
        assertThatThrownBy(
                        () -> parsed(Option.names("--c", "C", ""), "--c", "a,").given())
                .hasMessage("--c is \"a,\"; expected names separated by single commas");
    }

    @Test
    void showsHowItIsWritten() {
        assertThat(Option.integer("-n --n-samples", "N", 1, "").usage()).isEqualTo("-n, --n-samples N");
        assertThat(Option.flag("--stream", "").usage()).isEqualTo("--stream");
        assertThat(Option.oneOf("--w", List.of("error", "drop"), "").usage()).isEqualTo("--w error|drop");
    }
}
