package org.mixtura.cli;

import java.util.Arrays;
import java.util.List;
import org.mixtura.io.Version;
import picocli.CommandLine.Model.CommandSpec;

/** What the program says of itself: its help, its version. */
final class Overview {
    private Overview() {}

    /** The help of the whole program. */
    static String help() {
        StringBuilder text = new StringBuilder();
        text.append("""
                Gaussian mixtures from files: fit them, score rows, draw samples.

                Examples:
                  mixtura fit examples/faithful.csv
                      Tries 1 to 9 components and shows the mixture that BIC prefers.
                  mixtura fit trips.parquet --columns distance,fare --components 4 --model trips.json
                      Fits four components to two columns and keeps the model.
                  mixtura score trips.json new.parquet --out scored.parquet
                      Adds each row's component and log-density to its columns.
                  mixtura sample trips.json -n 1000 --seed 7 --out like-trips.csv
                      Draws rows that look like those the model was fitted to.

                Usage: mixtura COMMAND [ARGUMENTS] [OPTIONS]

                Commands:
                """);
        TextTable commands = new TextTable(2, 0, 1);
        for (Subcommands command : Subcommands.values()) {
            commands.add(command.word(), command.create().summary());
        }
        commands.add("help COMMAND", "Show the help of a command, as mixtura COMMAND --help does.");
        commands.add("--version", "Show the version, the kernels in use and the JVM.");
        commands.render(2).forEach(line -> text.append(line).append('\n'));
        text.append("\nExit codes:\n");
        exitCodes().forEach(line -> text.append(line).append('\n'));
        text.append("""

                An error is one line on the standard error: what, where, the value, the remedy.
                Environment: JAVA_HOME (the JDK to use), MIXTURA_JVM (options for it, such as -Xmx8g),
                MIXTURA_DEBUG (set to anything: errors come with a stack trace).
                """);
        return text.toString();
    }

    /** The lines that explain the exit codes. */
    static List<String> exitCodes() {
        TextTable codes = new TextTable(2, 1);
        for (ExitCode code : ExitCode.values()) {
            codes.add(Integer.toString(code.number()), code.meaning());
        }
        return codes.render(2);
    }

    /** Version, kernels, JVM. */
    static String version() {
        return "mixtura " + Version.current() + "\n"
                + "kernels: " + Version.kernels() + "\n"
                + "java " + Runtime.version() + ", " + System.getProperty("java.vendor") + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch") + "\n";
    }

    /** What is wrong with a first word that is no command. */
    static String unknown(String word) {
        if (word.startsWith("-")) {
            return "unknown option " + word + " where a command belongs; options come after it, as in mixtura fit DATA "
                    + word;
        }
        List<String> words =
                Arrays.stream(Subcommands.values()).map(Subcommands::word).toList();
        return "unknown command " + word
                + Suggestion.of(word, words)
                        .map(name -> " (did you mean " + name + "?)")
                        .orElse("")
                + "; the commands are " + String.join(", ", words);
    }

    /** The whole program as picocli sees it, for guesses and for completion. */
    static CommandSpec root() {
        CommandSpec root = CommandSpec.create().name("mixtura");
        for (Subcommands command : Subcommands.values()) {
            root.addSubcommand(command.word(), command.create().spec());
        }
        return root;
    }
}
