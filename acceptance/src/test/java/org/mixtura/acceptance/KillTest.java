package org.mixtura.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands that are killed outright at random moments leave what was there before or the whole result, never a part; the next
 * run finds nothing in its way, and a fit with a checkpoint ends with the bits of one that nobody disturbed.
 */
class KillTest {
    private static final int ROWS = 70_000;
    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    private static Path tables;

    private static Path data;
    private static Path model;

    @TempDir
    private Path folder;

    private final SplittableRandom random = new SplittableRandom(9);

    @BeforeAll
    static void write() {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "the launcher is a shell script; there is no /bin/sh");
        data = Data.write(tables.resolve("t.csv"), "a,b,c,w", ROWS, Data.overlapping());
        model = tables.resolve("m.json");
        assertThat(Mixtura.launch("fit", data, "--components", 3, "--model", model)
                        .code())
                .isZero();
    }

    /** Runs to the end; gives how long that took, in milliseconds. */
    private long finish(List<Object> words) {
        long began = System.nanoTime();
        Mixtura.Result result = Mixtura.launch(words.toArray());
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        return Math.max(1, (System.nanoTime() - began) / 1_000_000);
    }

    /** Starts and kills after some time. */
    private void kill(List<Object> words, long milliseconds) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Mixtura.LAUNCHER.toString()));
        words.forEach(word -> command.add(word.toString()));
        Path said = tables.resolve("said");
        Process process = Mixtura.start(Mixtura.ROOT, Map.of(), command, said, said);
        if (!process.waitFor(milliseconds, TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    /** Kills some runs at moments spread evenly over what an undisturbed one takes, then lets one go to its end. */
    private void killAndFinish(int kills, Path result, Object... words) throws IOException, InterruptedException {
        List<Object> all = List.of(words);
        long undisturbed = finish(all);
        byte[] expected = Files.readAllBytes(result);
        Files.delete(result);
        for (int i = 0; i < kills; i++) {
            kill(all, (long) (undisturbed * (i + random.nextDouble()) / kills));
            if (Files.exists(result)) {
                assertThat(Files.readAllBytes(result)).isEqualTo(expected);
                Files.delete(result);
            }
            // At most what this run left: each removes what the one before did.
            try (Stream<Path> temporary = Files.list(temporary())) {
                assertThat(temporary.filter(
                                path -> path.getFileName().toString().startsWith("mixtura-rows-")))
                        .hasSizeLessThanOrEqualTo(1);
            }
        }
        finish(all);
        assertThat(Files.readAllBytes(result)).isEqualTo(expected);
        assertThat(temporary()).isEmptyDirectory();
        Files.delete(result);
        try (Stream<Path> left = Files.list(folder)) {
            // The model file takes its name within a moment; a kill in that moment leaves it under another.
            assertThat(left.filter(path -> !path.toString().contains("/.model.json.")))
                    .containsExactly(temporary());
        }
    }

    private Path temporary() throws IOException {
        return Files.createDirectories(folder.resolve("temporary"));
    }

    private void streamedFit(int kills) throws IOException, InterruptedException {
        Path result = folder.resolve("model.json");
        killAndFinish(kills, result, fit(result, "--stream", "--temp", temporary()));
    }

    private void checkpointedFit(int kills) throws IOException, InterruptedException {
        Path result = folder.resolve("model.json");
        Path checkpoint = folder.resolve("checkpoint");
        killAndFinish(kills, result, fit(result, "--checkpoint", checkpoint, "--resume", "--temp", temporary()));
        assertThat(checkpoint).doesNotExist();
    }

    /** Of 81 passes over all rows, a good part of a second. */
    private static Object[] fit(Path result, Object... more) {
        List<Object> words = new ArrayList<>(List.of("fit", data, "--components", 4, "--weights", "w"));
        words.addAll(List.of("--search", "none", "--tol", 0, "--max-iter", 80, "--quiet", "--model", result));
        words.addAll(Arrays.asList(more));
        return words.toArray();
    }

    private void score(int kills) throws IOException, InterruptedException {
        Path result = folder.resolve("scores.csv");
        killAndFinish(
                kills,
                result,
                "score",
                model,
                data,
                "--what",
                "label,log_density,responsibilities,p_value",
                "--quiet",
                "--stream",
                "--temp",
                temporary(),
                "--out",
                result);
    }

    @Test
    void aStreamedFit() throws IOException, InterruptedException {
        streamedFit(6);
    }

    @Test
    void aCheckpointedFit() throws IOException, InterruptedException {
        checkpointedFit(8);
    }

    @Test
    void aScore() throws IOException, InterruptedException {
        score(6);
    }

    @Test
    @Tag("study")
    void manyOfEach() throws IOException, InterruptedException {
        streamedFit(20);
        checkpointedFit(20);
        score(20);
    }

    /** However often it is killed, a checkpointed fit comes to its end: each run goes on where the last one was. */
    @Test
    void aFitThatIsKilledAgainAndAgainComesToItsEnd() throws IOException, InterruptedException {
        Path result = folder.resolve("model.json");
        Path passes = folder.resolve("checkpoint").resolve("passes");
        List<Object> words = List.of(fit(result, "--checkpoint", folder.resolve("checkpoint"), "--resume"));
        long undisturbed = finish(words);
        byte[] expected = Files.readAllBytes(result);
        Files.delete(result);
        long known = 0;
        for (int i = 0; i < 3 && !Files.exists(result); i++) {
            kill(words, undisturbed * 3 / 4);
            if (Files.exists(passes)) {
                assertThat(Files.size(passes)).isGreaterThanOrEqualTo(known);
                known = Files.size(passes);
            }
        }
        finish(words);
        assertThat(Files.readAllBytes(result)).isEqualTo(expected);
    }
}
