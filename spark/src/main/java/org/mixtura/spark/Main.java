package org.mixtura.spark;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The mixtura-spark command, run by spark-submit: {@code fit} and {@code score} in the words of the local command, on any table that
 * Spark reads. Exit codes are those of the local command: 0 done, 1 internal error, 2 wrong command line, 3 bad data or model.
 */
public final class Main {
    private static final String PROGRAM = "mixtura-spark";

    private Main() {}

    @Command(
            name = PROGRAM,
            description = "Gaussian mixtures on Apache Spark.",
            mixinStandardHelpOptions = true,
            subcommands = {FitCommand.class, ScoreCommand.class})
    private static final class Program {}

    /**
     * Runs the command in the session that spark-submit describes, and ends the JVM with an exit code unless that is 0.
     *
     * @param args the words behind the program's name
     */
    public static void main(String... args) {
        PrintStream out = stream(FileDescriptor.out);
        PrintStream err = stream(FileDescriptor.err);
        int code = run(() -> SparkSession.builder().appName(PROGRAM).getOrCreate(), out, err, args);
        out.flush();
        if (code != 0) {
            System.exit(code);
        }
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** Runs the command; the session is asked for only if the command line is right. */
    static int run(Supplier<SparkSession> session, PrintStream out, PrintStream err, String... args) {
        CommandLine line = new CommandLine(new Program());
        try {
            List<CommandLine> parsed = line.parseArgs(args).asCommandLineList();
            CommandLine last = parsed.get(parsed.size() - 1);
            if (last.isUsageHelpRequested() || !(last.getCommand() instanceof SparkCommand)) {
                last.usage(out);
                return 0;
            }
            SparkCommand command = last.getCommand();
            command.run(session.get(), out);
            return 0;
        } catch (CommandLine.ParameterException | UsageException e) {
            return fail(err, 2, e);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            return fail(err, 3, e);
        } catch (RuntimeException e) {
            return fail(err, e.getCause() instanceof IllegalArgumentException ? 3 : 1, e);
        } catch (Exception e) {
            // Spark throws it from methods that do not declare it.
            return fail(err, e instanceof AnalysisException ? 3 : 1, e);
        }
    }

    private static int fail(PrintStream err, int code, Exception problem) {
        Throwable root = problem;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage() == null ? root.toString() : root.getMessage();
        err.println(PROGRAM + ": " + message.lines().findFirst().orElse(""));
        if (code == 1) {
            problem.printStackTrace(err);
        }
        return code;
    }
}
