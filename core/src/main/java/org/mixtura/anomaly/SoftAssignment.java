package org.mixtura.anomaly;

import java.util.Arrays;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.RowSummary;
import org.mixtura.kernel.Scan;
import org.mixtura.linalg.Packed;

/**
 * Points z (N × D) with a soft assignment γ (N × K) to K components, as a clustering or a network's softmax gives it, and
 * the rules for turning both into Gaussians:
 *
 * <p>S_k = Σ_n γ_nk, φ_k = S_k / N, μ_k = Σ_n γ_nk z_n / S_k, Σ_k = Σ_n γ_nk (z_n − μ_k)(z_n − μ_k)ᵀ / S_k.
 *
 * <ul>
 *   <li>The covariance is biased: it divides by S_k.
 *   <li>N counts the rows, also when the rows of γ do not sum to one; then Σ φ_k ≠ 1.
 *   <li>If the points have weights, row n stands for w_n rows, in the sums as in N. Weights of the rows of γ are not used.
 *   <li>A variance below the square of the spacing of doubles around its column's values is rounding: it, and the
 *       covariances with it, are exactly 0.
 *   <li>Memberships below 1e-60 count as 0.
 * </ul>
 *
 * <p>Four passes over the points, two of them over γ: the means first, then the moments about the means, so that data 7e7
 * standard deviations away from zero have the same covariances to 1e-13 as data around zero. Memory is K · D², never
 * N · K · D².
 *
 * <p>The parameters are those of Zong et al., Deep autoencoding Gaussian mixture model for unsupervised anomaly detection,
 * ICLR 2018.
 */
public final class SoftAssignment {
    /** What an assignment must satisfy. */
    public enum Checks {
        /** Each row of γ sums to one within 1e-6 and no component is empty; the default. */
        STRICT,
        /** Rows of γ may have any sum; a component without members is left out and reported. */
        LENIENT
    }

    private static final double MEMBERSHIP_SUM = 1e-6;

    private final Rows points;
    private final Rows memberships;
    private final Checks checks;
    private final Ridge ridge;

    private SoftAssignment(Rows points, Rows memberships, Checks checks, Ridge ridge) {
        this.points = points;
        this.memberships = memberships;
        this.checks = checks;
        this.ridge = ridge;
    }

    /**
     * An assignment, checked strictly and with an absolute ridge of 1e-6, the value of the reference program. See {@link
     * Ridge} for its dependence on units.
     *
     * @param points z, N rows of D columns
     * @param memberships γ, N rows of K columns
     * @return the assignment
     * @throws IllegalArgumentException if there is no row or the numbers of rows differ
     */
    public static SoftAssignment of(Rows points, Rows memberships) {
        if (points.count() != memberships.count()) {
            throw new IllegalArgumentException(
                    memberships.count() + " rows of memberships for " + points.count() + " points");
        }
        if (points.count() < 1) {
            throw new IllegalArgumentException("no points; the parameters need at least one");
        }
        return new SoftAssignment(points, memberships, Checks.STRICT, Ridge.absolute(1e-6));
    }

    /**
     * The same assignment under other checks.
     *
     * @param newChecks strict, or lenient as the reference program, which checks nothing
     * @return the changed assignment
     */
    public SoftAssignment checks(Checks newChecks) {
        return new SoftAssignment(points, memberships, newChecks, ridge);
    }

    /**
     * The same assignment with another ridge.
     *
     * @param newRidge what to add to the covariances before they are factored
     * @return the changed assignment
     */
    public SoftAssignment ridge(Ridge newRidge) {
        return new SoftAssignment(points, memberships, checks, newRidge);
    }

