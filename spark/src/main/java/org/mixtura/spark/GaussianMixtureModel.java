package org.mixtura.spark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.Matrices;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.stat.distribution.MultivariateGaussian;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.mixtura.io.MixtureFile;
import org.mixtura.mixture.Gaussian;

/**
 * A Gaussian mixture as a transformer: adds to each row its most probable component, the probabilities of all, and if wanted
 * log-density and energy. It takes the place of Spark's own model of this name.
 *
 * <p>What is saved is Spark's metadata and, beside it, {@code model.json}: the model file of the local library, which its commands
 * read, as {@link #fromFile} reads theirs.
 */
public final class GaussianMixtureModel extends Model<GaussianMixtureModel> implements MixtureParams, MLWritable {
    private static final long serialVersionUID = 1;

    private final String uid;
    private final MixtureParamSet parameterSet;
    private final SentMixture sent;
    /** The model file; as text, since a stage of a pipeline must be serialisable. */
    private final String json;

    private transient @Nullable Dataset<?> training;

    // Parameters are made with their parent, which does nothing with itself here.
    @SuppressWarnings("this-escape")
    GaussianMixtureModel(String uid, MixtureFile file) {
        this.uid = uid;
        this.sent = new SentMixture(file.mixture());
        this.json = file.toJson();
        this.parameterSet = new MixtureParamSet(this);
        parameterSet.setDefaults(this);
        set(k(), file.mixture().size());
    }

    /**
     * A model from a mixture of the local library.
     *
     * @param mixture the mixture
     * @return the model, with the default columns
     */
    public static GaussianMixtureModel of(org.mixtura.mixture.GaussianMixture mixture) {
        return new GaussianMixtureModel(randomUid(), MixtureFile.of(mixture));
    }

