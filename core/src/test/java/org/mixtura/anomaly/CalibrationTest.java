package org.mixtura.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Rows;
import org.mixtura.mixture.GaussianMixture;

class CalibrationTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    @Test
    void quantileIsTheInverseOfTheDistributionFunction() {
        Calibration calibration = Calibration.of(4, -1, 7, 2);
        assertThat(calibration.quantile(1e-9)).isEqualTo(-1);
        assertThat(calibration.quantile(0.25)).isEqualTo(-1);
        assertThat(calibration.quantile(0.26)).isEqualTo(2);
        assertThat(calibration.quantile(0.5)).isEqualTo(2);
        assertThat(calibration.quantile(0.75)).isEqualTo(4);
        assertThat(calibration.quantile(0.99)).isEqualTo(7);
        assertThat(calibration.quantile(1)).isEqualTo(7);
    }

    @Test
    void everyPercentOfAHundredRowsIsARow() {
        double[] energies = new double[100];
        Arrays.setAll(energies, i -> i + 1);
        Calibration calibration = Calibration.of(energies);
        for (int percent = 1; percent <= 100; percent++) {
            assertThat(calibration.quantile(percent / 100.0)).isEqualTo(percent);
        }
    }

    @Test
    void pValuesCountTheRowsAtLeastAsHigh() {
        Calibration calibration = Calibration.of(4, -1, 4, 0.0);
        assertThat(calibration.pValue(-2)).isEqualTo(1);
        assertThat(calibration.pValue(-1)).isEqualTo(1);
        assertThat(calibration.pValue(-0.5)).isEqualTo(4 / 5.0);
        assertThat(calibration.pValue(-0.0)).isEqualTo(4 / 5.0);
        assertThat(calibration.pValue(4)).isEqualTo(3 / 5.0);
        assertThat(calibration.pValue(4.5)).isEqualTo(1 / 5.0);
        assertThat(calibration.pValue(INFINITY)).isEqualTo(1 / 5.0);
    }

    @Test
    void aRowTooFarAwayHasInfiniteEnergy() {
        Calibration calibration = Calibration.of(1, INFINITY);
        assertThat(calibration.pValue(INFINITY)).isEqualTo(2 / 3.0);
        assertThat(calibration.quantile(1)).isEqualTo(INFINITY);
    }

    @Test
    void aWeightIsARowSeveralTimes() {
        Calibration weighted = Calibration.of(new double[] {3, 1, Double.NaN, 2, 1}, new double[] {2, 1, 0, 3, 1});
        assertThat(weighted).isEqualTo(Calibration.of(1, 1, 2, 2, 2, 3, 3)).hasSameHashCodeAs(weighted);
        assertThat(weighted.weight()).isEqualTo(7);
        assertThat(weighted).hasToString("3 different energies from 1.0 to 3.0, weight 7.0");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 19, 20, 99, 100, 1000})
    void theThresholdAtARateIsTheLineAtThatPValue(int n) {
        RandomGenerator random = new SplittableRandom(n);
        double[] energies = new double[n];
        Arrays.setAll(energies, i -> Math.rint(50 * random.nextGaussian()) / 10);
        double[] weights = new double[n];
        Arrays.setAll(weights, i -> 0.1 + random.nextDouble());
        for (Calibration calibration :
                new Calibration[] {Calibration.of(energies), Calibration.of(energies, weights)}) {
            for (double rate : new double[] {0.001, 0.01, 0.05, 0.1, 0.5, 0.9}) {
                if (rate * (1 + calibration.weight()) < 1) {
                    continue;
                }
                double threshold = calibration.thresholdAtRate(rate);
                assertThat(energies).contains(threshold);
                for (double energy : energies) {
                    for (double e : new double[] {energy, Math.nextUp(energy), Math.nextDown(energy)}) {
                        assertThat(e > threshold).isEqualTo(calibration.pValue(e) <= rate);
                    }
                }
            }
        }
    }

    @Test
    void theThresholdAtARateIsAnOrderStatistic() {
        double[] energies = new double[99];
        Arrays.setAll(energies, i -> i + 1);
        Calibration calibration = Calibration.of(energies);
        assertThat(calibration.thresholdAtRate(0.01)).isEqualTo(99); // ⌈0.99 · 100⌉
        assertThat(calibration.thresholdAtRate(0.05)).isEqualTo(95);
        assertThat(calibration.thresholdAtRate(0.055)).isEqualTo(95); // ⌈94.5⌉
        assertThatThrownBy(() -> calibration.thresholdAtRate(0.009))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("false-positive rate 0.009 is below 1/100.0, the smallest p-value that 99.0 rows can give; "
                        + "take more rows or a higher rate");
    }

    /**
     * Hold-outs of 19 rows, each with one fresh row, under a mixture that is not theirs: the p-value is uniform on 1/20, …,
     * 20/20. By the Dvoretzky–Kiefer–Wolfowitz inequality the distribution of 20,000 is off by more than 1.95/√20,000
     * somewhere with probability at most 2 exp(−2 · 1.95²) = 1e-3.
     */
    @Test
    void pValuesOfFreshRowsAreUniformWhateverTheModel() {
        int trials = 20_000;
        int holdOut = 19;
        GaussianMixture truth = RandomMixtures.of(3, 2, 1);
        Energy energy = Energy.of(RandomMixtures.of(2, 2, 2));
        double[] energies = energy.scores(Rows.of(truth.sample(trials * (holdOut + 1), new SplittableRandom(3))));
        int[] counts = new int[holdOut + 2];
        for (int t = 0; t < trials; t++) {
            int first = t * (holdOut + 1);
            Calibration calibration = Calibration.of(Arrays.copyOfRange(energies, first, first + holdOut));
            double pValue = calibration.pValue(energies[first + holdOut]);
            counts[(int) Math.rint(pValue * (holdOut + 1))]++;
        }
        int sum = 0;
        for (int rank = 1; rank <= holdOut + 1; rank++) {
            sum += counts[rank];
            assertThat((double) sum / trials).isCloseTo(rank / (holdOut + 1.0), within(1.95 / Math.sqrt(trials)));
        }
        assertThat(sum).isEqualTo(trials);
    }

    @Test
    void refusesBadNumbers() {
        Calibration calibration = Calibration.of(1, 2, 3);
        assertMessage(
                () -> calibration.quantile(99), "level is 99.0; it is above 0 and at most 1: write 0.99 for 99 %");
        assertMessage(() -> calibration.quantile(0), "level is 0.0; it is above 0 and at most 1: write 0.99 for 99 %");
        assertMessage(
                () -> calibration.thresholdAtRate(1),
                "false-positive rate is 1.0; it is between 0 and 1: write 0.01 for 1 %");
        assertMessage(() -> calibration.pValue(Double.NaN), "energy is NaN; an energy is a number");
        assertMessage(() -> Calibration.of(1, Double.NaN), "energy of row 1 is NaN; an energy is a number");
        assertMessage(Calibration::of, "no energies to calibrate with; there must be at least one");
        assertMessage(
                () -> Calibration.of(new double[] {1, 2}, new double[] {1, -1}),
                "weight of row 1 is -1.0; a weight is finite and not negative");
    }

    private static void assertMessage(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
