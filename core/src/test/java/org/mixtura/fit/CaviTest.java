package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.bayes.GaussianPrior;
import org.mixtura.bayes.MixturePosterior;
import org.mixtura.bayes.WeightPrior;
import org.mixtura.data.Rows;

/** Laws and messages of the coordinate-ascent program; its numbers are in {@link CaviGoldenTest}. */
class CaviTest {
    private static final Rows ROWS = VariationalCases.blobs(new SplittableRandom(3), 60, 2, 3, 1);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void theBoundNeverFallsAndCountsAddUp(long seed) {
        Trajectory trajectory = Cavi.components(4).alpha(0.5).seed(seed).run(ROWS);
        double[] elbo = trajectory.elbo();
        for (int t = 2; t < elbo.length; t++) {
            assertThat(elbo[t]).isGreaterThanOrEqualTo(elbo[t - 1] - 1e-10);
            assertThat(trajectory.step(t).boundBeforeUpdate()).isBetween(elbo[t - 1] - 1e-10, elbo[t] + 1e-10);
        }
        for (int t = 1; t < elbo.length; t++) {
            double[] alpha = trajectory
                    .step(t)
                    .posterior()
                    .weights()
                    .distributions()
                    .get(0)
                    .concentration();
            assertThat(Arrays.stream(alpha).sum()).isCloseTo(4 * 0.5 + 60, within(1e-10));
        }
        assertThat(trajectory.fit().converged()).isTrue();
        assertThat(trajectory.fit().totalObjective()).isCloseTo(elbo[elbo.length - 1], within(1e-10));
    }

