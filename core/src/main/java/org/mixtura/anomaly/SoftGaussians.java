package org.mixtura.anomaly;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.mixtura.data.Matrix;
import org.mixtura.kernel.QuadraticForms;
import org.mixtura.linalg.Cholesky;
import org.mixtura.linalg.NotPositiveDefiniteException;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/**
 * K Gaussians with weights that need not sum to one, as a {@link SoftAssignment} gives them, and their energy
 *
 * <p>E(z) = −ln Σ_k φ_k N(z; μ_k, Σ_k + εI), in nats.
 *
 * <p>The ridge ε enters the factor L_k, its determinant and the energy, but not Σ_k itself nor the sum of inverse
 * variances; so ln det(Σ_k + εI) is not ln det Σ_k.
 *
 * <ul>
 *   <li>A component of weight 0 has no part in the energy.
 *   <li>A component that no point belongs to has weight 0, NaN for every other parameter, and is listed by {@link
 *       #emptyComponents}.
 *   <li>A column without variance in a component is listed by {@link #flatDirections}. It makes the sum of inverse variances
 *       infinite; the energy stays finite thanks to ε.
 * </ul>
 *
 * <p>Against the reference program in double precision: 1e-10 relative to max(1, |value|) for every parameter and energy.
 */
public final class SoftGaussians {
    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    /**
     * A column that is constant within a component.
     *
     * @param component k, from 0
     * @param column the column, from 0
     */
    public record FlatDirection(int component, int column) {}

    private final double[] origin;
    private final double[] weights;
    /** μ_k relative to the origin, K × D: data far from zero keep their digits. */
    private final double[] centres;

    private final double[][] covariances;
    private final double[] epsilons;
    private final double[][] factors;
    private final double[] logDeterminants;

    private SoftGaussians(double[] origin, double[] weights, double[] centres, double[][] covariances, Ridge ridge) {
        int d = origin.length;
        this.origin = origin;
        this.weights = weights;
        this.centres = centres;
        this.covariances = covariances;
        this.epsilons = new double[weights.length];
        this.factors = new double[weights.length][];
        this.logDeterminants = new double[weights.length];
        for (int k = 0; k < weights.length; k++) {
            epsilons[k] = ridge.epsilon(trace(covariances[k], d), d);
            factors[k] = isEmpty(k) ? covariances[k] : factored(k);
            logDeterminants[k] = Cholesky.logDeterminant(factors[k], d);
        }
    }

    /**
     * Gaussians from known parameters.
     *
     * @param weights φ, K numbers that are finite and not negative, at least one of them positive
     * @param means μ, K × D
     * @param covariances Σ_k without any ridge, K symmetric D × D matrices; only their lower triangles are read
     * @param ridge what to add to the covariances before they are factored
     * @return the Gaussians
     * @throws IllegalArgumentException if the shapes do not fit, a number breaks its rule, or Σ_k + εI is not positive
     *     definite
     */
    public static SoftGaussians of(double[] weights, Matrix means, List<Matrix> covariances, Ridge ridge) {
        int components = weights.length;
        int d = means.columns();
        if (components < 1 || d < 1 || means.rows() != components || covariances.size() != components) {
            throw new IllegalArgumentException(components + " weights, means of " + means.rows() + " × " + d + " and "
                    + covariances.size() + " covariances; there must be one of each for every component");
        }
        double[][] packed = new double[components][];
        for (int k = 0; k < components; k++) {
            String component = "component " + k + " of " + components + ": ";
            Matrix covariance = covariances.get(k);
            if (!(weights[k] >= 0 && weights[k] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        component + "weight is " + weights[k] + "; a weight is finite and not negative");
            }
            if (covariance.rows() != d || covariance.columns() != d) {
                throw new IllegalArgumentException(component + "covariance of " + covariance.rows() + " × "
                        + covariance.columns() + " for means of " + d + " columns");
            }
            packed[k] = Packed.of(covariance.toRows());
            if (!DoubleStream.concat(Arrays.stream(means.row(k)), Arrays.stream(packed[k]))
                    .allMatch(Double::isFinite)) {
                throw new IllegalArgumentException(component + "mean or covariance is not finite");
            }
        }
        if (Arrays.stream(weights).noneMatch(weight -> weight > 0)) {
            throw new IllegalArgumentException("all " + components + " weights are zero");
        }
        return new SoftGaussians(new double[d], weights.clone(), means.toRowMajor(), packed, ridge);
    }

    /** Gaussians over arrays that are handed over; NaN centres mark empty components. */
    static SoftGaussians about(
            double[] origin, double[] weights, double[] centres, double[][] covariances, Ridge ridge) {
        return new SoftGaussians(origin, weights, centres, covariances, ridge);
    }

    private static double trace(double[] covariance, int d) {
        return IntStream.range(0, d)
                .mapToDouble(j -> covariance[Packed.index(j, j)])
                .sum();
    }

    private boolean isEmpty(int component) {
        return Double.isNaN(centres[component * dimension()]);
    }

    private double[] factored(int component) {
        try {
            return Cholesky.factor(regularised(component), dimension());
        } catch (NotPositiveDefiniteException e) {
            throw new IllegalArgumentException(
                    "component " + component + " of " + size() + ": covariance + " + epsilons[component] + " I is "
                            + e.getMessage() + "; raise the ridge, or make it relative to the variances",
                    e);
        }
    }

