package org.mixtura.spark;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;
import org.mixtura.fit.Fit;
import org.mixtura.io.MixtureFile;
import org.mixtura.mixture.GaussianMixture;

/**
 * How a model was fitted. The figures are kept in the model file and come back with it; the training rows, and with them {@link
 * #predictions()} and what follows from it, are there only after the fit itself.
 */
public final class GaussianMixtureSummary {
    private static final String HISTORY = "objective_history";

    private final GaussianMixtureModel model;
    private final Map<String, String> provenance;
    private final @Nullable Dataset<?> training;

    /**
     * @param training the table of the fit, if it is known
     */
    GaussianMixtureSummary(GaussianMixtureModel model, Map<String, String> provenance, @Nullable Dataset<?> training) {
        this.model = model;
        this.provenance = provenance;
        this.training = training;
    }

    /** A fitted model with all that a summary of it needs. */
    static MixtureFile file(Fit<GaussianMixture> fit) {
        return MixtureFile.of(fit)
                .with("aic", Double.toString(fit.aic()))
                .with("bic", Double.toString(fit.bic()))
                .with("icl", Double.toString(fit.icl()))
                .with("stop_detail", fit.stopDetail())
                .with(
                        HISTORY,
                        Arrays.stream(fit.history()).mapToObj(Double::toString).collect(Collectors.joining(" ")));
    }

    /** Whether a model file says how its model was fitted by this module. */
    static boolean isIn(Map<String, String> provenance) {
        return provenance.containsKey(HISTORY);
    }

    private String fact(String name) {
        String value = provenance.get(name);
        if (value == null) {
            throw new IllegalStateException("the model file does not say its " + name);
        }
        return value;
    }

    private double number(String name) {
        return Double.parseDouble(fact(name));
    }

    /** {@return the number of components} */
    public int k() {
        return model.mixture().size();
    }

    /** {@return how many rounds updated the mixture} */
    public int numIter() {
        return Integer.parseInt(fact("iterations"));
    }

    /** {@return Σ w ln p(x) over all rows under the fitted mixture, nats} */
    public double logLikelihood() {
        return number("log_likelihood");
    }

    /** {@return the objective, log-likelihood less penalty, per unit of weight after 0, 1, 2, … rounds; nats} */
    public double[] objectiveHistory() {
        return Arrays.stream(fact(HISTORY).split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    /** {@return why the rounds stopped: {@code converged}, {@code max_iterations} or {@code collapsed}} */
    public String stopReason() {
        return fact("stop_reason");
    }

    /** {@return which component collapsed and how, if one did; else empty} */
    public String stopDetail() {
        return fact("stop_detail");
    }

    /** {@return the number of rows of positive weight} */
    public long numRows() {
        return Long.parseLong(fact("rows"));
    }

    /** {@return Σ w} */
    public double totalWeight() {
        return number("total_weight");
    }

    /** {@return Akaike's criterion; lower is better} */
    public double aic() {
        return number("aic");
    }

    /** {@return the Bayesian information criterion; lower is better} */
    public double bic() {
        return number("bic");
    }

    /** {@return the integrated completed likelihood criterion; lower is better} */
    public double icl() {
        return number("icl");
    }

    /** {@return the column of the features} */
    public String featuresCol() {
        return model.getFeaturesCol();
    }

    /** {@return the column of the predictions} */
    public String predictionCol() {
        return model.getPredictionCol();
    }

    /** {@return the column of the probabilities} */
    public String probabilityCol() {
        return model.getProbabilityCol();
    }

    /**
     * The training rows with the columns that the model adds.
     *
     * @return the table
     * @throws IllegalStateException if the model was read from a file
     */
    public Dataset<Row> predictions() {
        if (training == null) {
            throw new IllegalStateException(
                    "the training rows are not kept with a saved model; transform them with the model once more");
        }
        return model.transform(training);
    }

    /**
     * The predictions alone.
     *
     * @return the table
     * @throws IllegalStateException as {@link #predictions()}
     */
    public Dataset<Row> cluster() {
        return predictions().select(Features.quoted(predictionCol()));
    }

    /**
     * The probabilities alone.
     *
     * @return the table
     * @throws IllegalStateException as {@link #predictions()}
     */
    public Dataset<Row> probability() {
        return predictions().select(Features.quoted(probabilityCol()));
    }

    /**
     * How many training rows each component is the most probable of; counted at each call.
     *
     * @return K numbers
     * @throws IllegalStateException as {@link #predictions()}
     */
    public long[] clusterSizes() {
        long[] sizes = new long[k()];
        for (Row row : cluster()
                .groupBy(Features.quoted(predictionCol()))
                .agg(functions.count("*"))
                .collectAsList()) {
            sizes[row.getInt(0)] = row.getLong(1);
        }
        return sizes;
    }
}
