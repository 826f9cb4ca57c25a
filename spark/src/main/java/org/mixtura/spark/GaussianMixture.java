package org.mixtura.spark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import org.mixtura.data.Rows;
import org.mixtura.fit.Em;
import org.mixtura.fit.EmRounds;
import org.mixtura.fit.Fit;
import org.mixtura.fit.Regularization;
import org.mixtura.io.MixtureFile;
import org.mixtura.mixture.CovarianceStructure;

/**
 * Fits a Gaussian mixture to the rows of a cluster: takes the place of Spark's own estimator of this name, whose setters it has.
 *
 * <p>A search on a random sample, on the driver, finds where the fit starts; then each round passes over all rows once, on the
 * executors, until it gains less than the tolerance. A round sends the K components out and one array of K (1 + d + d(d+1)/2) numbers
 * per partition back. The rows are cached as blocks of doubles while the fit lasts.
 *
 * <ul>
 *   <li>Log space and moments about a centre, as in the local library: no dimension and no offset is too large. The default penalty
 *       keeps components from collapsing and does not depend on units.
 *   <li>The same rows in the same order in the same partitions give the same bits, also when executors are lost on the way. Another
 *       order, as a shuffle may bring, or other partitions change the result by rounding only, if no two rows are equal (see {@link
 *       #setSampleSize}).
 *   <li>Vector kernels run where executors were started with {@code --add-modules jdk.incubator.vector}.
 *   <li>A fit in which a component collapsed gives its last valid state; {@link GaussianMixtureSummary#stopReason()} says so.
 * </ul>
 */
