package org.mixtura.report.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.anomaly.Energy;
import org.mixtura.data.Matrix;
import org.mixtura.data.Rows;
import org.mixtura.mixture.Box;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.mixture.Imputation;
import org.mixtura.mixture.NoisyMixture;
import org.mixtura.mixture.StudentMixture;

/** Against the definitions, written out over the matrix of responsibilities. */
class SurveyTest {
    private static final GaussianMixture MIXTURE = GaussianMixture.of(
            new double[] {0.5, 0.3, 0.2},
            List.of(
                    Gaussian.of(new double[] {0, 0}, Covariance.diagonal(1, 2)),
                    Gaussian.of(new double[] {2, 1}, Covariance.diagonal(1, 1)),
                    Gaussian.of(new double[] {-3, 4}, Covariance.diagonal(0.5, 1))));

    private static Rows rows(int count, boolean weighted) {
        SplittableRandom random = new SplittableRandom(11);
        Rows rows = Rows.of(MIXTURE.sample(count, random));
        double[] weights = new double[count];
        for (int i = 0; i < count; i++) {
            weights[i] = i % 5 == 0 ? 0 : 1 + i % 3;
        }
        return weighted ? rows.weighted(weights) : rows;
    }

    private static double weight(int row, boolean weighted) {
        return weighted ? (row % 5 == 0 ? 0 : 1 + row % 3) : 1;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void countsAsTheDefinitions(boolean weighted) {
        int n = 3000;
        Rows rows = rows(n, weighted);
        Survey survey = Survey.of(MIXTURE, rows, 100, 2);
        Matrix r = MIXTURE.responsibilities(rows);
        double[] counts = new double[3];
        double[][] assigned = new double[3][3];
        double[] certainty = new double[Survey.CERTAINTY_BINS];
        double sure = 0;
        double total = 0;
        for (int i = 0; i < n; i++) {
            double[] shares = r.row(i);
            int label = GaussianMixture.largest(shares, 0, 3);
            total += weight(i, weighted);
            sure += shares[label] >= 0.9 ? weight(i, weighted) : 0;
            certainty[Math.min(49, (int) (shares[label] * 50))] += weight(i, weighted);
            for (int k = 0; k < 3; k++) {
                counts[k] += weight(i, weighted) * shares[k];
                assigned[k][label] += weight(i, weighted) * shares[k];
            }
        }
        assertThat(survey.counts()).containsExactly(counts, within(1e-9));
        assertThat(survey.certainty()).containsExactly(certainty);
        assertThat(survey.shareSure()).isCloseTo(sure / total, within(1e-12));
        for (int k = 0; k < 3; k++) {
            for (int l = 0; l < 3; l++) {
                assertThat(survey.assigned(k, l)).isCloseTo(assigned[k][l] / counts[k], within(1e-12));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void findsTheOddestRows(boolean weighted) {
        Rows rows = rows(2000, weighted);
        double[] energies = Energy.of(MIXTURE).scores(rows);
        long[] expected = IntStream.range(0, 2000)
                .filter(i -> weight(i, weighted) > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -energies[i]))
                .limit(50)
                .mapToLong(i -> i)
                .toArray();
        List<OddRow> oddest = Survey.of(MIXTURE, rows, 10, 2).oddest();
        assertThat(oddest.stream().mapToLong(OddRow::row))
                .containsExactly(Arrays.stream(expected).boxed().toArray(Long[]::new));
        assertThat(oddest.get(0).energy()).isEqualTo(energies[(int) expected[0]]);
        assertThat(oddest.get(0).label()).isEqualTo(MIXTURE.labels(rows)[(int) expected[0]]);
    }

    @Test
    void ofEqualEnergiesTheEarlierRowsStay() {
        OddestRows oddest = new OddestRows(2);
        for (int row = 0; row < 5; row++) {
            oddest.accept(row, 1, 0);
        }
        assertThat(oddest.rows()).extracting(OddRow::row).containsExactly(0L, 1L);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theThresholdIsTheQuantile(boolean weighted) {
        Rows rows = rows(3000, weighted);
        EnergySpread energies = Survey.of(MIXTURE, rows, 10, 2).energies();
        assertThat(energies.threshold()).isEqualTo(Energy.of(MIXTURE).threshold(rows, 0.99));
        double[] scores = Energy.of(MIXTURE).scores(rows);
        double above = 0;
        double total = 0;
        for (int i = 0; i < scores.length; i++) {
            total += weight(i, weighted);
            above += scores[i] > energies.threshold() ? weight(i, weighted) : 0;
        }
        assertThat(energies.above()).isCloseTo(above / total, within(1e-12));
        assertThat(Arrays.stream(energies.weights()).sum() + energies.beyond()).isCloseTo(total, within(1e-9));
        assertThat(energies.from()).isLessThan(energies.threshold());
        assertThat(energies.to()).isGreaterThan(energies.threshold());
    }

    @Test
    void aWildRowDoesNotPressTheOthersTogether() {
        double[][] values = MIXTURE.sample(1000, new SplittableRandom(1)).toRows();
        values[7] = new double[] {1e200, 0};
        values[8] = new double[] {1e9, 0};
        Survey survey = Survey.of(MIXTURE, Rows.of(values), 10, 1);
        assertThat(survey.energies().to()).isLessThan(100);
        assertThat(survey.energies().beyond()).isEqualTo(2);
        assertThat(survey.oddest()).extracting(OddRow::row).startsWith(7L, 8L);
        assertThat(survey.oddest().get(0).energy()).isInfinite();
    }

    @Test
    void drawsEveryRowEquallyOften() {
        int[] drawn = new int[20];
        // A reservoir has one seed, so it is the place of rows among others that varies.
        for (int shift = 0; shift < 4000; shift++) {
            Reservoir reservoir = new Reservoir(5);
            for (int i = 0; i < 20; i++) {
                reservoir.accept((i + shift) % 20, 0);
            }
            for (long row : reservoir.rows()) {
                drawn[(int) row]++;
            }
        }
        assertThat(Arrays.stream(drawn).sum()).isEqualTo(20_000);
        assertThat(drawn).containsOnly(1000);
    }

    @Test
    void aSampleIsUniformOverALongStream() {
        Reservoir reservoir = new Reservoir(1000);
        for (int i = 0; i < 100_000; i++) {
            reservoir.accept(i, i % 7);
        }
        long[] rows = reservoir.rows();
        assertThat(rows).hasSize(1000).isSorted().doesNotHaveDuplicates();
        // Counts of ten tenths: χ² with 9 degrees of freedom, 27.9 at 0.001.
        double square = 0;
        for (int tenth = 0; tenth < 10; tenth++) {
            int from = tenth * 10_000;
            long count = Arrays.stream(rows)
                    .filter(row -> row >= from && row < from + 10_000)
                    .count();
            square += (count - 100.0) * (count - 100.0) / 100;
        }
        assertThat(square).isLessThan(27.9);
        int[] labels = reservoir.labels();
        for (int i = 0; i < rows.length; i++) {
            assertThat(labels[i]).isEqualTo((int) (rows[i] % 7));
        }
    }

    @Test
    void fewRowsAreAllDrawnButThoseOfWeightZero() {
        Rows rows = rows(20, true);
        Survey survey = Survey.of(MIXTURE, rows, 100, 1);
        assertThat(survey.rows()).isEqualTo(16);
        assertThat(survey.sample()).hasSize(16).doesNotContain(0, 5, 10, 15);
        assertThat(survey.sampledLabels()).hasSize(16);
    }

    /** Tails and gaps against responsibilities and densities as the mixture gives them row by row. */
    @Test
    void asksAMixtureWithTails() {
        StudentMixture tailed = StudentMixture.of(MIXTURE, 2, 5, 50);
        double[][] values = tailed.sample(500, new SplittableRandom(6)).toRows();
        for (int i = 0; i < 500; i += 5) {
            values[i][i % 2] = Double.NaN;
        }
        Rows rows = Rows.of(values).withGaps();
        Survey survey = Survey.of(tailed, rows, 500, 2);
        Matrix r = tailed.responsibilities(rows);
        int[] labels = tailed.labels(rows);
        double[] counts = new double[3];
        for (int i = 0; i < 500; i++) {
            for (int k = 0; k < 3; k++) {
                counts[k] += r.get(i, k);
            }
        }
        assertThat(survey.counts()).containsExactly(counts, within(1e-9));
        Imputation imputation = Imputation.of(tailed);
        for (OddRow odd : survey.oddest()) {
            double[] whole = imputation.complete(values[(int) odd.row()]).mean();
            assertThat(odd.energy()).isCloseTo(-tailed.logDensity(whole), within(1e-9));
            assertThat(odd.label()).isEqualTo(labels[(int) odd.row()]);
        }
    }

    /** Noise and gaps against responsibilities and energies as the mixtures give them row by row. */
    @Test
    void tellsNoiseFromComponentsAndFillsGaps() {
        NoisyMixture noisy =
                NoisyMixture.of(MIXTURE, 0.2, Box.of(new double[] {-10, -10}, new double[][] {{20, 0}, {0, 20}}));
        double[][] values = noisy.sample(500, new SplittableRandom(5)).toRows();
        for (int i = 0; i < 500; i += 4) {
            values[i][i % 8 == 0 ? 0 : 1] = Double.NaN;
        }
        values[13] = new double[] {Double.NaN, Double.NaN};
        Rows rows = Rows.of(values).withGaps();
        Survey survey = Survey.of(MIXTURE, Optional.of(noisy), rows, 500, 2);
        Matrix r = noisy.responsibilities(rows);
        int[] labels = noisy.labels(rows);
        double noise = 0;
        double[] counts = new double[3];
        for (int i = 0; i < 500; i++) {
            noise += i == 13 ? 0 : r.get(i, 3);
            for (int k = 0; k < 3; k++) {
                counts[k] += i == 13 ? 0 : r.get(i, k);
            }
        }
        assertThat(survey.rows()).isEqualTo(499);
        assertThat(survey.noise()).isCloseTo(noise, within(1e-9));
        assertThat(survey.counts()).containsExactly(counts, within(1e-9));
        long[] sample = survey.sample();
        for (int i = 0; i < sample.length; i++) {
            assertThat(survey.sampledLabels()[i]).isEqualTo(labels[(int) sample[i]]);
        }
        Imputation imputation = Imputation.of(MIXTURE);
        for (OddRow odd : survey.oddest()) {
            double[] whole = imputation.complete(values[(int) odd.row()]).mean();
            assertThat(odd.energy()).isCloseTo(-MIXTURE.logDensity(whole), within(1e-9));
            assertThat(odd.label()).isEqualTo(labels[(int) odd.row()]);
        }
    }
}
