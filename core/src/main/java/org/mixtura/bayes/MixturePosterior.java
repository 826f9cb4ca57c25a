package org.mixtura.bayes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.mixtura.data.Matrix;
import org.mixtura.data.Rows;
import org.mixtura.kernel.QuadraticForms;
import org.mixtura.kernel.Scan;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.mixture.StudentMixture;

/**
 * What is known of a mixture after rows were seen, q(π) Π_k q(μ_k, Λ_k): the model of a variational fit.
 *
 * <p>A row is scored by s_k(x) = E ln π_k + E ln N(x; μ_k, Λ_k⁻¹), its responsibilities are exp s_k normalised, and Σ_n w_n ln
 * Σ_k exp s_k(x_n) − {@link #divergence()} is the evidence lower bound with all its constants ({@link #evidenceLowerBound}).
 * Numbers of components count from 0.
 */
public final class MixturePosterior {
    private final MixturePrior prior;
    private final WeightPosterior weights;
    private final List<GaussianPosterior> components;
    private final List<String> columns;

    private MixturePosterior(
            MixturePrior prior, WeightPosterior weights, List<GaussianPosterior> components, List<String> columns) {
        this.prior = prior;
        this.weights = weights;
        this.components = components;
        this.columns = columns;
    }

    /**
     * A posterior; its columns are called x0, x1, ….
     *
     * @param prior what was believed before
     * @param weights what is known of the weights
     * @param components what is known of each component, K of them; those of a tied prior share one precision object
     * @return the posterior
     * @throws IllegalArgumentException if the numbers of components or columns differ
     */
    public static MixturePosterior of(MixturePrior prior, WeightPosterior weights, List<GaussianPosterior> components) {
        int d = prior.component().dimension();
        if (components.size() != prior.components() || weights.size() != prior.components()) {
            throw new IllegalArgumentException("a prior of " + prior.components() + " components with " + weights.size()
                    + " weights and " + components.size() + " components after it");
        }
        for (int k = 0; k < components.size(); k++) {
            if (components.get(k).dimension() != d) {
                throw new IllegalArgumentException(
                        "component " + k + " has " + components.get(k).dimension() + " columns, the prior has " + d);
            }
        }
        List<String> columns = IntStream.range(0, d).mapToObj(j -> "x" + j).toList();
        return new MixturePosterior(prior, weights, List.copyOf(components), columns);
    }

    /**
     * The same posterior under other column names.
     *
     * @param names d different names
     * @return the renamed posterior
     * @throws IllegalArgumentException if there are not d names or two are the same
     */
    public MixturePosterior named(List<String> names) {
        return new MixturePosterior(prior, weights, components, Rows.checkColumns(names, dimension()));
    }

    /** {@return the number of components, K, in use or not} */
    public int size() {
        return components.size();
    }

    /** {@return the number of columns, d} */
    public int dimension() {
        return components.get(0).dimension();
    }

    /** {@return the names of the columns, d of them} */
    public List<String> columns() {
        return columns;
    }

    /** {@return what was believed before} */
    public MixturePrior prior() {
        return prior;
    }

    /** {@return what is known of the weights} */
    public WeightPosterior weights() {
        return weights;
    }

    /** {@return what is known of each component, K of them} */
    public List<GaussianPosterior> components() {
        return components;
    }

    /**
     * What is known of one component.
     *
     * @param component k, from 0
     * @return its distribution of mean and precision
     */
    public GaussianPosterior component(int component) {
        return components.get(component);
    }

    /**
     * The weight of the rows that a component owns, N_k = β_k − β₀.
     *
     * @param component k, from 0
     * @return Σ_n w_n r_nk of the rows that the posterior was learnt from
     */
    public double count(int component) {
        return components.get(component).meanPrecision() - prior.component().meanPrecision();
    }

    /** {@return how many components own at least one row, N_k ≥ 1; what is known of the others is little but the prior} */
    public int componentsInUse() {
        return (int) IntStream.range(0, size()).filter(k -> count(k) >= 1).count();
    }

    /** {@return the numbers of the components, those that own most rows first; of equals the earlier} */
    public List<Integer> order() {
        List<Integer> order = new ArrayList<>(IntStream.range(0, size()).boxed().toList());
        order.sort(Comparator.comparingDouble(k -> -count(k)));
        return Collections.unmodifiableList(order);
    }

    /** {@return the number of free parameters of {@link #mixture()}: what the prior fixes is not free} */
    public long freeParameters() {
        int k = size();
        int d = dimension();
        long freeWeights = weights.distributions().isEmpty() ? 0 : k - 1;
        boolean known = components.get(0).precision().degreesOfFreedom() == Double.POSITIVE_INFINITY;
        return known ? (long) k * d + freeWeights : prior.structure().parameters(k, d) - (k - 1) + freeWeights;
    }

    /** {@return Σ KL(posterior ‖ prior) over weights, means and precisions, nats; a shared precision counts once} */
    public double divergence() {
        return weights.divergence() + gaussianDivergence();
    }

    /** {@return the part of {@link #divergence()} that means and precisions have, nats} */
    public double gaussianDivergence() {
        double sum = 0;
        for (int k = 0; k < size(); k++) {
            GaussianPosterior component = components.get(k);
            sum += component.meanDivergence(prior.component());
            if (k == 0 || !prior.tied()) {
                sum += component.precision().klDivergence(prior.component().precision());
            }
        }
        return sum;
    }

