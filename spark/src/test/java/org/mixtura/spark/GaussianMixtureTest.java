package org.mixtura.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Rows;
import org.mixtura.fit.Em;
import org.mixtura.fit.Fit;
import org.mixtura.fit.Initialization;
import org.mixtura.mixture.CovarianceStructure;

/** The estimator against the local library, and against what Spark's users expect of an estimator. */
class GaussianMixtureTest {
    private static final double[][] VALUES = Data.clusters(600, 3, 3, 3, 1e5, 7);
    private static final Dataset<Row> TABLE =
            Data.table(Session.get(), VALUES, 3).repartition(3).cache();

    private static double[] weights() {
        double[] weights = new double[VALUES.length];
        Arrays.setAll(weights, i -> 1.0 + i % 3);
        return weights;
    }

    @ParameterizedTest
    @EnumSource(CovarianceStructure.class)
    void theFitIsThatOfTheLocalLibrary(CovarianceStructure structure) {
        Rows rows = Rows.of(VALUES).weighted(weights());
        org.mixtura.mixture.GaussianMixture start =
                Em.components(3).seed(3).maxIterations(2).fit(rows).model();
        Fit<org.mixtura.mixture.GaussianMixture> local = Em.components(3)
                .covariance(structure)
                .initialization(Initialization.model(start))
                .maxIterations(8)
                .tolerance(0)
                .fit(rows);
        GaussianMixtureModel there = new GaussianMixture()
                .setCovarianceType(structure.label())
                .setInitialModel(GaussianMixtureModel.of(start))
                .setWeightCol("weight")
                .setMaxIter(8)
                .setTol(0)
                .fit(TABLE);
        assertThat(there.mixture().structure()).isEqualTo(structure);
        assertThat(PartitionsTest.largestDifference(local.model(), there.mixture()))
                .isLessThan(1e-9);
        GaussianMixtureSummary summary = there.summary();
        assertThat(summary.objectiveHistory()).containsExactly(local.history(), within(1e-11));
        assertThat(summary.logLikelihood()).isCloseTo(local.logLikelihood(), within(1e-8));
        assertThat(summary.bic()).isCloseTo(local.bic(), within(1e-8));
        assertThat(summary.aic()).isCloseTo(local.aic(), within(1e-8));
        assertThat(summary.icl()).isCloseTo(local.icl(), within(1e-8));
        assertThat(summary.totalWeight()).isEqualTo(1200);
        assertThat(summary.numRows()).isEqualTo(600);
        assertThat(summary.stopReason()).isEqualTo("max_iterations");
    }

    @Test
    void itTakesThePlaceOfSparksOwn() {
        for (Class<?>[] pair : List.of(
                new Class<?>[] {org.apache.spark.ml.clustering.GaussianMixture.class, GaussianMixture.class},
                new Class<?>[] {org.apache.spark.ml.clustering.GaussianMixtureModel.class, GaussianMixtureModel.class},
                new Class<?>[] {
                    org.apache.spark.ml.clustering.GaussianMixtureSummary.class, GaussianMixtureSummary.class
                })) {
            for (Method method : pair[0].getMethods()) {
                String name = method.getName();
                boolean forUsers =
                        name.matches("[gs]et[A-Z].*|predict.*|gaussians.*|weights|num[A-Z].*|summary|hasSummary"
                                        + "|fit|transform|read|load|save|write|logLikelihood|k|cluster.*|probability.*")
                                && !name.equals("setSummary")
                                && !Modifier.isAbstract(method.getModifiers());
                if (forUsers) {
                    assertThat(pair[1].getMethods())
                            .anyMatch(own -> own.getName().equals(name)
                                    && Arrays.equals(own.getParameterTypes(), method.getParameterTypes())
                                    && Modifier.isStatic(own.getModifiers())
                                            == Modifier.isStatic(method.getModifiers()));
                }
            }
        }
    }

