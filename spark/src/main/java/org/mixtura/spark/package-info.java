/**
 * Gaussian mixtures over the rows of an Apache Spark cluster: an {@link org.mixtura.spark.GaussianMixture estimator} and a {@link
 * org.mixtura.spark.GaussianMixtureModel model} for pipelines, with the names of Spark's own, and the same model file as the local
 * library.
 */
@NullMarked
package org.mixtura.spark;

import org.jspecify.annotations.NullMarked;
