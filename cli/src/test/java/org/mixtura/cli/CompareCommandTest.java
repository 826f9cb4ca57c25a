package org.mixtura.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the goldens of transport and divergence, and what is refused. */
class CompareCommandTest {
    private static final String ONE =
            "{\"format\": \"mixtura-model\", \"covariance_type\": \"diag\", \"columns\": [%s],"
                    + " \"weights\": [0.25, 0.75], \"means\": [[%s], [%s]], \"covariances\": [[%s], [1, 1]]}";

    @TempDir
    private Path folder;

    static Stream<JsonValue> transports() {
        return JsonValue.golden("transport/transport.json").cases();
    }

    static Stream<JsonValue> divergences() {
        return JsonValue.golden("entropy/divergence.json").cases();
    }

    private Mixtura compare(JsonValue golden, String options) {
        JsonValue input = golden.get("input");
        return Mixtura.run(
                "compare " + options,
                Mixtura.model(folder, "a.json", input.get("gmm0")),
                Mixtura.model(folder, "b.json", input.get("gmm1")));
    }

    @ParameterizedTest
    @MethodSource("transports")
    void transportsAsTheGolden(JsonValue golden) {
        // One balanced and one unbalanced problem; the library's tests have them all.
        for (boolean balanced : new boolean[] {true, false}) {
            JsonValue entropic = golden.get("sinkhorn").elements().stream()
                    .filter(problem -> (problem.get("tau").number() == 1) == balanced)
                    .findFirst()
                    .orElseThrow();
            JsonValue result = compare(
                            golden,
                            "--format json --tolerance 0.1 --draws 1000 --max-iter 100000 --epsilon "
                                    + entropic.get("epsilon") + " --tau " + entropic.get("tau")
                                    + (balanced ? "" : " --reference counting"))
                    .json();
            result.get("w2_squared").assertNear(golden.get("component_w2_squared"), 1e-9);
            result.get("mw2_squared").assertNear(golden.get("mw2_squared_exact"), 1e-9);
            result.get("plan").assertNear(golden.get("mw2_coupling_exact"), 1e-9);
            JsonValue sinkhorn = result.get("sinkhorn");
            String value = balanced ? "primal_value_cost_plus_eps_kl" : "primal_value_counting_reference";
            sinkhorn.get("value").assertNear(entropic.get(value), 1e-8);
            sinkhorn.get("coupling").assertNear(entropic.get("coupling"), 1e-8);
            assertThat(sinkhorn.get("marginal_error").number()).isGreaterThanOrEqualTo(0);
            assertThat(sinkhorn.get("converged").truth()).isTrue();
            assertThat(sinkhorn.get("iterations").number()).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("divergences")
    void divergesAsTheGolden(JsonValue golden) {
        JsonValue result =
                compare(golden, "--format json --tolerance 1e-4 --draws 100000").json();
        JsonValue truth = golden.get("quadrature");
        assertWithinError(result.get("kl_ab"), truth.get("kl_0_1").number(), 1e-7);
        assertWithinError(result.get("kl_ba"), truth.get("kl_1_0").number(), 1e-7);
        assertWithinError(
                result.get("jensen_shannon"), truth.get("jensen_shannon").number(), 1e-7);
        assertWithinError(
                result.get("total_variation"), truth.get("total_variation").number(), 1e-3);
        double coefficient = truth.get("bhattacharyya_coefficient").number();
        assertWithinError(result.get("hellinger"), Math.sqrt(1 - coefficient), 1e-7);
        JsonValue closed = golden.get("closed_form");
        result.get("l2_squared").assertNear(closed.get("integrated_squared_error"), 1e-11);
        result.get("cauchy_schwarz").assertNear(closed.get("cauchy_schwarz_divergence"), 1e-11);
        assertThat(result.has("sinkhorn")).isFalse();
    }

    private static void assertWithinError(JsonValue estimate, double truth, double slack) {
        assertThat(Math.abs(estimate.get("value").number() - truth))
                .isLessThanOrEqualTo(estimate.get("error").number() + slack);
    }

    @Test
    void findsColumnsByName() {
        Path a = Mixtura.file(folder, "a.json", String.format(ONE, "\"p\", \"q\"", "0, 1", "9, 5", "2, 3"));
        Path swapped = Mixtura.file(folder, "b.json", String.format(ONE, "\"q\", \"p\"", "1, 0", "5, 9", "3, 2"));
        Path other = Mixtura.file(folder, "c.json", String.format(ONE, "\"q\", \"r\"", "1, 0", "5, 9", "3, 2"));
        JsonValue result = Mixtura.run("compare --format json", a, swapped).json();
        for (String name : List.of("kl_ab", "kl_ba", "jensen_shannon", "hellinger", "total_variation")) {
            assertThat(result.get(name).get("value").number()).isZero();
        }
        assertThat(result.get("mw2_squared").number()).isZero();
        assertThat(Mixtura.run("compare", a, other).refusal(ExitCode.BAD_INPUT))
                .contains("different columns: p, q and q, r");
    }

    @Test
    void tellsPeopleWhatMoved() {
        Path a = Mixtura.file(folder, "a.json", String.format(ONE, "\"p\", \"q\"", "0, 1", "9, 5", "4, 4"));
        Path b = Mixtura.file(folder, "b.json", String.format(ONE, "\"p\", \"q\"", "3, 1", "9, 5", "4, 4"));
        String text = Mixtura.run("compare --epsilon 0.1", a, b).out();
        assertThat(text)
                .contains("p 0.0 ± 2.0 → 3.0 ± 2.0", "KL(A‖B)", "MW2", "Entropic transport, epsilon 0.1", "converged");
        assertThat(text.lines().filter(line -> line.contains("q ")).toList()).isEmpty();
    }

    @Test
    void refusesWhatDoesNotGoTogether() {
        Path a = Mixtura.file(folder, "a.json", String.format(ONE, "\"p\", \"q\"", "0, 1", "9, 5", "4, 4"));
        assertThat(Mixtura.run("compare", a).refusal(ExitCode.USAGE)).contains("B is missing");
        assertThat(Mixtura.run("compare --tau 0.5", a, a).refusal(ExitCode.USAGE))
                .contains("--tau", "--epsilon");
        assertThat(Mixtura.run("compare --epsilon 0", a, a).refusal(ExitCode.USAGE))
                .contains("--epsilon is 0");
        assertThat(Mixtura.run("compare --epsilon 1 --tau 0", a, a).refusal(ExitCode.USAGE))
                .contains("--tau is 0");
        assertThat(Mixtura.run("compare --epsilon 1 --tau 1.5", a, a).refusal(ExitCode.USAGE))
                .contains("--tau is 1.5");
        assertThat(Mixtura.run("compare --tolerance 0", a, a).refusal(ExitCode.USAGE))
                .contains("--tolerance");
    }

    @Test
    void reducesToTheMomentsOfTheWhole() {
        JsonValue golden = transports()
                .filter(c -> c.toString().equals("D3_K4_K3"))
                .findFirst()
                .orElseThrow();
        Path model = Mixtura.model(folder, "model.json", golden.get("input").get("gmm0"));
        JsonValue one =
                Mixtura.run("reduce --components 1 --format json", model).json();
        one.get("means").at(0).assertNear(golden.get("gmm0_mean"), 1e-12);
        one.get("covariances").at(0).assertNear(golden.get("gmm0_covariance"), 1e-12);
        assertThat(one.get("groups").integers()).containsExactly(0, 0, 0, 0);
        Path kept = folder.resolve("kept.json");
        String text =
                Mixtura.run("reduce --components 2", model, "--model", kept).out();
        assertThat(text).contains("4 components reduced to 2", "Label 0 was 0", "at most", "The model is in");
        JsonValue shown = Mixtura.run("show --format json", kept).json();
        JsonValue two =
                Mixtura.run("reduce --components 2 --format json", model).json();
        shown.get("means").assertNear(two.get("means"), 0);
        assertThat(shown.get("provenance").get("reduced_from").text()).isEqualTo(model.toString());
        assertThat(Arrays.stream(two.get("groups").integers()).max()).hasValue(1);
        assertThat(two.get("bound").number())
                .isPositive()
                .isLessThan(one.get("bound").number());
    }

    @Test
    void refusesReductionsThatCannotBe() {
        Path a = Mixtura.file(folder, "a.json", String.format(ONE, "\"p\", \"q\"", "0, 1", "9, 5", "4, 4"));
        assertThat(Mixtura.run("reduce", a).refusal(ExitCode.USAGE)).contains("--components is missing");
        assertThat(Mixtura.run("reduce --components 3", a).refusal(ExitCode.USAGE))
                .contains("the model has 2 components");
        assertThat(Mixtura.run("reduce --components 0", a).refusal(ExitCode.USAGE))
                .contains("--components");
        assertThat(Mixtura.run("reduce --components 1", a, "--model", a).refusal(ExitCode.USAGE))
                .contains("also read by this command");
    }
}
