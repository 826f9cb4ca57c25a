package org.mixtura.mixture;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.mixtura.data.Matrix;
import org.mixtura.data.Rows;
import org.mixtura.kernel.QuadraticForms;
import org.mixtura.special.LogSumExp;

/**
 * A mixture of K Student distributions over d named columns, p(x) = Σ_k π_k t(x; ν_k, μ_k, Σ_k): components with heavy tails, which
 * rows far out do not draw to them (Peel &amp; McLachlan 2000, <a
 * href="https://doi.org/10.1023/A:1008981510081">doi:10.1023/A:1008981510081</a>). It is also the predictive of a mixture whose
 * covariances are uncertain.
 *
 * <p>It consists of Gaussians with the same locations μ_k and scales Σ_k, its limit as the ν_k grow, and the degrees of freedom; a
 * component with infinitely many is a Gaussian. Rows with gaps ({@link Rows#withGaps}) are scored by what is there of them.
 */
public final class StudentMixture implements Mixture {
    private final GaussianMixture gaussians;
    private final double[] degreesOfFreedom;
    private final List<StudentT> components;
    private final double[] logWeights;

    private StudentMixture(GaussianMixture gaussians, double[] degreesOfFreedom) {
        this.gaussians = gaussians;
        this.degreesOfFreedom = degreesOfFreedom;
        this.components = IntStream.range(0, gaussians.size())
                .mapToObj(k -> StudentT.of(
                        gaussians.component(k).mean(), gaussians.component(k).covariance(), degreesOfFreedom[k]))
                .toList();
        this.logWeights = Arrays.stream(gaussians.weights()).map(Math::log).toArray();
    }

    /**
     * Gaussians given tails.
     *
     * @param gaussians the weights π_k, the locations μ_k as means, the scales Σ_k as covariances, and the columns
     * @param degreesOfFreedom ν_k, K positive numbers, or +∞; copied
     * @return the mixture
     * @throws IllegalArgumentException if there are not K or one is not positive
     */
    public static StudentMixture of(GaussianMixture gaussians, double... degreesOfFreedom) {
        if (degreesOfFreedom.length != gaussians.size()) {
            throw new IllegalArgumentException(
                    degreesOfFreedom.length + " degrees of freedom for " + gaussians.size() + " components");
        }
        return new StudentMixture(gaussians, degreesOfFreedom.clone());
    }

    /**
     * A mixture; its columns are called x0, x1, ….
     *
     * @param weights π, K numbers that are not negative and sum to one within 1e-9
     * @param components K distributions of one dimension
     * @return the mixture
     * @throws IllegalArgumentException as {@link GaussianMixture#of}
     */
    public static StudentMixture of(double[] weights, List<StudentT> components) {
        List<Gaussian> limits = components.stream()
                .map(student -> Gaussian.of(student.location(), student.scale()))
                .toList();
        return new StudentMixture(
                GaussianMixture.of(weights, limits),
                components.stream().mapToDouble(StudentT::degreesOfFreedom).toArray());
    }

    /** {@return the mixture of Gaussians with these weights, with the locations as means and the scales as covariances} */
    @Override
    public GaussianMixture gaussians() {
        return gaussians;
    }

    /** {@return ν_k, K values, a copy; +∞ for a Gaussian} */
    public double[] degreesOfFreedom() {
        return degreesOfFreedom.clone();
    }

    /** {@return the number of components, K} */
    @Override
    public int size() {
        return components.size();
    }

    /** {@return the number of free parameters: the Gaussians', and one for each different number of degrees of freedom} */
    public long freeParameters() {
        return gaussians.freeParameters()
                + Arrays.stream(degreesOfFreedom).distinct().count();
    }

    /**
     * One component.
     *
     * @param component k, from 0
     * @return its distribution
     */
    public StudentT component(int component) {
        return components.get(component);
    }

    /**
     * The logarithm of the density at a point.
     *
     * @param x d values
     * @return nats
     * @throws IllegalArgumentException if there are not d values or one is not finite
     */
    @Override
    public double logDensity(double[] x) {
        return LogSumExp.of(logTerms(x));
    }

