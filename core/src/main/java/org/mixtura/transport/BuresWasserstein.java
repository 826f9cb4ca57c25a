package org.mixtura.transport;

import java.util.List;
import java.util.stream.IntStream;
import org.mixtura.data.Matrix;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/**
 * The squared 2-Wasserstein distance of Gaussians of any dimension d ≥ 1,
 *
 * <pre>  W₂² = ‖μ₀ − μ₁‖² + tr (Σ₀ + Σ₁ − 2 (Σ₀^½ Σ₁ Σ₀^½)^½).</pre>
 *
 * <ul>
 *   <li>It is never negative, exactly 0 for equal Gaussians, and the same bits in both directions.
 *   <li>In one dimension it is (μ₀ − μ₁)² + (σ₀ − σ₁)².
 *   <li>It is in squared units of the columns.
 * </ul>
 *
 * <p>The covariance part is ‖L₀ − L₁ Q‖² with Cholesky factors L and the orthogonal Q = U Vᵀ from the singular value
 * decomposition L₁ᵀ L₀ = U S Vᵀ. It takes no matrix square root and no difference of traces, so that nearly equal Gaussians
 * keep their digits: the error of √W₂² is about 1e-16 times the largest standard deviation. Bhatia, Jain and Lim 2019, <a
 * href="https://doi.org/10.1016/j.exmath.2018.01.002">doi:10.1016/j.exmath.2018.01.002</a>.
 */
public final class BuresWasserstein {
    /** How far two elements that should be equal may differ, relative to the diagonal. */
    private static final double SYMMETRY = 1e-12;

    private BuresWasserstein() {}

    /**
     * The squared distance of two Gaussians.
     *
     * @param a N(μ₀, Σ₀)
     * @param b N(μ₁, Σ₁)
     * @return W₂²
     * @throws IllegalArgumentException if the dimensions differ
     */
    public static double squaredDistance(Gaussian a, Gaussian b) {
        requireSameDimension(a.dimension(), b.dimension());
        return squaredDistance(a.mean(), b.mean())
                + SquareRoot.of(a.covariance()).squaredDistance(SquareRoot.of(b.covariance()));
    }

    /**
     * The squared distance of two Gaussians whose covariances need not have full rank: a point, for example, has covariance
     * 0.
     *
     * @param mean0 μ₀, d values
     * @param covariance0 Σ₀, d × d, symmetric and positive semidefinite to 1e-12
     * @param mean1 μ₁, d values
     * @param covariance1 Σ₁, d × d, likewise
     * @return W₂²
     * @throws IllegalArgumentException if the shapes do not fit, a value is not finite, or a matrix is not symmetric and
     *     positive semidefinite
     */
    public static double squaredDistance(double[] mean0, Matrix covariance0, double[] mean1, Matrix covariance1) {
        requireSameDimension(mean0.length, mean1.length);
        SquareRoot f = semidefinite(covariance0, mean0.length);
        SquareRoot g = semidefinite(covariance1, mean1.length);
        return squaredDistance(mean0, mean1) + f.squaredDistance(g);
    }

    /**
     * The squared distances between the components of two mixtures.
     *
     * @param a a mixture of K₀ components
     * @param b a mixture of K₁ components
     * @return K₀ × K₁; its transpose, to the bit, for the mixtures in the other order
     * @throws IllegalArgumentException if the mixtures differ in dimension or describe the same columns in another order
     */
    public static Matrix squaredDistances(GaussianMixture a, GaussianMixture b) {
        requireSameColumns(a, b);
        List<SquareRoot> f = roots(a);
        List<SquareRoot> g = roots(b);
        double[][] rows = IntStream.range(0, a.size())
                .parallel()
                .mapToObj(i -> IntStream.range(0, b.size())
                        .mapToDouble(j -> squaredDistance(
                                        a.component(i).mean(), b.component(j).mean())
                                + f.get(i).squaredDistance(g.get(j)))
                        .toArray())
                .toArray(double[][]::new);
        return Matrix.of(rows);
    }

    private static List<SquareRoot> roots(GaussianMixture mixture) {
        return mixture.components().stream()
                .map(component -> SquareRoot.of(component.covariance()))
                .toList();
    }

    private static double squaredDistance(double[] x, double[] y) {
        double sum = 0;
        for (int j = 0; j < x.length; j++) {
            sum += (x[j] - y[j]) * (x[j] - y[j]);
        }
        return sum;
    }

    static void requireSameDimension(int a, int b) {
        if (a != b) {
            throw new IllegalArgumentException("one Gaussian has " + a + " columns, the other " + b
                    + "; transport needs the same columns on both sides");
        }
    }

    static void requireSameColumns(GaussianMixture a, GaussianMixture b) {
        if (a.dimension() != b.dimension()) {
            throw new IllegalArgumentException("one mixture has the columns " + a.columns() + ", the other "
                    + b.columns() + "; transport needs the same columns on both sides");
        }
        if (!a.columns().equals(b.columns()) && b.columns().containsAll(a.columns())) {
            throw new IllegalArgumentException("one mixture has the columns " + a.columns() + ", the other "
                    + b.columns() + " in another order; bring them into one order with marginal(...)");
        }
    }

    private static SquareRoot semidefinite(Matrix covariance, int d) {
        if (covariance.rows() != d || covariance.columns() != d) {
            throw new IllegalArgumentException("a covariance of " + covariance.rows() + " × " + covariance.columns()
                    + " does not fit a mean of " + d + " values");
        }
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                double element = covariance.get(i, j);
                if (!Double.isFinite(element)) {
                    throw new IllegalArgumentException(
                            "covariance: element (" + i + ", " + j + ") is " + element + "; an element is finite");
                }
            }
        }
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < i; j++) {
                double scale = Math.sqrt(Math.abs(covariance.get(i, i))) * Math.sqrt(Math.abs(covariance.get(j, j)));
                if (Math.abs(covariance.get(i, j) - covariance.get(j, i)) > SYMMETRY * scale) {
                    throw new IllegalArgumentException("covariance is not symmetric: element (" + i + ", " + j + ") is "
                            + covariance.get(i, j) + ", element (" + j + ", " + i + ") is " + covariance.get(j, i));
                }
            }
        }
        return SquareRoot.ofSemidefinite(covariance);
    }
}
