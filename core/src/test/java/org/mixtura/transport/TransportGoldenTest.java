package org.mixtura.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mixtura.data.Matrix;
import org.mixtura.data.Rows;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.testing.Golden;

/** The golden file of the reference program, goldens/transport. */
class TransportGoldenTest {
    static List<Golden> cases() {
        return Golden.read("transport/transport.json").get("cases").elements();
    }

    private static GaussianMixture source(Golden golden) {
        return RandomMixtures.golden(golden.get("input").get("gmm0"));
    }

    private static GaussianMixture target(Golden golden) {
        return RandomMixtures.golden(golden.get("input").get("gmm1"));
    }

    private static void assertClose(Matrix actual, Golden expected, double tolerance) {
        double[][] rows = expected.matrix();
        assertThat(actual.rows()).isEqualTo(rows.length);
        for (int i = 0; i < rows.length; i++) {
            assertThat(actual.row(i)).containsExactly(rows[i], within(tolerance));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void distancesAndPlan(Golden golden) {
        Transport.Plan plan = Transport.between(source(golden), target(golden));

        assertClose(plan.costs(), golden.get("component_w2_squared"), 1e-12);
        assertThat(plan.squaredDistance())
                .isCloseTo(golden.get("mw2_squared_exact").number(), within(1e-12));
        assertClose(plan.coupling().toMatrix(), golden.get("mw2_coupling_exact"), 1e-14);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void mapOfTheFirstComponents(Golden golden) {
        MongeMap map =
                MongeMap.between(source(golden).component(0), target(golden).component(0));

        assertClose(map.matrix(), golden.get("monge_matrix_0_to_0"), 1e-12);
        Golden points = golden.get("transport_component0_to_component0");
        double[][] images = points.get("y").matrix();
        for (int i = 0; i < images.length; i++) {
            assertThat(map.apply(points.get("x").get(i).vector())).containsExactly(images[i], within(1e-12));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void entropicPlans(Golden golden) {
        for (Golden expected : golden.get("sinkhorn").elements()) {
            double tau = expected.get("tau").number();
            Sinkhorn sinkhorn = Sinkhorn.standard()
                    .epsilon(expected.get("epsilon").number())
                    .tau(tau);
            EntropicPlan product = sinkhorn.between(source(golden), target(golden));
            EntropicPlan counting =
                    sinkhorn.reference(Sinkhorn.Reference.COUNTING).between(source(golden), target(golden));

            assertThat(product.converged()).isTrue();
            assertThat(counting.converged()).isTrue();
            assertClose(counting.coupling(), expected.get("coupling"), 1e-11);
            assertClose(counting.normalisedCoupling(), expected.get("normalized_coupling"), 1e-11);
            assertThat(counting.transportCost())
                    .isCloseTo(expected.get("transport_cost").number(), within(1e-10));
            if (tau == 1) {
                assertClose(product.coupling(), expected.get("coupling"), 1e-11);
                assertThat(product.value())
                        .isCloseTo(expected.get("primal_value_cost_plus_eps_kl").number(), within(1e-10));
            } else {
                assertThat(counting.value())
                        .isCloseTo(
                                expected.get("primal_value_counting_reference").number(), within(1e-10));
                Golden consistent = expected.get("product_reference");
                assertClose(product.coupling(), consistent.get("coupling"), 1e-11);
                assertThat(product.value())
                        .isCloseTo(consistent.get("primal_value").number(), within(1e-10));
                assertThat(product.transportCost())
                        .isCloseTo(consistent.get("transport_cost").number(), within(1e-10));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void scores(Golden golden) {
        GaussianMixture mixture = source(golden);
        Golden scoring = golden.get("scoring");
        double[][] points = scoring.get("x").matrix();

        assertThat(mixture.logDensity(Rows.of(points)))
                .containsExactly(scoring.get("gmm0_log_prob").vector(), within(1e-10));
        Matrix responsibilities = mixture.responsibilities(Rows.of(points));
        for (int i = 0; i < points.length; i++) {
            for (int k = 0; k < mixture.size(); k++) {
                assertThat(mixture.component(k).logDensity(points[i]))
                        .isCloseTo(scoring.get("gmm0_conditional_log_prob").matrix()[i][k], within(1e-10));
                assertThat(Math.log(responsibilities.get(i, k)))
                        .isCloseTo(scoring.get("gmm0_log_component_posterior").matrix()[i][k], within(1e-10));
            }
        }
        assertThat(mixture.mean()).containsExactly(golden.get("gmm0_mean").vector(), within(1e-12));
        assertClose(mixture.covariance().toMatrix(), golden.get("gmm0_covariance"), 1e-12);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void barycentre(Golden golden) {
        BuresBarycentre barycentre = BuresBarycentre.of(source(golden));
        Golden expected = golden.get("bures_barycenter_gmm0");

        assertThat(barycentre.gaussian().mean())
                .containsExactly(expected.get("mean").vector(), within(1e-13));
        assertClose(barycentre.gaussian().covariance().toMatrix(), expected.get("covariance"), 1e-13);
        assertThat(barycentre.iterations()).isLessThanOrEqualTo(20);
        assertThat(barycentre.converged()).isTrue();
    }
}