    /** The lower triangle of Σ_k + εI. */
    private double[] regularised(int component) {
        double[] sum = covariances[component].clone();
        for (int j = 0; j < dimension(); j++) {
            sum[Packed.index(j, j)] += epsilons[component];
        }
        return sum;
    }

    /** {@return the number of components, K, empty ones included} */
    public int size() {
        return weights.length;
    }

    /** {@return the number of columns, D} */
    public int dimension() {
        return origin.length;
    }

    /** {@return φ, K values, a copy} */
    public double[] weights() {
        return weights.clone();
    }

    /** {@return μ, K × D} */
    public Matrix means() {
        double[] means = centres.clone();
        for (int i = 0; i < means.length; i++) {
            means[i] += origin[i % dimension()];
        }
        return Matrix.owning(size(), dimension(), means);
    }

    /**
     * The covariance of a component, without the ridge.
     *
     * @param component k, from 0
     * @return Σ_k, D × D
     */
    public Matrix covariance(int component) {
        return Matrix.of(Packed.toSymmetricRows(covariances[component], dimension()));
    }

    /**
     * The Cholesky factor of a component's covariance with the ridge.
     *
     * @param component k, from 0
     * @return L_k with L_k L_kᵀ = Σ_k + εI, D × D, lower triangular
     */
    public Matrix factor(int component) {
        double[] values = new double[dimension() * dimension()];
        for (int i = 0; i < dimension(); i++) {
            System.arraycopy(factors[component], Packed.index(i, 0), values, i * dimension(), i + 1);
        }
        return Matrix.owning(dimension(), dimension(), values);
    }

    /** {@return ln det(Σ_k + εI), K values, a copy} */
    public double[] logDeterminants() {
        return logDeterminants.clone();
    }

    /**
     * The sum of the inverse variances over all components that are not empty and all columns, Σ_k Σ_j 1 / Σ_k,jj: the
     * penalty {@code cov_diag} of the reference program.
     *
     * @return the sum, without the ridge; infinite if there is a flat direction
     */
    public double inverseVariances() {
        double sum = 0;
        for (int k = 0; k < size(); k++) {
            for (int j = 0; j < dimension() && !isEmpty(k); j++) {
                sum += 1 / covariances[k][Packed.index(j, j)];
            }
        }
        return sum;
    }

    /** {@return the components and columns in which the variance is exactly 0} */
    public List<FlatDirection> flatDirections() {
        List<FlatDirection> flat = new ArrayList<>();
        for (int k = 0; k < size(); k++) {
            for (int j = 0; j < dimension(); j++) {
                if (covariances[k][Packed.index(j, j)] == 0) {
                    flat.add(new FlatDirection(k, j));
                }
            }
        }
        return List.copyOf(flat);
    }

    /** {@return the components that no point belongs to, from 0, in rising order} */
    public List<Integer> emptyComponents() {
        return IntStream.range(0, size()).filter(this::isEmpty).boxed().toList();
    }

    /** {@return the energy of points under these Gaussians, −ln Σ_k φ_k N(z; μ_k, Σ_k + εI)} */
    public Energy energy() {
        int d = dimension();
        int[] present = present();
        double[] constants = new double[present.length];
        double[] presentCentres = new double[present.length * d];
        double[][] inverses = new double[present.length][];
        for (int i = 0; i < present.length; i++) {
            int k = present[i];
            constants[i] = Math.log(weights[k]) - 0.5 * (d * LOG_TWO_PI + logDeterminants[k]);
            System.arraycopy(centres, k * d, presentCentres, i * d, d);
            inverses[i] = Cholesky.invert(factors[k], d);
        }
        return new Energy(QuadraticForms.of(
                QuadraticForms.Factor.TRIANGULAR, origin.clone(), presentCentres, constants, inverses));
    }

    /**
     * The mixture of these Gaussians, with weights φ_k / Σφ, covariances Σ_k + εI, and without the components of weight 0.
     * Its negative log-density is the energy plus ln Σφ.
     *
     * @return a proper mixture
     */
    public GaussianMixture mixture() {
        int[] present = present();
        double total = Arrays.stream(weights).sum();
        Matrix means = means();
        return GaussianMixture.of(
                Arrays.stream(present).mapToDouble(k -> weights[k] / total).toArray(),
                Arrays.stream(present)
                        .mapToObj(k -> Gaussian.of(means.row(k), Covariance.full(regularised(k), dimension())))
                        .toList());
    }

    private int[] present() {
        return IntStream.range(0, size()).filter(k -> weights[k] > 0).toArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SoftGaussians gaussians
                && Arrays.equals(origin, gaussians.origin)
                && Arrays.equals(weights, gaussians.weights)
                && Arrays.equals(centres, gaussians.centres)
                && Arrays.deepEquals(covariances, gaussians.covariances)
                && Arrays.equals(epsilons, gaussians.epsilons);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(weights) + Arrays.hashCode(centres);
    }

    @Override
    public String toString() {
        return size() + " Gaussians in " + dimension() + " columns, weights " + Arrays.toString(weights) + ", means "
                + means();
    }
}
