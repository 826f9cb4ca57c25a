package org.mixtura.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mixtura.mixture.GaussianMixture;

/** How a table is partitioned shows in the last digits only; the same partitions give the same bits. */
class PartitionsTest {
    private static final Dataset<Row> TABLE =
            Data.table(Session.get(), Data.clusters(6000, 3, 3, 1.5, 100, 1), 3).cache();

    private static org.mixtura.spark.GaussianMixture estimator() {
        return new org.mixtura.spark.GaussianMixture()
                .setK(3)
                .setSeed(4)
                .setNumStarts(2)
                .setSampleSize(1500)
                .setMaxIter(12)
                .setTol(0);
    }

    private static final GaussianMixtureModel ONE = estimator().fit(TABLE.coalesce(1));

    @ParameterizedTest
    @CsvSource({"2, 2", "3, 1", "7, 3", "16, 2"})
    void anyNumberOfPartitionsGivesTheSameFit(int partitions, int depth) {
        GaussianMixtureModel many = estimator()
                .setAggregationDepth(depth)
                .fit(TABLE.orderBy(functions.hash(functions.col("features"))).repartition(partitions));
        assertThat(largestDifference(ONE.mixture(), many.mixture())).isLessThan(1e-12);
        double perRow = Math.abs(ONE.summary().logLikelihood() - many.summary().logLikelihood()) / 6000;
        assertThat(perRow).isLessThan(1e-12);
        assertThat(ONE.summary().numIter()).isEqualTo(12);
    }

    @Test
    void thePartitionsGiveTheSameBitsAgain() {
        GaussianMixtureModel first = estimator().fit(TABLE.repartition(7));
        GaussianMixtureModel second = estimator().fit(TABLE.repartition(7));
        assertThat(second.file().toJson()).isEqualTo(first.file().toJson());
    }

    /** Of weights, of means in standard deviations, of covariances relative to their size. */
    static double largestDifference(GaussianMixture a, GaussianMixture b) {
        double largest = 0;
        for (int k = 0; k < a.size(); k++) {
            largest = Math.max(largest, Math.abs(a.weight(k) - b.weight(k)));
            for (int j = 0; j < a.dimension(); j++) {
                double variance = a.component(k).covariance().get(j, j);
                double mean = a.component(k).mean(j) - b.component(k).mean(j);
                largest = Math.max(largest, Math.abs(mean) / Math.sqrt(variance));
                for (int i = 0; i <= j; i++) {
                    double element = a.component(k).covariance().get(i, j)
                            - b.component(k).covariance().get(i, j);
                    double scale = variance * a.component(k).covariance().get(i, i);
                    largest = Math.max(largest, Math.abs(element) / Math.sqrt(scale));
                }
            }
        }
        return largest;
    }
}
