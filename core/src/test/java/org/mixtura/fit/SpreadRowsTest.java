package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.mixtura.data.RowCovariances;
import org.mixtura.data.Rows;
import org.mixtura.kernel.RowSummary;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.testing.Examples;
import org.mixtura.testing.Generator;

class SpreadRowsTest {
    /** Groups of rows next to each other, as one each, of their mean and covariance, and as heavy. */
    private static Rows merged(double[][] rows, int size) {
        int d = rows[0].length;
        int groups = rows.length / size;
        double[][] means = new double[groups][d];
        double[][] triangles = new double[groups][d * (d + 1) / 2];
        for (int g = 0; g < groups; g++) {
            for (int j = 0; j < d; j++) {
                for (int i = g * size; i < (g + 1) * size; i++) {
                    means[g][j] += rows[i][j] / size;
                }
            }
            for (int i = g * size; i < (g + 1) * size; i++) {
                for (int a = 0, at = 0; a < d; a++) {
                    for (int b = 0; b <= a; b++, at++) {
                        triangles[g][at] += (rows[i][a] - means[g][a]) * (rows[i][b] - means[g][b]) / size;
                    }
                }
            }
        }
        double[] weights = new double[groups];
        Arrays.fill(weights, size);
        return Rows.of(means).weighted(weights).withSpread(RowCovariances.triangles(Rows.of(triangles)));
    }

    /** Far groups: every row behind an atom belongs to one component, and the bound is the likelihood. */
    private static double[][] far(long seed) {
        double[][] rows = Examples.clusters(seed, 240, 3, 2, 2);
        double[][] sorted = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            sorted[i % 2 * 120 + i / 2] = rows[i];
            rows[i][0] += i % 2 * 200;
        }
        return sorted;
    }

    @Test
    void fitsAsTheRowsBehindWhereEachBelongsToOneComponent() {
        double[][] rows = far(4);
        Em em = Em.components(2).search(Search.NONE).restarts(1).tolerance(1e-14);
        Fit<GaussianMixture> whole = em.fit(Rows.of(rows));
        Fit<GaussianMixture> atoms = em.fit(merged(rows, 6));
        assertClose(atoms.totalWeight(), 240, 0, "weight");
        assertClose(atoms.logLikelihood(), whole.logLikelihood(), 1e-12, "log-likelihood");
        assertClose(atoms.bic(), whole.bic(), 1e-12, "bic");
        for (int k = 0; k < 2; k++) {
            assertClose(
                    atoms.model().component(k).mean(),
                    whole.model().component(k).mean(),
                    1e-11,
                    "mean");
            assertClose(
                    atoms.model().component(k).covariance().lowerTriangle(),
                    whole.model().component(k).covariance().lowerTriangle(),
                    1e-11,
                    "covariance");
        }
    }

    @Test
    void conservesTheMomentsOfAllRows() {
        Generator generator = Generator.seeded(7);
        double[][] rows = generator.points(300, 4, 3);
        RowSummary whole = RowSummary.of(Rows.of(rows), 1);
        for (int size : new int[] {1, 2, 10, 300}) {
            RowSummary atoms = RowSummary.of(merged(rows, size), 1);
            for (int j = 0; j < 4; j++) {
                assertClose(atoms.mean()[j] + atoms.origin()[j], whole.mean()[j] + whole.origin()[j], 1e-12, "mean");
                assertThat(atoms.isConstant(j)).isFalse();
            }
            assertClose(atoms.covariance(), whole.covariance(), 1e-12, "covariance");
        }
    }

    @Test
    void boundsTheLogLikelihoodOfTheRowsBehindFromBelow() {
        for (long seed = 0; seed < 20; seed++) {
            double[][] rows = Examples.clusters(seed, 240, 1 + (int) (seed % 4), 3, 4);
            GaussianMixture mixture =
                    Em.components(3).seed(seed).fit(Rows.of(rows)).model();
            double least = mixture.logLikelihood(Rows.of(rows));
            assertClose(mixture.logLikelihood(merged(rows, 1)), least, 1e-12, "single rows");
            for (int size : new int[] {2, 4, 8, 24}) {
                double bound = mixture.logLikelihood(merged(rows, size));
                // Groups of groups: each step only loosens the bound.
                assertThat(bound).isLessThanOrEqualTo(least + 1e-9 * Math.abs(least));
                least = bound;
            }
        }
    }
}
