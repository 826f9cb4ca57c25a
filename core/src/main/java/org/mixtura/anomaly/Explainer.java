package org.mixtura.anomaly;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.mixtura.linalg.Cholesky;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/**
 * Why a row is unusual under a mixture: for each column its share of the row's energy, and what was expected in its place.
 *
 * <p>With r_k the responsibilities of row x, δ_k = x − μ_k, Λ_k = Σ_k⁻¹ and c_k = ln π_k − ½ ln det Σ_k − (d/2) ln 2π:
 *
 * <ul>
 *   <li>The <b>share</b> of column j is ½ Σ_k r_k δ_kj (Λ_k δ_k)_j. The shares add up to the energy, but for what does not
 *       depend on single columns: E(x) = Σ_j share_j − Σ_k r_k c_k + Σ_k r_k ln r_k. They do not depend on units, and over
 *       rows drawn from the mixture each share is ½ on average, exactly. For one Gaussian they are the Shapley values of
 *       half the squared Mahalanobis distance (Mayrhofer and Filzmoser, Multivariate outlier explanations using Shapley
 *       values and Mahalanobis distances, 2023, doi:10.1016/j.ecosta.2023.04.003).
 *   <li><b>Given the others</b>, column j has the density p(x_j | x_−j) = Σ_k ω_k N(x_j; m_k, v_k) with v_k = 1/Λ_k,jj,
 *       m_k = x_j − v_k (Λ_k δ_k)_j and ω_k ∝ π_k N(x_−j; μ_k,−j, Σ_k,−j−j).
 *   <li><b>Alone</b>, it has the density p(x_j) = Σ_k π_k N(x_j; μ_kj, Σ_k,jj).
 * </ul>
 *
 * <p>Neither density is enough. Two columns that say the same are each as expected given the other, however unusual both are;
 * two columns that contradict each other are each usual alone. The share sees both, and of two strongly correlated columns it
 * points to the one that left its place: columns are ranked by it. {@link Expectation} gives the numbers to show.
 *
 * <p>O(K d²) per row. The squared distance of the other columns is the length of L_k⁻¹δ_k without its part along column j
 * of L_k⁻¹, not a difference of squares; and where x_j is more than 1e5 standard deviations away it is replaced by the mean
 * first, which changes nothing but rounding, at O(d²) for each such column and component. So a wild value (a code such as
 * 1e20 for "missing") does not blur what was expected in its place. Beyond 1e150 standard deviations, where squares are no
 * longer doubles, a value counts as 1e150 away in its share, which stays finite, and has infinite surprise.
 */
public final class Explainer {
    /** Distance, in conditional standard deviations, up to which a value costs its neighbours at most five digits. */
    private static final double FAR = 1e5;
    /** Distance, in conditional standard deviations, from which squares may overflow. */
    private static final double FARTHEST = 1e150;

    private final GaussianMixture mixture;
    /** L_k⁻¹, packed. */
    private final double[][] inverses;
    /** Λ_k,jj. */
    private final double[][] precisions;

    private Explainer(GaussianMixture mixture) {
        int d = mixture.dimension();
        this.mixture = mixture;
        this.inverses = new double[mixture.size()][];
        this.precisions = new double[mixture.size()][d];
        for (int k = 0; k < mixture.size(); k++) {
            inverses[k] = Cholesky.invert(mixture.component(k).covariance().lowerFactor(), d);
            for (int j = 0; j < d; j++) {
                for (int i = j; i < d; i++) {
                    double element = inverses[k][Packed.index(i, j)];
                    precisions[k][j] += element * element;
                }
            }
        }
    }

    /**
     * An explainer of rows under a mixture.
     *
     * @param mixture the mixture under which rows were found unusual
     * @return the explainer
     */
    public static Explainer of(GaussianMixture mixture) {
        return new Explainer(mixture);
    }

