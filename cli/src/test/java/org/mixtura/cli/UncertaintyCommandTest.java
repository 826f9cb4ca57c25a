package org.mixtura.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Standard errors of a model, and how many components a table bears. */
class UncertaintyCommandTest {
    private static final Path FAITHFUL = Path.of("..", "examples", "faithful.csv");

    @TempDir
    private Path folder;

    private Path fitted(String options) {
        Path model = folder.resolve("m.json");
        Mixtura.run("fit --quiet " + options + " --model", model, FAITHFUL).out();
        return model;
    }

    @Test
    void tellsErrorsAndIntervals() {
        Path model = fitted("--components 2");
        JsonValue result = Mixtura.run("uncertainty --resamples 100 --format json", model, FAITHFUL)
                .json();
        assertThat(result.get("replicates").number()).isEqualTo(100);
        JsonValue first = result.get("components").at(0);
        double weight = first.get("weight").get("estimate").at(0).number();
        double error = first.get("weight").get("standard_error").at(0).number();
        // Of two groups far apart a share is binomial.
        assertThat(error)
                .isBetween(0.8 * Math.sqrt(weight * (1 - weight) / 272), 1.3 * Math.sqrt(weight * (1 - weight) / 272));
        assertThat(first.get("weight").get("from").at(0).number()).isLessThan(weight);
        assertThat(first.get("weight").get("to").at(0).number()).isGreaterThan(weight);
        assertThat(first.get("means").get("estimate").vector()).hasSize(2);
        assertThat(first.get("covariances").get("standard_error").vector()).hasSize(4);
        String text = Mixtura.run("uncertainty --resamples 20 --level 0.9", model, FAITHFUL)
                .out();
        assertThat(text)
                .contains("Fitted again 20 times", "estimate ± standard error", "90 % from", "deviation of waiting");
    }

    @Test
    void saysWhatIsWrong() {
        Path model = fitted("--components 2");
        assertThat(Mixtura.run("uncertainty --level 2", model, FAITHFUL).refusal(ExitCode.USAGE))
                .isEqualTo("mixtura: --level is \"2\"; expected a share between 0 and 1");
        assertThat(Mixtura.run("uncertainty --resamples 1", model, FAITHFUL).refusal(ExitCode.USAGE))
                .isEqualTo("mixtura: --resamples is \"1\"; expected at least 2");
        assertThat(Mixtura.run("test --from 3 --most 3", FAITHFUL).refusal(ExitCode.USAGE))
                .isEqualTo("mixtura: --most is 3, --from 3; end above the start");
        assertThat(Mixtura.run("test --covariance round", FAITHFUL).refusal(ExitCode.USAGE))
                .contains("round");
    }

    @Test
    void testsUntilOneMoreIsNotCalledFor() {
        JsonValue result =
                Mixtura.run("test --resamples 19 --format json", FAITHFUL).json();
        JsonValue first = result.get("tests").at(0);
        assertThat(first.get("components").number()).isEqualTo(1);
        assertThat(first.get("p_value").number()).isEqualTo(0.05);
        assertThat(first.get("simulated").vector()).hasSize(19);
        assertThat(result.get("components").number()).isGreaterThanOrEqualTo(2);
        assertThat(Mixtura.run("test --resamples 19 --most 2", FAITHFUL).out())
                .contains("components  against  statistic", "1 component refuted, 2 the most tried");
    }
}
