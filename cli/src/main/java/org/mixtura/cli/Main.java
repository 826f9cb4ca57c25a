package org.mixtura.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;

/** The mixtura command: finds the subcommand, runs it, and turns what goes wrong into one line and an exit code. */
public final class Main {
    private static final List<String> HELP = List.of("help", "--help", "-h");

    private Main() {}

    /**
     * Runs the command and ends the JVM with its exit code.
     *
     * @param args the words behind the program's name
     */
    public static void main(String... args) {
        // This JVM ends after one task; what takes a second to compile must spare more than that.
        System.getProperties().putIfAbsent("mixtura.kernels", "once");
        Interruption interruption = Interruption.ofCallingThread();
        try (OutputStream out = new FileOutputStream(FileDescriptor.out);
                OutputStream err = StandardError.open()) {
            interruption.exit(run(Terminal.of(out, err), interruption, args).number());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /**
     * Runs the command within this JVM.
     *
     * @param out the standard output
     * @param err the standard error
     * @param args the words behind the program's name
     * @return the exit code
     */
    public static int run(OutputStream out, OutputStream err, String... args) {
        return run(Terminal.of(out, err), new Interruption(), args).number();
    }

    private static ExitCode run(Terminal terminal, Interruption interruption, String... args) {
        try {
            dispatch(terminal, interruption, args);
            return ExitCode.DONE;
        } catch (BrokenPipeException e) {
            return ExitCode.DONE;
        } catch (RuntimeException | Error e) {
            Failure failure = interruption.requested() ? Failure.of(interruption.stopped()) : Failure.of(e);
            terminal.say("mixtura: " + failure.line());
            if (failure.code() != ExitCode.USAGE && wantsTrace(args)) {
                e.printStackTrace(terminal.err());
            }
            return failure.code();
        }
    }

    private static boolean wantsTrace(String... args) {
        List<String> words = Arrays.asList(args);
        return words.contains("--verbose") || words.contains("-v") || System.getenv("MIXTURA_DEBUG") != null;
    }

    private static void dispatch(Terminal terminal, Interruption interruption, String... args) {
        String first = args.length == 0 ? "--help" : args[0];
        for (Subcommands known : Subcommands.values()) {
            if (known.word().equals(first)) {
                execute(known.create(), terminal, interruption, Arrays.copyOfRange(args, 1, args.length));
                return;
            }
        }
        if (HELP.contains(first)) {
            if (args.length > 1) {
                dispatch(terminal, interruption, args[1], "--help");
            } else {
                terminal.print(Overview.help());
            }
        } else if (first.equals("--version") || first.equals("-V")) {
            terminal.print(Overview.version());
        } else {
            throw new UsageException(Overview.unknown(first));
        }
    }

    private static void execute(Subcommand subcommand, Terminal terminal, Interruption interruption, String... args) {
        CommandLine line = new CommandLine(subcommand.spec());
        try {
            if (line.parseArgs(args).isUsageHelpRequested()) {
                terminal.print(new HelpPage(terminal.width()).of(subcommand));
                return;
            }
        } catch (CommandLine.ParameterException e) {
            throw new UsageException(UsageProblem.of(e, subcommand.name()));
        }
        subcommand.run(terminal, interruption);
    }
}
