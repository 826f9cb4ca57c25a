package org.mixtura.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Rows;
import org.mixtura.fit.Em;
import org.mixtura.fit.Fit;
import org.mixtura.fit.Initialization;
import org.mixtura.fit.ReferenceEm;
import org.mixtura.fit.Regularization;
import org.mixtura.io.MixtureFile;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.table.Table;

/** What {@code fit --format json} says, against the same fit by the API. */
class FitJsonTest {
    private static final Path FAITHFUL = Mixtura.EXAMPLES.resolve("faithful.csv");

    @TempDir
    Path folder;

    private static Rows faithful() {
        return Table.open(FAITHFUL).columns("eruptions", "waiting");
    }

    @Test
    void saysWhatTheFitSays() {
        Fit<GaussianMixture> fit = Em.components(3).seed(5).restarts(4).fit(faithful());
        Mixtura.Result result =
                Mixtura.run("fit", FAITHFUL, "--components", 3, "--seed", 5, "--n-init", 4, "--format", "json");
        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).endsWith("}\n");
        Json json = result.json();
        assertThat(json.get("n").number()).isEqualTo(272);
        assertThat(json.get("d").number()).isEqualTo(2);
        assertThat(json.get("columns").texts()).containsExactly("eruptions", "waiting");
        assertThat(json.get("components").number()).isEqualTo(3);
        assertThat(json.get("covariance_type").text()).isEqualTo("full");
        assertThat(json.get("log_likelihood").number()).isEqualTo(fit.logLikelihood());
        assertThat(json.get("mean_log_likelihood").number()).isEqualTo(fit.meanLogLikelihood());
        assertThat(json.get("aic").number()).isEqualTo(fit.aic());
        assertThat(json.get("bic").number()).isEqualTo(fit.bic());
        assertThat(json.get("icl").number()).isEqualTo(fit.icl());
        assertThat(json.get("iterations").number()).isEqualTo(fit.iterations());
        assertThat(json.get("converged").truth()).isTrue();
        assertThat(json.get("stop_reason").text()).isEqualTo("converged");
        assertThat(json.get("seed").number()).isEqualTo(5);
        assertThat(json.get("weights").vector()).isEqualTo(fit.model().weights());
        assertThat(json.get("means").matrix()[2])
                .isEqualTo(fit.model().component(2).mean());
        assertThat(json.get("covariances").elements().get(1).matrix())
                .isEqualTo(fit.model().component(1).covariance().toMatrix().toRows());
        assertThat(json.get("history").vector()).isEqualTo(fit.history());
        assertThat(json.get("warnings").elements()).isEmpty();
        assertThat(json.get("rows_read").number()).isEqualTo(272);
        assertThat(json.get("rows_dropped").number()).isZero();
        assertThat(json.get("criterion").text()).isEqualTo("bic");
        assertThat(json.get("options").get("n_init").text()).isEqualTo("4");
    }

    @ParameterizedTest
    @CsvSource({"full, 3", "tied, 2", "diag, 2", "spherical, 1", "tied_diag, 1", "tied_spherical, 0"})
    void covariancesHaveTheShapesOfScikitLearn(String type, int depth) {
        Json json = Mixtura.run(
                        "fit", FAITHFUL, "--components", 2, "--covariance", type, "--n-init", 1, "--format", "json")
                .json();
        assertThat(json.get("covariance_type").text()).isEqualTo(type);
        Json covariances = json.get("covariances");
        switch (depth) {
            case 0 -> assertThat(covariances.number()).isPositive();
            case 1 -> assertThat(covariances.vector()).hasSize(2);
            case 2 -> assertThat(covariances.matrix()).hasDimensions(2, 2);
            default ->
                assertThat(covariances.elements())
                        .allSatisfy(each -> assertThat(each.matrix()).hasDimensions(2, 2));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7})
    void toleranceZeroRunsExactlyTheStepsAskedFor(int steps) {
        Path start = folder.resolve("start.json");
        GaussianMixture first =
                Em.components(2).maxIterations(0).restarts(1).fit(faithful()).model();
        MixtureFile.write(first, start);
        Json json = Mixtura.run(
                        "fit",
                        FAITHFUL,
                        "--init",
                        start,
                        "--tol",
                        0,
                        "--max-iter",
                        steps,
                        "--reg-covar",
                        1e-6,
                        "--format",
                        "json")
                .json();
        assertThat(json.get("iterations").number()).isEqualTo(steps);
        assertThat(json.get("history").elements()).hasSize(steps + 1);
        assertThat(json.get("stop_reason").text()).isEqualTo("max_iterations");
        assertThat(json.get("converged").truth()).isFalse();
        GaussianMixture expected = Em.components(2)
                .initialization(Initialization.model(first))
                .tolerance(0)
                .maxIterations(steps)
                .regularization(Regularization.absolute(1e-6))
                .fit(faithful())
                .model();
        assertThat(json.get("means").matrix()[0])
                .isEqualTo(expected.component(0).mean());
        assertThat(json.get("weights").vector()).isEqualTo(expected.weights());
    }

    @Test
    void hasTheSameBitsForAnyThreadsAndWithoutMemory() {
        Object[] plain = {"fit", FAITHFUL, "--components", "1..4", "--format", "json", "--threads", 1};
        Json one = Mixtura.run(plain).json();
        List<List<Object>> others =
                List.of(List.of("--threads", 2), List.of("--threads", 3), List.of("--threads", 8, "--stream"));
        for (List<Object> changed : others) {
            List<Object> words = new ArrayList<>(Arrays.asList(plain).subList(0, plain.length - 2));
            words.addAll(changed);
            Json other = Mixtura.run(words.toArray()).json();
            for (String name : List.of("weights", "history")) {
                assertThat(other.get(name).vector()).isEqualTo(one.get(name).vector());
            }
            assertThat(other.get("means").matrix())
                    .isDeepEqualTo(one.get("means").matrix());
            assertThat(other.get("bic").number()).isEqualTo(one.get("bic").number());
        }
    }

    @Test
    void theTableHasEveryCandidateAndOneWinner() {
        Path few = Data.write(folder.resolve("few.csv"), "a,b\n1,2\n3,4.5\n2,2\n");
        Json json = Mixtura.run("fit", few, "--components", "1..4", "--covariance", "full,diag", "--format", "json")
                .json();
        List<Json> table = json.get("selection").elements();
        assertThat(table).hasSize(8);
        assertThat(table)
                .filteredOn(entry -> entry.get("chosen").truth())
                .singleElement()
                .satisfies(winner -> {
                    assertThat(winner.get("bic").number())
                            .isEqualTo(json.get("bic").number());
                    assertThat(winner.get("components").number())
                            .isEqualTo(json.get("components").number());
                });
        assertThat(table.get(3).get("reason").text()).contains("4 components need at least as many different rows");
        assertThat(table.get(4).get("covariance_type").text()).isEqualTo("diag");
        double least = table.stream()
                .filter(entry -> entry.get("reason").isNull())
                .mapToDouble(entry -> entry.get("bic").number())
                .min()
                .orElseThrow();
        assertThat(json.get("bic").number()).isEqualTo(least);
    }

    @Test
    void classesInAColumnStartTheFit() {
        Path iris = Mixtura.EXAMPLES.resolve("iris.csv");
        Json words = Mixtura.run(
                        "fit",
                        iris,
                        "--init-labels",
                        "species",
                        "--tol",
                        0,
                        "--max-iter",
                        0,
                        "--no-regularization",
                        "--format",
                        "json")
                .json();
        // Without a step the mixture is the classes' own: a third each, setosa first, with its mean.
        assertThat(words.get("weights").vector()).containsExactly(50 / 150.0, 50 / 150.0, 50 / 150.0);
        assertThat(words.get("means").matrix()[0][2]).isCloseTo(1.462, offset(1e-12));
        assertThat(words.get("columns").texts()).doesNotContain("species");
    }

    @Test
    void numbersAsClassesKeepTheirOrder() {
        Path data = Data.write(folder.resolve("data.csv"), "x,y,class\n9,1,2\n8,2,2\n7,1,2\n5,0,10\n5,1,10\n4,7,10\n");
        Json json = Mixtura.run(
                        "fit",
                        data,
                        "--init-labels",
                        "class",
                        "--max-iter",
                        0,
                        "--tol",
                        0,
                        "--no-regularization",
                        "--format",
                        "json")
                .json();
        assertThat(json.get("means").matrix()[0][0]).isEqualTo(8);
        assertThat(json.get("columns").texts()).containsExactly("x", "y");
    }

    @Test
    void compatReferenceIsTheReferenceProgramStepForStep() {
        Path start = folder.resolve("start.json");
        GaussianMixture first =
                Em.components(2).maxIterations(0).restarts(1).fit(faithful()).model();
        MixtureFile.write(first, start);
        Mixtura.Result result = Mixtura.run(
                "fit",
                FAITHFUL,
                "--compat",
                "reference",
                "--init",
                start,
                "--max-iter",
                5,
                "--format",
                "json",
                "--verbose");
        Fit<GaussianMixture> expected = ReferenceEm.fit(first, faithful(), 5, line -> {});
        Json json = result.json();
        assertThat(json.get("iterations").number()).isEqualTo(5);
        assertThat(json.get("means").matrix()[1])
                .isEqualTo(expected.model().component(1).mean());
        assertThat(json.get("history").vector()).isEqualTo(expected.history());
        assertThat(result.err().lines().filter(line -> line.contains("q=")))
                .hasSize(5)
                .first(STRING)
                .matches("0 +q=-\\d.* +-log prob=\\d.*");
    }

    @Test
    void compatReferenceHasItsTwoErrors() {
        Path equal = Data.write(folder.resolve("equal.csv"), "a,b", 20, i -> new double[] {i % 2, 5});
        Mixtura.Result start = Mixtura.run("fit", equal, "--compat", "reference", "--components", 2);
        assertThat(start.code()).isEqualTo(3);
        assertThat(start.error()).contains("Failed to initialize.");

        Path lone = Data.write(folder.resolve("lone.csv"), "a", 12, i -> new double[] {i == 0 ? 100 : i % 5 + 0.1 * i});
        GaussianMixture first = GaussianMixture.of(
                new double[] {0.5, 0.5},
                List.of(
                        Gaussian.of(new double[] {100}, Covariance.diagonal(1)),
                        Gaussian.of(new double[] {2}, Covariance.diagonal(4))));
        Path model = folder.resolve("start.json");
        MixtureFile.write(first, model);
        Mixtura.Result step = Mixtura.run("fit", lone, "--compat", "reference", "--init", model, "--max-iter", 50);
        assertThat(step.code()).isEqualTo(3);
        assertThat(step.error()).contains("NaNs in fit.");
    }
}
