package org.mixtura.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mixtura.io.MixtureFile;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/** Against the conditional mixture of each row, and what is refused. */
class PredictCommandTest {
    private static final GaussianMixture MIXTURE = GaussianMixture.of(
                    new double[] {0.25, 0.75},
                    List.of(
                            Gaussian.of(new double[] {0, 1, 2}, Covariance.full(new double[][] {
                                {2, 1, 0.5}, {1, 2, -0.5}, {0.5, -0.5, 1}
                            })),
                            Gaussian.of(new double[] {4, -1, 0}, Covariance.full(new double[][] {
                                {1, -0.5, 0}, {-0.5, 1, 0.3}, {0, 0.3, 3}
                            }))))
            .named(List.of("a", "b", "y"));

    @TempDir
    private Path folder;

    private Path model = Path.of("");
    private Path data = Path.of("");
    private Path out = Path.of("");

    @BeforeEach
    void writeFiles() {
        model = folder.resolve("model.json");
        MixtureFile.write(MIXTURE, model);
        data = Mixtura.file(folder, "data.csv", "name,b,a\none,0.5,1\ntwo,NA,2\nthree,-2,7.25\n");
        out = folder.resolve("out.csv");
    }

    private static double[] cells(String line, int from) {
        return Arrays.stream(line.split(",", -1))
                .skip(from)
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    @Test
    void writesTheConditionalBesideTheColumns() throws IOException {
        String told = Mixtura.run("predict --missing drop --target y --quantiles 0.1,0.5 --out", out, model, data)
                .out();
        assertThat(told).contains("Predictions of y from a, b are in " + out);
        List<String> lines = Files.readAllLines(out);
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).isEqualTo("name,b,a,y_mean,y_variance,y_q0.1,y_q0.5");
        assertThat(lines.get(2)).isEqualTo("two,NA,2,,,,");
        for (int row : new int[] {1, 3}) {
            double[] cells = cells(lines.get(row), 1);
            GaussianMixture conditional = MIXTURE.given(Map.of("b", cells[0], "a", cells[1]));
            assertThat(cells[2]).isCloseTo(conditional.mean()[0], within(1e-13));
            assertThat(cells[3]).isCloseTo(conditional.covariance().get(0, 0), within(1e-13));
            assertThat(below(conditional, cells[4])).isCloseTo(0.1, within(1e-6));
            assertThat(below(conditional, cells[5])).isCloseTo(0.5, within(1e-6));
        }
    }

    /** The probability of a value below, by the midpoint rule. */
    private static double below(GaussianMixture mixture, double value) {
        double step = 1e-3;
        double sum = 0;
        for (double y = value - step / 2; y > value - 30; y -= step) {
            sum += step * mixture.density(new double[] {y});
        }
        return sum;
    }

    @Test
    void averagesOverWhatIsNeitherKnownNorWanted() throws IOException {
        Mixtura.run("predict --given a --target y,b --prefix p_ --quantiles 0.5 --out", out, model, data)
                .out();
        List<String> lines = Files.readAllLines(out);
        assertThat(lines.get(0)).isEqualTo("name,b,a,p_y_mean,p_y_variance,p_y_q0.5,p_b_mean,p_b_variance,p_b_q0.5");
        double[] cells = cells(lines.get(2), 2);
        GaussianMixture conditional = MIXTURE.given("a", 2);
        assertThat(cells[1]).isCloseTo(conditional.marginal("y").mean()[0], within(1e-13));
        assertThat(cells[4]).isCloseTo(conditional.marginal("b").mean()[0], within(1e-13));
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(Mixtura.run("predict --out", out, model, data).refusal(ExitCode.USAGE))
                .contains("--target is missing; name the columns to predict");
        assertThat(Mixtura.run("predict --target y", model, data).refusal(ExitCode.USAGE))
                .contains("--out is missing; say where to write");
        assertThat(Mixtura.run("predict --target y --given y,a --out", out, model, data)
                        .refusal(ExitCode.USAGE))
                .contains("--target and --given both have y; leave it out of one");
        assertThat(Mixtura.run("predict --target y,y --out", out, model, data).refusal(ExitCode.USAGE))
                .contains("--target has y twice; give it once");
        assertThat(Mixtura.run("predict --target y --quantiles 0.5,1 --out", out, model, data)
                        .refusal(ExitCode.USAGE))
                .contains("--quantiles is \"0.5,1\"; expected different numbers above 0 and below 1");
        assertThat(Mixtura.run("predict --target z --out", out, model, data).refusal(ExitCode.BAD_INPUT))
                .contains("no column \"z\"; the columns are [a, b, y]");
        assertThat(Mixtura.run("predict --target y --out", out, model, data).refusal(ExitCode.BAD_INPUT))
                .contains("column \"b\"");
        assertThat(out).doesNotExist();
    }
}
