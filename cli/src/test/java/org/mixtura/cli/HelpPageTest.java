package org.mixtura.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HelpPageTest {
    @Test
    void wrapsAtBlanks() {
        assertThat(HelpPage.wrap("one two three four", 9)).containsExactly("one two", "three", "four");
        assertThat(HelpPage.wrap("unbreakable word", 5)).containsExactly("unbreakable", "word");
        assertThat(HelpPage.wrap("  kept as it is", 20)).containsExactly("  kept as it is");
    }

    @Test
    void saysForEveryOptionOfEveryCommandWhatItDoes() {
        for (Subcommands command : Subcommands.values()) {
            for (Subcommand.Group group : command.create().groups()) {
                assertThat(group.options())
                        .as(command.word())
                        .allSatisfy(option -> assertThat(option.description()).endsWith("."));
            }
        }
    }
}
