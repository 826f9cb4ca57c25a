package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mixtura.bayes.MixturePosterior;
import org.mixtura.data.Matrix;
import org.mixtura.data.Rows;

/** Laws and messages of the mean-field program; its numbers are in {@link MeanFieldGoldenTest}. */
class MeanFieldTest {
    private static final Rows ROWS = VariationalCases.blobs(new SplittableRandom(3), 60, 2, 3, 1);
    private static final Matrix MEANS = Matrix.of(new double[] {-1, 0}, new double[] {0.5, 1}, new double[] {2, -2});
    private static final double[] VARIANCES = {1, 0.5, 2};

    static List<MeanFieldStart> starts() {
        return List.of(MeanFieldStart.random(), MeanFieldStart.kMeansPlusPlus(), MeanFieldStart.of(MEANS, VARIANCES));
    }

    @ParameterizedTest
    @MethodSource("starts")
    void theBoundNeverFallsFromAnyStart(MeanFieldStart start) {
        for (long seed = 0; seed < 10; seed++) {
            Trajectory trajectory =
                    MeanField.components(3).sigma(3).start(start).seed(seed).run(ROWS);
            double[] elbo = trajectory.elbo();
            for (int t = 1; t < elbo.length; t++) {
                assertThat(trajectory.step(t).boundBeforeUpdate()).isBetween(elbo[t - 1] - 1e-10, elbo[t] + 1e-10);
            }
            assertThat(trajectory.fit().converged()).isTrue();
        }
    }

    @Test
    void componentsInAnotherOrderPermuteTheResult() {
        Matrix turned = Matrix.of(MEANS.row(2), MEANS.row(1), MEANS.row(0));
        MixturePosterior one = MeanField.components(3)
                .start(MeanFieldStart.of(MEANS, VARIANCES))
                .run(ROWS)
                .fit()
                .model();
        MixturePosterior other = MeanField.components(3)
                .start(MeanFieldStart.of(turned, new double[] {2, 0.5, 1}))
                .run(ROWS)
                .fit()
                .model();
        for (int k = 0; k < 3; k++) {
            assertThat(other.component(k).mean())
                    .containsExactly(one.component(2 - k).mean(), within(1e-10));
        }
    }

    @Test
    void rotatingTheRowsRotatesTheMeans() {
        double c = Math.cos(0.7);
        double s = Math.sin(0.7);
        Matrix turn = Matrix.of(new double[] {c, -s}, new double[] {s, c});
        double[][] values = new double[60][];
        try (Rows.Reader reader = ROWS.reader()) {
            var block = reader.read(0, 60);
            for (int i = 0; i < 60; i++) {
                values[i] = turn.times(new double[] {block.get(i, 0), block.get(i, 1)});
            }
        }
        Matrix start = Matrix.of(
                IntStream.range(0, 3).mapToObj(k -> turn.times(MEANS.row(k))).toArray(double[][]::new));
        // Few iterations: between components that have yet to part, each one amplifies rounding.
        MeanField program = MeanField.components(3).maxIterations(8).tolerance(0);
        MixturePosterior one = program.start(MeanFieldStart.of(MEANS, VARIANCES))
                .run(ROWS)
                .fit()
                .model();
        MixturePosterior other = program.start(MeanFieldStart.of(start, VARIANCES))
                .run(Rows.of(values))
                .fit()
                .model();
        for (int k = 0; k < 3; k++) {
            assertThat(other.component(k).mean())
                    .containsExactly(turn.times(one.component(k).mean()), within(1e-9));
            assertThat(other.component(k).meanPrecision())
                    .isCloseTo(one.component(k).meanPrecision(), within(1e-9));
        }
    }

    /** As σ → ∞ the means become the weighted means, and counts add up to the rows. */
    @Test
    void aWidePriorGivesWeightedMeans() {
        MeanField program = MeanField.components(3)
                .sigma(1e6)
                .start(MeanFieldStart.of(MEANS, VARIANCES))
                .maxIterations(5);
        Trajectory trajectory = program.run(ROWS);
        double[][] r = trajectory.step(4).posterior().responsibilities(ROWS).toRows();
        MixturePosterior posterior = trajectory.fit().model();
        double total = 0;
        try (Rows.Reader reader = ROWS.reader()) {
            var block = reader.read(0, 60);
            for (int k = 0; k < 3; k++) {
                double[] sum = new double[2];
                double count = 0;
                for (int i = 0; i < 60; i++) {
                    count += r[i][k];
                    sum[0] += r[i][k] * block.get(i, 0);
                    sum[1] += r[i][k] * block.get(i, 1);
                }
                assertThat(posterior.component(k).mean())
                        .containsExactly(new double[] {sum[0] / count, sum[1] / count}, within(1e-9));
                assertThat(posterior.count(k)).isCloseTo(count, within(1e-10));
                total += count;
            }
        }
        assertThat(total).isCloseTo(60, within(1e-10));
    }

