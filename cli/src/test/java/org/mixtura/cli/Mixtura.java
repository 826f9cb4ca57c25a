package org.mixtura.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One run of the program within the test, and files for it to read. */
final class Mixtura {
    private final int code;
    private final String out;
    private final String err;

    private Mixtura(int code, String out, String err) {
        this.code = code;
        this.out = out;
        this.err = err;
    }

    /** Runs the program with the words of a line, which blanks separate, and more words. */
    static Mixtura run(String line, Object... more) {
        List<String> words = new ArrayList<>(List.of(line.split(" ")));
        for (Object word : more) {
            words.add(word.toString());
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(out, err, words.toArray(String[]::new));
        return new Mixtura(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** What it printed, after a run without an error. */
    String out() {
        assertThat(err).isEmpty();
        assertThat(code).isZero();
        return out;
    }

    /** The object that it printed. */
    JsonValue json() {
        return JsonValue.parse(out());
    }

    /** The one line that it said instead of doing what was asked for. */
    String refusal(ExitCode expected) {
        assertThat(code).as(err).isEqualTo(expected.number());
        assertThat(out).isEmpty();
        assertThat(err.lines()).hasSize(1);
        return err.strip();
    }

    /** A file with some text. */
    static Path file(Path folder, String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of comma-separated columns x0, x1, … and one more. */
    static Path table(Path folder, String name, double[][] rows, String label, int[] labels) {
        StringBuilder text = new StringBuilder();
        for (int j = 0; j < rows[0].length; j++) {
            text.append('x').append(j).append(',');
        }
        text.append(label).append('\n');
        for (int i = 0; i < rows.length; i++) {
            for (double value : rows[i]) {
                text.append(value).append(',');
            }
            text.append(labels[i]).append('\n');
        }
        return file(folder, name, text.toString());
    }

    /** A model file of a golden's weights, means and covariances. */
    static Path model(Path folder, String name, JsonValue mixture) {
        return file(
                folder,
                name,
                "{\"format\": \"mixtura-model\", \"covariance_type\": \"full\", \"weights\": " + mixture.get("weights")
                        + ", \"means\": " + mixture.get("means") + ", \"covariances\": " + mixture.get("covariances")
                        + "}");
    }
}
