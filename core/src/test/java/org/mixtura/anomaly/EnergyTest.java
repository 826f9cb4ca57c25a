package org.mixtura.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Rows;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

class EnergyTest {
    private static final GaussianMixture MIXTURE = RandomMixtures.of(3, 4, 21);
    private static final Energy ENERGY = Energy.of(MIXTURE);
    private static final Rows ROWS = Rows.of(MIXTURE.sample(5000, new SplittableRandom(22)));

    private static double[] logDensities() {
        return MIXTURE.logDensity(ROWS);
    }

    @Test
    void isMinusTheLogDensity() {
        double[] expected = Arrays.stream(logDensities()).map(value -> -value).toArray();
        assertThat(ENERGY.scores(ROWS)).containsExactly(expected);
        assertThat(ENERGY.mean(ROWS))
                .isCloseTo(Arrays.stream(expected).average().orElseThrow(), within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void streamsTheSameBitsInOrder(int threads) {
        double[] streamed = new double[5000];
        long[] next = new long[1];
        ENERGY.score(ROWS, threads, (first, count, energies) -> {
            assertThat(first).isEqualTo(next[0]);
            next[0] = first + count;
            System.arraycopy(energies, 0, streamed, (int) first, count);
        });
        assertThat(next[0]).isEqualTo(5000);
        assertThat(streamed).containsExactly(ENERGY.scores(ROWS));
    }

    @Test
    void theThresholdLeavesOneInAHundredAbove() {
        double threshold = ENERGY.threshold(ROWS, 0.99);
        double[] sorted = ENERGY.scores(ROWS);
        Arrays.sort(sorted);
        assertThat(threshold).isEqualTo(sorted[4949]);
        boolean[] flags = ENERGY.flags(ROWS, threshold);
        double[] energies = ENERGY.scores(ROWS);
        int flagged = 0;
        for (int i = 0; i < flags.length; i++) {
            assertThat(flags[i]).isEqualTo(energies[i] > threshold);
            flagged += flags[i] ? 1 : 0;
        }
        assertThat(flagged).isEqualTo(50);
    }

    @Test
    void weightsCountRows() {
        double[] weights = new double[5000];
        weights[17] = 2;
        weights[99] = 1;
        Rows weighted = ROWS.weighted(weights);
        double[] energies = ENERGY.scores(ROWS);
        assertThat(ENERGY.mean(weighted)).isCloseTo((2 * energies[17] + energies[99]) / 3, within(1e-14));
        assertThat(ENERGY.calibrate(weighted)).isEqualTo(Calibration.of(energies[17], energies[17], energies[99]));
    }

    @Test
    void aRowOfWeightZeroMayHoldAnything() {
        Rows rows = Rows.of(new double[] {1}, new double[] {Double.NaN});
        Energy energy = Energy.of(standardNormal());
        assertThatThrownBy(() -> energy.scores(rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("row 1, column \"x0\" is NaN");
        Rows weighted = rows.weighted(new double[] {2, 0});
        double expected = energy.scores(Rows.of(new double[] {1}))[0];
        assertThat(energy.scores(weighted)).containsExactly(expected, Double.NaN);
        assertThat(energy.mean(weighted)).isEqualTo(expected);
        assertThat(energy.threshold(weighted, 1)).isEqualTo(expected);
        assertThat(energy.flags(weighted, 0)).containsExactly(true, false);
    }

    @Test
    void isFiniteUntilSquaresOverflow() {
        Energy energy = Energy.of(standardNormal());
        double[] energies = energy.scores(Rows.of(new double[] {1e4}, new double[] {1e150}, new double[] {1e200}));
        assertThat(energies[0]).isCloseTo(5e7 + 0.5 * Math.log(2 * Math.PI), within(1e-7));
        assertThat(energies[1]).isCloseTo(5e299, within(1e285));
        assertThat(energies[2]).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void refusesRowsThatDoNotFit() {
        assertThatThrownBy(() -> ENERGY.scores(Rows.of(new double[3])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rows of 3 columns for an energy over 4 columns");
        assertThatThrownBy(() -> ENERGY.mean(Rows.of(new double[] {0, 0, Double.NaN, 0})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row 0, column \"x2\" is NaN; every value must be a finite number: "
                        + "drop the row or fill the gap");
        assertThatThrownBy(() -> ENERGY.flags(ROWS, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("threshold is NaN; a threshold is a number of nats");
    }

    private static GaussianMixture standardNormal() {
        return GaussianMixture.of(new double[] {1}, List.of(Gaussian.of(new double[1], Covariance.spherical(1, 1))));
    }
}
