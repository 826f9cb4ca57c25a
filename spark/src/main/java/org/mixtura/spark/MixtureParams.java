package org.mixtura.spark;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The parameters that the estimator and its model share. Those that Spark's own mixture has go by its names, with its defaults
 * unless said otherwise; Spark finds them by the methods that return one.
 */
public interface MixtureParams extends Params {
    /** {@return the parameters, each with this object as its parent} */
    MixtureParamSet parameterSet();

    /** {@return which column holds the features, a vector or an array of doubles or floats; default {@code features}} */
    default Param<String> featuresCol() {
        return parameterSet().featuresCol;
    }

    /** {@return which column of numbers holds the weights of rows; default none, each row counts once} */
    default Param<String> weightCol() {
        return parameterSet().weightCol;
    }

    /** {@return the new column for the most probable component, an int; default {@code prediction}, empty for none} */
    default Param<String> predictionCol() {
        return parameterSet().predictionCol;
    }

    /** {@return the new column for the probabilities of the components; default {@code probability}, empty for none} */
    default Param<String> probabilityCol() {
        return parameterSet().probabilityCol;
    }

    /** {@return the new column for ln p(x), nats; default none} */
    default Param<String> logDensityCol() {
        return parameterSet().logDensityCol;
    }

    /** {@return the new column for the energy −ln p(x), nats: the larger, the more unusual the row; default none} */
    default Param<String> energyCol() {
        return parameterSet().energyCol;
    }

    /** {@return the number of components, at least 1; default 2} */
    default IntParam k() {
        return parameterSet().k;
    }

    /** {@return the most rounds over all rows; default 100} */
    default IntParam maxIter() {
        return parameterSet().maxIter;
    }

    /**
     * {@return the least gain of a round, in nats per row; default 1e-6. Spark's own is the gain of all rows together, which means
     * something else for each table}
     */
    default DoubleParam tol() {
        return parameterSet().tol;
    }

    /** {@return the seed of all random choices; default 0} */
    default LongParam seed() {
        return parameterSet().seed;
    }

    /** {@return in how many levels the results of partitions are added up, at least 1; default 2} */
    default IntParam aggregationDepth() {
        return parameterSet().aggregationDepth;
    }

    /**
     * {@return {@code full}, {@code tied}, {@code diag}, {@code spherical}, {@code tied_diag}, {@code tied_spherical}, or one of
     * mclust's eight others, such as {@code VEI}; default full}
     */
    default Param<String> covarianceType() {
        return parameterSet().covarianceType;
    }

    /**
     * {@return how many rows the covariance of all rows counts for in each component, which keeps components from collapsing;
     * default 1, 0 for plain maximum likelihood}
     */
    default DoubleParam penalty() {
        return parameterSet().penalty;
    }

    /** {@return what is added to each variance in place of the penalty, in squared units of the columns; default 0} */
    default DoubleParam regCovar() {
        return parameterSet().regCovar;
    }

    /** {@return random starts of the search on the sample, at least 1; default 10} */
    default IntParam numStarts() {
        return parameterSet().numStarts;
    }

    /**
     * {@return how many rows the search on the driver may see; default 0, for 15 per free parameter, at least 10,000, but no more
     * than 64 MB}
     */
    default LongParam sampleSize() {
        return parameterSet().sampleSize;
    }

    /** {@return the model file, as text, from which to start in place of a search; default none} */
    default Param<String> initialModel() {
        return parameterSet().initialModel;
    }

    /** {@return {@link #featuresCol()}} */
    default String getFeaturesCol() {
        return getOrDefault(featuresCol());
    }

    /** {@return {@link #weightCol()}, empty for none} */
    default String getWeightCol() {
        return getOrDefault(weightCol());
    }

    /** {@return {@link #predictionCol()}} */
    default String getPredictionCol() {
        return getOrDefault(predictionCol());
    }

    /** {@return {@link #probabilityCol()}} */
    default String getProbabilityCol() {
        return getOrDefault(probabilityCol());
    }

    /** {@return {@link #logDensityCol()}} */
    default String getLogDensityCol() {
        return getOrDefault(logDensityCol());
    }

    /** {@return {@link #energyCol()}} */
    default String getEnergyCol() {
        return getOrDefault(energyCol());
    }

    /** {@return {@link #k()}} */
    default int getK() {
        return (Integer) getOrDefault(k());
    }

    /** {@return {@link #maxIter()}} */
    default int getMaxIter() {
        return (Integer) getOrDefault(maxIter());
    }

    /** {@return {@link #tol()}} */
    default double getTol() {
        return (Double) getOrDefault(tol());
    }

    /** {@return {@link #seed()}} */
    default long getSeed() {
        return (Long) getOrDefault(seed());
    }

    /** {@return {@link #aggregationDepth()}} */
    default int getAggregationDepth() {
        return (Integer) getOrDefault(aggregationDepth());
    }

    /** {@return {@link #covarianceType()}} */
    default String getCovarianceType() {
        return getOrDefault(covarianceType());
    }

    /** {@return {@link #penalty()}} */
    default double getPenalty() {
        return (Double) getOrDefault(penalty());
    }

    /** {@return {@link #regCovar()}} */
    default double getRegCovar() {
        return (Double) getOrDefault(regCovar());
    }

    /** {@return {@link #numStarts()}} */
    default int getNumStarts() {
        return (Integer) getOrDefault(numStarts());
    }

    /** {@return {@link #sampleSize()}} */
    default long getSampleSize() {
        return (Long) getOrDefault(sampleSize());
    }

    /** {@return {@link #initialModel()}} */
    default String getInitialModel() {
        return getOrDefault(initialModel());
    }
}
