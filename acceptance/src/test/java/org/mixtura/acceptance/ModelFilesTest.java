package org.mixtura.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Model files that are none, in each command that reads one. */
class ModelFilesTest {
    private static final String SOUND = "{\"format\": \"mixtura-model\", \"covariance_type\": \"full\","
            + " \"weights\": [0.4, 0.6], \"means\": [[0, 0], [5, 5]],"
            + " \"covariances\": [[[1, 0], [0, 1]], [[2, 0.5], [0.5, 1]]]}";

    @TempDir
    Path folder;

    private Path data = Path.of("");

    @BeforeEach
    void writeData() {
        data = Data.write(folder.resolve("data.csv"), "a,b", 20, Data.clusters(2));
    }

    private List<Object[]> readers(Path model) {
        return List.of(
                new Object[] {"show", model},
                new Object[] {"score", model, data, "--out", folder.resolve("out.csv")},
                new Object[] {"sample", model, "-n", 5, "--out", folder.resolve("out.csv")},
                new Object[] {"fit", data, "--init", model, "--model", folder.resolve("out.json")});
    }

    @Test
    void theLeastModelIsRead() {
        Path model = Data.write(folder.resolve("model.json"), SOUND);
        for (Object[] command : readers(model)) {
            Mixtura.Result result = Mixtura.run(command);
            assertThat(result.err()).isEmpty();
            assertThat(result.code()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[0.4, 0.6]; [0.4, 0.6, 0]; expected 3",
                "[[0, 0], [5, 5]]; [[0, 0], [5]]; expected 2",
                "[[1, 0], [0, 1]]; [[1, 0]]; expected 2",
                "[0.4, 0.6]; [0.4, NaN]; is not JSON",
                "[0.4, 0.6]; [0.4, \"NaN\"]; expected a number",
                "[0.4, 0.6]; [0.4, null]; expected a number",
                "[0.4, 0.6]; [0.4, 1e999]; too large for a double",
                "[0.4, 0.6]; [0.4, 0.7]; weights sum to 1.1",
                "[0.4, 0.6]; [1.4, -0.4]; a weight is between 0 and 1",
                "[[1, 0], [0, 1]]; [[1, 2], [2, 1]]; not positive definite",
                "[[1, 0], [0, 1]]; [[1, 0.5], [0.2, 1]]; not symmetric",
                "[[1, 0], [0, 1]]; [[0, 0], [0, 1]]; not positive definite",
                "\"full\"; \"round\"; unknown covariance type",
                "mixtura-model; something; expected \"mixtura-model\"",
                "\"weights\"; \"wheights\"; has no \"weights\""
            })
    void aWrongOneEndsInOneLine(String from, String to, String message) {
        String wrong = SOUND.replace(from, to);
        assertThat(wrong).isNotEqualTo(SOUND);
        refused(Data.write(folder.resolve("model.json"), wrong), message);
    }

    @Test
    void whatIsNoModelAtAllEndsInOneLine() {
        refused(Data.write(folder.resolve("model.json"), ""), "is empty; expected a model in JSON");
        refused(Data.write(folder.resolve("model.json"), "a,b\n1,2\n"), "is not JSON");
        refused(Data.write(folder.resolve("model.json"), "[1, 2]"), "expected an object");
        refused(folder.resolve("nosuch.json"), "there is no such file");
        refused(folder.resolve("folder.d"), "there is no such file");
        refused(Path.of(folder.toString(), "."), "is a folder; name a model file in it");
    }

    @Test
    void aModelOfOtherColumnsIsRefused() {
        String named = SOUND.replace("\"weights\"", "\"columns\": [\"a\", \"z\"], \"weights\"");
        Path model = Data.write(folder.resolve("model.json"), named);
        Mixtura.Result named1 = Mixtura.run("score", model, data, "--out", folder.resolve("out.csv"));
        assertThat(named1.code()).isEqualTo(3);
        assertThat(named1.error()).contains("no column \"z\"; its columns are a, b");
        Path three = Data.write(folder.resolve("three.csv"), Data.header(3), 20, Data.clusters(3));
        Path nameless = Data.write(folder.resolve("model.json"), SOUND);
        Mixtura.Result unnamed = Mixtura.run("score", nameless, three, "--out", folder.resolve("out.csv"));
        assertThat(unnamed.code()).isEqualTo(3);
        assertThat(unnamed.error())
                .contains("the model is of 2 columns (x0, x1)", "are 3 columns (c0, c1, c2)", "--columns");
    }

    private void refused(Path model, String message) {
        for (Object[] command : readers(model)) {
            List<Object> words = new ArrayList<>(Arrays.asList(command));
            Mixtura.Result result = Mixtura.run(words.toArray());
            assertThat(result.error()).contains(message);
            assertThat(result.code()).isEqualTo(3);
            assertThat(result.out()).isEmpty();
            assertThat(folder.toFile().list((where, name) -> name.startsWith("out.") || name.startsWith(".")))
                    .isEmpty();
        }
    }
}
