package org.mixtura.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs a command under two ways to give its options at once, and judges how that came out. */
final class Pairs {
    private static final Pattern TARGET = Pattern.compile("\\{(new\\.[a-z]+|gone)}");

    private final Path folder;
    private final List<String> base;
    private final List<Refusal> refusals;
    private final Judge judge;
    private final Map<String, Result> alone = new HashMap<>();
    private int runs;

    /**
     * Pairs that do not go together.
     *
     * @param some words of ways, separated by commas and blanks; a way is meant that has them, after = one that has no others
     * @param others the same; with each of these, or * for all
     * @param code how a run ends
     * @param says what the message contains
     */
    record Refusal(String some, String others, ExitCode code, String says) {
        boolean isOf(Way a, Way b) {
            return (any(some, a) && any(others, b)) || (any(some, b) && any(others, a));
        }

        private static boolean any(String words, Way way) {
            return words.equals("*")
                    || Stream.of(words.split(", ", -1))
                            .anyMatch(word ->
                                    word.startsWith("=") ? word.substring(1).equals(way.words()) : way.has(word));
        }
    }

    /**
     * What a run came to.
     *
     * @param printed on the standard output
     * @param files those that it wrote
     */
    record Result(String printed, List<Path> files) {}

    /** Judges results. */
    @FunctionalInterface
    interface Judge {
        /** Fails if the result is not sound. */
        void check(Result result, List<Way> ways);
    }

    /**
     * @param base the command and its arguments, with {@code {data}} for the rows; and options that a way may give otherwise
     */
    Pairs(Path folder, List<String> base, List<Refusal> refusals, Judge judge) {
        this.folder = folder;
        this.base = base;
        this.refusals = refusals;
        this.judge = judge;
    }

    /** A run that ended. */
    private record Ended(int code, String out, String err, List<Path> there, List<Path> gone) {
        Result result() {
            return new Result(out, there);
        }
    }

    private Ended run(List<Way> ways) {
        List<String> words = new ArrayList<>();
        String data = ways.stream()
                .map(Way::data)
                .filter(file -> !file.equals(Way.WHOLE))
                .findFirst()
                .orElse(Way.WHOLE);
        for (int i = 0; i < base.size(); i++) {
            String word = base.get(i);
            boolean overruled = ways.stream().anyMatch(way -> way.options().contains(word));
            if (overruled) {
                i++;
            } else {
                words.add(word);
            }
        }
        ways.forEach(way -> words.addAll(way.list()));
        List<Path> there = new ArrayList<>();
        List<Path> gone = new ArrayList<>();
        runs++;
        for (int i = 0; i < words.size(); i++) {
            Matcher target = TARGET.matcher(words.get(i));
            if (target.matches()) {
                Path path = folder.resolve(runs + "-" + i + "-" + target.group(1));
                (target.group(1).equals("gone") ? gone : there).add(path);
                words.set(i, path.toString());
            } else {
                words.set(
                        i,
                        words.get(i)
                                .replace("{data}", folder.resolve(data).toString())
                                .replace("{folder}", folder.toString()));
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(out, err, words.toArray(String[]::new));
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), there, gone);
    }

    /** What a way alone, or none, comes to. */
    Result alone(Optional<Way> way) {
        return alone.computeIfAbsent(way.map(Way::words).orElse(""), words -> {
            Ended ended = run(way.stream().toList());
            assertThat(ended.code).as(words + ": " + ended.err).isZero();
            return ended.result();
        });
    }

    /** What is wrong with two ways together; empty if nothing. */
    Optional<String> problem(Way a, Way b) {
        List<Way> ways = List.of(a, b);
        Ended ended = run(ways);
        Optional<Refusal> refusal =
                refusals.stream().filter(one -> one.isOf(a, b)).findFirst();
        String which = a.words() + " + " + b.words() + ": ";
        try {
            if (refusal.isPresent()) {
                assertThat(ended.code)
                        .as("exit code")
                        .isEqualTo(refusal.get().code.number());
                assertThat(ended.err).contains(refusal.get().says);
                // Where it came from is told to those who ask for more.
                long told = ended.err
                        .lines()
                        .takeWhile(line -> !line.startsWith("java."))
                        .count();
                assertThat(told).as("lines of the message").isEqualTo(1);
                assertThat(ended.out).isEmpty();
            } else {
                assertThat(ended.code).as(ended.err).isZero();
                assertThat(ended.there).allMatch(Files::exists, "is there");
                assertThat(ended.gone).noneMatch(Files::exists);
                judge.check(ended.result(), ways);
            }
            return Optional.empty();
        } catch (AssertionError | RuntimeException e) {
            return Optional.of(which
                    + String.valueOf(e.getMessage()).strip().lines().limit(8).collect(Collectors.joining(" ")));
        }
    }

    /** What is wrong with a way together with those behind it in a list. */
    List<String> problems(Way way, List<Way> all) {
        return all.subList(all.indexOf(way) + 1, all.size()).stream()
                .filter(way::goesBeside)
                .flatMap(other -> problem(way, other).stream())
                .toList();
    }
}
