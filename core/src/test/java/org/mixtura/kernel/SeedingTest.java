package org.mixtura.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Rows;
import org.mixtura.testing.ComputedRows;
import org.mixtura.testing.Examples;

class SeedingTest {
    private static final double[] UNIT = {1};

    @Test
    void drawsByWeightAndSquaredDistance() {
        // From 0, 1, 3 with weights 1, 2, 1: P(first, second) = w/4 · w d² / Σ w d².
        Rows rows = Rows.of(new double[][] {{0}, {1}, {3}}).weighted(new double[] {1, 2, 1});
        Map<String, Integer> counts = new HashMap<>();
        int draws = 40_000;
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < draws; i++) {
            double[][] centres = Seeding.centres(rows, 2, UNIT, random, 1);
            counts.merge((int) centres[0][0] + "→" + (int) centres[1][0], 1, Integer::sum);
        }
        Map<String, Double> expected = Map.of(
                "0→1", 1 / 4.0 * 2 / 11,
                "0→3", 1 / 4.0 * 9 / 11,
                "1→0", 2 / 4.0 * 1 / 5,
                "1→3", 2 / 4.0 * 4 / 5,
                "3→0", 1 / 4.0 * 9 / 17,
                "3→1", 1 / 4.0 * 8 / 17);
        assertThat(counts.keySet()).isEqualTo(expected.keySet());
        expected.forEach((pair, probability) -> {
            double deviation = Math.sqrt(probability * (1 - probability) / draws);
            assertThat(counts.getOrDefault(pair, 0) / (double) draws)
                    .as(pair)
                    .isBetween(probability - 4 * deviation, probability + 4 * deviation);
        });
    }

    @Test
    void takesAWeightForRowsRepeatedInPlace() {
        double[][] once = Examples.clusters(3, 50, 2, 3, 5);
        double[] weights = new double[50];
        double[][] repeated = new double[50 * 3][];
        int at = 0;
        for (int i = 0; i < 50; i++) {
            weights[i] = i % 4;
            for (int c = 0; c < i % 4; c++) {
                repeated[at++] = once[i];
            }
        }
        double[] scales = {1, 2};
        for (long seed = 0; seed < 20; seed++) {
            double[][] weighted =
                    Seeding.centres(Rows.of(once).weighted(weights), 4, scales, new SplittableRandom(seed), 1);
            double[][] counted =
                    Seeding.centres(Rows.of(Arrays.copyOf(repeated, at)), 4, scales, new SplittableRandom(seed), 1);
            assertThat(weighted).isDeepEqualTo(counted);
        }
    }

    @Test
    void choosesTheSameForAnyThreads() {
        Rows rows = Rows.of(Examples.clusters(5, 400_000, 8, 5, 5));
        double[] scales = new double[8];
        Arrays.fill(scales, 1);
        double[][] one = Seeding.centres(rows, 5, scales, new SplittableRandom(1), 1);
        assertThat(Seeding.centres(rows, 5, scales, new SplittableRandom(1), 3)).isDeepEqualTo(one);
    }

    @Test
    void findsAsManyCentresAsThereAreDifferentRows() {
        Rows rows = Rows.of(new double[][] {{1}, {1}, {2}, {2}, {5}}).weighted(new double[] {1, 1, 1, 1, 0});
        assertThat(Seeding.centres(rows, 4, UNIT, new SplittableRandom(2), 1)).hasNumberOfRows(2);
        assertThat(Seeding.distinctRows(rows, 4)).isEqualTo(2);
        assertThat(Seeding.distinctRows(rows, 1)).isEqualTo(1);
    }

    @Test
    void takesZeroAndMinusZeroForOneValue() {
        assertThat(Seeding.distinctRows(Rows.of(new double[][] {{0.0}, {-0.0}}), 2))
                .isEqualTo(1);
    }

    /** So many columns that only 1,024 rows are looked at; the rows that differ, or count, are few and may all be missed. */
    private static Rows mostlyTheSame(int different, double weightOfTheSame) {
        int d = 4096;
        double[] same = new double[d];
        ComputedRows rows = new ComputedRows(1500, d, n -> {
            if (n % 300 != 7 || n / 300 >= different) {
                return same;
            }
            double[] other = new double[d];
            other[0] = n;
            return other;
        });
        double[] weights = new double[1500];
        Arrays.setAll(weights, n -> n % 300 == 7 && n / 300 < different ? 1 : weightOfTheSame);
        return rows.weighted(weights);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1})
    void looksAtAllRowsIfASampleHasTooFewCentres(double weightOfTheSame) {
        double[] scales = new double[4096];
        Arrays.fill(scales, 1);
        Rows rows = mostlyTheSame(5, weightOfTheSame);
        int wanted = weightOfTheSame > 0 ? 6 : 5;
        for (long seed = 0; seed < 2; seed++) {
            assertThat(Seeding.centres(rows, wanted, scales, new SplittableRandom(seed), 1))
                    .hasNumberOfRows(wanted);
        }
    }

    @Test
    void looksAtAllRowsIfASampleHasNoWeight() {
        double[] scales = new double[4096];
        Arrays.fill(scales, 1);
        for (long seed = 0; seed < 2; seed++) {
            double[][] centres = Seeding.centres(mostlyTheSame(1, 0), 1, scales, new SplittableRandom(seed), 1);
            assertThat(centres).hasNumberOfRows(1);
            assertThat(centres[0][0]).isEqualTo(7);
        }
    }
}
