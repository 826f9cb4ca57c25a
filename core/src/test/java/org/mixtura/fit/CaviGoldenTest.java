package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mixtura.bayes.MixturePosterior;
import org.mixtura.data.Rows;
import org.mixtura.testing.Golden;

/** The coordinate-ascent program against the published one in double precision, iteration by iteration. */
class CaviGoldenTest {
    private static final double TOLERANCE = 1e-9;

    static List<Golden> cases() {
        return Golden.read("cavi/cavi.json").get("cases").elements();
    }

    private static Cavi program(Golden input) {
        Cavi cavi = Cavi.components(input.get("num_components").integer())
                .startClusters(input.get("start_clusters").integers())
                .nu(input.get("nu").number())
                .tolerance(input.get("tol").number())
                .maxIterations(input.get("num_iter").integer());
        Golden alpha = input.get("alpha");
        cavi = alpha.isList() ? cavi.alpha(alpha.vector()) : cavi.alpha(alpha.number());
        Golden phi = input.get("phi");
        return phi.isList() ? cavi.phi(phi.vector()) : cavi.phi(phi.number());
    }

    private static Trajectory run(Golden golden) {
        Golden input = golden.get("input");
        return program(input).run(Rows.of(input.get("data").matrix()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyIterationAgrees(Golden golden) {
        Trajectory trajectory = run(golden);
        assertThat(trajectory.iterations()).isEqualTo(golden.get("iterations").integer());
        assertClose(trajectory.elbo(), golden.get("elbo").vector(), TOLERANCE);
        for (int t = 0; t <= trajectory.iterations(); t++) {
            Golden expected = golden.get("trajectory").get(t);
            MixturePosterior posterior = trajectory.step(t).posterior();
            int k = posterior.size();
            double[] precision = new double[k];
            double[] variance = new double[k];
            double[][] natural = new double[k][];
            for (int i = 0; i < k; i++) {
                double beta = posterior.component(i).meanPrecision();
                precision[i] = beta;
                variance[i] = 1 / beta;
                double[] mean = posterior.component(i).mean();
                assertClose(mean, expected.get("mean").matrix()[i], TOLERANCE);
                natural[i] = Arrays.stream(mean).map(m -> beta * m).toArray();
            }
            assertClose(
                    posterior.weights().distributions().get(0).concentration(),
                    expected.get("alpha_tilde").vector(),
                    TOLERANCE);
            assertClose(variance, expected.get("variance").vector(), TOLERANCE);
            if (t > 0) {
                assertClose(precision, expected.get("nu_tilde").vector(), TOLERANCE);
                double[][] phi = expected.get("phi_tilde").matrix();
                for (int i = 0; i < k; i++) {
                    assertClose(natural[i], phi[i], TOLERANCE);
                }
            }
            Golden terms = expected.get("terms");
            EvidenceTerms actual = trajectory.step(t).terms();
            assertClose(
                    new double[] {
                        actual.expectedLogLikelihood(),
                        actual.expectedLogPriorOfAssignments(),
                        -actual.assignmentEntropy(),
                        actual.weightDivergence(),
                        actual.gaussianDivergence()
                    },
                    new double[] {
                        terms.get("expected_log_likelihood").number(),
                        terms.get("expected_log_prior_z").number(),
                        terms.get("neg_entropy_z").number(),
                        terms.get("kl_pi").number(),
                        terms.get("kl_mu").number()
                    },
                    TOLERANCE);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void responsibilitiesAgree(Golden golden) {
        Rows rows = Rows.of(golden.get("input").get("data").matrix());
        Trajectory trajectory = run(golden);
        MixturePosterior start = trajectory.step(0).posterior();
        MixturePosterior beforeLast =
                trajectory.step(trajectory.iterations() - 1).posterior();
        assertRows(
                start.responsibilities(rows).toRows(),
                golden.get("q_z_after_iteration_1").matrix());
        assertRows(
                beforeLast.responsibilities(rows).toRows(),
                golden.get("q_z_final").matrix());
        assertThat(beforeLast.labels(rows)).isEqualTo(golden.get("labels_final").integers());
        assertClose(
                trajectory.fit().model().weights().mean(),
                golden.get("E_pi_final").vector(),
                TOLERANCE);
    }

    @Test
    void theTableOfTheNotebookAgreesToItsFourDecimals() {
        Golden golden = cases().get(0);
        Golden printed = golden.get("float32_seed_run").get("printed");
        MixturePosterior posterior = run(golden).fit().model();
        double[] weights = posterior.weights().mean();
        for (int k = 0; k < posterior.size(); k++) {
            double[] mean = posterior.component(k).mean();
            for (int j = 0; j < mean.length; j++) {
                assertThat(fourDecimals(mean[j]))
                        .isEqualTo(fourDecimals(printed.get("E_mu").matrix()[k][j]));
            }
            assertThat(fourDecimals(1 / posterior.component(k).meanPrecision()))
                    .isEqualTo(fourDecimals(printed.get("Var_mu").vector()[k]));
            assertThat(fourDecimals(weights[k]))
                    .isEqualTo(fourDecimals(printed.get("E_pi").vector()[k]));
        }
    }

    private static String fourDecimals(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private static void assertRows(double[][] actual, double[][] expected) {
        for (int i = 0; i < expected.length; i++) {
            assertClose(actual[i], expected[i], TOLERANCE);
        }
    }
}
