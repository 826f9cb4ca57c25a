package org.mixtura.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mixtura.data.Rows;
import org.mixtura.fit.Em;
import org.mixtura.io.MixtureFile;

/** Estimators, models and pipelines come back as they were; the model file goes both ways. */
class PersistenceTest {
    private static final double[][] VALUES = Data.clusters(300, 2, 2, 4, 0, 3);
    private static final Dataset<Row> TABLE =
            Data.table(Session.get(), VALUES, 2).coalesce(2).cache();

    @TempDir
    private Path folder;

    @Test
    void aModelComesBackWithItsSummary() throws IOException {
        GaussianMixtureModel model = new GaussianMixture()
                .setK(2)
                .setCovarianceType("diag")
                .setWeightCol("weight")
                .setLogDensityCol("ll")
                .fit(TABLE);
        String path = folder.resolve("model").toString();
        model.write().overwrite().save(path);
        GaussianMixtureModel back = GaussianMixtureModel.load(path);
        assertThat(back.uid()).isEqualTo(model.uid());
        assertThat(back.mixture()).isEqualTo(model.mixture());
        assertThat(back.getLogDensityCol()).isEqualTo("ll");
        assertThat(back.getCovarianceType()).isEqualTo("diag");
        assertThat(back.summary().logLikelihood()).isEqualTo(model.summary().logLikelihood());
        assertThat(back.summary().bic()).isEqualTo(model.summary().bic());
        assertThat(back.summary().objectiveHistory())
                .containsExactly(model.summary().objectiveHistory());
        assertThat(back.summary().stopReason()).isEqualTo("converged");
        assertThat(model.summary().predictions().count()).isEqualTo(300);
        assertThatThrownBy(() -> back.summary().predictions())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "the training rows are not kept with a saved model; transform them with the model once more");
        assertThat(model.copy(ParamMap.empty()).mixture()).isEqualTo(model.mixture());
    }

    @Test
    void theModelFileGoesBothWays() throws IOException {
        GaussianMixtureModel model = new GaussianMixture().setK(2).fit(TABLE);
        String path = folder.resolve("model").toString();
        model.save(path);
        MixtureFile local = MixtureFile.load(Path.of(path, "model.json"));
        assertThat(local.mixture()).isEqualTo(model.mixture());
        assertThat(local.provenance()).containsEntry("rows", "300").containsEntry("covariance_type", "full");

        org.mixtura.mixture.GaussianMixture fitted =
                Em.components(2).fit(Rows.of(VALUES)).model();
        MixtureFile.write(fitted, folder.resolve("local.json"));
        GaussianMixtureModel there = GaussianMixtureModel.fromFile(folder.resolve("local.json"));
        assertThat(there.hasSummary()).isFalse();
        assertThatThrownBy(there::summary)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("was not fitted on Spark and has no training summary");
        there.setLogDensityCol("ll").setEnergyCol("energy");
        for (Row row : there.transform(TABLE).collectAsList()) {
            Vector features = row.getAs("features");
            double[] x = features.toArray();
            assertThat(row.<Integer>getAs("prediction")).isEqualTo(fitted.label(x));
            assertThat(row.<Vector>getAs("probability").toArray()).containsExactly(fitted.responsibilities(x));
            assertThat(row.<Double>getAs("ll")).isEqualTo(fitted.logDensity(x));
            assertThat(row.<Double>getAs("energy")).isEqualTo(-fitted.logDensity(x));
        }
        there.setPredictionCol("").setProbabilityCol("").setEnergyCol("");
        assertThat(there.transform(TABLE).columns()).containsExactly("features", "weight", "truth", "ll");
    }

    @Test
    void aPipelineFitsIsSavedAndComesBack() throws IOException {
        Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {
            new StandardScaler().setInputCol("features").setOutputCol("scaled").setWithMean(true),
            new GaussianMixture().setFeaturesCol("scaled").setK(2).setSeed(9).setPenalty(0.5)
        });
        pipeline.save(folder.resolve("pipeline").toString());
        Pipeline back = Pipeline.load(folder.resolve("pipeline").toString());
        GaussianMixture estimator = (GaussianMixture) back.getStages()[1];
        assertThat(estimator.getSeed()).isEqualTo(9);
        assertThat(estimator.getPenalty()).isEqualTo(0.5);
        PipelineModel model = back.fit(TABLE);
        model.save(folder.resolve("fitted").toString());
        PipelineModel again = PipelineModel.load(folder.resolve("fitted").toString());
        assertThat(again.transform(TABLE).select("probability").collectAsList())
                .isEqualTo(model.transform(TABLE).select("probability").collectAsList());
        GaussianMixtureModel last = (GaussianMixtureModel) again.stages()[1];
        assertThat(last.weights()[0] + last.weights()[1]).isCloseTo(1, within(1e-15));
        assertThat(GaussianMixture.load(saved(estimator)).getK()).isEqualTo(2);
    }

    private String saved(GaussianMixture estimator) throws IOException {
        String path = folder.resolve("estimator").toString();
        estimator.save(path);
        return path;
    }
}
