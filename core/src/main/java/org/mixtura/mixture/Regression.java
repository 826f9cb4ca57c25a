package org.mixtura.mixture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Gaussian mixture regression: what a mixture says of one column, the target y, when others are known to be x.
 *
 * <p>Each component predicts by its own line, with an error that does not depend on x, and counts as much as x is its own:
 *
 * <pre>
 *   p(y | x) = Σ_k r_k(x) N(y; m_k(x), s_k²),   r_k(x) = π_k N(x; μ_kx, Σ_kxx) / Σ_l π_l N(x; μ_lx, Σ_lxx),
 *   m_k(x) = μ_ky + Σ_kyx Σ_kxx⁻¹ (x − μ_kx),   s_k² = Σ_kyy − Σ_kyx Σ_kxx⁻¹ Σ_kxy.
 * </pre>
 *
 * <p>Where components are Student distributions, so is what they predict: with ν_k + p degrees of freedom, p being the number of
 * columns in x, and s_k² times (ν_k + δ_k)/(ν_k + p), δ_k being the squared Mahalanobis distance of x: farther out a component is less
 * sure.
 *
 * <p>Columns that are neither known nor the target are averaged over. Where x is so far from all components that no density can
 * be told, the nearest predicts alone. (Ghahramani &amp; Jordan 1994; Sung 2004, <a
 * href="https://hdl.handle.net/1911/18710">hdl:1911/18710</a>.) What {@link GaussianMixture#given} and {@link
 * GaussianMixture#marginal} give for one row, made ready for many. Immutable.
 */
public final class Regression {
    private final GaussianMixture known;
    private final double[] targetMeans;
    /** Σ_kxx⁻¹ Σ_kxy. */
    private final double[][] slopes;

    private final double[] deviations;
    /** What is known with its tails, if there are any. */
    private final Optional<StudentMixture> tailed;

    private Regression(
            GaussianMixture known,
            double[] targetMeans,
            double[][] slopes,
            double[] deviations,
            Optional<StudentMixture> tailed) {
        this.known = known;
        this.tailed = tailed;
        this.targetMeans = targetMeans;
        this.slopes = slopes;
        this.deviations = deviations;
    }

    /**
     * The regression of one column on others.
     *
     * @param mixture the mixture of all of them, and perhaps more
     * @param given the columns that will be known, at least one, in the order in which rows will have them
     * @param target the column to predict
     * @return the regression
     * @throws IllegalArgumentException if there is no such column, none is given, or one is named twice
     */
    public static Regression of(Mixture mixture, List<String> given, String target) {
        Optional<double[]> tails =
                mixture instanceof StudentMixture student ? Optional.of(student.degreesOfFreedom()) : Optional.empty();
        return of(mixture.gaussians(), tails, given, target);
    }

    private static Regression of(
            GaussianMixture mixture, Optional<double[]> degreesOfFreedom, List<String> given, String target) {
        if (given.isEmpty()) {
            throw new IllegalArgumentException("nothing is given to predict \"" + target + "\" from; name a column");
        }
        if (given.contains(target)) {
            throw new IllegalArgumentException("column \"" + target + "\" is given, so there is nothing to predict");
        }
        if (new HashSet<>(given).size() < given.size()) {
            throw new IllegalArgumentException("a column is given twice in " + given);
        }
        GaussianMixture known = mixture.marginal(given.toArray(String[]::new));
        int y = mixture.columns().indexOf(target);
        if (y < 0) {
            throw new IllegalArgumentException("no column \"" + target + "\"; the columns are " + mixture.columns());
        }
        int[] x = given.stream().mapToInt(mixture.columns()::indexOf).toArray();
        int k = mixture.size();
        double[] means = new double[k];
        double[][] slopes = new double[k][];
        double[] deviations = new double[k];
        for (int i = 0; i < k; i++) {
            Covariance covariance = mixture.component(i).covariance();
            double[] together =
                    Arrays.stream(x).mapToDouble(j -> covariance.get(j, y)).toArray();
            means[i] = mixture.component(i).mean(y);
            slopes[i] = known.component(i).covariance().solve(together);
            deviations[i] = Math.sqrt(covariance.conditional(new int[] {y}, x).get(0, 0));
        }
        return new Regression(
                known, means, slopes, deviations, degreesOfFreedom.map(tails -> StudentMixture.of(known, tails)));
    }

    /** {@return the columns that are known, in order} */
    public List<String> given() {
        return known.columns();
    }

    /**
     * What is to be expected of the target.
     *
     * @param x a value of each given column
     * @return the distribution of the target
     * @throws IllegalArgumentException if there are not as many values or one is not finite
     */
    public Prediction at(double[] x) {
        double[] shares = tailed.map(mixture -> mixture.responsibilities(x)).orElseGet(() -> known.responsibilities(x));
        double[] means = targetMeans.clone();
        for (int k = 0; k < means.length; k++) {
            for (int j = 0; j < x.length; j++) {
                means[k] += slopes[k][j] * (x[j] - known.component(k).mean(j));
            }
        }
        if (tailed.isEmpty()) {
            return Prediction.normal(shares, means, deviations);
        }
        List<ConditionalTail> tails = new ArrayList<>();
        for (int k = 0; k < means.length; k++) {
            double freedom = tailed.get().component(k).degreesOfFreedom();
            tails.add(ConditionalTail.of(freedom, x.length, known.component(k).mahalanobisSquared(x)));
        }
        return Prediction.student(shares, means, deviations, tails);
    }
}
