package org.mixtura.fit;

import org.mixtura.kernel.RowSummary;
import org.mixtura.linalg.Packed;

/**
 * How an EM fit keeps covariances away from singular ones: a named policy, part of the fit's options.
 *
 * <p>Every policy turns the scatter S_k of a component of weight N_k into Σ_k = (S_k + a Λ) / (N_k + a) + ε I:
 *
 * <ul>
 *   <li>{@link #penalty}, the default: a pseudo-rows of covariance Λ = C / K^{2/d}, where C is the covariance of all rows,
 *       and a trace of the columns' own variances for the case of collinear columns. It maximises the likelihood less (a/2)
 *       Σ_k (tr ΛΣ_k⁻¹ + ln det Σ_k), so the objective is bounded and never falls; and it is affine-equivariant: other
 *       units or offsets give the same fit. (Fraley &amp; Raftery 2007, <a
 *       href="https://doi.org/10.1007/s00357-007-0004-5">doi:10.1007/s00357-007-0004-5</a>, for the scale; Chen &amp; Tan
 *       2009, <a href="https://doi.org/10.1016/j.jmva.2008.12.005">doi:10.1016/j.jmva.2008.12.005</a>, for the form.)
 *   <li>{@link #none}: maximum likelihood. The likelihood of a mixture is unbounded: a component may shrink onto one point. It
 *       is then reported as collapsed.
 *   <li>{@link #mclust}: mclust's default prior, which shrinks means as well; it depends on the units of the columns where
 *       covariances are diagonal or spherical.
 *   <li>{@link #absolute}: ε added to the diagonal after each M-step, as scikit-learn's {@code reg_covar}. It depends on the
 *       units of the columns, and the likelihood may fall between iterations.
 * </ul>
 */
public final class Regularization {
    private static final double COLLINEAR_SHARE = 1e-9;
    /** A share that keeps pivots above rounding however many rows stand against the pseudo-rows. */
    private static final double ROUNDING_SHARE = 1e-13;

    /** What mclust's prior gives the mean of all rows, in rows. */
    private static final double MCLUST_SHRINKAGE = 0.01;

    private final double pseudoRows;
    private final double ridge;
    private final double shrinkage;

    private Regularization(double pseudoRows, double ridge, double shrinkage) {
        this.pseudoRows = pseudoRows;
        this.ridge = ridge;
        this.shrinkage = shrinkage;
    }

    /**
     * The affine-equivariant penalty.
     *
     * @param pseudoRows a, how many rows the data covariance counts for in each component; 1 is the default of fits, less
     *     follows small clusters more closely
     * @return the policy
     * @throws IllegalArgumentException if a is not positive and finite
     */
    public static Regularization penalty(double pseudoRows) {
        if (!(pseudoRows > 0 && pseudoRows < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("penalty is " + pseudoRows
                    + "; it is a positive number of pseudo-rows (use no regularization to switch it off)");
        }
        return new Regularization(pseudoRows, 0, 0);
    }

    /** {@return maximum likelihood without any protection} */
    public static Regularization none() {
        return new Regularization(0, 0, 0);
    }

    /**
     * The prior that mclust's {@code priorControl()} gives, for fits that are to agree with it: the penalty is −ln prior up to a
     * constant. There is one for all structures but VEE, EVE, VVE and EVV. Only for EEI does mclust itself end elsewhere, by little, since
     * it leaves the means where the rows' are.
     *
     * <p>It is stronger than {@link #penalty}: with its ν = d + 2 it counts for 2d + 4 rows in the denominator of a full covariance,
     * and Λ for one in the numerator, so that small components come out too thin. (Fraley &amp; Raftery 2007, <a
     * href="https://doi.org/10.1007/s00357-007-0004-5">doi:10.1007/s00357-007-0004-5</a>.)
     *
     * @return the policy
     */
    public static Regularization mclust() {
        return new Regularization(0, 0, MCLUST_SHRINKAGE);
    }

    /**
     * A constant on the diagonal of every covariance after every M-step.
     *
     * @param ridge ε, in squared units of the columns
     * @return the policy
     * @throws IllegalArgumentException if ε is negative or not finite
     */
    public static Regularization absolute(double ridge) {
        if (!(ridge >= 0 && ridge < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("reg_covar is " + ridge + "; it is finite and not negative");
        }
        return new Regularization(0, ridge, 0);
    }

    /** {@return a, 0 if the policy is another} */
    public double pseudoRows() {
        return pseudoRows;
    }

    /** {@return ε, 0 if the policy is another} */
    public double ridge() {
        return ridge;
    }

    /** κ of mclust's prior, 0 if the policy is another. */
    double shrinkage() {
        return shrinkage;
    }

    /** Whether the objective has an upper bound. */
    boolean bounded() {
        return pseudoRows > 0 || shrinkage > 0;
    }

    /** Whether the objective under this policy can only rise. */
    boolean monotone() {
        return ridge == 0;
    }

    /** Whether a column with one value only can be fitted. */
    boolean allowsConstantColumns() {
        return ridge > 0;
    }

    /** a Λ for given data and K, packed; zeros if there are no pseudo-rows. */
    double[] pseudoScatter(RowSummary summary, int components) {
        double[] scatter = summary.covariance();
        int d = summary.origin().length;
        double share = pseudoRows / Math.pow(components, 2.0 / d);
        double floor = pseudoRows * COLLINEAR_SHARE + summary.totalWeight() * ROUNDING_SHARE;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                int at = Packed.index(i, j);
                scatter[at] = pseudoRows == 0 ? 0 : scatter[at] * (i == j ? share + floor : share);
            }
        }
        return scatter;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Regularization regularization
                && Double.compare(pseudoRows, regularization.pseudoRows) == 0
                && Double.compare(ridge, regularization.ridge) == 0
                && Double.compare(shrinkage, regularization.shrinkage) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Double.hashCode(pseudoRows) + Double.hashCode(ridge)) + Double.hashCode(shrinkage);
    }

    @Override
    public String toString() {
        if (pseudoRows > 0) {
            return "penalty " + pseudoRows;
        }
        if (shrinkage > 0) {
            return "mclust";
        }
        return ridge > 0 ? "reg_covar " + ridge : "none";
    }
}
