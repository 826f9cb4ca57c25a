package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mixtura.bayes.Dirichlet;
import org.mixtura.bayes.GaussianPosterior;
import org.mixtura.bayes.GaussianPrior;
import org.mixtura.bayes.MixturePosterior;
import org.mixtura.bayes.NormalWishartPrior;
import org.mixtura.bayes.WeightPrior;
import org.mixtura.data.Rows;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.testing.Golden;

/** Variational Bayes against scikit-learn's BayesianGaussianMixture from the same hard labels. */
class VariationalBayesScikitLearnTest {
    private static final double TOLERANCE = 1e-7;
    private static final Golden FILE = Golden.read("sklearn-bayes/sklearn_bayes.json");

    static List<Golden> cases() {
        return FILE.get("cases").elements();
    }

    private static Rows rows(Golden golden) {
        return Rows.of(FILE.get("data").get(golden.get("data").text()).matrix());
    }

    private static boolean process(Golden golden) {
        return golden.get("weight_concentration_prior_type").text().equals("dirichlet_process");
    }

    private static VariationalBayes estimator(Golden golden) {
        CovarianceStructure structure =
                CovarianceStructure.of(golden.get("covariance_type").text());
        NormalWishartPrior gaussians = GaussianPrior.normalWishart().structure(structure);
        WeightPrior weights = process(golden) ? WeightPrior.stickBreaking() : WeightPrior.dirichlet();
        if (!golden.get("defaults").bool()) {
            double alpha = golden.get("weight_concentration_prior").number();
            weights = process(golden) ? WeightPrior.stickBreaking(alpha) : WeightPrior.dirichlet(alpha);
            gaussians = gaussians
                    .meanPrecision(golden.get("mean_precision_prior").number())
                    .mean(golden.get("mean_prior").vector())
                    .degreesOfFreedom(golden.get("degrees_of_freedom_prior").number())
                    .covariance(covariance(
                            structure,
                            golden.get("covariance_prior"),
                            golden.get("mean_prior").size()));
        }
        return VariationalBayes.components(golden.get("n_components").integer())
                .weights(weights)
                .gaussians(gaussians)
                .initialization(Initialization.labels(golden.get("labels").integers()))
                .tolerance(0);
    }

    private static Covariance covariance(CovarianceStructure structure, Golden golden, int d) {
        return switch (structure) {
            case FULL -> Covariance.full(golden.matrix());
            case DIAGONAL -> Covariance.diagonal(golden.vector());
            default -> Covariance.spherical(d, golden.number());
        };
    }

    @ParameterizedTest
    @MethodSource("cases")
    void fiveStepsAgree(Golden golden) {
        for (int t = 0; t <= 5; t++) {
            MixturePosterior posterior =
                    estimator(golden).maxIterations(t).fit(rows(golden)).model();
            Golden expected = golden.get("steps").get(t);
            assertClose(posterior.weights().mean(), expected.get("weights").vector(), TOLERANCE);
            assertConcentration(posterior.weights().distributions(), expected.get("weight_concentration"));
            for (int k = 0; k < posterior.size(); k++) {
                GaussianPosterior component = posterior.component(k);
                assertClose(component.mean(), expected.get("means").matrix()[k], TOLERANCE);
                assertClose(
                        new double[] {component.meanPrecision()},
                        new double[] {expected.get("mean_precision").vector()[k]},
                        TOLERANCE);
                assertClose(
                        new double[] {component.precision().degreesOfFreedom()},
                        new double[] {expected.get("degrees_of_freedom").vector()[k]},
                        TOLERANCE);
                Covariance covariance = covariance(
                        CovarianceStructure.of(golden.get("covariance_type").text()),
                        expected.get("covariances").get(k),
                        posterior.dimension());
                assertClose(component.precision().covariance().lowerTriangle(), covariance.lowerTriangle(), TOLERANCE);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void labelsAgreeAfterAHundredIterations(Golden golden) {
        MixturePosterior posterior =
                estimator(golden).maxIterations(100).fit(rows(golden)).model();
        assertThat(posterior.labels(rows(golden)))
                .isEqualTo(golden.get("labels_after_100").integers());
        assertClose(posterior.weights().mean(), golden.get("weights_after_100").vector(), TOLERANCE);
    }

    private static void assertConcentration(List<Dirichlet> distributions, Golden expected) {
        if (distributions.size() == 1) {
            assertClose(distributions.get(0).concentration(), expected.vector(), TOLERANCE);
            return;
        }
        for (int side = 0; side < 2; side++) {
            int at = side;
            assertClose(
                    distributions.stream()
                            .mapToDouble(beta -> beta.concentration()[at])
                            .toArray(),
                    expected.matrix()[side],
                    TOLERANCE);
        }
    }
}
