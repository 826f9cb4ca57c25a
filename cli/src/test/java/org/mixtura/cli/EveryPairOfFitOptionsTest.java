package org.mixtura.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every pair of options of {@code fit} on a small table: it comes to a sound model that keeps what each of the two promises, or is
 * refused in one line. A new option is one more line among the ways, and this test fails until it has one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryPairOfFitOptionsTest {
    private static final int ROWS = 60;

    private static final List<Way> WAYS = List.of(
            Way.of("--columns x,y", fit -> assertThat(fit.get("d").number()).isEqualTo(2)),
            Way.of("--exclude w"),
            Way.of(
                    "--weights w",
                    fit -> assertThat(fit.get("total_weight").number()).isNotEqualTo(ROWS)),
            Way.toTheSame("--where w>0"),
            Way.of("--missing exact", EveryPairOfFitOptionsTest::usesGaps).on(Way.GAPS),
            Way.of(
                            "--missing drop",
                            fit -> assertThat(fit.get("rows_dropped").number()).isPositive())
                    .on(Way.GAPS),
            Way.of("--method bayes"),
            Way.of("--method dp"),
            Way.of("--method cavi"),
            Way.of("--method mean-field"),
            Way.of(
                    "--components 2..3",
                    fit -> assertThat(fit.get("selection").elements()).hasSizeGreaterThan(1)),
            Way.of("--covariance tied", fit -> assertThat(structure(fit)).isEqualTo("tied")),
            Way.of("--covariance VEV", fit -> assertThat(structure(fit)).isEqualTo("VEV")),
            Way.of("--covariance diag", fit -> assertThat(structure(fit)).isEqualTo("diag")),
            Way.of("--covariance full,EII,EVE"),
            Way.of(
                    "--noise",
                    fit -> assertThat(fit.get("noise").get("share").number()).isBetween(0.0, 0.5)),
            Way.of(
                    "--criterion icl",
                    fit -> assertThat(fit.get("criterion").text()).isEqualTo("icl")),
            Way.of("--equal-weights", EveryPairOfFitOptionsTest::weighsEqually),
            Way.of("--init {folder}/start.json --freeze means", EveryPairOfFitOptionsTest::keepsTheMeans),
            Way.of("--init {folder}/start.json"),
            Way.of("--init random"),
            Way.of("--init-labels class"),
            Way.of("--partial-labels known", EveryPairOfFitOptionsTest::putsClassesFirst),
            Way.of("--tails estimated", EveryPairOfFitOptionsTest::hasTails),
            Way.of("--tails 5", EveryPairOfFitOptionsTest::hasTails),
            Way.of("--mclust-prior"),
            Way.of("--errors x=w"),
            Way.of("--bin-width x=0.1"),
            Way.of("--spread x=w"),
            Way.of("--cells 20"),
            Way.of("--search none"),
            Way.of("--search thorough"),
            Way.of("--n-init 3"),
            Way.of(
                    "--max-iter 2",
                    fit -> assertThat(fit.get("iterations").number()).isLessThanOrEqualTo(2)),
            Way.of("--tol 1e-3"),
            Way.of("--seed 9", fit -> assertThat(fit.get("seed").number()).isEqualTo(9)),
            Way.toTheSame("--threads 3"),
            Way.of("--compat reference"),
            Way.of("--penalty 2"),
            Way.of("--reg-covar 0.01"),
            Way.of("--no-regularization"),
            Way.of("--method cavi --alpha 2"),
            Way.of("--method cavi --nu 2"),
            Way.of("--method cavi --phi 1"),
            Way.of("--method mean-field --sigma 2"),
            Way.of("--method mean-field --compat reference --variant exact"),
            Way.of("--method bayes --weight-concentration-prior 0.5"),
            Way.of("--method bayes --mean-precision-prior 2"),
            Way.of("--columns x,y --method bayes --mean-prior 0,1"),
            Way.of("--method bayes --degrees-of-freedom-prior 5"),
            Way.of("--method bayes --covariance-prior 2"),
            Way.toTheSame("--model {new.json}"),
            Way.toTheSame("--report {new.html}"),
            Way.toTheSame("--scores {new.csv}"),
            Way.toTheSame("--scores {new.tsv} --prefix s_"),
            Way.of("--format text"),
            Way.toTheSame("--checkpoint {gone}"),
            Way.toTheSame("--checkpoint {gone} --resume"),
            Way.toTheSame("--delimiter ,"),
            Way.toTheSame("--decimal ."),
            Way.toTheSame("--header yes"),
            Way.toTheSame("--stream"),
            Way.toTheSame("--memory 256m"),
            Way.toTheSame("--temp {folder}"),
            Way.toTheSame("--quiet"),
            Way.toTheSame("--verbose"));

    /** What does not go together. */
    private static final List<Pairs.Refusal> REFUSALS = List.of(
            usage(
                    "--method",
                    "--noise, --criterion, --equal-weights, --freeze, --partial-labels, --penalty, --reg-covar,"
                            + " --no-regularization, --tails, --mclust-prior, --cells",
                    "belongs to --method em"),
            usage("--method", "--components 2..3", "takes one number of components"),
            usage("--method cavi, --method mean-field", "--covariance", "has the known covariance 1"),
            usage("--method bayes, --method dp", "--covariance VEV", "has no prior for --covariance VEV"),
            usage("--method bayes, --method dp", "--covariance full,EII,EVE", "takes one --covariance"),
            new Pairs.Refusal(
                    "--method mean-field", "--init {folder}/start.json", ExitCode.BAD_INPUT, "has no \"variances\""),
            usage("--compat", "--method bayes, --method dp", "knows --method em, cavi and mean-field"),
            usage("--compat", "--missing exact", "--missing exact is not for the published programs"),
            usage("--compat", "--checkpoint", "leave it out for a published program"),
            usage("--compat", "--n-init", "one start"),
            usage(
                    "=--compat reference",
                    "--covariance, --components 2..3, --noise, --equal-weights, --freeze, --init random, --partial-labels,"
                            + " --search thorough, --tol, --penalty, --reg-covar, --mclust-prior, --tails, --cells",
                    "--compat reference knows "),
            usage("--init {folder}/start.json, --init-labels", "--components 2..3", "the start has 2 components"),
            usage("--init", "--init-labels", "both say where to start"),
            usage("--partial-labels", "--init-labels", "give one of them"),
            usage(
                    "--penalty, --reg-covar, --no-regularization, --mclust-prior",
                    "--penalty, --reg-covar, --no-regularization, --mclust-prior",
                    "exclude"),
            input("--mclust-prior", "--covariance full,EII,EVE", "mclust has no prior for EVE covariances"),
            input("--mclust-prior", "--tails", "mclust's prior is for Gaussians without tails"),
            usage("--errors, --spread", "--exclude, --weights", "names the column \"w\", which is not among"),
            usage(
                    "--errors, --bin-width, --spread",
                    "--errors, --bin-width, --spread",
                    "say different things of the same rows"),
            usage("--errors, --bin-width, --spread", "--report", "draws rows as points"),
            input("--errors, --bin-width, --spread", "--tails, --compat", "takes rows that are points"),
            input("--errors, --bin-width", "--cells", "takes rows that are points"),
            input("--missing exact", "--cells", "needs every value"),
            usage("--cells", "--noise, --tails, --init-labels, --partial-labels", "says something of single rows"),
            usage("--tails", "--noise", "leave one of them out"));

    private static Pairs.Refusal input(String some, String others, String says) {
        return new Pairs.Refusal(some, others, ExitCode.BAD_INPUT, says);
    }

    private static Pairs.Refusal usage(String some, String others, String says) {
        return new Pairs.Refusal(some, others, ExitCode.USAGE, says);
    }

    @TempDir
    private static Path folder;

    private Pairs pairs = new Pairs(Path.of(""), List.of(), List.of(), (result, ways) -> {});

    @BeforeAll
    void write() {
        SplittableRandom random = new SplittableRandom(5);
        StringBuilder whole = new StringBuilder("x,y,w,class,known\n");
        StringBuilder gaps = new StringBuilder(whole);
        for (int i = 0; i < ROWS; i++) {
            boolean far = i % 3 == 0;
            String x = Double.toString((far ? 4 : 0) + random.nextGaussian());
            String y = Double.toString((far ? -3 : 0) + (far ? 1 : 0.5) * random.nextGaussian());
            String w = Double.toString(0.5 + random.nextDouble());
            String known = switch (i) {
                case 0, 3 -> "far";
                case 1, 2 -> "near";
                case 4 -> "!far";
                case 5 -> "near:0.8|far:0.2";
                default -> "";
            };
            String rest = "," + w + "," + (far ? "far" : "near") + "," + known + "\n";
            whole.append(x).append(',').append(y).append(rest);
            gaps.append(i % 7 == 1 ? "" : x)
                    .append(',')
                    .append(i % 7 == 3 ? "NA" : y)
                    .append(rest);
        }
        Mixtura.file(folder, Way.WHOLE, whole.toString());
        Mixtura.file(folder, Way.GAPS, gaps.toString());
        Mixtura.run(
                        "fit --components 2 --columns x,y --partial-labels known -q --model",
                        folder.resolve("start.json"),
                        folder.resolve(Way.WHOLE))
                .out();
        List<String> base = List.of("fit", "{data}", "--components", "2", "--format", "json", "--threads", "1");
        pairs = new Pairs(folder, base, REFUSALS, this::judge);
    }

    private static String structure(JsonValue fit) {
        return fit.get("covariance_type").text();
    }

    private static void usesGaps(JsonValue fit) {
        assertThat(fit.get("n").number()).isEqualTo(ROWS);
        assertThat(fit.get("rows_dropped").number()).isZero();
    }

    private static void hasTails(JsonValue fit) {
        assertThat(Arrays.stream(fit.get("degrees_of_freedom").vector()).min().orElseThrow())
                .isGreaterThanOrEqualTo(0.5);
    }

    private static void weighsEqually(JsonValue fit) {
        double[] weights = fit.get("weights").vector();
        assertThat(weights).containsOnly(1.0 / weights.length);
    }

    private static void keepsTheMeans(JsonValue fit) {
        JsonValue start =
                Mixtura.run("show --format json", folder.resolve("start.json")).json();
        fit.get("means").assertNear(start.get("means"), 1e-13);
    }

    /** The class "far" is the first component, which lies at larger x. */
    private static void putsClassesFirst(JsonValue fit) {
        assertThat(fit.get("options").get("classes").text()).isEqualTo("far|near");
        if (fit.get("columns").elements().get(0).text().equals("x")) {
            double[][] means = fit.get("means").matrix();
            assertThat(means[0][0]).isGreaterThan(means[1][0]);
        }
    }

    private void judge(Pairs.Result result, List<Way> ways) {
        String printed = result.printed();
        if (ways.stream().anyMatch(way -> way.has("text"))) {
            boolean quiet = ways.stream().anyMatch(way -> way.has("--quiet"));
            assertThat(printed.contains("Log-likelihood")).isNotEqualTo(quiet);
            return;
        }
        JsonValue fit = JsonValue.parse(printed);
        for (String name : List.of("weights", "means", "covariances", "log_likelihood", "history")) {
            assertThat(fit.get(name).numbers()).as(name).allMatch(Double::isFinite);
        }
        assertThat(Arrays.stream(fit.get("weights").vector()).sum()).isBetween(1 - 1e-12, 1 + 1e-12);
        if (ways.stream().noneMatch(way -> way.has("--reg-covar"))) {
            double[] history = fit.get("history").vector();
            for (int i = 1; i < history.length; i++) {
                assertThat(history[i]).as("objective").isGreaterThanOrEqualTo(history[i - 1] - 1e-10);
            }
        }
        ways.forEach(way -> way.law().check(fit));
        for (int i = 0; i < 2; i++) {
            if (ways.get(i).effect() == Way.Effect.NOTHING) {
                JsonValue without = JsonValue.parse(
                        pairs.alone(Optional.of(ways.get(1 - i))).printed());
                for (String name : List.of("weights", "means", "covariances", "log_likelihood", "history")) {
                    assertThat(fit.get(name).numbers())
                            .as(name + " as without " + ways.get(i).words())
                            .isEqualTo(without.get(name).numbers());
                }
            }
        }
    }

    static List<Way> ways() {
        return WAYS;
    }

    @ParameterizedTest
    @MethodSource("ways")
    void goesTogetherOrIsRefusedInOneLine(Way way) {
        assertThat(pairs.problems(way, WAYS)).isEmpty();
    }

    @Test
    void walksEveryOption() {
        Set<String> walked =
                WAYS.stream().flatMap(way -> way.options().stream()).collect(Collectors.toCollection(TreeSet::new));
        Set<String> there = new TreeSet<>();
        new FitCommand().groups().forEach(group -> group.options().forEach(option -> there.add(option.name())));
        assertThat(walked).isEqualTo(there);
        // Ways differ, or one would hide the other.
        assertThat(new ArrayList<>(WAYS.stream().map(Way::words).toList())).doesNotHaveDuplicates();
    }
}
