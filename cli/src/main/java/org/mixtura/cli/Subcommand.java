package org.mixtura.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * One verb of the command line. An implementation gives its name, its words for the help, its arguments and options, and what
 * it does; parsing, help and errors are the same for all.
 */
abstract class Subcommand {
    private final Option<Boolean> quiet =
            Option.flag("-q --quiet", "Print nothing but errors and what --format json asks for.");
    private final Option<Boolean> verbose =
            Option.flag("-v --verbose", "Say more on the standard error, and where errors come from.");
    private final OptionSpec help =
            OptionSpec.builder("-h", "--help").usageHelp(true).build();

    /** Options that belong together in the help. */
    record Group(String title, List<Option<?>> options) {}

    /** The word on the command line. */
    abstract String name();

    /** What it does, in one sentence. */
    abstract String summary();

    /** Command lines to learn from, each with a line that says what it does. */
    abstract List<String> examples();

    /** How to call it, after the name of the program. */
    abstract String synopsis();

    /** Its arguments, in order. */
    abstract List<Argument> arguments();

    /** Its own options. */
    abstract List<Group> options();

    /** What is worth saying after the options. */
    List<String> notes() {
        return List.of();
    }

    /** Does it, once the command line was parsed. */
    abstract void run(Run run);

    /**
     * Does it in a run of the program, once all values of options have been understood: nothing is read for a command line that
     * is wrong.
     */
    final void run(Terminal terminal, Interruption interruption) {
        groups().forEach(group -> group.options().forEach(Option::given));
        run(new Run(terminal, interruption, quiet.value(), verbose.value()));
    }

    /** All options, those of every subcommand included. */
    final List<Group> groups() {
        List<Group> groups = new ArrayList<>(options());
        groups.add(new Group("Messages", List.of(quiet, verbose)));
        return groups;
    }

    /** What picocli needs to parse. */
    final CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name(name()).addOption(help);
        arguments().forEach(argument -> spec.addPositional(argument.spec()));
        for (Group group : groups()) {
            group.options().forEach(option -> spec.addOption(option.spec()));
        }
        return spec;
    }
}
