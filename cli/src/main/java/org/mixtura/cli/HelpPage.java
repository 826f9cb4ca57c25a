package org.mixtura.cli;

import java.util.ArrayList;
import java.util.List;

/** The help of a subcommand: what it does, examples, how to call it, each argument and option. */
final class HelpPage {
    private static final int INDENT = 2;
    /** Where descriptions start; a longer option has a line of its own. */
    private static final int COLUMN = 26;

    private static final int WIDEST = 100;

    private final int width;
    private final StringBuilder text = new StringBuilder();

    HelpPage(int width) {
        this.width = Math.min(WIDEST, width);
    }

    /** The page of a subcommand. */
    String of(Subcommand subcommand) {
        line(subcommand.summary());
        line("");
        line("Examples:");
        subcommand.examples().forEach(line -> line("  " + line));
        line("");
        line("Usage: mixtura " + subcommand.synopsis());
        if (!subcommand.arguments().isEmpty()) {
            line("");
            line("Arguments:");
            subcommand.arguments().forEach(argument -> entry(argument.label(), argument.description()));
        }
        for (Subcommand.Group group : subcommand.groups()) {
            line("");
            line(group.title() + ":");
            group.options().forEach(option -> entry(option.usage(), option.description()));
        }
        line("");
        subcommand.notes().forEach(note -> wrap(note, width).forEach(this::line));
        return text.toString();
    }

    private void entry(String name, String description) {
        List<String> lines = wrap(description, width - COLUMN);
        String head = " ".repeat(INDENT) + name;
        int next = 0;
        if (head.length() + 1 < COLUMN) {
            head = head + " ".repeat(COLUMN - head.length()) + lines.get(0);
            next = 1;
        }
        line(head);
        lines.subList(next, lines.size()).forEach(line -> line(" ".repeat(COLUMN) + line));
    }

    /** A text in lines of at most some length, broken at blanks. */
    static List<String> wrap(String text, int width) {
        if (text.length() <= width) {
            return List.of(text);
        }
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() > 0 ? " " : "").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
