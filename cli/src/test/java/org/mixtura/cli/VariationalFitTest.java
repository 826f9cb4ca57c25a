package org.mixtura.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code fit --method}: the published programs and scikit-learn from the same start, and what is refused. */
class VariationalFitTest {
    @TempDir
    private Path folder;

    static Stream<JsonValue> cavi() {
        return JsonValue.golden("cavi/cavi.json").cases();
    }

    static Stream<JsonValue> meanField() {
        return JsonValue.golden("mean-field/mean_field.json").cases();
    }

    static Stream<JsonValue> scikitLearn() {
        return JsonValue.golden("sklearn-bayes/sklearn_bayes.json").cases();
    }

    private static String list(JsonValue numbers) {
        return numbers.numbers().stream().map(Object::toString).collect(Collectors.joining(","));
    }

    private Mixtura caviRun(JsonValue golden, String options) {
        JsonValue input = golden.get("input");
        Path table = Mixtura.table(
                folder,
                "rows.csv",
                input.get("data").matrix(),
                "z",
                input.get("start_clusters").integers());
        return Mixtura.run(
                "fit --method cavi --compat reference --init-labels z --alpha " + list(input.get("alpha")) + " --nu "
                        + input.get("nu") + " --phi=" + list(input.get("phi")) + options,
                table);
    }

    @ParameterizedTest
    @MethodSource("cavi")
    void repeatsTheCoordinateAscentProgram(JsonValue golden) {
        JsonValue result = caviRun(golden, " --format json").json();
        assertThat(result.get("iterations").number())
                .isEqualTo(golden.get("iterations").number());
        assertThat(result.get("converged").truth()).isTrue();
        result.get("elbo").assertNear(golden.get("elbo"), 1e-9);
        List<JsonValue> trajectory = golden.get("trajectory").elements();
        JsonValue last = trajectory.get(trajectory.size() - 1);
        for (String name : List.of("alpha_tilde", "mean", "variance", "nu_tilde", "phi_tilde")) {
            result.get(name).assertNear(last.get(name), 1e-9);
        }
        result.get("weights").assertNear(golden.get("E_pi_final"), 1e-9);
    }

    @Test
    void printsTheTableOfTheNotebook() {
        JsonValue golden = cavi().findFirst().orElseThrow();
        JsonValue printed = golden.get("float32_seed_run").get("printed");
        String text = caviRun(golden, "").out();
        assertThat(text).contains("after 17 iterations");
        double[][] means = printed.get("E_mu").matrix();
        for (int j = 0; j < 2; j++) {
            int column = j;
            assertRow(
                    text,
                    "E[μ] x" + j,
                    Arrays.stream(means).mapToDouble(m -> m[column]).toArray());
        }
        assertRow(text, "Var[μ]", printed.get("Var_mu").vector());
        assertRow(text, "E[π]", printed.get("E_pi").vector());
    }

    private static void assertRow(String text, String name, double... values) {
        String row = text.lines()
                .filter(line -> line.strip().startsWith(name))
                .findFirst()
                .orElseThrow();
        String numbers =
                Arrays.stream(values).mapToObj(v -> Digits.decimals(v, 4)).collect(Collectors.joining("  +"));
        assertThat(row).containsPattern(numbers.replace(".", "\\."));
    }

    @ParameterizedTest
    @MethodSource("meanField")
    void repeatsTheMeanFieldProgram(JsonValue golden) {
        JsonValue input = golden.get("input");
        JsonValue data = input.get("data");
        // The second and third case have the data of the first.
        JsonValue points = data.isList()
                ? data
                : meanField().findFirst().orElseThrow().get("input").get("data");
        double[][] rows = points.matrix();
        Path table = Mixtura.table(folder, "rows.csv", rows, "unused", new int[rows.length]);
        Path start = Mixtura.file(
                folder,
                "start.json",
                "{\"means\": " + input.get("m_start") + ", \"variances\": " + input.get("s2_start") + "}");
        JsonValue result = Mixtura.run(
                        "fit --method mean-field --compat reference --exclude unused --format json --tol "
                                + input.get("tol") + " --max-iter "
                                + (int) input.get("max_iterations").number()
                                + " --sigma " + input.get("sigma") + " --variant "
                                + golden.get("variant").text(),
                        table,
                        "--init",
                        start)
                .json();
        double iterations = golden.get("iterations").number();
        assertThat(result.get("iterations").number()).isBetween(iterations - 1, iterations + 1);
        int same = (int) Math.min(iterations, result.get("iterations").number());
        double[] elbo = result.get("elbo").vector();
        double[] expected = golden.get("elbo").vector();
        for (int t = 0; t < same; t++) {
            assertThat(Math.abs(elbo[t] - expected[t])).isLessThanOrEqualTo(1e-9 * Math.max(1, Math.abs(expected[t])));
        }
        if (result.get("iterations").number() == iterations) {
            result.get("m").assertNear(golden.get("m").at((int) iterations - 1), 1e-9);
            result.get("s2").assertNear(golden.get("s2").at((int) iterations - 1), 1e-9);
        }
    }

