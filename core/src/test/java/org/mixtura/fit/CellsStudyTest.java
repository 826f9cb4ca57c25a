package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mixtura.data.Rows;
import org.mixtura.mixture.GaussianMixture;

/** What cells cost and save: 200,000 rows of 2 columns from 16 round clusters, the guide's table. */
@Tag("study")
class CellsStudyTest {
    private static final int K = 16;

    private static Rows rows(int n, int d, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] means = new double[K][d];
        double[][][] roots = new double[K][d][d];
        for (int k = 0; k < K; k++) {
            for (int j = 0; j < d; j++) {
                means[k][j] = 12 * random.nextDouble();
                for (int l = 0; l < d; l++) {
                    roots[k][j][l] = (j == l ? 1 : 0) + 0.2 * random.nextGaussian();
                }
            }
        }
        double[] values = new double[n * d];
        for (int i = 0; i < n; i++) {
            int k = random.nextInt(K);
            double[] z = random.doubles(d).map(u -> random.nextGaussian()).toArray();
            for (int j = 0; j < d; j++) {
                values[i * d + j] = means[k][j];
                for (int l = 0; l < d; l++) {
                    values[i * d + j] += roots[k][j][l] * z[l];
                }
            }
        }
        return Rows.owning(values, d);
    }

    @Test
    void losesLessThanTheEstimatesOwnError() {
        Rows rows = rows(200_000, 2, 7);
        Em em = Em.components(K).seed(1).threads(1).tolerance(1e-6);
        double began = processorSeconds();
        Fit<GaussianMixture> whole = em.fit(rows);
        System.out.printf("all rows: %.1f s%n", processorSeconds() - began);
        double ownError = whole.freeParameters() / 2.0 / rows.count();
        for (int count : new int[] {1000, 4000}) {
            began = processorSeconds();
            Cells cells = Cells.of(rows, count, 1);
            Fit<GaussianMixture> judged = cells.judged(em.fit(cells.rows()));
            double seconds = processorSeconds() - began;
            // From the cells' model to the maximum beside it: what the cells lost, whatever the starts found.
            double highest = em.initialization(Initialization.model(judged.model()))
                    .tolerance(1e-8)
                    .fit(rows)
                    .meanLogLikelihood();
            double loss = highest - judged.meanLogLikelihood();
            System.out.printf("%d cells: %.1f s, %.1e nats per row lost%n", count, seconds, loss);
            assertThat(loss).isBetween(0.0, count == 1000 ? 2 * ownError : ownError);
        }
    }

    private static double processorSeconds() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }
}
