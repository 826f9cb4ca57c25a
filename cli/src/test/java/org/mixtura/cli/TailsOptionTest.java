package org.mixtura.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.StudentMixture;
import org.mixtura.mixture.StudentT;

/** Two clusters with heavy tails: fitted, scored, sampled, shown, predicted from; and what has no answer to tails. */
class TailsOptionTest {
    @TempDir
    private Path folder;

    private Path data;
    private Path model;

    @BeforeEach
    void fit() {
        StudentMixture truth = StudentMixture.of(
                new double[] {0.6, 0.4},
                List.of(
                        StudentT.of(new double[] {-6, -6}, Covariance.spherical(2, 1), 3),
                        StudentT.of(new double[] {6, 6}, Covariance.spherical(2, 1), 3)));
        StringBuilder text = new StringBuilder("x,y\n");
        for (double[] row : truth.sample(400, new SplittableRandom(3)).toRows()) {
            text.append(row[0]).append(',').append(row[1]).append('\n');
        }
        data = Mixtura.file(folder, "data.csv", text.toString());
        model = folder.resolve("model.json");
        assertThat(Mixtura.run("fit --tails estimated --components 1..3 --model", model, data)
                        .out())
                .contains("2 components, full covariances: location ± scale", "  degrees of freedom: ");
    }

    @Test
    void scoresWithGapsAndWithout() throws IOException {
        Path out = folder.resolve("scored.csv");
        Mixtura.run("score -q --what label,responsibilities,energy --out", out, model, data)
                .out();
        List<String> lines = Files.readAllLines(out);
        assertThat(lines.get(0)).isEqualTo("x,y,label,responsibility_0,responsibility_1,energy");
        assertThat(lines.stream()
                        .filter(line -> line.split(",", -1)[2].equals("0"))
                        .count())
                .isBetween(220L, 260L);
        Path gaps = Mixtura.file(folder, "gaps.csv", "x,y\n-6,\n,6\n");
        Mixtura.run("score -q --missing exact --what label --out", out, model, gaps)
                .out();
        assertThat(Files.readAllLines(out)).containsExactly("x,y,label", "-6,,0", ",6,1");
    }

    @Test
    void showsSamplesAndGoesOn() throws IOException {
        assertThat(Mixtura.run("show", model).out()).contains("  degrees of freedom: ", "13 free parameters");
        JsonValue json = Mixtura.run("show --format json", model).json();
        assertThat(json.get("parameters").number()).isEqualTo(13);
        Path out = folder.resolve("sample.csv");
        Mixtura.run("sample -n 2000 -q --out", out, model).out();
        long far = Files.readAllLines(out).stream()
                .skip(1)
                .filter(line -> Math.abs(Double.parseDouble(line.split(",", -1)[0])) > 12)
                .count();
        assertThat(far).isBetween(5L, 60L);
        JsonValue fit = Mixtura.run("fit --tails common --format json --init", model, data)
                .json();
        assertThat(fit.get("degrees_of_freedom").elements().get(0).number()).isBetween(2.0, 5.0);
        assertThat(fit.get("parameters").number()).isEqualTo(12);
        assertThat(fit.get("options").get("tails").text()).isEqualTo("common");
        JsonValue known =
                Mixtura.run("fit --tails 4 --components 2 --format json", data).json();
        assertThat(known.get("degrees_of_freedom").elements().get(1).number()).isEqualTo(4);
        assertThat(known.get("parameters").number()).isEqualTo(11);
    }