    /** ln π_k + ln t_k(x), K values. */
    private double[] logTerms(double[] x) {
        gaussians.requirePoint(x);
        double[] terms = new double[size()];
        for (int k = 0; k < terms.length; k++) {
            terms[k] = logWeights[k] + components.get(k).logDensity(x);
        }
        return terms;
    }

    /**
     * The probabilities of the components given a point, r_k = π_k t(x; ν_k, μ_k, Σ_k) / p(x).
     *
     * @param x d values
     * @return K values that sum to one
     * @throws IllegalArgumentException if there are not d values or one is not finite
     */
    @Override
    public double[] responsibilities(double[] x) {
        double[] shares = logTerms(x);
        double logDensity = LogSumExp.of(shares);
        for (int k = 0; k < shares.length; k++) {
            shares[k] = Math.exp(shares[k] - logDensity);
        }
        return shares;
    }

    /**
     * Draws rows: a component by weight, then a point of it.
     *
     * @param count n
     * @param random the source of randomness; the same source in the same state gives the same rows
     * @return n × d
     * @throws IllegalArgumentException if the count is negative
     */
    @Override
    public Matrix sample(int count, RandomGenerator random) {
        if (!(count >= 0)) {
            throw new IllegalArgumentException("cannot draw " + count + " rows; the number must not be negative");
        }
        int d = dimension();
        double[] weights = gaussians.weights();
        double[] values = new double[Math.multiplyExact(count, d)];
        for (int i = 0; i < count; i++) {
            double[] row = component(MixtureWeights.draw(weights, random)).sample(random);
            System.arraycopy(row, 0, values, i * d, d);
        }
        return Matrix.owning(count, d, values);
    }

    /**
     * The same mixture under other column names.
     *
     * @param names d different names
     * @return the renamed mixture
     * @throws IllegalArgumentException if there are not d names or two are the same
     */
    @Override
    public StudentMixture named(List<String> names) {
        return new StudentMixture(gaussians.named(names), degreesOfFreedom);
    }

    /**
     * The same mixture moved.
     *
     * @param shift d values
     * @return the mixture of x + shift
     */
    public StudentMixture translated(double[] shift) {
        return new StudentMixture(gaussians.translated(shift), degreesOfFreedom);
    }

    /** {@return the same mixture with its components in the canonical order of its Gaussians} */
    public StudentMixture canonical() {
        return canonical(0);
    }

    /**
     * The same mixture, its components behind some in the order of {@link #canonical()}.
     *
     * @param kept how many components, the first ones, keep their places
     * @return the ordered mixture
     */
    public StudentMixture canonical(int kept) {
        List<Integer> order = gaussians.canonicalOrder(kept);
        double[] permuted = order.stream().mapToDouble(k -> degreesOfFreedom[k]).toArray();
        return new StudentMixture(gaussians.permuted(order), permuted);
    }

    /**
     * The forms with which the kernels score rows when this mixture's locations are relative to an origin; internal.
     *
     * @param origin d values
     * @return s_k(x) = ln π_k + ln t(x − origin; ν_k, μ_k, Σ_k)
     */
    @Override
    public QuadraticForms formsAbout(double[] origin) {
        return gaussians.formsAbout(origin).withTails(degreesOfFreedom.clone());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StudentMixture mixture
                && Arrays.equals(degreesOfFreedom, mixture.degreesOfFreedom)
                && gaussians.equals(mixture.gaussians);
    }

    @Override
    public int hashCode() {
        return 31 * gaussians.hashCode() + Arrays.hashCode(degreesOfFreedom);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("mixture of " + size() + " "
                + gaussians.structure().label() + " Student distributions in " + dimension() + " columns");
        for (int k = 0; k < size(); k++) {
            text.append(System.lineSeparator())
                    .append(gaussians.weight(k))
                    .append(" × ")
                    .append(component(k));
        }
        return text.toString();
    }
}
