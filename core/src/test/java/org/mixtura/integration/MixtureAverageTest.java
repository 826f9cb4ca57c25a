package org.mixtura.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.entropy.RandomMixtures;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/** Averages with closed forms, by every rule. */
class MixtureAverageTest {
    private static GaussianMixture centred(GaussianMixture mixture) {
        double[] back = mixture.mean();
        for (int j = 0; j < back.length; j++) {
            back[j] = -back[j];
        }
        return mixture.translated(back);
    }

    private static double squaredNorm(Posterior posterior) {
        double sum = 0;
        for (double x : posterior.point()) {
            sum += x * x;
        }
        return sum;
    }

    /** E‖x‖² of a mixture about its mean: the trace of its covariance. */
    private static double trace(GaussianMixture mixture) {
        double sum = 0;
        for (int j = 0; j < mixture.dimension(); j++) {
            sum += mixture.covariance().get(j, j);
        }
        return sum;
    }

    @ParameterizedTest
    @CsvSource({"1, GAUSS_KRONROD", "2, GRID", "3, GRID", "4, GRID", "5, SOBOL", "64, SOBOL", "65, MONTE_CARLO"})
    void averagesSquares(int dimension, Method method) {
        GaussianMixture mixture = centred(RandomMixtures.of(RandomMixtures.Kind.ORDINARY, 3, dimension, 11));
        double truth = trace(mixture);
        MixtureAverage average = MixtureAverage.of(
                mixture, () -> Integrand.of(posterior -> squaredNorm(posterior) / truth), Smoothness.ANALYTIC);
        Estimate estimate = average.compute(1e-9, 1 << 15, 1);
        assertThat(estimate.method()).isEqualTo(method);
        assertThat(estimate.value()).isCloseTo(1, within(estimate.error()));
        assertThat(estimate.error()).isLessThan(dimension <= 4 ? 1e-9 : dimension == 5 ? 2e-2 : 0.2);
        assertThat(estimate.evaluations()).isPositive();
    }

    /** Weights come back as averages of responsibilities, component by component and mixed. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void averagesFunctionsOfTheComponent(int dimension) {
        GaussianMixture mixture = centred(RandomMixtures.of(RandomMixtures.Kind.ORDINARY, 4, dimension, 7));
        Integrand labelled = new Integrand() {
            @Override
            public double given(int component, Posterior posterior) {
                return component == 2 ? 1 : 0;
            }

            @Override
            public double mean(Posterior posterior) {
                return posterior.responsibility(2);
            }
        };
        Estimate estimate =
                MixtureAverage.of(mixture, () -> labelled, Smoothness.ANALYTIC).compute(1e-8, 1 << 14, 1);
        assertThat(estimate.value()).isCloseTo(mixture.weight(2), within(estimate.error()));
    }

    @Test
    void leavesAGridThatWouldBeTooLarge() {
        GaussianMixture mixture = GaussianMixture.of(
                new double[] {0.5, 0.5},
                List.of(
                        Gaussian.of(new double[2], Covariance.spherical(2, 1)),
                        Gaussian.of(new double[2], Covariance.spherical(2, 1e-10))));
        Estimate estimate = MixtureAverage.of(mixture, () -> Integrand.of(Posterior::entropy), Smoothness.ANALYTIC)
                .compute(1e-3, 1 << 14, 1);
        assertThat(estimate.method()).isEqualTo(Method.SOBOL);
    }

    @Test
    void givesTheSameBitsOnAnyNumberOfThreads() throws Exception {
        GaussianMixture mixture = centred(RandomMixtures.of(RandomMixtures.Kind.ORDINARY, 3, 5, 5));
        MixtureAverage average =
                MixtureAverage.of(mixture, () -> Integrand.of(Posterior::entropy), Smoothness.ANALYTIC);
        Estimate expected = average.compute(1e-9, 1 << 14, 9);
        for (int threads : new int[] {1, 3}) {
            ForkJoinPool pool = new ForkJoinPool(threads);
            try {
                assertThat(pool.submit(() -> average.compute(1e-9, 1 << 14, 9)).get())
                        .isEqualTo(expected);
            } finally {
                pool.shutdown();
            }
        }
        assertThat(average.compute(1e-9, 1 << 14, 10)).isNotEqualTo(expected);
    }

    @Test
    void drawsMoreForASmallerError() {
        GaussianMixture mixture = centred(RandomMixtures.of(RandomMixtures.Kind.ORDINARY, 3, 5, 5));
        MixtureAverage average =
                MixtureAverage.of(mixture, () -> Integrand.of(Posterior::entropy), Smoothness.ANALYTIC);
        Estimate coarse = average.sampled(1e-2, 1 << 20, 1);
        Estimate fine = average.sampled(1e-3, 1 << 20, 1);
        assertThat(coarse.error()).isLessThanOrEqualTo(1e-2);
        assertThat(fine.error()).isLessThanOrEqualTo(1e-3);
        assertThat(fine.evaluations()).isGreaterThan(coarse.evaluations());
        assertThat(average.sampled(1e-12, 1 << 14, 1).evaluations()).isLessThanOrEqualTo(1 << 14);
    }

    /** A component that overlaps with others about once in ten million draws: the interval alone would not know. */
    @Test
    void allowsForEventsTooRareToBeDrawn() {
        GaussianMixture mixture = GaussianMixture.of(
                new double[] {0.3, 0.7},
                List.of(
                        Gaussian.of(new double[] {-5, 0, 0, 0}, Covariance.spherical(4, 1)),
                        Gaussian.of(new double[] {5, 0, 0, 0}, Covariance.spherical(4, 1))));
        Estimate estimate = MixtureAverage.of(mixture, () -> Integrand.of(Posterior::entropy), Smoothness.ANALYTIC)
                .sampled(1e-9, 1 << 13, 1);
        // Truth: the same mixture in one dimension.
        GaussianMixture line = GaussianMixture.of(
                new double[] {0.3, 0.7},
                List.of(
                        Gaussian.of(new double[] {-5}, Covariance.spherical(1, 1)),
                        Gaussian.of(new double[] {5}, Covariance.spherical(1, 1))));
        double truth = MixtureAverage.of(line, () -> Integrand.of(Posterior::entropy), Smoothness.ANALYTIC)
                .compute(1e-15, 1, 1)
                .value();
        assertThat(truth).isCloseTo(7.9e-7, within(1e-8));
        assertThat(estimate.value()).isCloseTo(truth, within(estimate.error()));
        assertThat(estimate.error()).isGreaterThanOrEqualTo(1.0 / (1 << 13));
    }
}
