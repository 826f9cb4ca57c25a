package org.mixtura.bayes;

import org.mixtura.kernel.Moments;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.StudentT;
import org.mixtura.special.MultivariateGamma;

/**
 * A Wishart distribution of a precision, W(ν, W) with E Λ = ν W and density ∝ |Λ|^{(ν−d−1)/2} exp(−½ tr W⁻¹Λ).
 *
 * <p>It is kept as C = W⁻¹/ν, the covariance of the expected precision, for that is what scores need. C may be restricted to
 * a diagonal or to a multiple of the identity. The update then takes the diagonal of W⁻¹, or the mean of it. These are
 * scikit-learn's formulas, and they are exact: among all W(ν, W) with such a W, this one is nearest to the posterior in KL(q
 * ‖ p), so the evidence lower bound of the <em>unrestricted</em> model holds and still never falls. (In KL(W(ν, W) ‖ W(ν*,
 * W*)) = −½ν* ln det W + ½ν tr W*⁻¹W − ln Γ_d(ν/2) + ½(ν − ν*) ψ_d(ν/2) + constant set the derivatives by the free elements
 * of W and by ν to zero: ν = ν* and W_jj = 1/(W*⁻¹)_jj.)
 */
public final class Wishart extends PrecisionPosterior {
    private final double degreesOfFreedom;
    private final Covariance covariance;

    private Wishart(double degreesOfFreedom, Covariance covariance) {
        this.degreesOfFreedom = degreesOfFreedom;
        this.covariance = covariance;
    }

    /**
     * A Wishart distribution.
     *
     * @param degreesOfFreedom ν, more than d − 1
     * @param inverseScale W⁻¹, scikit-learn's {@code covariance_prior}: the scatter of ν rows
     * @return the distribution
     * @throws IllegalArgumentException if ν is not more than d − 1 and finite
     */
    public static Wishart of(double degreesOfFreedom, Covariance inverseScale) {
        int d = inverseScale.dimension();
        if (!(degreesOfFreedom > d - 1 && degreesOfFreedom < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("degrees of freedom are " + degreesOfFreedom + "; with " + d
                    + " columns they are finite and more than " + (d - 1));
        }
        return new Wishart(degreesOfFreedom, inverseScale.times(1 / degreesOfFreedom));
    }

    /** {@return ν} */
    @Override
    public double degreesOfFreedom() {
        return degreesOfFreedom;
    }

    /** {@return C = W⁻¹/ν} */
    @Override
    public Covariance covariance() {
        return covariance;
    }

    /** {@return W⁻¹ = ν C} */
    public Covariance inverseScale() {
        return covariance.times(degreesOfFreedom);
    }

    /** ln det W. */
    private double logDeterminantOfScale() {
        return -dimension() * Math.log(degreesOfFreedom) - covariance.logDeterminant();
    }

    /** {@return E ln det Λ = ψ_d(ν/2) + d ln 2 + ln det W} */
    @Override
    public double expectedLogDeterminant() {
        int d = dimension();
        return MultivariateGamma.digamma(degreesOfFreedom / 2, d) + d * Math.log(2) + logDeterminantOfScale();
    }

    /** {@return ln Z = ½ν ln det W + ½νd ln 2 + ln Γ_d(ν/2), the integral of |Λ|^{(ν−d−1)/2} exp(−½ tr W⁻¹Λ)} */
    public double logNormalizer() {
        int d = dimension();
        return degreesOfFreedom / 2 * (logDeterminantOfScale() + d * Math.log(2))
                + MultivariateGamma.log(degreesOfFreedom / 2, d);
    }

    /** ν + N, W⁻¹ + S, brought into the structure of C. */
    @Override
    Wishart updated(double count, double[] scatter) {
        int d = dimension();
        double freedom = degreesOfFreedom + count;
        double share = degreesOfFreedom / freedom;
        CovarianceStructure structure = covariance.structure();
        if (structure == CovarianceStructure.FULL) {
            double[] elements = covariance.lowerTriangle();
            for (int i = 0; i < elements.length; i++) {
                elements[i] = elements[i] * share + scatter[i] / freedom;
            }
            return new Wishart(freedom, Covariance.full(elements, d));
        }
        double[] variances = new double[d];
        double sum = 0;
        for (int j = 0; j < d; j++) {
            double own = scatter[scatter.length == d ? j : Packed.index(j, j)];
            variances[j] = covariance.get(j, j) * share + own / freedom;
            sum += variances[j];
        }
        return new Wishart(
                freedom,
                structure == CovarianceStructure.DIAGONAL
                        ? Covariance.diagonal(variances)
                        : Covariance.spherical(d, sum / d));
    }

    /**
     * {@inheritDoc}
     *
     * <p>−½ν₀ (ln det W − ln det W₀) + ½ν (tr W₀⁻¹W − d) + ln Γ_d(ν₀/2) − ln Γ_d(ν/2) + ½(ν − ν₀) ψ_d(ν/2).
     */
    @Override
    public double klDivergence(PrecisionPosterior prior) {
        if (!(prior instanceof Wishart before) || before.dimension() != dimension()) {
            throw new IllegalArgumentException(this + " cannot be compared with " + prior);
        }
        int d = dimension();
        double trace = before.degreesOfFreedom * covariance.traceOfInverseTimes(before.covariance) / degreesOfFreedom;
        return -before.degreesOfFreedom / 2 * (logDeterminantOfScale() - before.logDeterminantOfScale())
                + degreesOfFreedom / 2 * (trace - d)
                + MultivariateGamma.log(before.degreesOfFreedom / 2, d)
                - MultivariateGamma.log(degreesOfFreedom / 2, d)
                + (degreesOfFreedom - before.degreesOfFreedom) / 2 * MultivariateGamma.digamma(degreesOfFreedom / 2, d);
    }

    /** Student's t with ν + 1 − d degrees of freedom and scale (β + 1) / (β (ν + 1 − d)) W⁻¹. */
    @Override
    StudentT predictive(double[] mean, double meanPrecision) {
        double freedom = degreesOfFreedom + 1 - dimension();
        return StudentT.of(mean, covariance.times((1 + 1 / meanPrecision) * degreesOfFreedom / freedom), freedom);
    }

    @Override
    Moments.Scatter scatter() {
        return covariance.structure() == CovarianceStructure.FULL ? Moments.Scatter.FULL : Moments.Scatter.DIAGONAL;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Wishart wishart
                && degreesOfFreedom == wishart.degreesOfFreedom
                && covariance.equals(wishart.covariance);
    }

    @Override
    public int hashCode() {
        return 31 * Double.hashCode(degreesOfFreedom) + covariance.hashCode();
    }

    @Override
    public String toString() {
        return "Wishart with " + degreesOfFreedom + " degrees of freedom and expected precision's covariance "
                + covariance;
    }
}
