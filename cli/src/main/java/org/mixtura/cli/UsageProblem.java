package org.mixtura.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What is wrong with a command line that picocli refuses, with the remedy. */
final class UsageProblem {
    private UsageProblem() {}

    static String of(CommandLine.ParameterException problem, String command) {
        return what(problem) + "; mixtura " + command + " --help shows what there is";
    }

    private static String what(CommandLine.ParameterException problem) {
        if (problem instanceof CommandLine.UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0);
            if (!word.startsWith("-")) {
                return "one word too many: " + word;
            }
            int equals = word.indexOf('=');
            String option = equals < 0 ? word : word.substring(0, equals);
            List<String> known = List.copyOf(
                    problem.getCommandLine().getCommandSpec().optionsMap().keySet());
            return "unknown option " + option
                    + Suggestion.of(option, known)
                            .map(name -> " (did you mean " + name + "?)")
                            .orElse("");
        }
        if (problem instanceof CommandLine.MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            ArgSpec first = missing.getMissing().get(0);
            return first instanceof OptionSpec option
                    ? option.longestName() + " needs a value: " + option.paramLabel()
                    : first.paramLabel() + " is missing";
        }
        String message = String.valueOf(problem.getMessage());
        return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }
}
