package org.mixtura.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaplacianTest {
    private static double[][] weights(int n, RandomGenerator random) {
        double[][] w = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                w[i][k] = random.nextDouble();
            }
        }
        return w;
    }

    private static double[][] copy(double[][] w) {
        double[][] copy = new double[w.length][];
        for (int i = 0; i < w.length; i++) {
            copy[i] = w[i].clone();
        }
        return copy;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 20})
    void solvesTheEquations(int n) {
        RandomGenerator random = RandomMixtures.random(n);
        double[][] w = weights(n, random);
        double[] e = random.doubles(n).toArray();
        double[] y = RandomMixtures.point(n, 1, random);

        double[] x = Laplacian.solve(copy(w), e.clone(), y.clone());

        for (int i = 0; i < n; i++) {
            double sum = e[i] * x[i];
            for (int k = 0; k < n; k++) {
                double weight = k < i ? w[i][k] : k > i ? w[k][i] : 0;
                sum += weight * (x[i] - x[k]);
            }
            assertThat(sum).isCloseTo(y[i], within(1e-12));
        }
    }

    @Test
    void fixesTheFirstWithoutDiagonal() {
        // a path 0 – 1 – 2 of resistances 1 and 1/2, a unit of current from 2 to 0
        double[][] w = {{0, 0, 0}, {1, 0, 0}, {0, 2, 0}};

        assertThat(Laplacian.solve(w, new double[3], new double[] {-1, 0, 1})).containsExactly(0, 1, 1.5);
    }

    @Test
    void keepsItsDigitsForWeightsOfAllSizes() {
        double[][] w = {{0, 0, 0}, {1e-200, 0, 0}, {0, 1, 0}};

        double[] x = Laplacian.solve(w, new double[3], new double[] {-1, 0, 1});

        assertThat(x[1]).isCloseTo(1e200, withinPercentage(1e-13));
        assertThat(x[2]).isCloseTo(1e200, withinPercentage(1e-13));
    }

    @Test
    void leavesWhatNothingTiesWhereItIs() {
        assertThat(Laplacian.solve(new double[2][2], new double[2], new double[] {1, -1}))
                .containsExactly(0, 0);
    }
}
