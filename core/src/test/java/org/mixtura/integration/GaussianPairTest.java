package org.mixtura.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Matrix;
import org.mixtura.entropy.RandomMixtures;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

class GaussianPairTest {
    /** By Simpson's rule over the union of both, ± 12 deviations. */
    private static double integral(Gaussian p, Gaussian q, ToDoubleBiFunction<Double, Double> ofLogs) {
        double from = Math.min(reach(p, -12), reach(q, -12));
        double to = Math.max(reach(p, 12), reach(q, 12));
        int panels = 20_000;
        double h = (to - from) / panels;
        double sum = 0;
        for (int i = 0; i <= panels; i++) {
            double[] x = {from + i * h};
            double weight = i == 0 || i == panels ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * ofLogs.applyAsDouble(p.logDensity(x), q.logDensity(x));
        }
        return sum * h / 3;
    }

    private static double reach(Gaussian g, double deviations) {
        return g.mean(0) + deviations * Math.sqrt(g.covariance().get(0, 0));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void integratesInOneDimension(long seed) {
        GaussianMixture pair = RandomMixtures.of(RandomMixtures.Kind.ORDINARY, 2, 1, seed);
        Gaussian p = pair.component(0);
        Gaussian q = pair.component(1);
        double inner = integral(p, q, (a, b) -> Math.exp(a + b));
        double root = integral(p, q, (a, b) -> Math.exp(0.5 * (a + b)));
        double divergence = integral(p, q, (a, b) -> Math.exp(a) * (a - b));
        assertThat(GaussianPair.logInnerProduct(p, q)).isCloseTo(Math.log(inner), within(1e-9));
        assertThat(GaussianPair.bhattacharyya(p, q)).isCloseTo(-Math.log(root), within(1e-9));
        assertThat(GaussianPair.kullbackLeibler(p, q)).isCloseTo(divergence, within(1e-9 * (1 + divergence)));
    }

    /** Independent columns add up, and no invertible map changes a divergence. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void addsOverIndependentColumnsAndDoesNotChangeUnderMaps(long seed) {
        GaussianMixture first = RandomMixtures.of(RandomMixtures.Kind.ORDINARY, 2, 1, seed);
        GaussianMixture second = RandomMixtures.of(RandomMixtures.Kind.ORDINARY, 2, 1, seed + 100);
        Matrix map = Matrix.of(new double[] {1, 0.5}, new double[] {-2, 3});
        double[] shift = {1, -4};
        Gaussian[] joint = new Gaussian[2];
        for (int k = 0; k < 2; k++) {
            Gaussian a = first.component(k);
            Gaussian b = second.component(k);
            joint[k] = Gaussian.of(
                            new double[] {a.mean(0), b.mean(0)},
                            Covariance.diagonal(
                                    a.covariance().get(0, 0), b.covariance().get(0, 0)))
                    .image(map, shift);
        }
        double kl = GaussianPair.kullbackLeibler(first.component(0), first.component(1))
                + GaussianPair.kullbackLeibler(second.component(0), second.component(1));
        double bhattacharyya = GaussianPair.bhattacharyya(first.component(0), first.component(1))
                + GaussianPair.bhattacharyya(second.component(0), second.component(1));
        double inner = GaussianPair.logInnerProduct(first.component(0), first.component(1))
                + GaussianPair.logInnerProduct(second.component(0), second.component(1))
                - Math.log(4);
        assertThat(GaussianPair.kullbackLeibler(joint[0], joint[1])).isCloseTo(kl, within(1e-11 * (1 + kl)));
        assertThat(GaussianPair.bhattacharyya(joint[0], joint[1]))
                .isCloseTo(bhattacharyya, within(1e-11 * (1 + bhattacharyya)));
        assertThat(GaussianPair.logInnerProduct(joint[0], joint[1]))
                .isCloseTo(inner, within(1e-11 * (1 + Math.abs(inner))));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void isZeroForEquals(long seed) {
        Gaussian p = RandomMixtures.of(RandomMixtures.Kind.NEEDLES, 1, 5, seed).component(0);
        Gaussian same = Gaussian.of(p.mean(), p.covariance());
        assertThat(GaussianPair.kullbackLeibler(p, same)).isZero();
        assertThat(GaussianPair.bhattacharyya(p, same)).isZero();
    }
}