    /** Variants agree in one column. */
    @Test
    void theLiteralVariantIsExactInOneColumn() {
        Rows one = VariationalCases.blobs(new SplittableRandom(4), 40, 1, 2, 1);
        MeanField program = MeanField.components(2)
                .start(MeanFieldStart.of(Matrix.of(new double[] {-1}, new double[] {1}), new double[] {1, 1}))
                .maxIterations(20);
        double[] exact = program.run(one).elbo();
        double[] literal =
                program.variant(MeanField.Variant.SEED_LITERAL).run(one).elbo();
        assertThat(literal).containsExactly(exact, within(1e-10));
    }

    @Test
    void stopsByTheRelativeAndTheAbsoluteTolerance() {
        CoordinateAscent.StopRule relative = MeanField.stopRule(1e-10, 0, true);
        assertThat(relative.converged(-1000, -1000 + 5e-8, 1)).isTrue();
        assertThat(relative.converged(-1000, -1000 + 2e-7, 1)).isFalse();
        CoordinateAscent.StopRule absolute = MeanField.stopRule(0, 1e-10, true);
        assertThat(absolute.converged(-1000, -1000 + 5e-8, 1)).isFalse();
        assertThat(absolute.converged(-10, -10 + 5e-11, 1)).isTrue();
        assertThatThrownBy(() -> absolute.converged(-10, -10.5, 4))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the bound fell from -10.0 to -10.5 in iteration 4; please report this");
        assertThat(MeanField.stopRule(0, 1e-10, false).converged(-10, -10.5, 4)).isFalse();
    }

    @Test
    void startsFromTheMeansOfClusters() {
        Rows rows = Rows.of(new double[] {1}, new double[] {5}, new double[] {3}, new double[] {8});
        MixturePosterior start = MeanField.components(2)
                .start(MeanFieldStart.clusters(new int[] {0, 1, 0, 1}))
                .run(rows)
                .step(0)
                .posterior();
        assertThat(start.component(0).mean()).containsExactly(2);
        assertThat(start.component(1).mean()).containsExactly(6.5);
        assertThat(start.component(1).meanPrecision()).isEqualTo(1);
    }

    @Test
    void saysWhatIsWrong() {
        MeanField program = MeanField.components(3);
        assertThatThrownBy(() -> MeanField.components(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("components is 0; a mixture has at least one");
        for (double sigma : new double[] {0, -1, Double.NaN, 1e200}) {
            assertThatThrownBy(() -> program.sigma(sigma))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "prior standard deviation sigma is " + sigma + "; it is positive, with a finite square");
        }
        assertThatThrownBy(() -> MeanFieldStart.of(MEANS, new double[] {1, 2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the start has 3 means but 2 variances");
        assertThatThrownBy(() -> MeanFieldStart.of(MEANS, new double[] {1, 0, 1}))
                .hasMessage("start variance s2 of component 1 is 0.0; it is positive and finite");
        assertThatThrownBy(() -> MeanFieldStart.of(Matrix.of(3, 1, new double[] {0, 1, Double.NaN}), VARIANCES))
                .hasMessage("start mean of component 2, column 0 is NaN; it is finite");
        assertThatThrownBy(() -> program.start(MeanFieldStart.of(Matrix.of(3, 1, new double[] {0, 1, 2}), VARIANCES))
                        .run(ROWS))
                .hasMessage("the start means are 3 × 1; expected 3 components × 2 columns");
        assertThatThrownBy(() -> program.tolerance(-1)).hasMessage("tol is -1.0; it is finite and not negative");
        assertThatThrownBy(() -> program.absoluteTolerance(Double.NaN))
                .hasMessage("tol is NaN; it is finite and not negative");
        assertThatThrownBy(() -> program.maxIterations(-1)).hasMessage("max_iter is -1; it is at least 0");
        assertThatThrownBy(() -> program.threads(0)).hasMessage("threads is 0; it is at least 1");
        assertThatThrownBy(() -> program.run(Rows.of(new double[] {1}, new double[] {Double.NaN})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("row 1, column \"x0\" is NaN");
        assertThatThrownBy(() ->
                        program.start(MeanFieldStart.kMeansPlusPlus()).run(Rows.of(new double[] {1}, new double[] {2})))
                .hasMessageStartingWith("3 components need at least as many different rows with weight; there are 2");
        assertThatThrownBy(() ->
                        program.start(MeanFieldStart.clusters(new int[60])).run(ROWS))
                .hasMessage("no row has label 1 of 3 components");
        assertThat(Arrays.asList(program.toString())).first().asString().contains("method=mean-field", "sigma=1.0");
    }
}
