package org.mixtura.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.numbers.gamma.LogBeta;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightPriorTest {
    private static final double[] COUNTS = {4, 0, 2.5};

    @Test
    void dirichletAddsCounts() {
        WeightPosterior posterior = WeightPrior.dirichlet(0.5).posterior(COUNTS);
        assertThat(posterior.distributions()).containsExactly(Dirichlet.of(4.5, 0.5, 3));
        assertThat(posterior.mean()).containsExactly(4.5 / 8, 0.5 / 8, 3.0 / 8);
        assertThat(WeightPrior.dirichlet(new double[] {0.5, 0.5, 0.5}).posterior(COUNTS))
                .isEqualTo(posterior);
        assertThat(WeightPrior.dirichlet().posterior(new double[4]).distributions())
                .containsExactly(Dirichlet.of(0.25, 0.25, 0.25, 0.25));
    }

    @Test
    void sticksCountWhatLiesBeyondThem() {
        WeightPosterior posterior = WeightPrior.stickBreaking(1.5).posterior(COUNTS);
        assertThat(posterior.distributions())
                .containsExactly(Dirichlet.of(5, 4), Dirichlet.of(1, 4), Dirichlet.of(3.5, 1.5));
        double[] expected = {5 / 9.0, 4 / 9.0 * (1 / 5.0), 4 / 9.0 * (4 / 5.0) * (3.5 / 5)};
        double sum = expected[0] + expected[1] + expected[2];
        for (int k = 0; k < 3; k++) {
            assertThat(posterior.mean()[k]).isCloseTo(expected[k] / sum, within(1e-15));
        }
        double[] first = Dirichlet.of(5, 4).expectedLog();
        double[] second = Dirichlet.of(1, 4).expectedLog();
        assertThat(posterior.expectedLog()[1]).isCloseTo(first[1] + second[0], within(1e-15));
        assertThat(posterior.divergence())
                .isCloseTo(
                        posterior.distributions().stream()
                                .mapToDouble(beta -> beta.klDivergence(Dirichlet.of(1, 1.5)))
                                .sum(),
                        within(1e-14));
    }

    @Test
    void fixedWeightsLearnNothing() {
        WeightPosterior posterior =
                WeightPrior.fixed(new double[] {0.5, 0.25, 0.25}).posterior(COUNTS);
        assertThat(posterior.mean()).containsExactly(0.5, 0.25, 0.25);
        assertThat(posterior.expectedLog()).containsExactly(Math.log(0.5), Math.log(0.25), Math.log(0.25));
        assertThat(posterior.divergence()).isZero();
        assertThat(WeightPrior.fixed().posterior(new double[2]).mean()).containsExactly(0.5, 0.5);
    }

    /** Σ_k ln B(1 + N_k, α + Σ_{j>k} N_j), all that the bound owes to the order of the sticks. */
    private static double orderTerm(double alpha, List<Double> counts) {
        double sum = 0;
        double beyond = 0;
        for (int k = counts.size() - 1; k >= 0; k--) {
            sum += LogBeta.value(1 + counts.get(k), alpha + beyond);
            beyond += counts.get(k);
        }
        return sum;
    }

    private static void permutations(List<Double> head, List<Double> tail, List<List<Double>> into) {
        if (tail.isEmpty()) {
            into.add(head);
        }
        for (int i = 0; i < tail.size(); i++) {
            List<Double> longer = new ArrayList<>(head);
            longer.add(tail.get(i));
            List<Double> rest = new ArrayList<>(tail);
            rest.remove(i);
            permutations(longer, rest, into);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noOrderOfSticksIsBetterThanLargestFirst(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double alpha = Math.pow(10, 4 * random.nextDouble() - 2);
        List<Double> counts = new ArrayList<>(random.doubles(5, 0, 20)
                .boxed()
                .sorted((a, b) -> Double.compare(b, a))
                .toList());
        double best = orderTerm(alpha, counts);
        List<List<Double>> all = new ArrayList<>();
        permutations(List.of(), counts, all);
        assertThat(all)
                .hasSize(120)
                .allSatisfy(order -> assertThat(orderTerm(alpha, order)).isLessThanOrEqualTo(best + 1e-12));
    }

    @Test
    void exchangeableArePriorsThatTreatComponentsAlike() {
        assertThat(WeightPrior.fixed().exchangeable()).isTrue();
        assertThat(WeightPrior.fixed(new double[] {0.75, 0.25}).exchangeable()).isFalse();
        assertThat(WeightPrior.dirichlet(2).exchangeable()).isTrue();
        assertThat(WeightPrior.dirichlet(new double[] {2, 1}).exchangeable()).isFalse();
        assertThat(WeightPrior.dirichlet(new double[] {2, 2}).exchangeable()).isTrue();
        assertThat(WeightPrior.stickBreaking().exchangeable()).isFalse();
    }

    @Test
    void saysWhatIsWrong() {
        String concentration = "weight concentration alpha is -1.0; it is positive and finite";
        assertThatThrownBy(() -> WeightPrior.dirichlet(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(concentration);
        assertThatThrownBy(() -> WeightPrior.stickBreaking(-1)).hasMessage(concentration);
        assertThatThrownBy(() -> WeightPrior.dirichlet(Double.NaN)).hasMessageContaining("alpha is NaN");
        assertThatThrownBy(() -> WeightPrior.dirichlet(new double[] {1, -1}))
                .hasMessage("weight concentration alpha of component 1 is -1.0; it is positive and finite");
        assertThatThrownBy(() -> WeightPrior.fixed(new double[] {1.5, -0.5}))
                .hasMessage("weight of component 1 is -0.5; a weight is between 0 and 1");
        assertThatThrownBy(() -> WeightPrior.fixed(new double[] {0.5, 0.4}))
                .hasMessage("weights sum to 0.9; they must sum to 1 within 1.0E-9");
        assertThatThrownBy(() -> WeightPrior.dirichlet(new double[] {1, 1}).posterior(COUNTS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the weight prior is for 2 components, not 3");
        assertThatThrownBy(() -> WeightPrior.fixed(new double[] {0.5, 0.5}).posterior(COUNTS))
                .hasMessage("the weight prior is for 2 components, not 3");
    }
}
