package org.mixtura.entropy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mixtura.integration.Estimate;
import org.mixtura.integration.GaussianPair;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.testing.Golden;

/** Against goldens/entropy/series.json, with the tolerances of its README. */
class EntropyGoldenTest {
    static List<Golden> cases() {
        return Golden.read("entropy/series.json").get("cases").elements();
    }

    private static GaussianMixture mixture(Golden node) {
        return Mixtures.of(node.get("input"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void boundsTheDensity(Golden node) {
        double expected = node.get("gmm_max_bound").number();
        double bound = Entropy.of(mixture(node)).legendre(0).cutoff();
        assertThat(bound).isCloseTo(expected, within(1e-14 * expected));
        assertThat(Math.exp(Cutoff.logBound(mixture(node)))).isCloseTo(expected, within(1e-14 * expected));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheMoments(Golden node) {
        double[] expected = node.get("expectation_of_powers").get("exact").vector();
        for (Arithmetic arithmetic : Arithmetic.values()) {
            double[] actual = PowerMoments.of(mixture(node), expected.length - 1, arithmetic)
                    .values();
            for (int k = 0; k < expected.length; k++) {
                assertThat(actual[k]).isCloseTo(expected[k], within(1e-12 * expected[k]));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheLegendreSeriesOfTheReference(Golden node) {
        double[] expected = node.get("legendre_series").get("value").vector();
        Series series = Entropy.of(mixture(node)).cutoff(Cutoff.reference()).legendre(expected.length - 1);
        assertThat(series.cutoff()).isCloseTo(node.get("a").number(), within(1e-14));
        assertThat(series.moments().arithmetic()).isEqualTo(Arithmetic.DOUBLE);
        for (int n = 0; n < expected.length; n++) {
            assertThat(series.values()[n]).isCloseTo(expected[n], within(n <= 8 ? 1e-10 : 1e-8));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheTaylorSeries(Golden node) {
        double[] expected = node.get("taylor_series_same_a").get("value").vector();
        Series series = Entropy.of(mixture(node)).cutoff(Cutoff.reference()).taylor(expected.length - 1);
        for (int n = 0; n < expected.length; n++) {
            assertThat(series.values()[n]).isCloseTo(expected[n], within(1e-11));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void estimatesTheEntropy(Golden node) {
        Golden golden = node.get("entropy");
        double expected = golden.get("quadrature").number();
        GaussianMixture mixture = mixture(node);
        double atLeast = mixture.dimension() < 4 ? 1e-10 : 1e-9;
        double tolerance = Math.max(atLeast, 10 * golden.get("abs_diff").number());
        Estimate estimate = Entropy.of(mixture).draws(1 << 12).estimate(tolerance);
        assertThat(estimate.value()).isCloseTo(expected, within(tolerance));
        assertThat(estimate.error()).isLessThanOrEqualTo(tolerance);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheBounds(Golden node) {
        Golden golden = node.get("bounds");
        GaussianMixture mixture = mixture(node);
        Entropy entropy = Entropy.of(mixture);
        Entropy.Bounds bounds = entropy.bounds();
        assertClose(bounds.conditionalLower(), golden.get("conditional_lower"));
        assertClose(bounds.gaussianUpper(), golden.get("moment_matched_gaussian_upper"));
        assertClose(bounds.jensenLower(), golden.get("huber_jensen_lower"));
        assertClose(bounds.bhattacharyyaLower(), golden.get("kolchinsky_tracey_bhattacharyya_lower"));
        assertClose(bounds.kullbackLeiblerUpper(), golden.get("kolchinsky_tracey_kl_upper"));
        assertClose(entropy.approximateAboutMeans(0), golden.get("huber_taylor_0"));
        assertClose(entropy.approximateAboutMeans(2), golden.get("huber_taylor_2"));
        if (mixture.size() > 1 && mixture.component(0).equals(mixture.component(1))) {
            // Merged components: the label adds nothing.
            assertThat(bounds.labelUpper()).isEqualTo(bounds.conditionalLower());
        } else {
            assertClose(bounds.labelUpper(), golden.get("conditional_plus_label_upper"));
        }
        for (int i = 0; i < mixture.size(); i++) {
            for (int j = 0; j < mixture.size(); j++) {
                assertClose(
                        GaussianPair.kullbackLeibler(mixture.component(i), mixture.component(j)),
                        golden.get("pairwise_kl").get(i).get(j));
                assertClose(
                        GaussianPair.bhattacharyya(mixture.component(i), mixture.component(j)),
                        golden.get("pairwise_bhattacharyya").get(i).get(j));
            }
        }
    }

    private static void assertClose(double actual, Golden expected) {
        assertThat(actual).isCloseTo(expected.number(), within(1e-12 * Math.max(1, Math.abs(expected.number()))));
    }
}