public final class GaussianMixture extends Estimator<GaussianMixtureModel>
        implements MixtureParams, DefaultParamsWritable {
    private static final long serialVersionUID = 1;

    /** Rows of the sample per free parameter: its own optimum is then about 1/30 nat per row from that of all rows. */
    private static final long ROWS_PER_PARAMETER = 15;

    private static final long LEAST_SAMPLE = 10_000;
    /** 64 MB. */
    private static final long MOST_SAMPLE_VALUES = 1L << 23;

    private final String uid;
    private final MixtureParamSet parameterSet;

    /** An estimator with defaults. */
    public GaussianMixture() {
        this(Identifiable.randomUID("MixturaGaussianMixture"));
    }

    /**
     * An estimator with defaults.
     *
     * @param uid its name among the stages of a pipeline
     */
    // Parameters are made with their parent, which does nothing with itself here.
    @SuppressWarnings("this-escape")
    public GaussianMixture(String uid) {
        this.uid = uid;
        this.parameterSet = new MixtureParamSet(this);
        parameterSet.setDefaults(this);
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public MixtureParamSet parameterSet() {
        return parameterSet;
    }

    /**
     * Sets {@link #featuresCol()}.
     *
     * @param value the column
     * @return this estimator
     */
    public GaussianMixture setFeaturesCol(String value) {
        set(featuresCol(), value);
        return this;
    }

    /**
     * Sets {@link #weightCol()}.
     *
     * @param value the column, empty for none
     * @return this estimator
     */
    public GaussianMixture setWeightCol(String value) {
        set(weightCol(), value);
        return this;
    }

    /**
     * Sets {@link #predictionCol()}.
     *
     * @param value the new column, empty for none
     * @return this estimator
     */
    public GaussianMixture setPredictionCol(String value) {
        set(predictionCol(), value);
        return this;
    }

    /**
     * Sets {@link #probabilityCol()}.
     *
     * @param value the new column, empty for none
     * @return this estimator
     */
    public GaussianMixture setProbabilityCol(String value) {
        set(probabilityCol(), value);
        return this;
    }

    /**
     * Sets {@link #logDensityCol()}.
     *
     * @param value the new column, empty for none
     * @return this estimator
     */
    public GaussianMixture setLogDensityCol(String value) {
        set(logDensityCol(), value);
        return this;
    }

    /**
     * Sets {@link #energyCol()}.
     *
     * @param value the new column, empty for none
     * @return this estimator
     */
    public GaussianMixture setEnergyCol(String value) {
        set(energyCol(), value);
        return this;
    }

    /**
     * Sets {@link #k()}.
     *
     * @param value at least 1
     * @return this estimator
     */
    public GaussianMixture setK(int value) {
        set(k(), value);
        return this;
    }

    /**
     * Sets {@link #maxIter()}.
     *
     * @param value at least 0; with 0 the result is where the search on the sample ended
     * @return this estimator
     */
    public GaussianMixture setMaxIter(int value) {
        set(maxIter(), value);
        return this;
    }

    /**
     * Sets {@link #tol()}.
     *
     * @param value nats per row, not negative; with 0 all rounds run
     * @return this estimator
     */
    public GaussianMixture setTol(double value) {
        set(tol(), value);
        return this;
    }

    /**
     * Sets {@link #seed()}.
     *
     * @param value any number
     * @return this estimator
     */
    public GaussianMixture setSeed(long value) {
        set(seed(), value);
        return this;
    }

    /**
     * Sets {@link #aggregationDepth()}.
     *
     * @param value at least 1
     * @return this estimator
     */
    public GaussianMixture setAggregationDepth(int value) {
        set(aggregationDepth(), value);
        return this;
    }

    /**
     * Sets {@link #covarianceType()}.
     *
     * @param value {@code full}, {@code tied}, {@code diag}, {@code spherical}, {@code tied_diag}, {@code tied_spherical}, or one
     *     of mclust's eight others, such as {@code VEI}
     * @return this estimator
     */
    public GaussianMixture setCovarianceType(String value) {
        set(covarianceType(), value);
        return this;
    }

    /**
     * Sets {@link #penalty()}.
     *
     * @param value not negative; 0 for plain maximum likelihood
     * @return this estimator
     */
    public GaussianMixture setPenalty(double value) {
        set(penalty(), value);
        return this;
    }

    /**
     * Sets {@link #regCovar()}.
     *
     * @param value not negative, in squared units of the columns; above 0 it takes the place of the penalty
     * @return this estimator
     */
    public GaussianMixture setRegCovar(double value) {
        set(regCovar(), value);
        return this;
    }

    /**
     * Sets {@link #numStarts()}.
     *
     * @param value at least 1
     * @return this estimator
     */
    public GaussianMixture setNumStarts(int value) {
        set(numStarts(), value);
        return this;
    }

    /**
     * Sets {@link #sampleSize()}. Rows are drawn by a hash of their values, so that the sample does not depend on how the table is
     * partitioned; in tables where many rows are equal they are drawn by their places, and it does.
     *
     * @param value rows, not negative; 0 to let the estimator choose
     * @return this estimator
     */
    public GaussianMixture setSampleSize(long value) {
        set(sampleSize(), value);
        return this;
    }

    /**
     * Sets {@link #initialModel()}: rounds start there, and nothing is searched.
     *
     * @param value a model of this library, fitted on a cluster or read from a model file
     * @return this estimator
     */
    public GaussianMixture setInitialModel(GaussianMixtureModel value) {
        set(initialModel(), MixtureFile.of(value.mixture()).toJson());
        return this;
    }

    @Override
    public GaussianMixtureModel fit(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        boolean weighted = !getWeightCol().isEmpty();
        JavaRDD<Row> read = dataset.select(columns(dataset)).javaRDD();
        RowPacker packer = new RowPacker(getFeaturesCol(), getWeightCol());
        try (PartitionedRows rows =
                PartitionedRows.of(read.mapPartitions(packer, true), getAggregationDepth(), weighted)) {
            List<String> names = FeatureNames.of(dataset.schema().apply(getFeaturesCol()), rows.dimension());
            Fit<org.mixtura.mixture.GaussianMixture> fit = fit(rows, names);
            GaussianMixtureModel model = new GaussianMixtureModel(uid, GaussianMixtureSummary.file(fit));
            return copyValues(model, ParamMap.empty()).describing(dataset).setParent(this);
        }
    }

    private Fit<org.mixtura.mixture.GaussianMixture> fit(PartitionedRows rows, List<String> names) {
        CovarianceStructure structure = CovarianceStructure.of(getCovarianceType());
        Optional<org.mixtura.mixture.GaussianMixture> given = start();
        int components = given.map(org.mixtura.mixture.GaussianMixture::size).orElse(getK());
        Rows sample = rows.sample(sampleSize(structure.parameters(components, rows.dimension()), rows), getSeed())
                .named(names);
        EmRounds rounds = EmRounds.over(rows.summary(sample, names), rows.count(), names)
                .covariance(structure)
                .regularization(regularization())
                .maxIterations(getMaxIter())
                .tolerance(getTol());
        if (given.isPresent()) {
            return rounds.foundBy(getSeed(), Map.of("init", "model")).climb(given.get(), rows::moments);
        }
        Fit<org.mixtura.mixture.GaussianMixture> search = Em.components(components)
                .covariance(structure)
                .regularization(regularization())
                .restarts(getNumStarts())
                .seed(getSeed())
                .fit(sample);
        Map<String, String> options = new LinkedHashMap<>(search.options());
        options.put("sample_rows", Long.toString(sample.count()));
        return rounds.foundBy(getSeed(), options).climb(search.model(), rows::moments);
    }

    private Optional<org.mixtura.mixture.GaussianMixture> start() {
        if (getInitialModel().isEmpty()) {
            return Optional.empty();
        }
        org.mixtura.mixture.GaussianMixture start =
                MixtureFile.parse(getInitialModel(), "initialModel").mixture();
        if (isSet(k()) && getK() != start.size()) {
            throw new IllegalArgumentException("initialModel has " + start.size() + " components, k is " + getK()
                    + "; leave k out or give another model");
        }
        return Optional.of(start);
    }

    private long sampleSize(long parameters, PartitionedRows rows) {
        if (getSampleSize() > 0) {
            return getSampleSize();
        }
        long wanted = Math.max(LEAST_SAMPLE, ROWS_PER_PARAMETER * parameters);
        return Math.max(1, Math.min(wanted, MOST_SAMPLE_VALUES / rows.dimension()));
    }

    private Regularization regularization() {
        if (getRegCovar() > 0) {
            return Regularization.absolute(getRegCovar());
        }
        return getPenalty() > 0 ? Regularization.penalty(getPenalty()) : Regularization.none();
    }

    private Column[] columns(Dataset<?> dataset) {
        List<Column> columns = new ArrayList<>();
        columns.add(dataset.col(Features.quoted(getFeaturesCol())));
        if (!getWeightCol().isEmpty()) {
            columns.add(functions.col(Features.quoted(getWeightCol())).cast("double"));
        }
        return columns.toArray(Column[]::new);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        Features.check(schema, getFeaturesCol());
        if (!getWeightCol().isEmpty() && !(Features.type(schema, getWeightCol()) instanceof NumericType)) {
            throw new IllegalArgumentException("weight column \"" + getWeightCol() + "\" is of type "
                    + Features.type(schema, getWeightCol()).simpleString() + "; weights are numbers");
        }
        return ScoreColumns.appendedTo(schema, this);
    }

    @Override
    public GaussianMixture copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    /**
     * {@return what reads estimators; Spark's pipelines look for it by name}
     */
    public static MLReader<GaussianMixture> read() {
        return new DefaultParamsReader<>();
    }

    /**
     * Reads an estimator that {@code save} wrote.
     *
     * @param path where it lies
     * @return the estimator
     */
    public static GaussianMixture load(String path) {
        return read().load(path);
    }
}
