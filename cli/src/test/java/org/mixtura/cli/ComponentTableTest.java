package org.mixtura.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

class ComponentTableTest {
    private static GaussianMixture mixture(int components, int columns) {
        List<Gaussian> gaussians = new ArrayList<>();
        double[] weights = new double[components];
        for (int k = 0; k < components; k++) {
            double[] mean = new double[columns];
            for (int j = 0; j < columns; j++) {
                mean[j] = 10 * k + j;
            }
            gaussians.add(Gaussian.of(mean, Covariance.spherical(columns, 0.25)));
            weights[k] = 1.0 / components;
        }
        return GaussianMixture.of(weights, gaussians)
                .named(IntStream.range(0, columns).mapToObj(j -> "c" + j).toList());
    }

    @Test
    void aLinePerComponentWhereItFits() {
        assertThat(new ComponentTable(mixture(2, 2), 80, 32).lines())
                .containsExactly(
                        "  label  weight            c0            c1",
                        "      0  0.5000   0.00 ± 0.50   1.00 ± 0.50",
                        "      1  0.5000  10.00 ± 0.50  11.00 ± 0.50");
    }

    @Test
    void aLinePerColumnWhereItDoesNotFit() {
        List<String> lines = new ComponentTable(mixture(5, 6), 60, 32).lines();
        assertThat(lines).allMatch(line -> line.length() <= 60);
        assertThat(lines)
                .startsWith(
                        "  label             0             1             2",
                        "  weight       0.2000        0.2000        0.2000",
                        "  c0      0.00 ± 0.50  10.00 ± 0.50  20.00 ± 0.50")
                .containsSubsequence(
                        "",
                        "  label              3             4",
                        "  weight        0.2000        0.2000",
                        "  c0      30.00 ± 0.50  40.00 ± 0.50");
        assertThat(lines).hasSize(2 * (2 + 6) + 1);
    }

    @Test
    void countsWhatItDoesNotShow() {
        assertThat(new ComponentTable(mixture(2, 100), 80, 10).lines())
                .hasSize(2 + 10 + 1)
                .endsWith("  … and 90 more columns");
        assertThat(new ComponentTable(mixture(50, 1), 80, 10).lines())
                .hasSize(1 + 10 + 1)
                .endsWith("  … and 40 more components");
    }

    @Test
    void staysWithinNarrowTerminals() {
        for (int width : new int[] {40, 80, 132}) {
            for (int columns : new int[] {1, 3, 10}) {
                assertThat(new ComponentTable(mixture(7, columns), width, 32).lines())
                        .allMatch(line -> line.length() <= width);
            }
        }
    }
}
