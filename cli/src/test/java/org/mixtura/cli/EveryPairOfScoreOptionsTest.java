package org.mixtura.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every pair of options of {@code score}, under models of all kinds: a file with a score for each row, or one line why not. */
class EveryPairOfScoreOptionsTest {
    private static final int ROWS = 40;

    /** Models, and the fits that they come from. */
    private enum Kind {
        PLAIN("--covariance full"),
        LABELLED("--covariance tied --partial-labels known --missing exact"),
        NOISY("--noise"),
        TAILED("--tails estimated");

        private final String options;

        Kind(String options) {
            this.options = options;
        }

        /** What does not go with models of this kind. */
        List<Pairs.Refusal> refusals() {
            return this == TAILED
                    ? List.of(new Pairs.Refusal(
                            "--what p_value,flag,why", "*", ExitCode.BAD_INPUT, "the model has tails"))
                    : List.of();
        }

        String file() {
            return name() + ".json";
        }

        /** The fit's data. */
        String rows() {
            return options.contains("exact") ? Way.GAPS : Way.WHOLE;
        }
    }

    private static final List<Way> WAYS = List.of(
            Way.of("--out {new.tsv}"),
            Way.of("--out {new.parquet}"),
            Way.of("--what responsibilities"),
            Way.of("--what energy,label"),
            Way.of("--what p_value,flag,why"),
            Way.of("--what flag --threshold-percentile 90"),
            Way.of("--what flag --calibrate {folder}/whole.csv"),
            Way.of("--errors x=w"),
            Way.of("--bin-width x=0.1"),
            Way.of("--spread x=w"),
            Way.of("--prefix s_"),
            Way.toTheSame("--threads 3"),
            Way.toTheSame("--columns x,y"),
            Way.of("--where w>1"),
            Way.of("--missing drop").on(Way.GAPS),
            Way.of("--missing exact").on(Way.GAPS),
            Way.toTheSame("--delimiter ,"),
            Way.toTheSame("--decimal ."),
            Way.toTheSame("--header yes"),
            Way.toTheSame("--stream"),
            Way.toTheSame("--memory 256m"),
            Way.toTheSame("--temp {folder}"),
            Way.toTheSame("--quiet"),
            Way.toTheSame("--verbose"));

    /** What does not go together, whatever the model. */
    private static final List<Pairs.Refusal> REFUSALS = List.of(
            new Pairs.Refusal(
                    "--errors, --bin-width, --spread",
                    "--what p_value,flag,why, --what flag",
                    ExitCode.USAGE,
                    "as points"),
            new Pairs.Refusal(
                    "--errors, --bin-width, --spread",
                    "--errors, --bin-width, --spread",
                    ExitCode.USAGE,
                    "say different things of the same rows"));

    @TempDir
    private static Path folder;

    @BeforeAll
    static void write() {
        SplittableRandom random = new SplittableRandom(5);
        StringBuilder whole = new StringBuilder("x,y,w,known\n");
        StringBuilder gaps = new StringBuilder(whole);
        for (int i = 0; i < ROWS; i++) {
            String x = Double.toString((i % 2) * 5 + random.nextGaussian());
            String y = Double.toString(random.nextGaussian());
            String rest = "," + 2 * random.nextDouble() + "," + (i < 4 ? "ab".charAt(i % 2) : "") + "\n";
            whole.append(x).append(',').append(y).append(rest);
            gaps.append(i % 7 == 1 ? "" : x).append(',').append(y).append(rest);
        }
        Mixtura.file(folder, Way.WHOLE, whole.toString());
        Mixtura.file(folder, Way.GAPS, gaps.toString());
        for (Kind kind : Kind.values()) {
            Mixtura.run(
                            "fit --components 2 --columns x,y -q " + kind.options + " --model",
                            folder.resolve(kind.file()),
                            folder.resolve(kind.rows()))
                    .out();
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void writesScoresOrRefusesInOneLine(Kind kind) {
        List<Pairs.Refusal> refusals = new ArrayList<>(REFUSALS);
        refusals.addAll(kind.refusals());
        List<String> base = List.of("score", folder.resolve(kind.file()).toString(), "{data}", "--out", "{new.csv}");
        Pairs[] pairs = new Pairs[1];
        pairs[0] = new Pairs(folder, base, refusals, (result, ways) -> judge(pairs[0], result, ways));
        List<Way> ways = WAYS.stream()
                .filter(way -> kind == Kind.PLAIN || !startsDatabase(way))
                .toList();
        for (Way way : ways) {
            assertThat(pairs[0].problems(way, ways)).isEmpty();
        }
    }

    /** Takes a tenth of a second each time, and has nothing to do with the model. */
    private static boolean startsDatabase(Way way) {
        return way.has("--where") || way.has("{new.parquet}");
    }

    private static void judge(Pairs pairs, Pairs.Result result, List<Way> ways) {
        Path file = result.files().get(0);
        if (file.toString().endsWith(".parquet")) {
            assertThat(file).isNotEmptyFile();
            return;
        }
        List<String> lines = lines(file);
        boolean all = ways.stream().noneMatch(way -> way.has("--where"));
        assertThat(lines.size() - 1).isBetween(1, all ? ROWS : ROWS - 1);
        boolean tabs = file.toString().endsWith(".tsv");
        String[] header = lines.get(0).split(tabs ? "\t" : ",", -1);
        assertThat(header[4])
                .isEqualTo((ways.stream().anyMatch(way -> way.has("--prefix")) ? "s_" : "") + firstScore(ways));
        for (String line : lines.subList(1, lines.size())) {
            String score = line.split(tabs ? "\t" : ",", -1)[4];
            boolean dropped = ways.stream().anyMatch(way -> way.has("drop"));
            if (!dropped || !score.isEmpty()) {
                assertThat(Double.parseDouble(score)).isFinite();
            }
        }
        for (int i = 0; i < 2; i++) {
            if (ways.get(i).effect() == Way.Effect.NOTHING) {
                Pairs.Result without = pairs.alone(Optional.of(ways.get(1 - i)));
                assertThat(lines).isEqualTo(lines(without.files().get(0)));
            }
        }
    }

    private static String firstScore(List<Way> ways) {
        String what = ways.stream()
                .filter(way -> way.has("--what"))
                .map(way -> way.list().get(1))
                .findFirst()
                .orElse("label");
        return Arrays.asList(what.split(",", -1)).get(0).replace("responsibilities", "responsibility_0");
    }

    @Test
    void walksEveryOption() {
        Set<String> walked =
                WAYS.stream().flatMap(way -> way.options().stream()).collect(Collectors.toCollection(TreeSet::new));
        Set<String> there = new TreeSet<>();
        new ScoreCommand().groups().forEach(group -> group.options().forEach(option -> there.add(option.name())));
        assertThat(walked).isEqualTo(there);
    }
}
