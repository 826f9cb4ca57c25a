package org.mixtura.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wherever rows are kept, and in however little memory, the results are the same bytes; a checkpoint goes on or refuses. */
class StreamTest {
    private static final int ROWS = 20_000;

    /** Ways to keep rows: beyond a bound in a file, always in a file, in the folder of a checkpoint. */
    private static final List<List<String>> WAYS = List.of(
            List.of("--memory", "256m"),
            List.of("--stream"),
            List.of("--stream", "--threads", "1"),
            List.of("--checkpoint", "FOLDER/checkpoint"),
            List.of("--checkpoint", "FOLDER/checkpoint", "--resume", "--threads", "3"));

    @TempDir
    private static Path tables;

    private static Path text;
    private static Path parquet;

    @TempDir
    private Path folder;

    @BeforeAll
    static void write() {
        text = Data.write(tables.resolve("t.csv"), "a,b,c,w", ROWS, Data.overlapping());
        Path model = tables.resolve("m.json");
        assertThat(Mixtura.run("fit", text, "--columns", "a,b,c", "--components", 4, "--model", model)
                        .code())
                .isZero();
        parquet = tables.resolve("t.parquet");
        assertThat(Mixtura.run("score", model, text, "--out", parquet).code()).isZero();
    }

    static Stream<List<String>> fits() {
        return Stream.of(
                List.of("CSV", "--columns", "a,b,c", "--components", "3"),
                List.of("PARQUET", "--columns", "a,b,c", "--components", "2..3"),
                List.of("PARQUET", "--columns", "a,b,c", "--components", "3", "--weights", "w"),
                List.of("CSV", "--weights", "w", "--where", "a > 0", "--components", "3", "--covariance", "diag"),
                List.of("PARQUET", "--columns", "a,b,c", "--where", "b < 101", "--components", "2"),
                List.of("PARQUET", "--columns", "a,b,c", "--init-labels", "label"),
                List.of("CSV", "--columns", "a,b", "--components", "3", "--search", "none"),
                List.of("CSV", "--columns", "a,b", "--components", "4", "--method", "dp"));
    }

    @ParameterizedTest
    @MethodSource("fits")
    void fitsToTheSameBytes(List<String> options) throws IOException {
        byte[] expected = fit(options, List.of());
        for (List<String> way : WAYS) {
            assertThat(fit(options, way)).as(way.toString()).isEqualTo(expected);
            assertThat(folder).isEmptyDirectory();
        }
    }

    private byte[] fit(List<String> options, List<String> way) throws IOException {
        Path model = folder.resolve("model.json");
        List<Object> words = new ArrayList<>(List.of("fit", options.get(0).equals("CSV") ? text : parquet));
        words.addAll(options.subList(1, options.size()));
        way.forEach(word -> words.add(word.replace("FOLDER", folder.toString())));
        words.addAll(List.of("--temp", folder, "--model", model));
        Mixtura.Result result = Mixtura.run(words.toArray());
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        byte[] bytes = Files.readAllBytes(model);
        Files.delete(model);
        return bytes;
    }

    @ParameterizedTest
    @MethodSource("scores")
    void scoresToTheSameBytes(List<String> options) throws IOException {
        Path out = folder.resolve("out." + options.get(1));
        Path data = options.get(0).equals("CSV") ? text : parquet;
        byte[] expected = null;
        for (List<String> way : List.of(List.<String>of(), List.of("--memory", "256m"), List.of("--stream"))) {
            List<Object> words = new ArrayList<>(List.of("score", tables.resolve("m.json"), data, "--out", out));
            words.addAll(options.subList(2, options.size()));
            words.addAll(way);
            words.addAll(List.of("--temp", folder));
            Mixtura.Result result = Mixtura.run(words.toArray());
            assertThat(result.err()).isEmpty();
            byte[] bytes = Files.readAllBytes(out);
            expected = expected == null ? bytes : expected;
            assertThat(bytes).isEqualTo(expected);
            Files.delete(out);
            assertThat(folder).isEmptyDirectory();
        }
    }

