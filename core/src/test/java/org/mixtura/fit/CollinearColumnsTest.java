package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Rows;
import org.mixtura.mixture.GaussianMixture;

/** Exactly dependent columns: the thinnest covariances that a penalty leaves, where rounding is largest. */
class CollinearColumnsTest {
    /** Small samples, a second column that is the first, or a combination of the first and the third. */
    private static Rows rows(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int d = 2 + random.nextInt(3);
        double[][] rows = new double[30 + random.nextInt(200)][d];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < d; j++) {
                rows[i][j] = random.nextGaussian() + (i % 2 == 1 && j == 0 ? 6 : 0);
            }
            rows[i][1] = seed % 2 == 0 || d < 3 ? rows[i][0] : 3 * rows[i][0] + 2 * rows[i][2];
        }
        return Rows.of(rows);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void areNoFallOfTheObjective(int components) {
        for (int seed = 0; seed < 60; seed++) {
            Fit<GaussianMixture> fit =
                    Em.components(components).restarts(3).threads(1).fit(rows(seed));
            assertThat(fit.stopReason()).isEqualTo(StopReason.CONVERGED);
        }
    }
}