    /**
     * The evidence lower bound, Σ_n w_n ln Σ_k exp s_k(x_n) − {@link #divergence()} ≤ ln p(rows), for the best
     * responsibilities.
     *
     * @param rows n rows of d columns
     * @return nats, all constants included
     * @throws IllegalArgumentException if the dimensions differ or a value is not finite
     */
    public double evidenceLowerBound(Rows rows) {
        requireColumns(rows);
        return Scan.moments(rows, forms(), prior.scatter(), processors()).logLikelihood() - divergence();
    }

    /** {@return the mixture of the expected weights E π, means m_k and covariances (E Λ_k)⁻¹} */
    public GaussianMixture mixture() {
        List<Gaussian> gaussians;
        if (prior.tied()) {
            var shared = components.get(0).precision().covariance();
            gaussians = components.stream()
                    .map(component -> Gaussian.of(component.mean(), shared))
                    .toList();
        } else {
            gaussians = components.stream().map(GaussianPosterior::expected).toList();
        }
        return GaussianMixture.of(weights.mean(), gaussians).named(columns);
    }

    /**
     * {@return the posterior predictive, the distribution of the next row: Σ_k E[π_k] times Student's t, or a Gaussian where
     * the covariance is known}
     */
    public StudentMixture predictive() {
        return StudentMixture.of(
                        weights.mean(),
                        components.stream().map(GaussianPosterior::predictive).toList())
                .named(columns);
    }

    /**
     * The responsibilities of each row, exp s_k(x) normalised. Holds n × K values.
     *
     * @param rows n rows of d columns
     * @return n × K probabilities, each row summing to one
     * @throws IllegalArgumentException if the dimensions differ or a value is not finite
     */
    public Matrix responsibilities(Rows rows) {
        requireColumns(rows);
        int n = Math.toIntExact(rows.count());
        double[] result = new double[Math.multiplyExact(n, size())];
        Scan.scores(
                rows,
                forms(),
                processors(),
                (first, count, logDensity, r) -> System.arraycopy(r, 0, result, (int) first * size(), count * size()));
        return Matrix.owning(n, size(), result);
    }

    /**
     * The most probable component of each row.
     *
     * @param rows n rows of d columns
     * @return n numbers from 0 to K − 1; of equals the first
     * @throws IllegalArgumentException if the dimensions differ or a value is not finite
     */
    public int[] labels(Rows rows) {
        requireColumns(rows);
        int[] result = new int[Math.toIntExact(rows.count())];
        Scan.scores(rows, forms(), processors(), (first, count, logDensity, r) -> {
            for (int i = 0; i < count; i++) {
                result[(int) first + i] = GaussianMixture.largest(r, i * size(), size());
            }
        });
        return result;
    }

    private void requireColumns(Rows rows) {
        if (rows.dimension() != dimension()) {
            throw new IllegalArgumentException(
                    "rows of " + rows.dimension() + " columns for a mixture of " + dimension() + " columns");
        }
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    /**
     * The same posterior moved.
     *
     * @param shift d values
     * @return the posterior of x + shift
     */
    public MixturePosterior translated(double[] shift) {
        return new MixturePosterior(
                prior.translated(shift),
                weights,
                components.stream().map(c -> c.translated(shift)).toList(),
                columns);
    }

    /**
     * The same posterior with its components in another order.
     *
     * @param order the present number of each component in its new place, K different numbers from 0
     * @return the permuted posterior
     * @throws IllegalArgumentException if the order is not a permutation, or the components have different priors
     */
    public MixturePosterior permuted(List<Integer> order) {
        List<Integer> sorted = new ArrayList<>(order);
        Collections.sort(sorted);
        if (!sorted.equals(IntStream.range(0, size()).boxed().toList())) {
            throw new IllegalArgumentException(order + " is not an order of " + size() + " components");
        }
        if (!prior.weights().exchangeable()) {
            throw new IllegalArgumentException("components under the weight prior " + prior.weights()
                    + " have their places; they cannot be put in another order");
        }
        return new MixturePosterior(
                prior,
                weights.permuted(order),
                order.stream().map(components::get).toList(),
                columns);
    }

    private QuadraticForms forms() {
        double[] origin = mixture().mean();
        return translated(Arrays.stream(origin).map(m -> -m).toArray()).formsAbout(origin);
    }

    /**
     * The forms with which the kernels score rows when this posterior's means are relative to an origin; internal.
     *
     * @param origin d values
     * @return s_k(x) = E ln π_k + E ln N(x − origin; μ_k, Λ_k⁻¹)
     */
    public QuadraticForms formsAbout(double[] origin) {
        double[] constants = weights.expectedLog();
        for (int k = 0; k < size(); k++) {
            constants[k] += components.get(k).scoreConstant();
        }
        return mixture().formsAbout(origin).withConstants(constants);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MixturePosterior posterior
                && prior.equals(posterior.prior)
                && weights.equals(posterior.weights)
                && components.equals(posterior.components)
                && columns.equals(posterior.columns);
    }

    @Override
    public int hashCode() {
        return 31 * weights.hashCode() + components.hashCode();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("posterior of a mixture of " + size() + " components, "
                + componentsInUse() + " in use, in " + dimension() + " columns");
        double[] mean = weights.mean();
        for (int k = 0; k < size(); k++) {
            text.append(System.lineSeparator()).append(mean[k]).append(" × ").append(components.get(k));
        }
        return text.toString();
    }
}
