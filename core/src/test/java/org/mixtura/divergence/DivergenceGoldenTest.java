package org.mixtura.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mixtura.entropy.Entropy;
import org.mixtura.entropy.Mixtures;
import org.mixtura.integration.Estimate;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.testing.Golden;

/** Against goldens/entropy/divergence.json, with the tolerances of its README. */
class DivergenceGoldenTest {
    private static final double TOLERANCE = 1e-8;

    static List<Golden> cases() {
        return Golden.read("entropy/divergence.json").get("cases").elements();
    }

    private static GaussianMixture mixture(Golden node, String name) {
        return Mixtures.of(node.get("input").get(name));
    }

    private static Divergence divergence(Golden node) {
        return Divergence.between(mixture(node, "gmm0"), mixture(node, "gmm1"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void integrates(Golden node) {
        Golden golden = node.get("quadrature");
        Divergence divergence = divergence(node);
        assertClose(divergence.kullbackLeibler(TOLERANCE), golden.get("kl_0_1"), TOLERANCE);
        assertClose(divergence.reversed().kullbackLeibler(TOLERANCE), golden.get("kl_1_0"), TOLERANCE);
        assertClose(divergence.jensenShannon(TOLERANCE), golden.get("jensen_shannon"), TOLERANCE);
        double coefficient = golden.get("bhattacharyya_coefficient").number();
        Estimate estimate = divergence.bhattacharyyaCoefficient(TOLERANCE);
        assertThat(estimate.value()).isCloseTo(coefficient, within(TOLERANCE));
        assertThat(estimate.error()).isLessThanOrEqualTo(TOLERANCE);
        assertThat(divergence.hellinger(TOLERANCE).value()).isCloseTo(Math.sqrt(1 - coefficient), within(TOLERANCE));
        assertClose(divergence.totalVariation(1e-3), golden.get("total_variation"), 1e-3);
    }

    private static void assertClose(Estimate estimate, Golden expected, double tolerance) {
        assertThat(estimate.value()).isCloseTo(expected.number(), within(tolerance));
        assertThat(estimate.error()).isLessThanOrEqualTo(tolerance);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesClosedForms(Golden node) {
        Golden golden = node.get("closed_form");
        GaussianMixture f = mixture(node, "gmm0");
        GaussianMixture g = mixture(node, "gmm1");
        Divergence divergence = divergence(node);
        assertClose(divergence.innerProduct(), golden.get("inner_product_0_1"));
        assertClose(Divergence.between(f, f).innerProduct(), golden.get("inner_product_0_0"));
        assertClose(Divergence.between(g, g).innerProduct(), golden.get("inner_product_1_1"));
        assertClose(divergence.squaredL2(), golden.get("integrated_squared_error"));
        assertClose(divergence.cauchySchwarz(), golden.get("cauchy_schwarz_divergence"));
        assertClose(Entropy.of(f).renyiTwo(), golden.get("renyi2_entropy_0"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void approximates(Golden node) {
        Golden golden = node.get("approximations");
        Divergence divergence = divergence(node);
        assertApproximates(
                divergence, Approximation.Kind.HERSHEY_OLSEN, golden.get("hershey_olsen_variational_kl_0_1"));
        assertApproximates(
                divergence.reversed(),
                Approximation.Kind.HERSHEY_OLSEN,
                golden.get("hershey_olsen_variational_kl_1_0"));
        assertApproximates(divergence, Approximation.Kind.GOLDBERGER, golden.get("goldberger_matching_kl_0_1"));
        assertApproximates(
                divergence.reversed(), Approximation.Kind.GOLDBERGER, golden.get("goldberger_matching_kl_1_0"));
    }

    private static void assertApproximates(Divergence divergence, Approximation.Kind kind, Golden expected) {
        Approximation approximation = divergence.approximateKullbackLeibler(kind);
        assertThat(approximation.kind()).isEqualTo(kind);
        assertClose(approximation.value(), expected);
    }

    private static void assertClose(double actual, Golden expected) {
        assertThat(actual).isCloseTo(expected.number(), within(1e-11));
    }
}