    /**
     * The Gaussians of the components.
     *
     * @return φ, μ, Σ and what follows from them
     * @throws IllegalArgumentException if a point is not finite; if a membership is negative or not finite; if the checks
     *     are strict and a row of γ does not sum to one or a component is empty; if all components are empty; or if Σ_k + εI
     *     is not positive definite
     */
    public SoftGaussians gaussians() {
        int d = points.dimension();
        int components = memberships.dimension();
        Scan.refuseGaps(points, "a soft assignment");
        Scan.refuseCovariances(points, "a soft assignment");
        double[] origin = RowSummary.of(points, processors()).origin();
        Moments rough = moments(origin, new double[components * d], Moments.Scatter.DIAGONAL);
        requireMembers(rough.weights());
        Moments moments = moments(origin, means(rough), Moments.Scatter.FULL);

        double[] weights = new double[components];
        double[][] covariances = new double[components][];
        double[] means = means(moments);
        for (int k = 0; k < components; k++) {
            double members = moments.weights()[k];
            weights[k] = members / moments.totalWeight();
            covariances[k] = moments.scatter(k);
            for (int i = 0; i < covariances[k].length; i++) {
                covariances[k][i] /= members;
            }
            for (int j = 0; j < d; j++) {
                double spacing = Math.ulp(Math.max(Math.abs(origin[j]), Math.abs(means[k * d + j])));
                if (covariances[k][Packed.index(j, j)] <= spacing * spacing) {
                    flatten(covariances[k], j, d);
                }
            }
        }
        return SoftGaussians.about(origin, weights, means, covariances, ridge);
    }

    private Moments moments(double[] origin, double[] centres, Moments.Scatter scatter) {
        return Scan.moments(points, origin, centres, scatter, this::assign, processors());
    }

    /** Copies γ of the rows that have a weight, each checked. */
    private void assign(Block block, long first, double[] responsibilities) {
        int components = memberships.dimension();
        try (Rows.Reader reader = memberships.reader()) {
            Block gamma = reader.read(first, block.count());
            for (int i = 0; i < block.count(); i++) {
                for (int k = 0; k < components && block.weight(i) > 0; k++) {
                    responsibilities[i * components + k] = membership(gamma, first, i, k);
                }
                if (checks == Checks.STRICT && block.weight(i) > 0) {
                    requireSumOfOne(responsibilities, i * components, first + i);
                }
            }
        }
    }

    private double membership(Block gamma, long first, int i, int k) {
        double membership = gamma.get(i, k);
        if (!(membership >= 0 && membership < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("row " + (first + i) + ": membership \""
                    + memberships.columns().get(k) + "\" is " + membership
                    + "; a membership is finite and not negative");
        }
        return membership;
    }

    private void requireSumOfOne(double[] responsibilities, int from, long row) {
        double sum = 0;
        for (int k = 0; k < memberships.dimension(); k++) {
            sum += responsibilities[from + k];
        }
        if (!(Math.abs(sum - 1) <= MEMBERSHIP_SUM)) {
            throw new IllegalArgumentException("row " + row + ": memberships sum to " + sum
                    + "; they must sum to 1 within " + MEMBERSHIP_SUM
                    + ": divide them by their sum, or make the checks lenient");
        }
    }

    private void requireMembers(double[] weights) {
        int components = weights.length;
        if (Arrays.stream(weights).noneMatch(weight -> weight > 0)) {
            throw new IllegalArgumentException("all " + components + " components are empty: every membership is 0");
        }
        for (int k = 0; k < components; k++) {
            if (checks == Checks.STRICT && !(weights[k] > 0)) {
                throw new IllegalArgumentException("component " + k + " of " + components
                        + " is empty: every membership \""
                        + memberships.columns().get(k)
                        + "\" is 0; leave the column out, or make the checks lenient");
            }
        }
    }

    /** The means relative to the origin, K × D; NaN for an empty component, which has none. */
    private static double[] means(Moments moments) {
        int d = moments.dimension();
        double[] means = new double[moments.components() * d];
        for (int k = 0; k < moments.components(); k++) {
            if (moments.weights()[k] > 0) {
                System.arraycopy(moments.mean(k), 0, means, k * d, d);
            } else {
                Arrays.fill(means, k * d, (k + 1) * d, Double.NaN);
            }
        }
        return means;
    }

    private static void flatten(double[] covariance, int column, int d) {
        for (int i = 0; i < d; i++) {
            covariance[Packed.index(Math.max(i, column), Math.min(i, column))] = 0;
        }
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }
}