    @ParameterizedTest
    @MethodSource("scikitLearn")
    void followsScikitLearn(JsonValue golden) {
        double[][] rows = JsonValue.golden("sklearn-bayes/sklearn_bayes.json")
                .get("data")
                .get(golden.get("data").text())
                .matrix();
        int[] labels = golden.get("labels").integers();
        Path table = Mixtura.table(folder, "rows.csv", rows, "z", labels);
        String method =
                golden.get("weight_concentration_prior_type").text().equals("dirichlet_process") ? "dp" : "bayes";
        JsonValue covariance = golden.get("covariance_prior");
        String prior = golden.get("covariance_type").text().equals("full")
                ? covariance.elements().stream().map(VariationalFitTest::list).collect(Collectors.joining(";"))
                : list(covariance);
        JsonValue result = Mixtura.run(
                        "fit --init-labels z --format json --max-iter 5 --tol 0 --method " + method + " --covariance "
                                + golden.get("covariance_type").text() + " --weight-concentration-prior "
                                + golden.get("weight_concentration_prior") + " --mean-precision-prior "
                                + golden.get("mean_precision_prior") + " --mean-prior=" + list(golden.get("mean_prior"))
                                + " --degrees-of-freedom-prior " + golden.get("degrees_of_freedom_prior")
                                + " --covariance-prior=" + prior,
                        table)
                .json();
        JsonValue step = golden.get("steps").at(5);
        for (String name : List.of(
                "weights", "weight_concentration", "means", "mean_precision", "degrees_of_freedom", "covariances")) {
            result.get(name).assertNear(step.get(name), 1e-7);
        }
        double[] elbo = result.get("elbo").vector();
        assertThat(elbo).hasSize(6);
        IntStream.range(1, 6).forEach(t -> assertThat(elbo[t]).isGreaterThanOrEqualTo(elbo[t - 1] - 1e-9));
    }

    @Test
    void keepsAMixtureThatOtherCommandsTake() {
        JsonValue golden = cavi().findFirst().orElseThrow();
        Path model = folder.resolve("model.json");
        caviRun(golden, " --quiet --model " + model).out();
        JsonValue shown = Mixtura.run("show --format json", model).json();
        shown.get("weights").assertNear(golden.get("E_pi_final"), 1e-9);
        JsonValue provenance = shown.get("provenance");
        assertThat(provenance.get("method").text()).isEqualTo("cavi");
        double[] elbo = golden.get("elbo").vector();
        assertThat(Double.parseDouble(provenance.get("evidence_lower_bound").text()))
                .isCloseTo(elbo[elbo.length - 1], org.assertj.core.data.Offset.offset(1e-6));
        assertThat(Mixtura.run("sample -n 3", model).out().lines()).hasSize(4);
    }

    @Test
    void startsEveryMethodFromLabelsAndFromNothing() {
        double[][] rows = IntStream.range(0, 40)
                .mapToObj(i -> new double[] {i % 4 + 10 * (i % 2), i / 7.0})
                .toArray(double[][]::new);
        Path table = Mixtura.table(
                folder,
                "rows.csv",
                rows,
                "z",
                IntStream.range(0, 40).map(i -> i % 2).toArray());
        for (Methods method : Methods.values()) {
            String command = "fit --format json --method " + method.word();
            JsonValue labelled =
                    Mixtura.run(command + " --init-labels z", table).json();
            assertThat(labelled.get("components").number()).isEqualTo(2);
            JsonValue free =
                    Mixtura.run(command + " --components 2 --exclude z", table).json();
            assertThat(free.get("weights").vector()).hasSize(2);
            assertThat(free.has("elbo")).isEqualTo(method.variational());
        }
        JsonValue published = Mixtura.run(
                        "fit --format json --method mean-field --compat reference --components 2 --exclude z --init kmeans++",
                        table)
                .json();
        assertThat(published.get("options").get("init").text()).isEqualTo("kmeans++");
    }

