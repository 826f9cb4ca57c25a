package org.mixtura.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.mixtura.cli.Main;

/** Runs the command: within this JVM where a process would add nothing, or through the launcher as a user does. */
final class Mixtura {
    /** The folder of the project; tests run in that of their module. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    static final Path LAUNCHER = ROOT.resolve("mixtura");
    static final Path EXAMPLES = ROOT.resolve("examples");

    private static final long PATIENCE_SECONDS = 120;

    private Mixtura() {}

    /**
     * How a run ended.
     *
     * @param code the exit code
     * @param out what stood on the standard output
     * @param err what stood on the standard error
     */
    record Result(int code, String out, String err) {
        /** The one line that an error is. */
        String error() {
            if (err.lines().count() != 1 || !err.startsWith("mixtura: ") || !err.endsWith("\n")) {
                throw new AssertionError("expected one line of error, got: " + err);
            }
            return err.strip();
        }

        /** The object on the standard output. */
        Json json() {
            return Json.parse(out);
        }
    }

    /** Runs the command within this JVM. */
    static Result run(Object... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(out, err, words(args).toArray(String[]::new));
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Runs the command through the launcher, in the folder of the examples' parent. */
    static Result launch(Object... args) {
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
        command.addAll(words(args));
        return execute(ROOT, Map.of(), command);
    }

    /** Runs any program. */
    static Result execute(Path folder, Map<String, String> environment, List<String> command) {
        try {
            Path out = Files.createTempFile("mixtura", ".out");
            Path err = Files.createTempFile("mixtura", ".err");
            try {
                Process process = start(folder, environment, command, out, err);
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError(command + " did not end in " + PATIENCE_SECONDS + " s");
                }
                return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Starts any program. */
    static Process start(Path folder, Map<String, String> environment, List<String> command, Path out, Path err)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.startsWith("MIXTURA_"));
        builder.environment().remove("LANG");
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static List<String> words(Object... args) {
        List<String> words = new ArrayList<>();
        for (Object arg : args) {
            words.add(arg.toString());
        }
        return words;
    }
}
