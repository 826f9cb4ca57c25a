package org.mixtura.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mixtura.data.Matrix;
import org.mixtura.data.Rows;
import org.mixtura.testing.Dense;
import org.mixtura.testing.Generator;

class NoisyMixtureTest {
    private static final Box BOX = Box.of(new double[] {-5, -4}, new double[][] {{10, 1}, {-2, 8}});

    private static NoisyMixture noisy(CovarianceStructure structure, double share) {
        return NoisyMixture.of(Generator.seeded(1).mixture(structure, 3, 2), share, BOX);
    }

    @ParameterizedTest
    @EnumSource
    void scoresByTheDefinition(CovarianceStructure structure) {
        NoisyMixture mixture = noisy(structure, 0.2);
        double[][] points = Generator.seeded(2).points(200, 2, 4);
        points[0] = new double[] {1e9, -1e9};
        Rows rows = Rows.of(points);
        double volume = 10 * 8 - 1 * -2;
        assertClose(BOX.logVolume(), Math.log(volume), 1e-14, "volume");
        double[] logDensity = mixture.logDensity(rows);
        Matrix responsibilities = mixture.responsibilities(rows);
        for (int i = 0; i < 200; i++) {
            double clusters = 0.8 * mixture.gaussians().density(points[i]);
            double density = 0.2 / volume + clusters;
            assertClose(logDensity[i], Math.log(density), 1e-12, "log-density");
            assertClose(responsibilities.get(i, 3), 0.2 / volume / density, 1e-12, "noise");
            double[] within = mixture.gaussians().responsibilities(points[i]);
            for (int k = 0; k < 3; k++) {
                assertClose(responsibilities.get(i, k), clusters / density * within[k], 1e-12, "responsibility");
            }
        }
        assertThat(mixture.labels(rows)[0]).isEqualTo(NoisyMixture.NOISE);
        assertThat(noisy(structure, 0).responsibilities(rows).get(1, 3)).isZero();
    }

    @Test
    void drawsNoiseByItsShareFromTheBox() {
        NoisyMixture mixture = NoisyMixture.of(
                GaussianMixture.of(
                        new double[] {1}, List.of(Gaussian.of(new double[] {100, 100}, Covariance.spherical(2, 1)))),
                0.3,
                BOX);
        Matrix rows = mixture.sample(20_000, new SplittableRandom(3));
        double[][] back = Dense.inverse(Dense.transpose(BOX.edges()));
        int noise = 0;
        double[] sums = new double[2];
        for (int i = 0; i < 20_000; i++) {
            if (rows.get(i, 0) < 50) {
                double[] u = Dense.times(back, Dense.minus(rows.row(i), BOX.corner()));
                assertThat(u[0]).isBetween(0.0, 1.0);
                assertThat(u[1]).isBetween(0.0, 1.0);
                sums[0] += u[0];
                sums[1] += u[1];
                noise++;
            }
        }
        assertThat(noise / 20_000.0).isBetween(0.285, 0.315);
        assertThat(sums[0] / noise).isBetween(0.48, 0.52);
        assertThat(sums[1] / noise).isBetween(0.48, 0.52);
    }

    @Test
    void refusesWhatDoesNotFit() {
        GaussianMixture three = Generator.seeded(4).mixture(CovarianceStructure.FULL, 2, 3);
        assertThatThrownBy(() -> NoisyMixture.of(three, 0.1, BOX))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("noise in 2 columns does not fit a mixture of 3 columns");
        assertThatThrownBy(() -> noisy(CovarianceStructure.FULL, 1))
                .hasMessage("the share of the noise is 1.0; it is from 0 to less than 1");
        assertThatThrownBy(() -> noisy(CovarianceStructure.FULL, Double.NaN))
                .hasMessage("the share of the noise is NaN; it is from 0 to less than 1");
        assertThatThrownBy(() -> Box.of(new double[] {0, 0}, new double[][] {{1, 2}, {2, 4}}))
                .hasMessage(
                        "a box with corner [0.0, 0.0] and edges [[1.0, 2.0], [2.0, 4.0]] has no volume; edges are finite"
                                + " and independent");
        assertThatThrownBy(() -> Box.of(new double[] {0, 0}, new double[][] {{1, 2}}))
                .hasMessage("a box of 2 columns has as many edges of as many values, not 1");
    }
}