    /** The clusters lie on a line, so that one column tells of the other; far from both they predict with less certainty. */
    @Test
    void predictsAndFillsGaps() throws IOException {
        Path some = Mixtura.file(folder, "some.csv", "x,y\n-6,\n6.5,\n30,\n");
        Path out = folder.resolve("filled.csv");
        Mixtura.run("impute -q --what filled,sd --draws 2 --out", out, model, some)
                .out();
        List<double[]> filled = numbers(out, 2);
        assertThat(filled.get(0)[1]).isBetween(-7.0, -5.0);
        assertThat(filled.get(1)[1]).isBetween(5.0, 7.0);
        assertThat(filled.get(2)[3]).isGreaterThan(3 * filled.get(1)[3]);
        Path predicted = folder.resolve("predicted.csv");
        Path known = Mixtura.file(folder, "known.csv", "x\n-6\n6.5\n30\n");
        Mixtura.run("predict -q --target y --quantiles 0.01,0.5 --out", predicted, model, known)
                .out();
        List<double[]> expected = numbers(predicted, 1);
        for (int i = 0; i < 3; i++) {
            assertThat(expected.get(i)[0]).isCloseTo(filled.get(i)[1], within(1e-12));
            assertThat(Math.sqrt(expected.get(i)[1])).isCloseTo(filled.get(i)[3], within(1e-12));
            assertThat(expected.get(i)[2]).isLessThan(expected.get(i)[3]);
        }
    }

    /** The numbers of a file's rows, without those of its first columns. */
    private static List<double[]> numbers(Path file, int skipped) throws IOException {
        return Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> Arrays.stream(line.split(",", -1))
                        .skip(skipped)
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toList();
    }

    @Test
    void flagsOddRowsAndReports() throws IOException {
        Path out = folder.resolve("flagged.csv");
        Mixtura.run("score -q --what energy,p_value,flag --threshold-percentile 95 --out", out, model, data)
                .out();
        List<double[]> scores = numbers(out, 2);
        double[] energies =
                scores.stream().mapToDouble(score -> score[0]).sorted().toArray();
        for (double[] score : scores) {
            assertThat(score[2] == 1).isEqualTo(score[0] > energies[379]);
            assertThat(score[2] == 1).isEqualTo(score[1] <= 21.0 / 401 + 1e-9);
        }
        Path page = folder.resolve("r.html");
        assertThat(Mixtura.run("fit --tails common --components 2 --report", page, data)
                        .out())
                .contains("The report is in " + page);
        assertThat(Files.readString(page)).contains("\"freedom\":[");
    }

    @Test
    void refusesWhatHasNoAnswer() {
        String noAnswer = "degrees of freedom, for which this has no answer; fit without tails";
        for (String command : List.of("entropy", "compare " + model, "reduce --components 1 --model r.json")) {
            assertThat(Mixtura.run(command, model).refusal(ExitCode.BAD_INPUT)).endsWith(noAnswer);
        }
        Path out = folder.resolve("o.csv");
        assertThat(Mixtura.run("fit --init", model, data).refusal(ExitCode.BAD_INPUT))
                .endsWith(noAnswer);
        assertThat(Mixtura.run("score --what why --out", out, model, data).refusal(ExitCode.BAD_INPUT))
                .endsWith("the model has tails, for which why has no answer; p_value and flag tell which rows are odd");
        assertThat(Mixtura.run("fit --tails common --noise", data).refusal(ExitCode.USAGE))
                .endsWith("--tails does not go with --noise; leave one of them out");
        assertThat(Mixtura.run("fit --tails heavy", data).refusal(ExitCode.USAGE))
                .contains("expected estimated, common or a number such as 4");
        assertThat(Mixtura.run("fit --tails 0.1", data).refusal(ExitCode.USAGE))
                .contains("degrees of freedom are 0.1; they are finite and at least 0.5");
        assertThat(Mixtura.run("fit --tails common --method bayes --components 2", data)
                        .refusal(ExitCode.USAGE))
                .endsWith("--tails belongs to --method em, not bayes; leave it out");
        assertThat(Mixtura.run("fit --tails common --compat reference --components 2", data)
                        .refusal(ExitCode.USAGE))
                .endsWith("--compat reference knows Gaussians; change --tails or leave it out");
    }
}
