package org.mixtura.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.mixtura.mixture.CovarianceStructure;

/** The parameters of one estimator or model; what each means is said in {@link MixtureParams}. */
public final class MixtureParamSet implements Serializable {
    private static final long serialVersionUID = 1;

    final Param<String> featuresCol;
    final Param<String> weightCol;
    final Param<String> predictionCol;
    final Param<String> probabilityCol;
    final Param<String> logDensityCol;
    final Param<String> energyCol;
    final IntParam k;
    final IntParam maxIter;
    final DoubleParam tol;
    final LongParam seed;
    final IntParam aggregationDepth;
    final Param<String> covarianceType;
    final DoubleParam penalty;
    final DoubleParam regCovar;
    final IntParam numStarts;
    final LongParam sampleSize;
    final Param<String> initialModel;

    /**
     * @param parent whose parameters these are
     */
    MixtureParamSet(MixtureParams parent) {
        featuresCol = new Param<>(parent, "featuresCol", "column of features: vectors, or arrays of doubles or floats");
        weightCol = new Param<>(parent, "weightCol", "column of weights, empty for none: 2 is the row twice");
        predictionCol = new Param<>(parent, "predictionCol", "new column: the most probable component, from 0");
        probabilityCol = new Param<>(parent, "probabilityCol", "new column: the probabilities of the components");
        logDensityCol = new Param<>(parent, "logDensityCol", "new column: ln p(x), nats; empty for none");
        energyCol = new Param<>(parent, "energyCol", "new column: the energy -ln p(x), nats; empty for none");
        k = new IntParam(parent, "k", "number of components, at least 1", ParamValidators.gtEq(1));
        maxIter = new IntParam(parent, "maxIter", "most rounds over all rows", ParamValidators.gtEq(0));
        tol = new DoubleParam(parent, "tol", "least gain of a round, nats per row", ParamValidators.gtEq(0));
        seed = new LongParam(parent, "seed", "seed of all random choices");
        aggregationDepth = new IntParam(
                parent, "aggregationDepth", "levels in which results of partitions are added", ParamValidators.gtEq(1));
        covarianceType = new Param<>(
                parent, "covarianceType", "shape of the covariances", ParamValidators.inArray(structures()));
        penalty = new DoubleParam(
                parent,
                "penalty",
                "rows' worth of the data's covariance in each component; 0 for plain maximum likelihood",
                ParamValidators.gtEq(0));
        regCovar = new DoubleParam(
                parent, "regCovar", "added to each variance in place of the penalty", ParamValidators.gtEq(0));
        numStarts =
                new IntParam(parent, "numStarts", "random starts of the search on the sample", ParamValidators.gtEq(1));
        sampleSize = new LongParam(
                parent, "sampleSize", "rows that the search may see; 0 to let it choose", ParamValidators.gtEq(0));
        initialModel = new Param<>(parent, "initialModel", "model file, as text, to start from; empty to search");
    }

    private static List<String> structures() {
        return Arrays.stream(CovarianceStructure.values())
                .map(CovarianceStructure::label)
                .toList();
    }

    /** Gives the parent its defaults, once it knows its parameters. */
    void setDefaults(MixtureParams parent) {
        parent.setDefault(featuresCol, "features");
        parent.setDefault(weightCol, "");
        parent.setDefault(predictionCol, "prediction");
        parent.setDefault(probabilityCol, "probability");
        parent.setDefault(logDensityCol, "");
        parent.setDefault(energyCol, "");
        parent.setDefault(k, 2);
        parent.setDefault(maxIter, 100);
        parent.setDefault(tol, 1e-6);
        parent.setDefault(seed, 0L);
        parent.setDefault(aggregationDepth, 2);
        parent.setDefault(covarianceType, CovarianceStructure.FULL.label());
        parent.setDefault(penalty, 1.0);
        parent.setDefault(regCovar, 0.0);
        parent.setDefault(numStarts, 10);
        parent.setDefault(sampleSize, 0L);
        parent.setDefault(initialModel, "");
    }
}