    static Stream<List<String>> scores() {
        return Stream.of(
                List.of("CSV", "csv"),
                List.of("CSV", "parquet", "--where", "a > 0"),
                List.of("PARQUET", "csv", "--prefix", "s_", "--what", "label,log_density,p_value,why"),
                List.of("PARQUET", "parquet", "--prefix", "s_"));
    }

    private Mixtura.Result checkpointed(Object... more) {
        List<Object> words = new ArrayList<>(List.of("fit", text, "--components", 16, "--search", "none"));
        words.addAll(List.of("--max-iter", 3, "--checkpoint", checkpoint()));
        words.addAll(Arrays.asList(more));
        return Mixtura.run(words.toArray());
    }

    private Path checkpoint() {
        return folder.resolve("checkpoint");
    }

    /** A fit that cannot be written leaves a checkpoint that is complete. */
    private void leaveACheckpoint() {
        assertThat(checkpointed("--seed", 1, "--model", "/dev/full").code()).isEqualTo(4);
        assertThat(checkpoint()).isDirectoryContaining("glob:**/fit");
    }

    @Test
    void goesOnOnlyWithTheSameFit() throws IOException {
        leaveACheckpoint();
        assertThat(checkpointed("--seed", 1).error())
                .isEqualTo("mixtura: --checkpoint " + checkpoint()
                        + " holds a fit that has not ended; add --resume to go on with it, or remove the folder");
        assertThat(checkpointed("--seed", 2, "--resume").error())
                .isEqualTo("mixtura: --checkpoint " + checkpoint() + " is of another fit: --seed was 1, now it is 2;"
                        + " give what was given then, or name another folder");
        assertThat(checkpointed("--resume").error()).contains("--seed was 1, now it is not given;");
        assertThat(checkpointed("--seed", 1, "--resume", "--weights", "w").error())
                .contains("--weights was not given, now it is w;");
        Path copy = Files.copy(text, folder.resolve("copy.csv"));
        assertThat(Mixtura.run("fit", copy, "--checkpoint", checkpoint(), "--resume")
                        .error())
                .contains("is of another fit: DATA 1 was ", "t.csv, ", "now it is ", "copy.csv, ");
        Mixtura.Result result = checkpointed("--seed", 1, "--resume", "--verbose", "--threads", 1, "--format", "json");
        assertThat(result.code()).isZero();
        assertThat(result.err()).startsWith("going on; passes known: 4\n");
        assertThat(checkpoint()).doesNotExist();
    }

    @Test
    void doesNotReadTheTableAgainWhereItGoesOn() throws IOException {
        leaveACheckpoint();
        // Of the same size and time, so that nobody can tell it from what was read.
        var time = Files.getLastModifiedTime(text);
        byte[] bytes = Files.readAllBytes(text);
        byte[] other = bytes.clone();
        other[bytes.length - 2] = 'x';
        try {
            Files.write(text, other);
            Files.setLastModifiedTime(text, time);
            assertThat(checkpointed("--seed", 1, "--resume").code()).isZero();
            assertThat(checkpointed("--seed", 1).error()).contains("is not a number");
            // A fit that would fail each time leaves nothing to go on with.
            assertThat(checkpoint()).doesNotExist();
        } finally {
            Files.write(text, bytes);
            Files.setLastModifiedTime(text, time);
        }
    }

    @Test
    void leavesOtherFilesInTheFolderAlone() throws IOException {
        Files.createDirectory(checkpoint());
        Path mine = Files.writeString(checkpoint().resolve("mine.txt"), "mine");
        assertThat(checkpointed("--resume").code()).isZero();
        assertThat(mine).hasContent("mine");
        assertThat(checkpoint().toFile().list()).hasSize(1);
    }
}
