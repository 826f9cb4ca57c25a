package org.mixtura.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the golden of the reference program and its quadrature, and what is refused. */
class EntropyCommandTest {
    @TempDir
    private Path folder;

    static Stream<JsonValue> cases() {
        return JsonValue.golden("entropy/series.json").cases();
    }

    private JsonValue run(JsonValue golden, String options) {
        Path model = Mixtura.model(folder, "model.json", golden.get("input"));
        return Mixtura.run("entropy --format json " + options, model).json();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void repeatsTheSeriesOfTheReferenceProgram(JsonValue golden) {
        for (String method : List.of("legendre", "taylor")) {
            JsonValue result = run(golden, "--order 8 --cutoff reference --method " + method);
            assertThat(result.names().stream().map(Object::toString))
                    .containsExactly(
                            "value", "error", "method", "evaluations", "order", "cutoff", "rounding_bound", "moments");
            String name = method.equals("legendre") ? "legendre_series" : "taylor_series_same_a";
            result.get("value").assertNear(golden.get(name).get("value").at(8), 1e-10);
            assertThat(result.get("cutoff").number())
                    .isCloseTo(golden.get("a").number(), org.assertj.core.data.Offset.offset(1e-12));
            assertThat(result.get("method").text()).isEqualTo(method);
            assertThat(result.get("order").number()).isEqualTo(8);
            double truth = truth(golden);
            assertThat(Math.abs(result.get("value").number() - truth))
                    .isLessThanOrEqualTo(result.get("error").number() + slack(golden));
            double[] moments = result.get("moments").vector();
            double[] exact = golden.get("expectation_of_powers").get("exact").vector();
            for (int k = 0; k <= 8; k++) {
                assertThat(moments[k] / exact[k] - 1).isBetween(-1e-12, 1e-12);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void estimatesWithinItsError(JsonValue golden) {
        JsonValue result = run(golden, "--draws 20000");
        assertThat(result.names().stream().map(Object::toString))
                .containsExactly("value", "error", "method", "evaluations");
        assertThat(Math.abs(result.get("value").number() - truth(golden)))
                .isLessThanOrEqualTo(result.get("error").number() + slack(golden));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheBoundsByName(JsonValue golden) {
        JsonValue result = run(golden, "--method bounds");
        JsonValue bounds = result.get("bounds");
        for (Object name : bounds.names()) {
            JsonValue expected = golden.get("bounds").get(name.toString());
            // Equal components are merged first, which tightens the golden's bounds of two equal ones.
            boolean merged = golden.toString().equals("demo3_two_equal_1d")
                    && name.toString().endsWith("upper");
            if (merged) {
                assertThat(bounds.get(name.toString()).number()).isLessThanOrEqualTo(expected.number() + 1e-12);
            } else {
                bounds.get(name.toString()).assertNear(expected, 1e-12);
            }
        }
        assertThat(bounds.names()).hasSize(6);
        assertThat(truth(golden))
                .isBetween(
                        result.get("lower").number() - slack(golden),
                        result.get("upper").number() + slack(golden));
    }

    private static double truth(JsonValue golden) {
        JsonValue entropy = golden.get("entropy");
        return entropy.get(entropy.has("quadrature") ? "quadrature" : "mc").number();
    }

    private static double slack(JsonValue golden) {
        JsonValue entropy = golden.get("entropy");
        return entropy.has("quadrature")
                ? Math.max(1e-9, 10 * entropy.get("abs_diff").number())
                : 4 * entropy.get("mc_stderr").number();
    }

    @Test
    void tellsPeopleTheValueItsErrorAndTheBounds() {
        JsonValue golden = cases().filter(c -> c.toString().equals("random_K3_D2"))
                .findFirst()
                .orElseThrow();
        Path model = Mixtura.model(folder, "model.json", golden.get("input"));
        assertThat(Mixtura.run("entropy", model).out()).contains("Entropy", "nats", "Method    grid", "Bounds");
        assertThat(Mixtura.run("entropy --method taylor --order 3", model).out())
                .contains("taylor series of order 3");
        assertThat(Mixtura.run("entropy --method bounds", model).out()).contains("upper: one Gaussian");
    }

    @Test
    void refusesWhatDoesNotGoTogether() {
        JsonValue golden = cases().findFirst().orElseThrow();
        Path model = Mixtura.model(folder, "model.json", golden.get("input"));
        assertThat(Mixtura.run("entropy").refusal(ExitCode.USAGE)).contains("MODEL is missing");
        assertThat(Mixtura.run("entropy --method simpson", model).refusal(ExitCode.USAGE))
                .contains("--method", "auto");
        assertThat(Mixtura.run("entropy --order 4", model).refusal(ExitCode.USAGE))
                .contains("--order", "legendre");
        assertThat(Mixtura.run("entropy --method taylor --order -1", model).refusal(ExitCode.USAGE))
                .contains("--order");
        assertThat(Mixtura.run("entropy --method taylor --cutoff b", model).refusal(ExitCode.USAGE))
                .contains("--cutoff");
        assertThat(Mixtura.run("entropy --method taylor --cutoff NaN", model).refusal(ExitCode.USAGE))
                .contains("--cutoff");
        assertThat(Mixtura.run("entropy --method taylor --cutoff 1e-9", model).refusal(ExitCode.BAD_INPUT))
                .contains("below the bound", "raise it");
        assertThat(Mixtura.run("entropy --tolerance 0", model).refusal(ExitCode.USAGE))
                .contains("--tolerance");
        assertThat(Mixtura.run("entropy --draws 0", model).refusal(ExitCode.USAGE))
                .contains("--draws");
        assertThat(Mixtura.run("entropy nowhere.json").refusal(ExitCode.BAD_INPUT))
                .contains("nowhere.json");
    }
}
