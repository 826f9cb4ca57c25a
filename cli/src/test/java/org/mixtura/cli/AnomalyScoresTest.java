package org.mixtura.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code score --what energy,p_value,flag,why} against the definitions, and what is refused. */
class AnomalyScoresTest {
    private static final String MODEL = "{\"format\": \"mixtura-model\", \"covariance_type\": \"diag\", \"columns\":"
            + " [\"width\", \"height\"], \"weights\": [1], \"means\": [[1.3, 7]], \"covariances\": [[0.04, 1]]}";

    @TempDir
    private Path folder;

    private Path model = Path.of("");
    private Path rows = Path.of("");

    @BeforeEach
    void write() {
        model = Mixtura.file(folder, "model.json", MODEL);
        rows = Mixtura.file(folder, "rows.csv", "width,height\n" + ordinary(99, 3) + "5.2,7.5\n");
    }

    private static String ordinary(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(1.3 + 0.2 * random.nextGaussian())
                    .append(',')
                    .append(7 + random.nextGaussian())
                    .append('\n');
        }
        return text.toString();
    }

    /** The cells of the columns that were added, without the head. */
    private static List<String[]> cells(Path file) throws IOException {
        List<String[]> cells = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        for (String line : lines.subList(1, lines.size())) {
            String[] all = line.split(",", -1);
            cells.add(Arrays.copyOfRange(all, 2, all.length));
        }
        return cells;
    }

    private static double energy(String[] cells) {
        return Double.parseDouble(cells[0]);
    }

    @Test
    void comparesWithTheRowsThemselves() throws IOException {
        Path out = folder.resolve("out.csv");
        String text = Mixtura.run(
                        "score --what energy,p_value,flag,why --threshold-percentile 95", model, rows, "--out", out)
                .out();
        assertThat(text).contains("percentile 95 of these 100 rows themselves", "--calibrate");
        List<String[]> cells = cells(out);
        double[] sorted =
                cells.stream().mapToDouble(AnomalyScoresTest::energy).sorted().toArray();
        for (String[] row : cells) {
            long higher =
                    cells.stream().filter(other -> energy(other) >= energy(row)).count();
            assertThat(Double.parseDouble(row[1])).isEqualTo((1.0 + higher) / 101);
            assertThat(row[2]).isEqualTo(energy(row) > sorted[94] ? "1" : "0");
            assertThat(row[3].isEmpty()).isEqualTo(row[2].equals("0"));
        }
        assertThat(cells.stream().filter(row -> row[2].equals("1"))).hasSize(5);
        assertThat(cells.get(99)[3]).isEqualTo("width 5.2 (expected 1.30 ± 0.20)");
    }

    @Test
    void comparesWithAHoldOut() throws IOException {
        Path held = Mixtura.file(folder, "held.csv", "height,width\n" + swapped(ordinary(49, 8)));
        Path heldScores = folder.resolve("held-out.csv");
        Mixtura.run("score --what energy -q", model, held, "--out", heldScores).out();
        double[] energies = cells(heldScores).stream()
                .mapToDouble(AnomalyScoresTest::energy)
                .sorted()
                .toArray();
        Path out = folder.resolve("out.csv");
        String text = Mixtura.run("score --what energy,p_value,flag", model, rows, "--out", out, "--calibrate", held)
                .out();
        assertThat(text).contains("percentile 99 of 49 rows held out in " + held);
        for (String[] row : cells(out)) {
            long higher = Arrays.stream(energies).filter(e -> e >= energy(row)).count();
            assertThat(Double.parseDouble(row[1])).isEqualTo((1.0 + higher) / 50);
            assertThat(row[2]).isEqualTo(energy(row) > energies[48] ? "1" : "0");
        }
    }

    private static String swapped(String lines) {
        StringBuilder text = new StringBuilder();
        lines.lines()
                .map(line -> line.split(","))
                .forEach(c -> text.append(c[1]).append(',').append(c[0]).append('\n'));
        return text.toString();
    }

    @Test
    void refusesWhatDoesNotGoTogether() {
        Path out = folder.resolve("out.csv");
        String[][] refusals = {
            {"--what flag --threshold-percentile 0", "--threshold-percentile is 0"},
            {"--what flag --threshold-percentile 101", "at most 100"},
            {"--what energy --threshold-percentile 90", "is for flag and why"},
            {"--what energy --calibrate held.csv", "is for p_value, flag and why"},
            {"--what odd", "expected some of", "p_value, flag, why"}
        };
        for (String[] refusal : refusals) {
            assertThat(Mixtura.run("score " + refusal[0], model, rows, "--out", out)
                            .refusal(ExitCode.USAGE))
                    .contains(Arrays.copyOfRange(refusal, 1, refusal.length));
        }
        assertThat(Mixtura.run("score --what flag --calibrate nowhere.csv", model, rows, "--out", out)
                        .refusal(ExitCode.BAD_INPUT))
                .contains("nowhere.csv");
        assertThat(out).doesNotExist();
    }
}
