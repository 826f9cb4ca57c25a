package org.mixtura.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** The help of each command: its width, and whether its examples are command lines that it understands. */
class HelpPageTest {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @ParameterizedTest
    @EnumSource(Subcommands.class)
    void fitsATerminal(Subcommands command) {
        assertThat(Mixtura.run(command.word() + " --help").out().lines())
                .allMatch(line -> line.codePointCount(0, line.length()) <= 80);
    }

    @ParameterizedTest
    @EnumSource(Subcommands.class)
    void understandsItsExamples(Subcommands command) {
        Subcommand subcommand = command.create();
        String start = "mixtura " + command.word() + " ";
        List<String> examples = subcommand.examples().stream()
                .filter(line -> line.startsWith(start))
                .toList();
        for (String example : examples) {
            List<String> words = new ArrayList<>();
            Matcher matcher = WORD.matcher(example.substring(start.length()));
            while (matcher.find() && !matcher.group().equals(">")) {
                words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
            }
            Subcommand fresh = command.create();
            new CommandLine(fresh.spec()).parseArgs(words.toArray(String[]::new));
            for (Subcommand.Group group : fresh.groups()) {
                group.options().forEach(Option::given);
            }
        }
        assertThat(subcommand.examples()).isNotEmpty();
    }

    @Test
    void wrapsAtBlanks() {
        assertThat(HelpPage.wrap("one two three four", 9)).containsExactly("one two", "three", "four");
        assertThat(HelpPage.wrap("unbreakable word", 5)).containsExactly("unbreakable", "word");
        assertThat(HelpPage.wrap("  kept as it is", 20)).containsExactly("  kept as it is");
    }

    @ParameterizedTest
    @EnumSource(Subcommands.class)
    void saysForEveryOptionWhatItDoes(Subcommands command) {
        for (Subcommand.Group group : command.create().groups()) {
            assertThat(group.options())
                    .allSatisfy(option -> assertThat(option.description()).endsWith("."));
        }
    }
}