    @Test
    void startClustersInAnotherOrderPermuteTheResult() {
        int[] labels = new int[60];
        int[] turned = new int[60];
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 60; i++) {
            labels[i] = random.nextInt(3);
            turned[i] = 2 - labels[i];
        }
        MixturePosterior one =
                Cavi.components(3).startClusters(labels).run(ROWS).fit().model();
        MixturePosterior other =
                Cavi.components(3).startClusters(turned).run(ROWS).fit().model();
        for (int k = 0; k < 3; k++) {
            assertThat(other.component(k).mean())
                    .containsExactly(one.component(2 - k).mean(), within(1e-12));
        }
    }

    /** The estimator with the same model and start goes through the same posteriors. */
    @Test
    void variationalBayesTakesTheSameSteps() {
        Trajectory trajectory = Cavi.components(3).seed(1).run(ROWS);
        VariationalBayes estimator = VariationalBayes.components(3)
                .weights(WeightPrior.dirichlet(1))
                .gaussians(GaussianPrior.normal().mean(0, 0))
                .initialization(Initialization.responsibilities(
                        trajectory.step(0).posterior().responsibilities(ROWS)))
                .tolerance(0);
        for (int t = 1; t < 6; t++) {
            Fit<MixturePosterior> fit = estimator.maxIterations(t - 1).fit(ROWS);
            MixturePosterior expected = trajectory.step(t).posterior();
            for (int k = 0; k < 3; k++) {
                assertThat(fit.model().component(k).mean())
                        .containsExactly(expected.component(k).mean(), within(1e-11));
            }
            assertThat(fit.totalObjective()).isCloseTo(trajectory.step(t + 1).boundBeforeUpdate(), within(1e-10));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void randomClustersAreNeverEmpty(long seed) {
        Rows few = Rows.of(new double[] {0}, new double[] {1}, new double[] {4}, new double[] {9}, new double[] {11});
        Trajectory trajectory = Cavi.components(5).seed(seed).run(few);
        double[] means = trajectory.step(0).posterior().components().stream()
                .mapToDouble(component -> component.mean()[0])
                .sorted()
                .toArray();
        assertThat(means).containsExactly(0, 1, 4, 9, 11);
    }

    @Test
    void thresholdsGrowWithTheBound() {
        CoordinateAscent.StopRule rule = Cavi.stopRule(1e-5);
        assertThat(rule.converged(-100, -100 + 2e-5, 1)).isFalse();
        assertThat(rule.converged(-100, -100 + 5e-6, 1)).isTrue();
        assertThat(rule.converged(-100, -100 - 5e-5, 1)).isTrue();
        assertThatThrownBy(() -> rule.converged(-100, -100.001, 7))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("ELBO is going down! It fell from -100.0 to -100.001 in iteration 7; please report this");
        assertThatThrownBy(() -> rule.converged(-100, Double.NaN, 7)).isInstanceOf(IllegalStateException.class);
        assertThat(rule.converged(-1e10, -1e10 - 0.005, 1)).isTrue();
        assertThat(rule.converged(-1e10, -1e10 + 0.005, 1)).isTrue();
        assertThatThrownBy(() -> rule.converged(-1e10, -1e10 - 0.02, 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void stopsAtTheLimitAndSaysSo() {
        Fit<MixturePosterior> fit =
                Cavi.components(3).seed(1).maxIterations(2).run(ROWS).fit();
        assertThat(fit.stopReason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(fit.iterations()).isEqualTo(2);
        assertThat(fit.history()).hasSize(3);
    }

    @Test
    void saysWhatIsWrong() {
        Cavi cavi = Cavi.components(2);
        assertThatThrownBy(() -> Cavi.components(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("components is 0; a mixture has at least one");
        assertThatThrownBy(() -> cavi.nu(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prior precision nu is 0.0; it is positive and finite");
        assertThatThrownBy(() -> cavi.nu(Double.NaN))
                .hasMessage("prior precision nu is NaN; it is positive and finite");
        assertThatThrownBy(() -> cavi.alpha(-1))
                .hasMessage("weight concentration alpha is -1.0; it is positive and finite");
        assertThatThrownBy(() -> cavi.alpha(new double[] {1, 0}))
                .hasMessage("weight concentration alpha of component 1 is 0.0; it is positive and finite");
        assertThatThrownBy(() -> cavi.alpha(new double[] {1, 1, 1}).run(ROWS))
                .hasMessage("the weight prior is for 3 components, not 2");
        assertThatThrownBy(() -> cavi.phi(new double[] {1}).run(ROWS))
                .hasMessage("prior parameter phi has 1 values, the rows have 2 columns");
        assertThatThrownBy(() -> cavi.phi(Double.NaN)).hasMessage("prior parameter phi is NaN; it is finite");
        assertThatThrownBy(() -> cavi.tolerance(-1)).hasMessage("tol is -1.0; it is finite and not negative");
        assertThatThrownBy(() -> cavi.maxIterations(-1)).hasMessage("max_iter is -1; it is at least 0");
        assertThatThrownBy(() -> cavi.threads(0)).hasMessage("threads is 0; it is at least 1");
        assertThatThrownBy(() -> Cavi.components(61).run(ROWS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("61 components for 60 rows; ask for at most as many as there are rows");
        assertThatThrownBy(() -> cavi.run(Rows.of(new double[] {1}, new double[] {2}, new double[] {Double.NaN})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "row 2, column \"x0\" is NaN; every value must be a finite number: drop the row or fill the gap");
        Rows three = Rows.of(new double[] {1}, new double[] {2}, new double[] {3});
        assertThatThrownBy(() -> cavi.startClusters(new int[] {0, 0, 0}).run(three))
                .hasMessage("no row has label 1 of 2 components");
        assertThatThrownBy(() -> cavi.startClusters(new int[] {0, 1}).run(three))
                .hasMessage("2 labels for 3 rows");
        assertThatThrownBy(() -> cavi.startClusters(new int[] {0, 2, 1}).run(three))
                .hasMessage("label of row 1 is 2; with 2 components a label is between 0 and 1");
        assertThatThrownBy(() -> cavi.startClusters(new int[] {0, 0, 1}).run(three.weighted(new double[] {1, 1, 0})))
                .hasMessage(
                        "start cluster 1 of 2 has no row with weight, so it has no mean; give it a row or ask for fewer"
                                + " components");
        assertThat(List.of(cavi.toString())).first().asString().contains("method=cavi", "nu=1.0");
    }
}
