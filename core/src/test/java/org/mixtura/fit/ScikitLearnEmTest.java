package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mixtura.data.Rows;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.testing.Examples;
import org.mixtura.testing.Golden;

/** Step for step against scikit-learn from given parameters (goldens/sklearn-em). */
class ScikitLearnEmTest {
    static List<Golden> cases() {
        return Golden.read("sklearn-em/em.json").get("cases").elements();
    }

    private static List<Covariance> covariances(Golden node, CovarianceStructure structure, int k, int d) {
        List<Covariance> covariances = new ArrayList<>();
        Covariance shared = structure == CovarianceStructure.TIED ? Covariance.full(node.matrix()) : null;
        for (int i = 0; i < k; i++) {
            covariances.add(
                    switch (structure) {
                        case FULL -> Covariance.full(node.matrices()[i]);
                        case DIAGONAL -> Covariance.diagonal(node.matrix()[i]);
                        case SPHERICAL -> Covariance.spherical(d, node.vector()[i]);
                        default -> shared;
                    });
        }
        return covariances;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesAfterEveryStep(Golden golden) {
        CovarianceStructure structure =
                CovarianceStructure.of(golden.get("covariance_type").text());
        int d = golden.get("columns").integer();
        Rows rows = Rows.of(Examples.values(golden.get("data").text(), d));
        Golden start = golden.get("start");
        double[][] means = start.get("means").matrix();
        List<Covariance> first = covariances(start.get("covariances"), structure, means.length, d);
        List<Gaussian> components = new ArrayList<>();
        for (int k = 0; k < means.length; k++) {
            components.add(Gaussian.of(means[k], first.get(k)));
        }
        GaussianMixture model = GaussianMixture.of(start.get("weights").vector(), components);
        assertThat(model.structure()).isEqualTo(structure);

        for (Golden after : golden.get("after").elements()) {
            int steps = after.get("steps").integer();
            Fit<GaussianMixture> fit = Em.components(model.size())
                    .covariance(structure)
                    .regularization(Regularization.absolute(1e-6))
                    .initialization(Initialization.model(model))
                    .tolerance(0)
                    .maxIterations(steps)
                    .fit(rows);
            assertThat(fit.iterations()).isEqualTo(steps);
            assertThat(fit.stopReason()).isEqualTo(StopReason.MAX_ITERATIONS);
            assertThat(fit.model().structure()).isEqualTo(structure);
            assertClose(fit.model().weights(), after.get("weights").vector(), 1e-8, "weights");
            double[][] expectedMeans = after.get("means").matrix();
            List<Covariance> expected = covariances(after.get("covariances"), structure, means.length, d);
            for (int k = 0; k < means.length; k++) {
                assertClose(fit.model().component(k).mean(), expectedMeans[k], 1e-8, "mean " + k);
                assertClose(
                        fit.model().component(k).covariance().toMatrix().toRows(),
                        expected.get(k).toMatrix().toRows(),
                        1e-8,
                        "covariance " + k);
            }
            assertClose(fit.meanLogLikelihood(), after.get("score").number(), 1e-8, "score");
            assertClose(fit.aic(), after.get("aic").number(), 1e-8, "aic");
            assertClose(fit.bic(), after.get("bic").number(), 1e-8, "bic");
            double[] samples = after.get("score_samples").vector();
            double[] logDensity = fit.model().logDensity(rows);
            for (int i = 0; i < samples.length; i++) {
                assertClose(logDensity[i], samples[i], 1e-8, "score of row " + i);
            }
        }
    }
}
