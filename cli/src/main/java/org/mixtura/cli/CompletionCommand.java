package org.mixtura.cli;

import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Prints a script that teaches bash and zsh to complete the words of this program. */
final class CompletionCommand extends Subcommand {
    @Override
    String name() {
        return "completion";
    }

    @Override
    String summary() {
        return "Print a completion script for bash or zsh.";
    }

    @Override
    List<String> examples() {
        return List.of(
                "source <(mixtura completion)",
                "    Completes commands and options in this shell.",
                "mixtura completion > ~/.local/share/bash-completion/completions/mixtura",
                "    Completes them in every new bash.");
    }

    @Override
    String synopsis() {
        return "completion";
    }

    @Override
    List<Argument> arguments() {
        return List.of();
    }

    @Override
    List<Group> options() {
        return List.of();
    }

    @Override
    List<String> notes() {
        return List.of("In zsh, run this first: autoload -U +X bashcompinit && bashcompinit");
    }

    @Override
    void run(Run run) {
        run.terminal().print(AutoComplete.bash("mixtura", new CommandLine(Overview.root())));
    }
}
