package org.mixtura.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One way to give an option, for tests that walk all pairs of ways.
 *
 * @param words what to write; {@code {new.json}} and the like stand for a file that is to be there afterwards, {@code {gone}} for
 *     a folder that is not
 * @param data the file of rows that it needs
 * @param effect what it changes
 * @param law what holds of each fit under it
 */
record Way(String words, String data, Effect effect, Law law) {
    /** The rows of most ways. */
    static final String WHOLE = "whole.csv";
    /** The same rows with gaps. */
    static final String GAPS = "gaps.csv";

    /** What an option changes. */
    enum Effect {
        /** What comes out. */
        RESULT,
        /** Nothing: results are those without it, to the bit. */
        NOTHING
    }

    /** What holds of a fit. */
    @FunctionalInterface
    interface Law {
        void check(JsonValue fit);
    }

    static Way of(String words) {
        return new Way(words, WHOLE, Effect.RESULT, fit -> {});
    }

    static Way of(String words, Law law) {
        return new Way(words, WHOLE, Effect.RESULT, law);
    }

    /** A way that changes no number. */
    static Way toTheSame(String words) {
        return new Way(words, WHOLE, Effect.NOTHING, fit -> {});
    }

    Way on(String file) {
        return new Way(words, file, effect, law);
    }

    List<String> list() {
        return words.isEmpty() ? List.of() : Arrays.asList(words.split(" ", -1));
    }

    /** The options that it gives. */
    Set<String> options() {
        return list().stream().filter(word -> word.startsWith("--")).collect(Collectors.toSet());
    }

    /** Whether both can stand on one command line. */
    boolean goesBeside(Way other) {
        return options().stream().noneMatch(other.options()::contains);
    }

    /** Whether some words are among those of this way. */
    boolean has(String some) {
        return (" " + words + " ").contains(" " + some + " ");
    }
}
