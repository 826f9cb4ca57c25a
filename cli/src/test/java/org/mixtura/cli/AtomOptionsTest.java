package org.mixtura.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomOptionsTest {
    @TempDir
    private Path folder;

    /** Rows of variance 1 and 4 measured with errors of standard deviation 0.5 to 1.5 in the first column. */
    private Path measured() {
        SplittableRandom random = new SplittableRandom(3);
        StringBuilder text = new StringBuilder("x,y,sigma,count\n");
        for (int i = 0; i < 2000; i++) {
            double sigma = 0.5 + random.nextDouble();
            text.append(random.nextGaussian() + sigma * random.nextGaussian())
                    .append(',')
                    .append(2 * random.nextGaussian())
                    .append(',')
                    .append(sigma)
                    .append(",1\n");
        }
        return Mixtura.file(folder, "measured.csv", text.toString());
    }

    private static double variance(JsonValue fit, int column) {
        return fit.get("covariances")
                .elements()
                .get(0)
                .elements()
                .get(column)
                .elements()
                .get(column)
                .number();
    }

    @Test
    void fitsAndScoresWhatIsBehindErrors() throws Exception {
        Path data = measured();
        Path model = folder.resolve("m.json");
        JsonValue fit = Mixtura.run(
                        "fit " + data + " --components 1 --weights count --errors x=sigma --format json --model", model)
                .json();
        assertThat(fit.get("d").number()).isEqualTo(2);
        assertThat(variance(fit, 0)).isCloseTo(1, within(0.15));
        assertThat(variance(fit, 1)).isCloseTo(4, within(0.5));
        assertThat(fit.get("options").get("rows").text()).isEqualTo("with errors");
        JsonValue plain = Mixtura.run("fit " + data + " --components 1 --columns x,y --format json")
                .json();
        assertThat(variance(plain, 0)).isGreaterThan(1.8);
        for (String stream : List.of("", " --stream")) {
            Path out = folder.resolve("scored" + stream.length() + ".csv");
            Mixtura.run("score " + model + " " + data + stream + " --errors x=sigma --what log_density --out", out)
                    .out();
            double sum = 0;
            List<String> lines = Files.readAllLines(out);
            for (String line : lines.subList(1, lines.size())) {
                sum += Double.parseDouble(line.substring(line.lastIndexOf(',') + 1));
            }
            assertThat(sum).isCloseTo(fit.get("log_likelihood").number(), within(1e-6));
        }
    }

    @Test
    void takesOffWhatBinsAddAndAddsWhatASpreadHides() {
        StringBuilder text = new StringBuilder("middle,count,sd\n");
        for (int middle = -4; middle <= 4; middle++) {
            text.append(middle)
                    .append(',')
                    .append(100 * Math.exp(-middle * middle / 2.0))
                    .append(",0.5\n");
        }
        Path data = Mixtura.file(folder, "histogram.csv", text.toString());
        String common = "fit " + data + " --components 1 --columns middle --weights count --format json ";
        double raw = variance(Mixtura.run(common + "--seed 0").json(), 0);
        assertThat(raw).isCloseTo(1, within(0.01));
        assertThat(variance(Mixtura.run(common + "--bin-width middle=1").json(), 0))
                .isCloseTo(raw - 1.0 / 12, within(0.002));
        assertThat(variance(Mixtura.run(common + "--spread middle=sd").json(), 0))
                .isCloseTo(raw + 0.25, within(0.002));
    }

    @Test
    void fitsCellsAndJudgesThemByAllRows() {
        StringBuilder text = new StringBuilder("x,y\n");
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 6000; i++) {
            text.append(i % 2 * 6 + random.nextGaussian())
                    .append(',')
                    .append(random.nextGaussian())
                    .append('\n');
        }
        Path data = Mixtura.file(folder, "large.csv", text.toString());
        JsonValue fit = Mixtura.run("fit " + data + " --components 1..3 --cells 500 --format json")
                .json();
        assertThat(fit.get("components").number()).isEqualTo(2);
        assertThat(fit.get("n").number()).isEqualTo(6000);
        double bound = fit.get("cells_lower_bound").number();
        assertThat(fit.get("log_likelihood").number()).isBetween(bound, bound + 100);
        assertThat(fit.get("options").get("cells").text()).isEqualTo("500");
        assertThat(Mixtura.run("fit " + data + " --components 1 --bin-width x=0.5")
                        .out())
                .contains("\n  \"x\" is in bins of width 0.5\n");
        assertThat(Mixtura.run("fit " + data + " --components 1..3 --cells 500").out())
                .containsPattern(
                        "Lower bound     -[0-9,.]+, -[0-9.]+ per row, on 500 cells, which were fitted in place of"
                                + " the rows")
                .contains("Of cells: the log-likelihoods are lower bounds");
    }

    @Test
    void saysWhatDoesNotGoTogether() {
        Path data = measured();
        assertThat(Mixtura.run("fit " + data + " --errors x=sigma --bin-width y=1")
                        .refusal(ExitCode.USAGE))
                .isEqualTo("mixtura: --errors and --bin-width say different things of the same rows; give one of them");
        assertThat(Mixtura.run("fit " + data + " --errors z=sigma").refusal(ExitCode.USAGE))
                .isEqualTo("mixtura: --errors names the column \"z\", which is not among those used: x, y, count");
        assertThat(Mixtura.run("fit " + data + " --errors x=sigm").refusal(ExitCode.USAGE))
                .isEqualTo(
                        "mixtura: --errors names the column \"sigm\", which is not among the columns of numbers: x, y, sigma,"
                                + " count");
        assertThat(Mixtura.run("fit " + data + " --errors sigma").refusal(ExitCode.USAGE))
                .isEqualTo("mixtura: --errors is \"sigma\"; expected pairs such as a=sigma_a,b=sigma_b");
        assertThat(Mixtura.run("fit " + data + " --bin-width x=0").refusal(ExitCode.USAGE))
                .isEqualTo("mixtura: --bin-width is \"x=0\"; expected widths above 0");
        assertThat(Mixtura.run("fit " + data + " --errors x=sigma --cells 50 --components 1")
                        .refusal(ExitCode.BAD_INPUT))
                .isEqualTo(
                        "mixtura: a division into cells takes rows that are points, and none with errors of their own; give the"
                                + " rows without");
        assertThat(Mixtura.run("fit " + data + " --noise --cells 50").refusal(ExitCode.USAGE))
                .isEqualTo(
                        "mixtura: --noise says something of single rows, and --cells fits none; leave one of them out");
        assertThat(Mixtura.run("fit " + data + " --method dp --components 3 --cells 50")
                        .refusal(ExitCode.USAGE))
                .isEqualTo("mixtura: --cells belongs to --method em, not dp; leave it out");
        assertThat(Mixtura.run("fit " + data + " --errors x=sigma --report", folder.resolve("r.html"))
                        .refusal(ExitCode.USAGE))
                .isEqualTo(
                        "mixtura: --report draws rows as points, which --errors says they are not; leave one of them out");
        Path negative = Mixtura.file(folder, "negative.csv", "x,s\n1,0.1\n2,-0.1\n5,0\n4,0.3\n");
        assertThat(Mixtura.run("fit " + negative + " --components 1 --errors x=s")
                        .refusal(ExitCode.BAD_INPUT))
                .isEqualTo(
                        "mixtura: row 1, column \"x\": the standard deviation that goes with it is -0.1; it must be finite and"
                                + " not negative: mend it or drop the row");
    }
}
