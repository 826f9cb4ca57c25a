package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Rows;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.testing.Examples;

class UncertaintyTest {
    private static final Em PLAIN = Em.components(1).regularization(Regularization.none());

    private static GaussianMixture two(double weight, double left, double right, double leftVar, double rightVar) {
        return GaussianMixture.of(
                new double[] {weight, 1 - weight},
                List.of(
                        Gaussian.of(new double[] {left}, Covariance.full(new double[] {leftVar}, 1)),
                        Gaussian.of(new double[] {right}, Covariance.full(new double[] {rightVar}, 1))));
    }

    @Test
    void oneGaussianHasTheErrorsOfItsMoments() {
        SplittableRandom random = new SplittableRandom(3);
        double[] x = random.doubles(400).map(u -> -Math.log(u)).toArray();
        Rows rows = Rows.owning(x.clone(), 1);
        Uncertainty uncertainty = Uncertainty.of(PLAIN, PLAIN.fit(rows).model(), rows, 4000);
        double mean = Arrays.stream(x).average().orElseThrow();
        double second = Arrays.stream(x).map(v -> Math.pow(v - mean, 2)).sum() / x.length;
        // Weights that are exponential and then scaled to sum to one are Dirichlet: Var Σ w x = m₂ / (n + 1), exactly.
        double expected = Math.sqrt(second / (x.length + 1));
        // A standard deviation of 4,000 draws is itself uncertain by 1.1 %.
        assertThat(uncertainty.standardError(m -> m.component(0).mean()[0])).isCloseTo(expected, withinPercentage(4.5));
        assertThat(uncertainty.mixture().component(0).mean()[0]).isCloseTo(mean, within(1e-12));
        double[] interval = uncertainty.interval(m -> m.component(0).mean()[0], 0.6826895);
        assertThat((interval[1] - interval[0]) / 2).isCloseTo(expected, withinPercentage(7));
        assertThat(uncertainty.collapsed()).isZero();
    }

    @Test
    void agreesWithTheInformationWhereTheModelIsTrue() {
        GaussianMixture truth = two(0.4, 0, 3, 1, 0.5);
        Rows rows = Rows.of(truth.sample(4000, new SplittableRandom(11)));
        Em em = Em.components(2).regularization(Regularization.none());
        Uncertainty uncertainty = Uncertainty.of(em, truth, rows, 800);
        double[] at = {
            uncertainty.mixture().weight(0),
            uncertainty.mixture().component(0).mean()[0],
            uncertainty.mixture().component(1).mean()[0],
            uncertainty.mixture().component(0).covariance().get(0, 0),
            uncertainty.mixture().component(1).covariance().get(0, 0)
        };
        List<ToDoubleFunction<GaussianMixture>> quantities = List.of(
                m -> m.weight(0),
                m -> m.component(0).mean()[0],
                m -> m.component(1).mean()[0],
                m -> m.component(0).covariance().get(0, 0),
                m -> m.component(1).covariance().get(0, 0));
        DMatrixRMaj information = information(rows, at);
        CommonOps_DDRM.invert(information);
        for (int i = 0; i < at.length; i++) {
            // 2.5 % from 800 replicates, the rest from the finite number of rows.
            assertThat(uncertainty.standardError(quantities.get(i)))
                    .as("parameter %d", i)
                    .isCloseTo(Math.sqrt(information.get(i, i)), withinPercentage(12));
        }
    }

    /** Σ of the outer products of the rows' scores, by central differences. */
    private static DMatrixRMaj information(Rows rows, double[] at) {
        int p = at.length;
        double[][] scores = new double[p][];
        for (int i = 0; i < p; i++) {
            double[] above = at.clone();
            double[] below = at.clone();
            above[i] += 1e-5;
            below[i] -= 1e-5;
            double[] up = two(above[0], above[1], above[2], above[3], above[4]).logDensity(rows);
            double[] down =
                    two(below[0], below[1], below[2], below[3], below[4]).logDensity(rows);
            scores[i] = IntStream.range(0, up.length)
                    .mapToDouble(n -> (up[n] - down[n]) / 2e-5)
                    .toArray();
        }
        DMatrixRMaj sum = new DMatrixRMaj(p, p);
        for (int n = 0; n < scores[0].length; n++) {
            for (int i = 0; i < p; i++) {
                for (int j = 0; j < p; j++) {
                    sum.add(i, j, scores[i][n] * scores[j][n]);
                }
            }
        }
        return sum;
    }

    @Test
    void aWeightOfTwoIsTheRowTwice() {
        double[][] once = Examples.clusters(5, 60, 2, 1, 0);
        double[][] twice = IntStream.range(0, 120).mapToObj(i -> once[i / 2]).toArray(double[][]::new);
        double[] weights = new double[60];
        Arrays.fill(weights, 2);
        Rows weighted = Rows.of(once).weighted(weights);
        Rows repeated = Rows.of(twice);
        GaussianMixture fitted = PLAIN.fit(repeated).model();
        ToDoubleFunction<GaussianMixture> mean = m -> m.component(0).mean()[1];
        assertThat(Uncertainty.of(PLAIN, fitted, weighted, 2000).standardError(mean))
                .isCloseTo(Uncertainty.of(PLAIN, fitted, repeated, 2000).standardError(mean), withinPercentage(9));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 1, 2.5, 40})
    void gammaVariatesHaveTheirMoments(double shape) {
        SplittableRandom random = new SplittableRandom(17);
        double[] x = IntStream.range(0, 200_000)
                .mapToDouble(i -> Uncertainty.gamma(shape, random))
                .toArray();
        double mean = Arrays.stream(x).average().orElseThrow();
        double variance = Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / x.length;
        double third = Arrays.stream(x).map(v -> Math.pow(v - mean, 3)).sum() / x.length;
        assertThat(mean).isCloseTo(shape, within(5 * Math.sqrt(shape / x.length)));
        // Mean, variance and third moment are k, k and 2 k.
        assertThat(variance).isCloseTo(shape, withinPercentage(3));
        assertThat(third).isCloseTo(2 * shape, withinPercentage(12 + shape / 2));
        assertThat(Uncertainty.gamma(0, random)).isZero();
    }

    @Test
    void threadsDoNotShow() {
        Rows rows = Examples.faithful();
        Em em = Em.components(2).seed(4);
        GaussianMixture fitted = em.fit(rows).model();
        Uncertainty one = Uncertainty.of(em.threads(1), fitted, rows, 20);
        Uncertainty three = Uncertainty.of(em.threads(3), fitted, rows, 20);
        assertThat(three.replicates()).isEqualTo(one.replicates());
        assertThat(Uncertainty.of(em.seed(5), fitted, rows, 20).replicates()).isNotEqualTo(one.replicates());
    }

    @Test
    void saysWhatIsWrong() {
        Rows rows = Examples.faithful();
        GaussianMixture fitted = Em.components(2).fit(rows).model();
        assertThatThrownBy(() -> Uncertainty.of(Em.components(2), fitted, rows, 1))
                .hasMessage("resamples is 1; a spread takes at least 2");
        assertThatThrownBy(() -> Uncertainty.of(Em.components(3), fitted, rows, 5))
                .hasMessage("the start model has 2 components, the fit asks for 3");
        Uncertainty uncertainty = Uncertainty.of(Em.components(2), fitted, rows, 5);
        assertThatThrownBy(() -> uncertainty.interval(m -> m.weight(0), 1))
                .hasMessage("level is 1.0; expected a share between 0 and 1");
    }
}