    @Test
    void itFindsWhatSparksOwnFinds() {
        double[][] values = Data.clusters(900, 2, 3, 8, 0, 2);
        Dataset<Row> table = Data.table(Session.get(), values, 3).coalesce(2).cache();
        var theirs = new org.apache.spark.ml.clustering.GaussianMixture()
                .setK(3)
                .setSeed(1)
                .setTol(1e-9)
                .fit(table);
        GaussianMixtureModel ours =
                new GaussianMixture().setK(3).setPenalty(0).setTol(1e-12).fit(table);
        assertThat(ours.summary().logLikelihood()).isCloseTo(theirs.summary().logLikelihood(), within(1e-4));
        for (int k = 0; k < 3; k++) {
            Vector mean = ours.gaussians()[k].mean();
            int same = theirs.predict(mean);
            assertThat(theirs.gaussians()[same].mean().toArray()).containsExactly(mean.toArray(), within(1e-5));
            assertThat(theirs.gaussians()[same].cov().toArray())
                    .containsExactly(ours.gaussians()[k].cov().toArray(), within(1e-5));
            assertThat(theirs.weights()[same]).isCloseTo(ours.weights()[k], within(1e-7));
        }
        assertThat(ours.summary().clusterSizes()).containsExactly(300, 300, 300);
        assertThat(ours.gaussiansDF().count()).isEqualTo(3);
        assertThat(ours.gaussiansDF().columns()).containsExactly("mean", "cov");
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 100})
    void manyColumnsAreNoMatter(int dimension) {
        double[][] values = Data.clusters(1500, dimension, 3, 4, 0, dimension);
        GaussianMixtureModel model = new GaussianMixture()
                .setK(3)
                .setNumStarts(3)
                .setMaxIter(3)
                .fit(Data.table(Session.get(), values, 3).coalesce(2));
        long[] first = new long[3];
        for (int i = 0; i < values.length; i++) {
            int label = model.predict(Vectors.dense(values[i]));
            if (i < 3) {
                first[i] = label;
            }
            assertThat((long) label).isEqualTo(first[i % 3]);
        }
        assertThat(first).doesNotHaveDuplicates();
    }

    @Test
    void rowsOfNoWeightAreAsIfTheyWereNotThere() {
        Dataset<Row> some =
                TABLE.withColumn("w", functions.col("truth").notEqual(2).cast("double"));
        GaussianMixtureModel without = new GaussianMixture()
                .setK(2)
                .fit(TABLE.filter("truth <> 2")
                        .withColumn("w", functions.lit(1))
                        .coalesce(1));
        GaussianMixtureModel zero =
                new GaussianMixture().setK(2).setWeightCol("w").fit(some.coalesce(1));
        assertThat(PartitionsTest.largestDifference(without.mixture(), zero.mixture()))
                .isLessThan(1e-11);
    }

    @Test
    void equalRowsAreSampledByTheirPlaces() {
        double[][] values = new double[4000][1];
        for (int i = 0; i < values.length; i++) {
            values[i][0] = i % 2 == 0 ? 0 : i % 7;
        }
        GaussianMixtureModel model = new GaussianMixture()
                .setK(1)
                .setSampleSize(400)
                .setMaxIter(0)
                .setPenalty(0)
                .fit(Data.table(Session.get(), values, 1).coalesce(2));
        // Half of the rows are 0: by values they would all be in the sample, or none.
        assertThat(model.mixture().component(0).mean(0)).isBetween(1.2, 1.8);
        assertThat(Integer.parseInt(model.file().provenance().get("sample_rows")))
                .isBetween(280, 520);
    }

    @Test
    void noSampleIsTooSmall() {
        GaussianMixtureModel model = new GaussianMixture()
                .setK(1)
                .setSampleSize(1)
                .fit(Data.table(Session.get(), Data.clusters(2000, 1, 1, 1, 0, 5), 1));
        assertThat(Integer.parseInt(model.file().provenance().get("sample_rows")))
                .isBetween(50, 150);
    }

    @Test
    void columnsKeepTheNamesThatTheyWereAssembledFrom() {
        Dataset<Row> wide =
                Session.get().range(100).selectExpr("cast(id % 7 as double) as km", "cast(id % 11 as double) as fare");
        Dataset<Row> table = new VectorAssembler()
                .setInputCols(new String[] {"km", "fare"})
                .setOutputCol("features")
                .transform(wide);
        GaussianMixtureModel model = new GaussianMixture().setK(1).fit(table);
        assertThat(model.mixture().columns()).containsExactly("km", "fare");
        assertThat(model.mixture().component(0).mean(1)).isCloseTo(4.95, within(0.1));
        Dataset<Row> arrays = wide.selectExpr("array(km, fare) as `the.features`");
        GaussianMixtureModel fromArrays =
                new GaussianMixture().setK(1).setFeaturesCol("the.features").fit(arrays);
        assertThat(fromArrays.mixture().columns()).containsExactly("x0", "x1");
        assertThat(fromArrays.mixture().component(0)).isEqualTo(model.mixture().component(0));
        assertThat(fromArrays.transform(arrays).select("prediction").distinct().count())
                .isEqualTo(1);
    }

    @Test
    void wrongTablesAreRefusedInWords() {
        refused(() -> new GaussianMixture().setFeaturesCol("nosuch").fit(TABLE))
                .hasMessage("no column \"nosuch\"; the columns are features, weight, truth");
        refused(() -> new GaussianMixture().setFeaturesCol("truth").fit(TABLE))
                .hasMessage("column \"truth\" is of type int; features are a vector or an array of doubles or floats:"
                        + " make one with VectorAssembler");
        refused(() -> new GaussianMixture().setWeightCol("features").fit(TABLE))
                .hasMessage("weight column \"features\" is of type vector; weights are numbers");
        refused(() -> new GaussianMixture().setPredictionCol("truth").fit(TABLE))
                .hasMessage("the table has a column \"truth\" already; give the new one another name, or drop the old");
        refused(() -> new GaussianMixture().fit(TABLE.filter("truth > 5")))
                .hasMessage("the table has no rows; a fit needs at least one");
        refused(() -> new GaussianMixture()
                        .setK(2)
                        .setInitialModel(GaussianMixtureModel.of(
                                Em.components(1).fit(Rows.of(VALUES)).model()))
                        .fit(TABLE))
                .hasMessage("initialModel has 1 components, k is 2; leave k out or give another model");
        refused(() -> new GaussianMixture().setCovarianceType("round")).hasMessageContaining("covarianceType");
        refused(() -> new GaussianMixture().setK(0)).hasMessageContaining("k given invalid value 0");
    }

    @Test
    void wrongRowsAreRefusedInWords() {
        refusedRow(
                Vectors.dense(1, Double.NaN),
                1,
                "value 1 of column \"features\" is NaN in row 0 of partition 0; every"
                        + " value must be a finite number: drop the row or fill the gap");
        refusedRow(
                Vectors.dense(1, 2),
                -1,
                "weight \"weight\" is -1.0 in row 0 of partition 0; a weight is finite and not" + " negative");
        refusedRow(
                Vectors.dense(1, 2, 3),
                1,
                "column \"features\" has 2 values in row 1 of partition 0, 3 before; all rows need the same number");
    }

    private static void refusedRow(Vector features, double weight, String message) {
        Dataset<Row> table = Session.get()
                .createDataFrame(
                        List.of(
                                RowFactory.create(features, weight, 0),
                                RowFactory.create(Vectors.dense(1, 2), 1.0, 0),
                                RowFactory.create(Vectors.dense(2, 1), 1.0, 0)),
                        Data.SCHEMA)
                .coalesce(1);
        assertThatThrownBy(() -> new GaussianMixture().setWeightCol("weight").fit(table))
                .hasStackTraceContaining(message);
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ?> refused(ThrowingCallable call) {
        return assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class);
    }
}