    /**
     * Explains one row.
     *
     * @param x d values
     * @return one entry per column, those with the largest share first
     * @throws IllegalArgumentException if the dimension differs or a value is not finite
     */
    public List<ColumnSurprise> explain(double[] x) {
        int d = mixture.dimension();
        int components = mixture.size();
        double[] responsibilities = mixture.responsibilities(x);
        double[] shares = new double[d];
        double[][] scoresOfOthers = new double[d][components];
        double[][] means = new double[d][components];
        for (int k = 0; k < components; k++) {
            double[] delta = deviation(x, k);
            double[] white = Packed.times(inverses[k], delta);
            for (int j = 0; j < d; j++) {
                double precision = precisions[k][j];
                if (responsibilities[k] > 0) {
                    shares[j] += 0.5 * responsibilities[k] * delta[j] * along(k, j, white);
                }
                boolean far = Math.abs(delta[j]) * Math.sqrt(precision) > FAR;
                double[] base = far ? Packed.times(inverses[k], without(delta, j)) : white;
                double step = along(k, j, base) / precision;
                means[j][k] = (far ? mixture.component(k).mean(j) : x[j]) - step;
                scoresOfOthers[j][k] = scoreOfOthers(k, j, base, step);
            }
        }
        List<ColumnSurprise> columns = new ArrayList<>();
        for (int j = 0; j < d; j++) {
            Expectation givenOthers = Expectation.of(scoresOfOthers[j], means[j], conditionalVariances(j), x[j]);
            columns.add(new ColumnSurprise(mixture.columns().get(j), x[j], shares[j], alone(j, x[j]), givenOthers));
        }
        columns.sort(Comparator.comparingDouble(ColumnSurprise::share).reversed());
        return List.copyOf(columns);
    }

    /** δ_k, no coordinate farther than what can be squared. */
    private double[] deviation(double[] x, int k) {
        double[] delta = new double[x.length];
        for (int j = 0; j < x.length; j++) {
            double bound = FARTHEST / Math.sqrt(precisions[k][j]);
            delta[j] =
                    Math.max(-bound, Math.min(bound, x[j] - mixture.component(k).mean(j)));
        }
        return delta;
    }

    private static double[] without(double[] delta, int column) {
        double[] rest = delta.clone();
        rest[column] = 0;
        return rest;
    }

    /** The product of column j of L_k⁻¹ with a whitened deviation: (Λ_k δ_k)_j. */
    private double along(int k, int j, double[] white) {
        double sum = 0;
        for (int i = j; i < white.length; i++) {
            sum += inverses[k][Packed.index(i, j)] * white[i];
        }
        return sum;
    }

    /**
     * ln π_k + ln N(x_−j; μ_k,−j, Σ_k,−j−j) + ((d−1)/2) ln 2π: the part of the whitened deviation along column j of L_k⁻¹ is
     * taken off, which leaves the distance of the other columns; their determinant is det Σ_k · Λ_k,jj.
     */
    private double scoreOfOthers(int k, int j, double[] white, double step) {
        double square = 0;
        for (int i = 0; i < white.length; i++) {
            double rest = i < j ? white[i] : white[i] - step * inverses[k][Packed.index(i, j)];
            square += rest * rest;
        }
        Covariance covariance = mixture.component(k).covariance();
        return Math.log(mixture.weight(k)) - 0.5 * (covariance.logDeterminant() + Math.log(precisions[k][j]) + square);
    }

    private double[] conditionalVariances(int j) {
        return Arrays.stream(precisions)
                .mapToDouble(precision -> 1 / precision[j])
                .toArray();
    }

    private Expectation alone(int j, double value) {
        List<Gaussian> components = mixture.components();
        double[] means = components.stream().mapToDouble(g -> g.mean(j)).toArray();
        double[] variances =
                components.stream().mapToDouble(g -> g.covariance().get(j, j)).toArray();
        double[] logWeights = Arrays.stream(mixture.weights()).map(Math::log).toArray();
        return Expectation.of(logWeights, means, variances, value);
    }
}
