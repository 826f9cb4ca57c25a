package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.mixtura.data.Rows;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.testing.Examples;

class LikelihoodRatioTestTest {
    private static final Em ONE = Em.components(1);

    @Test
    void oldFaithfulHasMoreThanOneComponent() {
        LikelihoodRatioTest test = LikelihoodRatioTest.of(ONE, Em.components(2), Examples.faithful(), 19);
        assertThat(test.pValue()).isEqualTo(1.0 / 20);
        double logLikelihoods = test.larger().logLikelihood() - test.smaller().logLikelihood();
        assertThat(test.statistic()).isEqualTo(2 * logLikelihoods).isGreaterThan(300);
        assertThat(test.simulated()).hasSize(19);
        assertThat(Arrays.stream(test.simulated()).max().orElseThrow()).isLessThan(60);
    }

    /** Under the smaller mixture p-values are uniform; of 40 tests at B = 19 each tenth lies below 0.1. */
    @Test
    void keepsItsLevel() {
        long refuted = 0;
        for (long seed = 0; seed < 40; seed++) {
            Rows rows = Rows.of(Examples.clusters(seed, 60, 1, 1, 0));
            LikelihoodRatioTest test = LikelihoodRatioTest.of(
                    ONE.seed(seed),
                    Em.components(2).search(Search.NONE).maxIterations(30).seed(seed),
                    rows,
                    19);
            refuted += test.pValue() <= 0.1 ? 1 : 0;
        }
        // Binomial (40, 0.1): more than 10 in one case of 700.
        assertThat(refuted).isBetween(0L, 10L);
    }

    @Test
    void weightsCountAsRows() {
        Rows rows = Examples.faithful();
        double[] weights = new double[(int) rows.count()];
        Arrays.fill(weights, 0.25);
        LikelihoodRatioTest test = LikelihoodRatioTest.of(ONE, Em.components(2), rows.weighted(weights), 3);
        GaussianMixture model = test.smaller().model();
        assertThat(test.smaller().totalWeight()).isEqualTo(rows.count() * 0.25);
        assertThat(model.size()).isEqualTo(1);
        assertThat(test.pValue()).isEqualTo(0.25);
    }

    /** Were the replicates whole, their statistics would be those of other rows than these. */
    @Test
    void drawsRowsThatMissTheSameValues() {
        double[][] values = Examples.values("faithful", 2);
        for (int i = 0; i < values.length; i++) {
            values[i][0] = i % 2 == 0 ? Double.NaN : values[i][0];
        }
        Em two = Em.components(2).search(Search.NONE);
        LikelihoodRatioTest gapped =
                LikelihoodRatioTest.of(ONE, two, Rows.of(values).withGaps(), 9);
        assertThat(gapped.pValue()).isEqualTo(0.1);
        assertThat(gapped.statistic()).isBetween(80.0, 300.0);
        // Rows of one column, and half of them of two: what the second component gains is less than of whole rows.
        LikelihoodRatioTest whole = LikelihoodRatioTest.of(ONE, two, Examples.faithful(), 9);
        assertThat(Arrays.stream(gapped.simulated()).sum())
                .isNotEqualTo(Arrays.stream(whole.simulated()).sum());
        double[] weights = new double[values.length];
        Arrays.fill(weights, 1);
        LikelihoodRatioTest weighted =
                LikelihoodRatioTest.of(ONE, two, Rows.of(values).withGaps().weighted(weights), 9);
        assertThat(weighted.simulated()).isEqualTo(gapped.simulated());
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> LikelihoodRatioTest.of(ONE, ONE, Examples.faithful(), 0))
                .hasMessage("resamples is 0; a test takes at least 1, better 99");
    }
}
