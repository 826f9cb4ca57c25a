package org.mixtura.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the golden of the reference program, and what is refused. */
class EnergyCommandTest {
    @TempDir
    private Path folder;

    static Stream<JsonValue> cases() {
        return JsonValue.golden("energy/energy.json").cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void repeatsTheReferenceProgram(JsonValue golden) {
        JsonValue input = golden.get("input");
        double[][] memberships = input.get("gamma").matrix();
        JsonValue result = Mixtura.run(
                        "energy --format json --checks lenient --epsilon " + input.get("eps"),
                        table("energy.csv", input.get("z").matrix(), memberships),
                        "--responsibilities",
                        names(memberships[0].length))
                .json();
        JsonValue expected = golden.get("output");
        for (String name : List.of("phi", "mu", "cov", "L", "log_det_cov", "energy", "mean_energy")) {
            result.get(name).assertNear(expected.get(name), 1e-10);
        }
        if (expected.get("cov_diag").toString().equals("Infinity")) {
            assertThat(result.get("cov_diag").text()).isEqualTo("Infinity");
        } else {
            result.get("cov_diag").assertNear(expected.get("cov_diag"), 1e-10);
        }
    }

    @Test
    void tellsPeopleComponentsAndTheOddestRows() {
        Path table = table("odd.csv", new double[][] {{0, 1}, {0.5, 1.5}, {9, 9}}, new double[][] {{1}, {1}, {1}});
        assertThat(Mixtura.run("energy --responsibilities g0", table).out())
                .contains("1 component", "g0", "1.0000", "Mean energy", "Highest      row 3 ");
    }

    @Test
    void refusesWhatItCannotCompute() {
        double[][] points = {{0, 1}, {0.5, 1.5}, {9, 9}};
        Path table = table("sums.csv", points, new double[][] {{1, 0}, {0.5, 0.4}, {0, 1}});
        assertThat(Mixtura.run("energy", table).refusal(ExitCode.USAGE)).contains("--responsibilities is missing");
        assertThat(Mixtura.run("energy --responsibilities g0,g1", table).refusal(ExitCode.BAD_INPUT))
                .contains("row 1", "sum to 0.9");
        assertThat(Mixtura.run("energy --responsibilities g0,g0", table).refusal(ExitCode.USAGE))
                .contains("g0 twice");
        assertThat(Mixtura.run("energy --responsibilities g0,h", table).refusal(ExitCode.BAD_INPUT))
                .contains("no column", "h");
        assertThat(Mixtura.run("energy --responsibilities g0,g1 --columns x0,g1", table)
                        .refusal(ExitCode.USAGE))
                .contains("g1");
        assertThat(Mixtura.run("energy --responsibilities x0,x1,g0,g1", table).refusal(ExitCode.BAD_INPUT))
                .contains("no column of numbers is left");
        assertThat(Mixtura.run("energy --responsibilities g0,g1 --epsilon -1", table)
                        .refusal(ExitCode.USAGE))
                .contains("--epsilon");
    }

    private static String names(int k) {
        return String.join(",", IntStream.range(0, k).mapToObj(i -> "g" + i).toList());
    }

    private Path table(String name, double[][] points, double[][] memberships) {
        StringBuilder text = new StringBuilder();
        for (int j = 0; j < points[0].length; j++) {
            text.append('x').append(j).append(',');
        }
        text.append(names(memberships[0].length)).append('\n');
        for (int i = 0; i < points.length; i++) {
            List<String> cells = new ArrayList<>();
            for (double value : points[i]) {
                cells.add(Double.toString(value));
            }
            for (double value : memberships[i]) {
                cells.add(Double.toString(value));
            }
            text.append(String.join(",", cells)).append('\n');
        }
        return Mixtura.file(folder, name, text.toString());
    }
}