    /**
     * A model from a model file, which the local library or this module wrote.
     *
     * @param file the file, on the driver's machine
     * @return the model, with the default columns
     * @throws org.mixtura.io.ModelFileException if it holds no valid model
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static GaussianMixtureModel fromFile(Path file) {
        return new GaussianMixtureModel(randomUid(), MixtureFile.load(file));
    }

    private static String randomUid() {
        return Identifiable.randomUID("MixturaGaussianMixture");
    }

    /** Keeps the table of the fit for the summary. */
    GaussianMixtureModel describing(Dataset<?> dataset) {
        training = dataset;
        return this;
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public MixtureParamSet parameterSet() {
        return parameterSet;
    }

    /** {@return the mixture, for the questions of the local library} */
    public org.mixtura.mixture.GaussianMixture mixture() {
        return sent.mixture();
    }

    /** {@return the model file: the mixture and where it comes from} */
    public MixtureFile file() {
        return MixtureFile.parse(json, "model");
    }

    /** {@return the weights of the components, K values} */
    public double[] weights() {
        return mixture().weights();
    }

    /** {@return the components, K of them} */
    public MultivariateGaussian[] gaussians() {
        return mixture().components().stream()
                .map(component -> new MultivariateGaussian(mean(component), covariance(component)))
                .toArray(MultivariateGaussian[]::new);
    }

    private static Vector mean(Gaussian component) {
        return Vectors.dense(component.mean());
    }

    private static Matrix covariance(Gaussian component) {
        int d = component.dimension();
        return Matrices.dense(d, d, component.covariance().toMatrix().toRowMajor());
    }

    /** {@return the components as a table with columns {@code mean} and {@code cov}} */
    public Dataset<Row> gaussiansDF() {
        List<Row> rows = new ArrayList<>();
        for (Gaussian component : mixture().components()) {
            rows.add(RowFactory.create(mean(component), covariance(component)));
        }
        StructType schema = DataTypes.createStructType(List.of(
                DataTypes.createStructField("mean", SQLDataTypes.VectorType(), false),
                DataTypes.createStructField("cov", SQLDataTypes.MatrixType(), false)));
        return SparkSession.active().createDataFrame(rows, schema);
    }

    /** {@return the number of features, d} */
    public int numFeatures() {
        return mixture().dimension();
    }

    /**
     * The most probable component of a point.
     *
     * @param features d values
     * @return its number, from 0
     * @throws IllegalArgumentException if there are not d values or one is not finite
     */
    public int predict(Vector features) {
        return mixture().label(features.toArray());
    }

    /**
     * The probabilities of the components given a point.
     *
     * @param features d values
     * @return K values that sum to one
     * @throws IllegalArgumentException if there are not d values or one is not finite
     */
    public Vector predictProbability(Vector features) {
        return Vectors.dense(mixture().responsibilities(features.toArray()));
    }

    /**
     * The log-density at a point.
     *
     * @param features d values
     * @return ln p(x), nats
     * @throws IllegalArgumentException if there are not d values or one is not finite
     */
    public double predictLogDensity(Vector features) {
        return mixture().logDensity(features.toArray());
    }

    /** {@return whether it is known how this model was fitted} */
    public boolean hasSummary() {
        return GaussianMixtureSummary.isIn(file().provenance());
    }

    /**
     * How this model was fitted.
     *
     * @return the summary
     * @throws IllegalStateException if that is not known, see {@link #hasSummary()}
     */
    public GaussianMixtureSummary summary() {
        if (!hasSummary()) {
            throw new IllegalStateException("model " + uid + " was not fitted on Spark and has no training summary");
        }
        return new GaussianMixtureSummary(this, file().provenance(), training);
    }

    /**
     * Sets {@link #featuresCol()}.
     *
     * @param value the column
     * @return this model
     */
    public GaussianMixtureModel setFeaturesCol(String value) {
        set(featuresCol(), value);
        return this;
    }

    /**
     * Sets {@link #predictionCol()}.
     *
     * @param value the new column, empty for none
     * @return this model
     */
    public GaussianMixtureModel setPredictionCol(String value) {
        set(predictionCol(), value);
        return this;
    }

    /**
     * Sets {@link #probabilityCol()}.
     *
     * @param value the new column, empty for none
     * @return this model
     */
    public GaussianMixtureModel setProbabilityCol(String value) {
        set(probabilityCol(), value);
        return this;
    }

    /**
     * Sets {@link #logDensityCol()}.
     *
     * @param value the new column, empty for none
     * @return this model
     */
    public GaussianMixtureModel setLogDensityCol(String value) {
        set(logDensityCol(), value);
        return this;
    }

    /**
     * Sets {@link #energyCol()}.
     *
     * @param value the new column, empty for none
     * @return this model
     */
    public GaussianMixtureModel setEnergyCol(String value) {
        set(energyCol(), value);
        return this;
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext());
        RowScorer scorer = new RowScorer(context.broadcast(sent), ScoreColumns.wantDensity(this));
        return ScoreColumns.append(
                dataset,
                this,
                functions.udf(scorer, ScoreColumns.SCORES).apply(dataset.col(Features.quoted(getFeaturesCol()))),
                mixture().size());
    }

    @Override
    public StructType transformSchema(StructType schema) {
        Features.check(schema, getFeaturesCol());
        return ScoreColumns.appendedTo(schema, this);
    }

    @Override
    public GaussianMixtureModel copy(ParamMap extra) {
        GaussianMixtureModel copy = new GaussianMixtureModel(uid, file());
        copy.training = training;
        return copyValues(copy, extra).setParent(parent());
    }

    @Override
    public MLWriter write() {
        return new ModelWriter(this);
    }

    /** {@return what reads models; Spark's pipelines look for it by name} */
    public static MLReader<GaussianMixtureModel> read() {
        return new ModelReader();
    }

    /**
     * Reads a model that {@code save} wrote.
     *
     * @param path where it lies
     * @return the model
     */
    public static GaussianMixtureModel load(String path) {
        return read().load(path);
    }

    @Override
    public String toString() {
        return "GaussianMixtureModel: uid=" + uid + ", k=" + mixture().size() + ", numFeatures=" + numFeatures();
    }
}
