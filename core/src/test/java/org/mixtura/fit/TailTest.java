package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.RowSummary;
import org.mixtura.kernel.Scan;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.testing.Examples;

class TailTest {
    /** The penalised objective per row at a point. */
    private static double objective(MaximumLikelihood algorithm, Rows rows, GaussianMixture mixture) {
        Moments moments = moments(algorithm, rows, mixture);
        return (moments.logLikelihood() - algorithm.penalty(mixture)) / moments.totalWeight();
    }

    private static Moments moments(MaximumLikelihood algorithm, Rows rows, GaussianMixture mixture) {
        return Scan.moments(rows, algorithm.forms(mixture), Moments.Scatter.FULL, 1, rows.count());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1})
    void theGradientIsThatOfTheObjective(double pseudoRows) {
        Rows rows = Rows.of(Examples.clusters(3, 80, 3, 2, 1)).weighted(weights(80));
        RowSummary summary = RowSummary.of(rows, 1);
        Regularization regularization = pseudoRows > 0 ? Regularization.penalty(pseudoRows) : Regularization.none();
        MaximumLikelihood algorithm =
                new MaximumLikelihood(Freedom.of(CovarianceStructure.FULL), regularization, summary, rows.columns(), 2);
        GaussianMixture mixture = Em.components(2)
                .regularization(regularization)
                .search(Search.NONE)
                .maxIterations(2)
                .seed(4)
                .fit(rows)
                .model();
        double[] back = summary.origin();
        for (int j = 0; j < back.length; j++) {
            back[j] = -back[j];
        }
        GaussianMixture centred = mixture.translated(back);
        Slope<GaussianMixture> slope = algorithm.slope().orElseThrow();
        double[] point = slope.of(centred).orElseThrow();
        double[] gradient = slope.gradient(centred, moments(algorithm, rows, centred));
        assertClose(
                objective(algorithm, rows, slope.at(point, centred)), objective(algorithm, rows, centred), 1e-13, "");
        for (int i = 0; i < point.length; i++) {
            double step = 1e-5;
            double[] left = point.clone();
            double[] right = point.clone();
            left[i] -= step;
            right[i] += step;
            double difference = (objective(algorithm, rows, slope.at(right, centred))
                            - objective(algorithm, rows, slope.at(left, centred)))
                    / (2 * step);
            assertClose(gradient[i], difference, 1e-8, "coordinate " + i);
        }
    }

    private static double[] weights(int n) {
        SplittableRandom random = new SplittableRandom(2);
        return random.doubles(n).map(x -> 0.5 + x).toArray();
    }

    /** The same formulas without their slope. */
    private static final class Slopeless extends AlgorithmView<GaussianMixture> {
        Slopeless(MaximumLikelihood formulas) {
            super(formulas);
        }

        @Override
        public Optional<Slope<GaussianMixture>> slope() {
            return Optional.empty();
        }
    }

    private static Ascent.Climb<GaussianMixture> climb(
            Algorithm<GaussianMixture> algorithm, Rows rows, GaussianMixture start, double tolerance) {
        Ascent<GaussianMixture> ascent =
                new Ascent<>(algorithm, rows, Work.of(1, rows, start.size()), Ascent.Steps.SQUARED);
        Ascent.Climb<GaussianMixture> foot = ascent.start(start, Ascent.Watcher.NONE);
        return ascent.climb(foot, Tolerance.leftToGain(tolerance), 20_000, Ascent.Watcher.NONE);
    }

    /** On components that overlap much, where squared extrapolation alone still crawls. */
    @Test
    void reachesATightToleranceInFewSteps() {
        int with = 0;
        int without = 0;
        for (long seed = 0; seed < 4; seed++) {
            Rows rows = Rows.of(Examples.clusters(seed, 3000, 4, 8, 1));
            RowSummary summary = RowSummary.of(rows, 1);
            MaximumLikelihood algorithm = new MaximumLikelihood(
                    Freedom.of(CovarianceStructure.FULL), Regularization.penalty(1), summary, rows.columns(), 8);
            GaussianMixture start = Em.components(8)
                    .search(Search.NONE)
                    .maxIterations(3)
                    .seed(seed)
                    .fit(rows)
                    .model();
            double[] back = Arrays.stream(summary.origin()).map(x -> -x).toArray();
            Ascent.Climb<GaussianMixture> steep = climb(algorithm, rows, start.translated(back), 1e-12);
            Ascent.Climb<GaussianMixture> crawling =
                    climb(new Slopeless(algorithm), rows, start.translated(back), 1e-12);
            assertThat(steep.reason()).isEqualTo(StopReason.CONVERGED);
            assertThat(steep.objective()).isGreaterThan(crawling.objective() - 1e-10);
            assertThat(steep.history()).isSorted();
            with += steep.iterations();
            without += crawling.iterations();
        }
        assertThat(with).isLessThan(without / 2);
    }

    @Test
    void restsForOrdinaryTolerances() {
        Rows rows = Examples.iris();
        MaximumLikelihood algorithm = new MaximumLikelihood(
                Freedom.of(CovarianceStructure.FULL),
                Regularization.penalty(1),
                RowSummary.of(rows, 1),
                rows.columns(),
                3);
        assertThat(Tail.of(algorithm, Tolerance.leftToGain(1e-6))).isEmpty();
        assertThat(Tail.of(algorithm, Tolerance.leftToGain(1e-9))).isPresent();
        assertThat(Tail.of(new Slopeless(algorithm), Tolerance.leftToGain(1e-9)))
                .isEmpty();
    }

    /** Of a quadratic function in two unknowns two steps tell all. */
    @Test
    void knowsAQuadraticAfterAsManyStepsAsUnknowns() {
        double[][] bends = {{3, 1}, {1, 2}};
        double[] top = {0.5, -2};
        QuasiNewton inverse = new QuasiNewton();
        double[] point = {4, 4};
        double[] gradient = gradient(bends, top, point);
        for (double[] step : new double[][] {{1, 0}, {0, 1}}) {
            double[] next = {point[0] + step[0], point[1] + step[1]};
            double[] after = gradient(bends, top, next);
            inverse.learn(step, gradient, after);
            point = next;
            gradient = after;
        }
        for (int turn = 0; turn < 12; turn++) {
            double[] step = inverse.step(gradient, new double[] {1, 1});
            point = new double[] {point[0] + step[0], point[1] + step[1]};
            double[] after = gradient(bends, top, point);
            inverse.learn(step, gradient, after);
            gradient = after;
        }
        assertThat(point).containsExactly(top, within(1e-9));
    }

    private static double[] gradient(double[][] bends, double[] top, double[] at) {
        double u = top[0] - at[0];
        double v = top[1] - at[1];
        return new double[] {bends[0][0] * u + bends[0][1] * v, bends[1][0] * u + bends[1][1] * v};
    }
}