    @Test
    void refusesWhatDoesNotGoTogether() {
        Path table =
                Mixtura.table(folder, "rows.csv", new double[][] {{1, 2}, {2, 1}, {3, 3}}, "z", new int[] {0, 1, 1});
        String[][] refusals = {
            {"--method gibbs", "--method is", "em or cavi"},
            {"--method bayes", "needs --components"},
            {"--method bayes --components 1..3", "one number of components"},
            {"--method bayes --components 2 --alpha 1", "--alpha belongs to --method cavi"},
            {"--method cavi --components 2 --sigma 1", "--sigma belongs to --method mean-field"},
            {"--mean-prior 1", "--mean-prior belongs to --method bayes or dp, not em"},
            {"--method cavi --components 2 --covariance diag", "known covariance"},
            {"--method bayes --components 2 --covariance diag,full", "one --covariance"},
            {"--method bayes --components 2 --reg-covar 1", "--reg-covar belongs to --method em"},
            {"--method bayes --components 2 --compat reference", "--compat reference knows"},
            {"--method cavi --components 2 --compat reference --n-init 3", "--n-init"},
            {"--method cavi --components 2 --compat reference --init start.json", "--init-labels"},
            {"--method cavi --components 2 --compat reference --init kmeans++", "random ones"},
            {"--method mean-field --components 2 --variant seed_literal", "--compat reference"},
            {"--method cavi --components 2 --alpha 1,-1", "above 0"},
            {"--method cavi --components 2 --nu 0", "--nu", "above 0"},
            {"--method mean-field --components 2 --sigma x", "--sigma"},
            {"--method cavi --components 2 --phi 1,2,3,4", "--phi has 4 numbers"},
            {"--method bayes --components 2 --mean-prior 1,2,3,4", "--mean-prior has 4 numbers"},
            {"--method bayes --components 2 --degrees-of-freedom-prior 0.5", "more than 1"},
            {"--method bayes --components 2 --covariance-prior 1,2;2", "--covariance-prior has 2 rows"},
            {"--method bayes --components 2 --covariance-prior=-1", "--covariance-prior"},
            {"--method cavi --init-labels z --components 3", "the start has 2 components"}
        };
        for (String[] refusal : refusals) {
            String options = refusal[0].contains("--init-labels") ? refusal[0] : refusal[0] + " --exclude z";
            String message = Mixtura.run("fit " + options, table).refusal(ExitCode.USAGE);
            assertThat(message).as(refusal[0]).contains(Arrays.copyOfRange(refusal, 1, refusal.length));
        }
    }

    @Test
    void saysWhatIsWrongWithAStart() {
        Path table =
                Mixtura.table(folder, "rows.csv", new double[][] {{1, 2}, {2, 1}, {3, 3}}, "z", new int[] {0, 1, 1});
        String[][] starts = {
            {"{\"means\": [[1, 2]]}", "has no \"variances\""},
            {"{\"means\": [[1, 2]], \"variances\": [1, 2]}", "variances", "expected 1"},
            {"{\"means\": [], \"variances\": []}", "means", "is empty"},
            {"{\"means\": [[1, 2, 3]], \"variances\": [1]}", "expected 1 components × 2 columns"},
            {"{\"means\": [[1, 2]], \"variances\": [0]}", "positive"},
            {"means", "is not JSON"}
        };
        for (String[] start : starts) {
            Path file = Mixtura.file(folder, "start.json", start[0]);
            assertThat(Mixtura.run("fit --method mean-field --exclude z", table, "--init", file)
                            .refusal(ExitCode.BAD_INPUT))
                    .contains(Arrays.copyOfRange(start, 1, start.length));
        }
        assertThat(Mixtura.run("fit --method mean-field --exclude z --init nowhere.json", table)
                        .refusal(ExitCode.BAD_INPUT))
                .contains("nowhere.json", "no such file");
    }
}
