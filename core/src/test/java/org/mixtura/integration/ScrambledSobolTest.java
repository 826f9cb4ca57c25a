package org.mixtura.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScrambledSobolTest {
    private static double[][] points(int dimension, int count, long seed) {
        ScrambledSobol sequence = new ScrambledSobol(dimension, new SplittableRandom(seed), 0);
        double[][] points = new double[count][dimension];
        for (double[] point : points) {
            sequence.nextUniform(point);
        }
        return points;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void putsOnePointIntoEachIntervalOfEachAxis(long seed) {
        int count = 1 << 10;
        double[][] points = points(DirectionNumbers.dimensions(), count, seed);
        for (int j = 0; j < DirectionNumbers.dimensions(); j++) {
            boolean[] taken = new boolean[count];
            for (double[] point : points) {
                int cell = (int) (point[j] * count);
                assertThat(taken[cell]).isFalse();
                taken[cell] = true;
            }
        }
    }

    /** Scrambling keeps t: each elementary interval of area 2^{t−m} holds 2^t of 2^m points, counted one by one. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void fillsElementaryIntervalsEvenly(long seed) {
        int m = 8;
        int dimensions = 12;
        double[][] points = points(dimensions, 1 << m, seed);
        for (int i = 0; i < dimensions; i++) {
            for (int j = 0; j < i; j++) {
                int t = DirectionSearch.quality(DirectionNumbers.columns(i), DirectionNumbers.columns(j), m);
                for (int rows = 0; rows <= m - t; rows++) {
                    int columns = m - t - rows;
                    int[] counts = new int[1 << (m - t)];
                    for (double[] point : points) {
                        int cell = (int) (point[i] * (1 << rows)) << columns | (int) (point[j] * (1 << columns));
                        counts[cell]++;
                    }
                    assertThat(counts).containsOnly(1 << t);
                }
            }
        }
    }

    @Test
    void goesOnFromAnyIndex() {
        double[][] points = points(7, 1000, 5);
        ScrambledSobol later = new ScrambledSobol(7, new SplittableRandom(5), 777);
        double[] point = new double[7];
        for (int n = 777; n < 1000; n++) {
            later.nextUniform(point);
            assertThat(point).isEqualTo(points[n]);
        }
    }

    /** Variance of order n^−3 instead of n^−1: the mean of a smooth function of three columns, over 64 scrambles. */
    @Test
    void averagesSmoothFunctionsFasterThanRandomPoints() {
        double[] errors = new double[2];
        for (int level = 0; level < 2; level++) {
            int count = level == 0 ? 1 << 6 : 1 << 10;
            double squares = 0;
            double sum = 0;
            for (long seed = 0; seed < 64; seed++) {
                double mean = Arrays.stream(points(3, count, seed))
                        .mapToDouble(u -> Math.exp(u[0] + 0.5 * u[1] - u[2]))
                        .average()
                        .orElseThrow();
                double truth = (Math.E - 1) * 2 * (Math.exp(0.5) - 1) * (1 - Math.exp(-1));
                squares += (mean - truth) * (mean - truth);
                sum += mean - truth;
            }
            errors[level] = Math.sqrt(squares / 64);
            // unbiased: the mean error lies within four of its standard errors
            assertThat(sum / 64).isCloseTo(0, within(4 * errors[level] / 8));
        }
        // 16 times the points: 4 times smaller at random, here at least 20 times
        assertThat(errors[0] / errors[1]).isGreaterThan(20);
    }

    @Test
    void mapsToTheNormalDistribution() {
        ScrambledSobol uniform = new ScrambledSobol(1, new SplittableRandom(3), 0);
        ScrambledSobol normal = new ScrambledSobol(1, new SplittableRandom(3), 0);
        double[] u = new double[1];
        double[] z = new double[1];
        for (int n = 0; n < 1000; n++) {
            uniform.nextUniform(u);
            normal.next(z);
            assertThat(distribution(z[0])).isCloseTo(u[0], within(1e-12));
        }
    }

    /** The normal distribution function by Simpson's rule. */
    private static double distribution(double z) {
        int panels = 2000;
        double h = z / panels;
        double sum = 0;
        for (int i = 0; i <= panels; i++) {
            double weight = i == 0 || i == panels ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * Math.exp(-0.5 * i * h * i * h);
        }
        return 0.5 + sum * h / 3 / Math.sqrt(2 * Math.PI);
    }
}
