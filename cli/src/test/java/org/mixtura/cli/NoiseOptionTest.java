package org.mixtura.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two clusters among junk: fitted, scored, sampled, shown; and what has no answer to noise. */
class NoiseOptionTest {
    private static final int CLUSTERED = 160;
    private static final int JUNK = 40;

    @TempDir
    private Path folder;

    private Path data;
    private Path model;

    @BeforeEach
    void fit() {
        SplittableRandom random = new SplittableRandom(3);
        StringBuilder text = new StringBuilder("x,y\n");
        for (int i = 0; i < CLUSTERED + JUNK; i++) {
            boolean junk = i >= CLUSTERED;
            double centre = i % 2 == 0 ? -5 : 5;
            double x = junk ? 40 * random.nextDouble() - 20 : centre + random.nextGaussian();
            double y = junk ? 40 * random.nextDouble() - 20 : centre + random.nextGaussian();
            text.append(x).append(',').append(y).append('\n');
        }
        data = Mixtura.file(folder, "data.csv", text.toString());
        model = folder.resolve("model.json");
        assertThat(Mixtura.run("fit --noise --components 1..3 --model", model, data)
                        .out())
                .contains("2 components, full covariances", "noise, label -1: 0.");
    }

    private List<String[]> lines(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file)).stream()
                .skip(1)
                .map(line -> line.split(","))
                .toList();
    }

    @Test
    void labelsJunkMinusOne() throws IOException {
        Path out = folder.resolve("scored.csv");
        Mixtura.run("score -q --what label,responsibilities --out", out, model, data)
                .out();
        assertThat(Files.readAllLines(out).get(0))
                .isEqualTo("x,y,label,responsibility_0,responsibility_1,responsibility_noise");
        List<String[]> lines = lines("scored.csv");
        long junk = lines.stream()
                .skip(CLUSTERED)
                .filter(line -> line[2].equals("-1"))
                .count();
        assertThat(junk).isGreaterThan(JUNK * 8 / 10);
        assertThat(lines.stream().limit(CLUSTERED).filter(line -> line[2].equals("-1")))
                .hasSizeLessThan(CLUSTERED / 16);
        for (String[] line : lines) {
            double sum = Double.parseDouble(line[3]) + Double.parseDouble(line[4]) + Double.parseDouble(line[5]);
            assertThat(sum).isBetween(1 - 1e-12, 1 + 1e-12);
        }
    }

    @Test
    void showsAndSamplesTheNoise() throws IOException {
        assertThat(Mixtura.run("show", model).out()).contains("noise, label -1: 0.", "13 free parameters");
        JsonValue json = Mixtura.run("show --format json", model).json();
        assertThat(json.get("noise").get("share").number()).isBetween(0.15, 0.25);
        assertThat(json.get("parameters").number()).isEqualTo(13);
        Path out = folder.resolve("sample.csv");
        Mixtura.run("sample -n 2000 -q --out", out, model).out();
        long far = lines("sample.csv").stream()
                .filter(line -> Math.abs(Double.parseDouble(line[0])) > 10)
                .count();
        assertThat(far).isBetween(100L, 300L);
        JsonValue fit =
                Mixtura.run("fit --noise --components 2 --format json", data).json();
        assertThat(fit.get("noise").get("share").number()).isBetween(0.15, 0.25);
    }

    /** A row is flagged by how far it lies from the components, however even the noise is there. */
    @Test
    void flagsRowsByTheComponentsAlone() throws IOException {
        Path out = folder.resolve("flags.csv");
        Mixtura.run("score -q --what label,flag,why --threshold-percentile 90 --out", out, model, data)
                .out();
        List<String> flagged = Files.readAllLines(out).stream()
                .filter(line -> line.contains(" (expected "))
                .toList();
        assertThat(flagged).isNotEmpty().allMatch(line -> line.split(",", -1)[2].equals("-1"));
    }

    @Test
    void takesGapsAndMakesAReport() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(data));
        lines.set(3, lines.get(3).replaceFirst("^[^,]*", ""));
        Path gaps = Files.write(folder.resolve("gaps.csv"), lines);
        Path gapsModel = folder.resolve("gaps.json");
        Path report = folder.resolve("gaps.html");
        String options = "fit -q --noise --missing exact --components 2 --seed 1 --report";
        Mixtura.run(options, report, "--model", gapsModel, gaps).out();
        assertThat(Files.readString(report))
                .contains("\"noise\":{\"share\":0.")
                .contains("with what the mixture expects");
        Path out = folder.resolve("gaps-scored.csv");
        Mixtura.run("score -q --missing exact --what label,log_density,p_value --out", out, gapsModel, gaps)
                .out();
        assertThat(Files.readAllLines(out).get(3).split(",", -1)).hasSize(5).doesNotContain("NaN");
    }

    @Test
    void refusesWhatHasNoAnswer() {
        String noAnswer = "of the rows, for which this has no answer; fit without noise";
        for (String command : List.of("entropy", "compare " + model, "reduce --components 1 --model r.json")) {
            assertThat(Mixtura.run(command, model).refusal(ExitCode.BAD_INPUT)).endsWith(noAnswer);
        }
        Path out = folder.resolve("o.csv");
        assertThat(Mixtura.run("impute --out", out, model, data).refusal(ExitCode.BAD_INPUT))
                .endsWith(noAnswer);
        assertThat(Mixtura.run("fit --noise --method bayes --components 2", data)
                        .refusal(ExitCode.USAGE))
                .endsWith("--noise belongs to --method em, not bayes; leave it out");
        assertThat(Mixtura.run("fit --noise --compat reference --components 2", data)
                        .refusal(ExitCode.USAGE))
                .endsWith("--compat reference knows mixtures without noise; change --noise or leave it out");
    }
}
