package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mixtura.data.Matrix;
import org.mixtura.data.Rows;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.testing.Golden;

/** Against the golden files of the reference program (goldens/em), within the tolerances of their README. */
class ReferenceEmTest {
    static List<Golden> cases() {
        return Golden.read("em/em.json").get("cases").elements();
    }

    static List<Golden> choices() {
        return Golden.read("em/kmeanspp.json").get("cases").elements();
    }

    private static Rows rows(Golden input) {
        Rows rows = Rows.of(input.get("points").matrix());
        return input.has("point_weights")
                ? rows.weighted(input.get("point_weights").vector())
                : rows;
    }

    private static double[][] centres(Golden input) {
        double[][] points = input.get("points").matrix();
        return Arrays.stream(input.get("center_indices").integers())
                .mapToObj(i -> points[i])
                .toArray(double[][]::new);
    }

    private static void assertParameters(GaussianMixture actual, Golden expected, double tolerance) {
        assertClose(actual.weights(), expected.get("weights").vector(), tolerance, "weights");
        double[][] means = expected.get("means").matrix();
        double[][][] covariances = expected.get("covariances").matrices();
        for (int k = 0; k < actual.size(); k++) {
            assertClose(actual.component(k).mean(), means[k], tolerance, "mean " + k);
            assertClose(
                    actual.component(k).covariance().toMatrix().toRows(), covariances[k], tolerance, "covariance " + k);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void startsAsTheReference(Golden golden) {
        Rows rows = rows(golden.get("input"));
        GaussianMixture start = ReferenceEm.fromCentres(rows, centres(golden.get("input")));
        assertParameters(start, golden.get("start"), 1e-12);
        assertClose(
                ReferenceEm.loss(start, rows), golden.get("start").get("loss").number(), 1e-12, "loss");
        Matrix responsibilities = start.responsibilities(rows);
        assertClose(
                responsibilities.toRows(),
                golden.get("first_e_step_assignment_probs").matrix(),
                1e-12,
                "responsibilities");
        assertParameters(
                ReferenceEm.fromResponsibilities(rows, responsibilities),
                golden.get("snapshots").get("1"),
                1e-12);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void stepsAsTheReference(Golden golden) {
        Rows rows = rows(golden.get("input"));
        GaussianMixture start = ReferenceEm.fromCentres(rows, centres(golden.get("input")));
        List<String> lines = new ArrayList<>();
        Fit<GaussianMixture> fit = ReferenceEm.fit(start, rows, 50, lines::add);
        assertParameters(fit.model(), golden.get("snapshots").get("50"), 1e-8);
        assertParameters(
                ReferenceEm.fit(start, rows, 5, line -> {}).model(),
                golden.get("snapshots").get("5"),
                1e-11);
        assertParameters(
                ReferenceEm.fit(start, rows, 1, line -> {}).model(),
                golden.get("snapshots").get("1"),
                1e-12);

        double[] loss = golden.get("trace").get("loss").vector();
        double[] q = golden.get("trace").get("q").vector();
        for (int step = 0; step < 50; step++) {
            double tolerance = step == 0 ? 1e-12 : step < 5 ? 1e-11 : 1e-8;
            assertClose(-fit.history()[step + 1], loss[step], tolerance, "loss of step " + step);
            String[] words = lines.get(step).split(" +q=| +-log prob=", -1);
            assertThat(words[0]).isEqualTo(Integer.toString(step));
            assertClose(Double.parseDouble(words[1]), q[step], tolerance, "q of step " + step);
            assertClose(Double.parseDouble(words[2]), loss[step], tolerance, "printed loss of step " + step);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void expectsTheCompleteLikelihoodAsTheReference(Golden golden) {
        Rows rows = rows(golden.get("input"));
        GaussianMixture start = ReferenceEm.fromCentres(rows, centres(golden.get("input")));
        GaussianMixture next = ReferenceEm.fit(start, rows, 1, line -> {}).model();
        assertClose(
                ReferenceEm.q(next, start, rows), golden.get("trace").get("q").vector()[0], 1e-12, "q");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void scoresAsTheReference(Golden golden) {
        Golden parameters = golden.get("snapshots").get("50");
        double[][] means = parameters.get("means").matrix();
        double[][][] covariances = parameters.get("covariances").matrices();
        List<Gaussian> components = new ArrayList<>();
        for (int k = 0; k < means.length; k++) {
            components.add(Gaussian.of(means[k], Covariance.full(covariances[k])));
        }
        GaussianMixture mixture = GaussianMixture.of(parameters.get("weights").vector(), components);
        Golden at = golden.get("at_50");
        Rows x = Rows.of(at.get("x").matrix());
        assertClose(mixture.logDensity(x), at.get("log_prob").vector(), 1e-12, "log density");
        double[][] posterior = at.get("log_component_posterior").matrix();
        double[][] conditional = at.get("conditional_log_prob").matrix();
        for (int i = 0; i < posterior.length; i++) {
            double[] point = at.get("x").matrix()[i];
            for (int k = 0; k < means.length; k++) {
                assertClose(components.get(k).logDensity(point), conditional[i][k], 1e-12, "conditional");
                double logPosterior =
                        Math.log(mixture.weight(k)) + components.get(k).logDensity(point) - mixture.logDensity(point);
                assertClose(logPosterior, posterior[i][k], 1e-12, "posterior");
            }
        }
    }

    @Test
    void reportsCollapseAsTheReference() {
        Golden golden = Golden.read("em/em.json").get("collapsing_starts").get(0);
        Rows rows = rows(golden);
        GaussianMixture start = ReferenceEm.fromCentres(rows, centres(golden));
        int step = golden.get("ott_raises_NaNs_in_fit_at_step").integer();
        assertThatThrownBy(() -> ReferenceEm.fit(start, rows, 50, line -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("NaNs in fit. Step ")
                .hasMessageMatching(
                        "NaNs in fit. Step (" + (step - 1) + "|" + step + "|" + (step + 1) + "): component .*");
    }

    @ParameterizedTest
    @MethodSource("choices")
    void choosesCentresAsTheReference(Golden golden) {
        double[][] points = golden.get("input").get("points").matrix();
        int[] chosen = {};
        for (Golden step : golden.get("forced_choice").elements()) {
            double[] probabilities = ReferenceEm.choiceProbabilities(points, chosen);
            int[] remaining = step.get("remaining_indices").integers();
            assertClose(
                    Arrays.stream(remaining).mapToDouble(i -> probabilities[i]).toArray(),
                    step.get("choice_probabilities").vector(),
                    1e-12,
                    "probabilities");
            chosen = Arrays.copyOf(chosen, chosen.length + 1);
            chosen[chosen.length - 1] = step.get("choose").integer();
        }
    }

    @Test
    void countsTiesForBothCentres() {
        Rows rows = Rows.of(new double[][] {{-2}, {-1}, {0}, {1}, {2}});
        GaussianMixture start = ReferenceEm.fromCentres(rows, new double[][] {{-1}, {1}});
        assertThat(start.weights()).containsExactly(0.5, 0.5);
        assertClose(start.component(0).mean(), new double[] {-1}, 1e-15, "mean with the tie counted");
    }

    @Test
    void retriesStartsAndReportsTheLastFailure() {
        Rows rows = Rows.of(new double[][] {{0, 0}, {1, 1}, {2, 2}, {3, 3}});
        List<String> lines = new ArrayList<>();
        assertThatThrownBy(() -> ReferenceEm.initialize(rows, 2, 3, new SplittableRandom(1), lines::add))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Failed to initialize. The last of 3 attempts: component ");
        assertThat(lines)
                .containsExactly(
                        "Failed to initialize, attempt 0.",
                        "Failed to initialize, attempt 1.",
                        "Failed to initialize, attempt 2.");
    }

    @Test
    void returnsTheStartAfterNoSteps() {
        Golden golden = cases().get(0);
        Rows rows = rows(golden.get("input"));
        GaussianMixture start = ReferenceEm.fromCentres(rows, centres(golden.get("input")));
        assertThat(ReferenceEm.fit(start, rows, 0, line -> {}).model()).isSameAs(start);
    }
}
