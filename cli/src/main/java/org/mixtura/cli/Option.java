package org.mixtura.cli;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/**
 * An option of a command: its words for the help and, once the command line was parsed, its value.
 *
 * <p>Options are built in code and not from annotations: that starts twice as fast, and values keep their types.
 *
 * @param <T> the type of its value
 */
final class Option<T> {
    private final OptionSpec spec;
    private final String description;
    /** Turns the text behind an option into a value; an {@link IllegalArgumentException} says what was expected. */
    private final Function<String, T> parser;

    private final @Nullable T fallback;

    private Option(OptionSpec spec, String description, Function<String, T> parser, @Nullable T fallback) {
        this.spec = spec;
        this.description = description;
        this.parser = parser;
        this.fallback = fallback;
    }

    /**
     * An option with a value.
     *
     * @param name with its hyphens; a blank separates a short name before it, as in "-n --n-samples"
     * @param label what stands for the value in the help
     * @param description what it does, its default and why
     */
    static <T> Option<T> of(String name, String label, Function<String, T> parser, String description) {
        OptionSpec spec = OptionSpec.builder(name.split(" "))
                .type(String.class)
                .paramLabel(label)
                .build();
        return new Option<>(spec, description, parser, null);
    }

    /** An option whose value is one of some words, in any case. */
    static Option<String> oneOf(String name, List<String> words, String description) {
        Function<String, String> parser = text -> {
            for (String word : words) {
                if (word.equalsIgnoreCase(text.strip())) {
                    return word;
                }
            }
            throw new IllegalArgumentException("expected " + String.join(" or ", words));
        };
        OptionSpec spec = OptionSpec.builder(name)
                .type(String.class)
                .paramLabel(String.join("|", words))
                .completionCandidates(words)
                .build();
        return new Option<>(spec, description, parser, null);
    }

    /** An option without a value, on or off. */
    static Option<Boolean> flag(String name, String description) {
        OptionSpec spec =
                OptionSpec.builder(name.split(" ")).type(boolean.class).build();
        return new Option<>(spec, description, Boolean::valueOf, false);
    }

    /** An option with a whole number that is not below some least one. */
    static Option<Integer> integer(String name, String label, int least, String description) {
        return of(name, label, text -> parseInteger(text, least), description);
    }

    /** An option with a finite number that is not below some least one. */
    static Option<Double> number(String name, String label, double least, String description) {
        return of(name, label, text -> parseNumber(text, least), description);
    }

    /** An option with a file. */
    static Option<Path> file(String name, String label, String description) {
        return new Option<>(fileSpec(name, label), description, Option::parsePath, null);
    }

    /** An option with text that may be the name of a file, which a shell then completes. */
    static Option<String> fileOrWord(String name, String label, String description) {
        return new Option<>(fileSpec(name, label), description, text -> text, null);
    }

    /** The type is for the completion script, which offers files for it. */
    private static OptionSpec fileSpec(String name, String label) {
        return OptionSpec.builder(name).type(File.class).paramLabel(label).build();
    }

    /** An option with text that is taken as it is. */
    static Option<String> text(String name, String label, String description) {
        return of(name, label, text -> text, description);
    }

    /** An option with names that commas separate. */
    static Option<List<String>> names(String name, String label, String description) {
        return of(name, label, Option::parseNames, description);
    }

    /** The same option with a value for the case that it is not given. */
    Option<T> orElse(T value) {
        return new Option<>(spec, description, parser, value);
    }

    /** What picocli knows of it. */
    OptionSpec spec() {
        return spec;
    }

    /** How it is written, with what stands for its value. */
    String usage() {
        String names = String.join(", ", spec.names());
        return spec.typeInfo().isBoolean() ? names : names + " " + spec.paramLabel();
    }

    /** What it does. */
    String description() {
        return description;
    }

    /** The name that messages use. */
    String name() {
        return spec.longestName();
    }

    /**
     * The value that the user gave, if any.
     *
     * @throws UsageException if it cannot be understood
     */
    Optional<T> given() {
        Object text = spec.getValue();
        return text == null ? Optional.empty() : Optional.of(parse(text.toString()));
    }

    /** What the user wrote, if anything. */
    Optional<String> written() {
        return isGiven() ? Optional.of(spec.getValue().toString()) : Optional.empty();
    }

    /** Whether the user gave a value. */
    boolean isGiven() {
        return spec.getValue() != null && !Boolean.FALSE.equals(spec.getValue());
    }

    /**
     * The value that the user gave, or else the default.
     *
     * @throws UsageException if it cannot be understood
     */
    T value() {
        return given().or(() -> Optional.ofNullable(fallback)).orElseThrow();
    }

    private T parse(String text) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(name() + " is \"" + text + "\"; " + e.getMessage());
        }
    }

    private static Integer parseInteger(String text, int least) {
        int number;
        try {
            number = Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a whole number up to " + Integer.MAX_VALUE, e);
        }
        if (number < least) {
            throw new IllegalArgumentException("expected at least " + least);
        }
        return number;
    }

    private static Double parseNumber(String text, double least) {
        double number;
        try {
            number = Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a number such as 0.001 or 1e-3", e);
        }
        if (!(number >= least && number < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("expected a finite number, at least " + Digits.exact(least));
        }
        return number;
    }

    static Path parsePath(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("expected the name of a file", e);
        }
    }

    private static List<String> parseNames(String text) {
        List<String> names = new ArrayList<>();
        for (String name : text.split(",", -1)) {
            if (name.isBlank()) {
                throw new IllegalArgumentException("expected names separated by single commas");
            }
            names.add(name.strip());
        }
        return names;
    }
}
