package org.mixtura.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mixtura.io.MixtureFile;

/** The launcher as a user starts it: from any folder, through a link, in a pipe, with Ctrl-C, on a full disk. */
class LauncherTest {
    private static final String FAITHFUL =
            Mixtura.EXAMPLES.resolve("faithful.csv").toString();

    @TempDir
    Path folder;

    @BeforeAll
    static void isBuiltAndWarm() {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "the launcher is a shell script; there is no /bin/sh");
        Path jar = Mixtura.ROOT.resolve("cli/target/app/lib/mixtura-cli.jar");
        assertThat(jar)
                .as("the packaged command line: run mvnw verify, not mvnw test")
                .exists();
        assertThat(Mixtura.launch("--version").code()).isZero();
    }

    private Mixtura.Result shell(String script) {
        return Mixtura.execute(
                folder, Map.of("MIXTURA_HERE", Mixtura.LAUNCHER.toString()), List.of("sh", "-c", script));
    }

    @Test
    void tellsVersionKernelsAndJvm() {
        Mixtura.Result result = Mixtura.launch("--version");
        assertThat(result.out()).startsWith("mixtura ").contains("\nkernels: ", "\njava 1");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void worksFromAnyFolderAndThroughALink() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("mx"), Mixtura.LAUNCHER);
        Data.write(folder.resolve("data.csv"), "a,b", 40, Data.clusters(2));
        Mixtura.Result result = Mixtura.execute(
                folder,
                Map.of(),
                List.of(link.toString(), "fit", "data.csv", "--components", "2", "--model", "m.json"));
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("Read data.csv: 40 rows, 2 columns", "The model is in m.json");
        assertThat(MixtureFile.read(folder.resolve("m.json")).columns()).containsExactly("a", "b");
        Files.delete(link);
    }

    @Test
    void passesBlanksAndAnyLettersThrough() {
        Path data = Data.write(folder.resolve("größe und gewicht.csv"), "größe,körper gewicht", 40, Data.clusters(2));
        Mixtura.Result result = Mixtura.launch(
                "fit",
                data,
                "--columns",
                "größe,körper gewicht",
                "--components",
                1,
                "--model",
                folder.resolve("ü m.json"));
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("körper gewicht");
        assertThat(folder.resolve("ü m.json")).exists();
    }

    @Test
    void givesTheDocumentedExitCodes() {
        assertThat(Mixtura.launch("fit", FAITHFUL, "--components", 1, "--quiet"))
                .satisfies(quiet -> {
                    assertThat(quiet.code()).isZero();
                    assertThat(quiet.out() + quiet.err()).isEmpty();
                });
        assertThat(Mixtura.launch("fit", FAITHFUL, "--n-init", 0)).satisfies(usage -> {
            assertThat(usage.code()).isEqualTo(2);
            assertThat(usage.error()).isEqualTo("mixtura: --n-init is \"0\"; expected at least 1");
        });
        assertThat(Mixtura.launch("fit", folder.resolve("nosuch.csv"))).satisfies(data -> {
            assertThat(data.code()).isEqualTo(3);
            assertThat(data.error()).contains("no such file");
        });
        assertThat(Mixtura.launch("fit", FAITHFUL, "--model", folder.resolve("nosuch/m.json")))
                .satisfies(output -> {
                    assertThat(output.code()).isEqualTo(4);
                    assertThat(output.error()).contains("there is no folder", "create it first");
                });
    }

    @Test
    void endsQuietlyWhenItsReaderGoesAway() {
        Path model = folder.resolve("m.json");
        assertThat(Mixtura.launch("fit", FAITHFUL, "--components", 2, "--model", model)
                        .code())
                .isZero();
        Mixtura.Result result = shell("\"$MIXTURA_HERE\" sample m.json -n 500000 | head -2; echo done");
        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines())
                .hasSize(3)
                .startsWith("eruptions,waiting")
                .endsWith("done");
    }

    @Test
    void saysWhenTheResultsHaveNoPlace() {
        assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full here");
        Mixtura.Result result = shell("\"$MIXTURA_HERE\" fit " + FAITHFUL + " --components 1 >/dev/full");
        assertThat(result.code()).isEqualTo(4);
        assertThat(result.error()).contains("cannot write the results to the standard output", "No space left");
    }

    @Test
    void leavesNothingOnAFullDisk() throws IOException {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Mixtura.Result mount =
                Mixtura.execute(folder, Map.of(), List.of("sh", "-c", "mount -t tmpfs -o size=64k mixtura-test disk"));
        assumeTrue(
                mount.code() == 0,
                "a full disk takes root and mount: " + mount.err().strip());
        try {
            Path data = Data.write(folder.resolve("data.csv"), "a,b", 4000, Data.clusters(2));
            Path model = folder.resolve("m.json");
            assertThat(Mixtura.run("fit", data, "--components", 2, "--n-init", 1, "--model", model)
                            .code())
                    .isZero();
            List<Object[]> writers = List.of(
                    new Object[] {"fit", data, "--components", 2, "--n-init", 1, "--scores", disk.resolve("scores.csv")
                    },
                    new Object[] {"score", model, data, "--out", disk.resolve("scores.csv")},
                    new Object[] {"score", model, data, "--out", disk.resolve("scores.parquet")},
                    new Object[] {"sample", model, "-n", 5000, "--out", disk.resolve("sample.csv")},
                    new Object[] {"sample", model, "-n", 5000, "--out", disk.resolve("sample.parquet")});
            for (Object[] writer : writers) {
                refusedOnFullDisk(disk, writer);
            }
            // Filled to the last block, so that not even a small model fits.
            Mixtura.execute(disk, Map.of(), List.of("sh", "-c", "cat /dev/zero > filler; true"));
            refusedOnFullDisk(disk, "fit", data, "--components", 9, "--n-init", 1, "--model", disk.resolve("m.json"));
        } finally {
            Mixtura.execute(folder, Map.of(), List.of("umount", disk.toString()));
        }
    }

    private static void refusedOnFullDisk(Path disk, Object... command) throws IOException {
        Mixtura.Result result = Mixtura.run(command);
        assertThat(result.error()).contains("cannot write");
        assertThat(result.code()).isEqualTo(4);
        assertThat(result.out()).isEmpty();
        try (Stream<Path> left = Files.list(disk)) {
            assertThat(left).allMatch(file -> file.endsWith("filler"));
        }
    }

    @Test
    void ctrlCStopsAFitAndLeavesNothing() throws IOException, InterruptedException {
        Data.write(folder.resolve("data.csv"), Data.header(8), 20_000, Data.clusters(8));
        interrupted(
                "fit",
                "data.csv",
                "--components",
                "40",
                "--tol",
                "0",
                "--max-iter",
                "100000",
                "--model",
                "m.json",
                "--scores",
                "s.csv");
    }

    @Test
    void ctrlCStopsWritingAndLeavesNothing() throws IOException, InterruptedException {
        assertThat(Mixtura.run("fit", FAITHFUL, "--components", 2, "--model", folder.resolve("m.json"))
                        .code())
                .isZero();
        Files.move(folder.resolve("m.json"), folder.resolve("data.csv"));
        interrupted("sample", "data.csv", "-n", "2000000000", "--out", "s.csv");
    }

    /** Interrupts a command that would run for hours; only data.csv may be left in the folder. */
    private void interrupted(String... words) throws IOException, InterruptedException {
        // A shell in the background makes its children deaf to SIGINT; this makes them hear again.
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT", Mixtura.LAUNCHER.toString()));
        Mixtura.Result env = Mixtura.execute(folder, Map.of(), List.of("env", "--default-signal=INT", "true"));
        assumeTrue(env.code() == 0, "env has no --default-signal here");
        command.addAll(List.of(words));
        Path out = Files.createTempFile("mixtura", ".out");
        Path err = Files.createTempFile("mixtura", ".err");
        Process process = Mixtura.start(folder, Map.of(), command, out, err);
        try {
            assertThat(process.waitFor(2500, TimeUnit.MILLISECONDS))
                    .as("ended by itself")
                    .isFalse();
            Mixtura.execute(folder, Map.of(), List.of("kill", "-INT", Long.toString(process.pid())));
            assertThat(process.waitFor(20, TimeUnit.SECONDS))
                    .as("ended by SIGINT")
                    .isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
            assertThat(err).hasContent("mixtura: interrupted; nothing was written");
            assertThat(out).isEmptyFile();
            try (Stream<Path> left = Files.list(folder)) {
                assertThat(left).allMatch(file -> file.endsWith("data.csv"));
            }
        } finally {
            process.destroyForcibly();
            Files.delete(out);
            Files.delete(err);
        }
    }
}
