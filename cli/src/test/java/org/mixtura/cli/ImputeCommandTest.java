package org.mixtura.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows with gaps on the command line: fitted, scored, filled. */
class ImputeCommandTest {
    /** y is about 2 x + 1, in two clusters. */
    private static final String DATA = """
            x,y,name
            0,1,a
            1,3.5,b
            2,4.5,c
            3,,d
            ,9.5,e
            5,10.5,f
            50,101.5,g
            51,102.5,h
            NA,105,i
            53,,"j, k"
            54,109.5,l
            ,,m
            """;

    @TempDir
    private Path folder;

    private Path data;
    private Path model;

    @BeforeEach
    void fit() {
        data = Mixtura.file(folder, "data.csv", DATA);
        model = folder.resolve("model.json");
        Mixtura run = Mixtura.run("fit --missing exact --components 2 --penalty 0.1 --model", model, data);
        assertThat(run.out()).contains("1 row has no value at all and counts for nothing");
    }

    private List<String[]> lines(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file)).stream()
                .map(line -> line.replace("j, k", "j k").split(",", -1))
                .toList();
    }

    @Test
    void fillsGapsByRegressionWithinTheCluster() throws IOException {
        Path out = folder.resolve("whole.csv");
        assertThat(Mixtura.run("impute --what filled,sd --out", out, model, data)
                        .out())
                .contains("took 5 of 12 rows with gaps: 3 in y, 3 in x", "Filled 6 gaps; the rows are in " + out);
        List<String[]> lines = lines("whole.csv");
        assertThat(lines.get(0)).containsExactly("x", "y", "name", "x_filled", "y_filled", "x_sd", "y_sd");
        assertThat(lines.get(1)).containsExactly("0", "1", "a", "0.0", "1.0", "0.0", "0.0");
        assertThat(lines.get(4)[1]).isEmpty();
        assertThat(Double.parseDouble(lines.get(4)[4])).isBetween(6.0, 8.0);
        assertThat(Double.parseDouble(lines.get(5)[3])).isBetween(3.5, 4.8);
        assertThat(Double.parseDouble(lines.get(10)[4])).isBetween(104.0, 109.0);
        assertThat(Double.parseDouble(lines.get(10)[6])).isBetween(0.1, 3.0);
        // Nothing is known of the last row: the mean and deviation of the whole mixture.
        assertThat(Double.parseDouble(lines.get(12)[3])).isBetween(15.0, 35.0);
        assertThat(Double.parseDouble(lines.get(12)[5])).isBetween(20.0, 30.0);
    }

    @Test
    void drawsTheSameForTheSameSeed() throws IOException {
        String command = "impute --draws 2 -q --seed 7 --out";
        Mixtura.run(command, folder.resolve("a.csv"), model, data).out();
        Mixtura.run(command, folder.resolve("b.csv"), model, data).out();
        assertThat(Files.readString(folder.resolve("a.csv"))).isEqualTo(Files.readString(folder.resolve("b.csv")));
        List<String[]> lines = lines("a.csv");
        assertThat(lines.get(0))
                .containsExactly("x", "y", "name", "x_filled", "y_filled", "x_draw1", "y_draw1", "x_draw2", "y_draw2");
        assertThat(Arrays.copyOfRange(lines.get(1), 3, 9)).containsExactly("0.0", "1.0", "0.0", "1.0", "0.0", "1.0");
        assertThat(lines.get(4)[6]).isNotEqualTo(lines.get(4)[8]);
        assertThat(Double.parseDouble(lines.get(4)[6])).isBetween(0.0, 14.0);
    }

    @Test
    void scoresByTheMarginal() throws IOException {
        Path out = folder.resolve("scored.csv");
        Mixtura.run("score --missing exact --what label,log_density -q --out", out, model, data)
                .out();
        List<String[]> lines = lines("scored.csv");
        assertThat(lines.get(4)[3]).isEqualTo(lines.get(1)[3]);
        assertThat(lines.get(9)[3]).isEqualTo(lines.get(8)[3]).isNotEqualTo(lines.get(1)[3]);
        assertThat(Double.parseDouble(lines.get(12)[4])).isBetween(-1e-12, 1e-12);
    }

    @Test
    void refusesWhatHasNoAnswer() {
        assertThat(Mixtura.run("impute", model, data).refusal(ExitCode.USAGE)).contains("--out is missing");
        Path out = folder.resolve("o.csv");
        assertThat(Mixtura.run("impute --what mean --out", out, model, data).refusal(ExitCode.USAGE))
                .endsWith("--what has \"mean\"; expected some of filled, sd");
        assertThat(Mixtura.run("impute --draws -1 --out", out, model, data).refusal(ExitCode.USAGE))
                .endsWith("--draws is \"-1\"; expected at least 0");
        assertThat(Mixtura.run("plot --missing exact --out", folder.resolve("p.svg"), model, data)
                        .refusal(ExitCode.USAGE))
                .endsWith("--missing is \"exact\"; expected error or drop");
        assertThat(Mixtura.run("fit --missing exact --compat reference --components 2", data)
                        .refusal(ExitCode.USAGE))
                .contains("--missing exact is not for the published programs, which need every value");
        assertThat(folder.resolve("o.csv")).doesNotExist();
    }
}
