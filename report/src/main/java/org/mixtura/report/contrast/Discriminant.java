package org.mixtura.report.contrast;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.GaussianMixture;

/**
 * The directions along which the components of a mixture separate best: the leading eigenvectors, in the space where the
 * covariance within components W = Σ_k π_k Σ_k = L Lᵀ is the identity, of
 *
 * <pre>  Σ_{k&lt;l} π_k π_l (1 − exp(−Δ_kl² / 8)) / Δ_kl² · δ_kl δ_klᵀ,   δ_kl = L⁻¹(μ_k − μ_l),   Δ_kl = ‖δ_kl‖.</pre>
 *
 * <p>Fisher's discriminants (1936, <a
 * href="https://doi.org/10.1111/j.1469-1809.1936.tb02137.x">doi:10.1111/j.1469-1809.1936.tb02137.x</a>) have the factor
 * π_k π_l alone, so that a far component of two rows takes the first direction for itself. Here a pair counts by how well its
 * two can be told apart, at most π_k π_l, after Loog, Duin and Haeb-Umbach 2001, <a
 * href="https://doi.org/10.1109/34.935849">doi:10.1109/34.935849</a>, with the Bhattacharyya bound in place of the error
 * function. Along each direction the components have variance 1 on average.
 *
 * <p>Where the means span only one direction, or none, the next direction is the one along which the components' covariances
 * differ most: the leading eigenvector of Σ_k π_k (L⁻¹ Σ_k L⁻ᵀ − I)², among those orthogonal to the first (after Scrucca 2010,
 * <a href="https://doi.org/10.1007/s11222-009-9138-7">doi:10.1007/s11222-009-9138-7</a>).
 */
public final class Discriminant {
    /** Means that spread less than this, in deviations within components and squared, spread by rounding or next to nothing. */
    private static final double LEAST_SPREAD = 1e-6;
    /** Covariances are compared up to this many columns; beyond, the time is better spent on means alone. */
    private static final int MOST_COLUMNS = 300;

    private final GaussianMixture mixture;
    private final double[] centre;
    private final Covariance within;

    private Discriminant(GaussianMixture mixture, double[] centre, Covariance within) {
        this.mixture = mixture;
        this.centre = centre;
        this.within = within;
    }

    /**
     * The best directions of a mixture.
     *
     * @param mixture K components over d columns
     * @param most how many directions, at most
     * @return unit-variance directions a, d values each; the projection of a row is aᵀ(x − m) with m the mean of the mixture
     */
    public static List<double[]> directions(GaussianMixture mixture, int most) {
        int d = mixture.dimension();
        double[] sum = new double[d * (d + 1) / 2];
        for (int k = 0; k < mixture.size(); k++) {
            double[] own = mixture.component(k).covariance().lowerTriangle();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += mixture.weight(k) * own[i];
            }
        }
        return new Discriminant(mixture, mixture.mean(), Covariance.full(sum, d)).directions(most);
    }

    private List<double[]> directions(int most) {
        List<double[]> white = new ArrayList<>(ofMeans(most));
        if (white.size() < most && mixture.size() > 1 && mixture.dimension() <= MOST_COLUMNS) {
            white.addAll(ofCovariances(white, Math.min(most, mixture.dimension()) - white.size()));
        }
        // a = L⁻ᵀ u = W⁻¹ L u, so that aᵀ(x − m) = uᵀ L⁻¹(x − m).
        return white.stream().map(u -> within.solve(within.unwhiten(u))).toList();
    }

    /** Within the space that the whitened means span, of at most K − 1 dimensions however many columns there are. */
    private List<double[]> ofMeans(int most) {
        double[][] white = whitenedMeans();
        List<Eigen> basis = leading(products(white), white.length, Math.min(white.length, mixture.dimension())).stream()
                .filter(eigen -> eigen.value > LEAST_SPREAD)
                .toList();
        int size = basis.size();
        double[] kernel = new double[size * size];
        for (int k = 0; k < white.length; k++) {
            for (int l = 0; l < k; l++) {
                addPair(kernel, basis, k, l);
            }
        }
        return leading(kernel, size, Math.min(most, size)).stream()
                .map(eigen -> combined(eigen.vector, basis, white))
                .toList();
    }

    /** L⁻¹(μ_k − m), K × d. */
    private double[][] whitenedMeans() {
        double[][] white = new double[mixture.size()][];
        for (int k = 0; k < white.length; k++) {
            double[] away = mixture.component(k).mean();
            for (int j = 0; j < away.length; j++) {
                away[j] -= centre[j];
            }
            white[k] = within.whiten(away);
        }
        return white;
    }

    private static double[] products(double[][] vectors) {
        int size = vectors.length;
        double[] products = new double[size * size];
        for (int k = 0; k < size; k++) {
            for (int l = 0; l < size; l++) {
                products[k * size + l] = dot(vectors[k], vectors[l]);
            }
        }
        return products;
    }

    /** Adds what the components k and l contribute. The i-th coordinate of mean k is √λ_i v_i[k]. */
    private void addPair(double[] kernel, List<Eigen> basis, int k, int l) {
        int size = basis.size();
        double[] delta = new double[size];
        for (int i = 0; i < size; i++) {
            Eigen eigen = basis.get(i);
            delta[i] = Math.sqrt(eigen.value) * (eigen.vector[k] - eigen.vector[l]);
        }
        double square = dot(delta, delta);
        double factor = square > 0 ? mixture.weight(k) * mixture.weight(l) * -Math.expm1(-square / 8) / square : 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                kernel[i * size + j] += factor * delta[i] * delta[j];
            }
        }
    }

    /** From the basis, whose i-th vector is Σ_k v_i[k] white_k / √λ_i, back to the columns. */
    private static double[] combined(double[] coordinates, List<Eigen> basis, double[][] white) {
        double[] u = new double[white[0].length];
        for (int i = 0; i < coordinates.length; i++) {
            Eigen eigen = basis.get(i);
            for (int k = 0; k < white.length; k++) {
                double factor = coordinates[i] * eigen.vector[k] / Math.sqrt(eigen.value);
                for (int j = 0; j < u.length; j++) {
                    u[j] += factor * white[k][j];
                }
            }
        }
        return u;
    }

    private List<double[]> ofCovariances(List<double[]> taken, int wanted) {
        int d = mixture.dimension();
        double[] kernel = new double[d * d];
        for (int k = 0; k < mixture.size(); k++) {
            double[][] difference = whitened(mixture.component(k).covariance());
            for (int i = 0; i < d; i++) {
                difference[i][i] -= 1;
            }
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    kernel[i * d + j] += mixture.weight(k) * dot(difference[i], difference[j]);
                }
            }
        }
        taken.forEach(u -> removeFrom(kernel, u));
        return leading(kernel, d, wanted).stream()
                .map(eigen -> orthogonal(eigen.vector, taken))
                .toList();
    }

    /** L⁻¹ Σ L⁻ᵀ, by rows. */
    private double[][] whitened(Covariance covariance) {
        double[][] rows = covariance.toMatrix().toRows();
        for (int pass = 0; pass < 2; pass++) {
            double[][] turned = new double[rows.length][rows.length];
            for (int i = 0; i < rows.length; i++) {
                double[] row = within.whiten(rows[i]);
                for (int j = 0; j < rows.length; j++) {
                    turned[j][i] = row[j];
                }
            }
            rows = turned;
        }
        return rows;
    }

    /** (I − uuᵀ) M (I − uuᵀ). */
    private static void removeFrom(double[] matrix, double[] u) {
        int d = u.length;
        double[] product = new double[d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                product[i] += matrix[i * d + j] * u[j];
            }
        }
        double square = dot(u, product);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                matrix[i * d + j] += u[i] * u[j] * square - product[i] * u[j] - u[i] * product[j];
            }
        }
    }

    private static double[] orthogonal(double[] vector, List<double[]> taken) {
        double[] rest = vector.clone();
        for (double[] u : taken) {
            double along = dot(rest, u);
            for (int j = 0; j < rest.length; j++) {
                rest[j] -= along * u[j];
            }
        }
        double length = Math.sqrt(dot(rest, rest));
        for (int j = 0; j < rest.length; j++) {
            rest[j] /= length;
        }
        return rest;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static final class Eigen {
        private final double value;
        private final double[] vector;

        Eigen(double value, double[] vector) {
            this.value = value;
            this.vector = vector;
        }
    }

    /** The largest eigenvalues of a symmetric matrix with their unit vectors; the largest entry of each vector is positive. */
    private static List<Eigen> leading(double[] matrix, int size, int wanted) {
        if (size == 0) {
            return List.of();
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(size, true, true);
        if (!eigen.decompose(new DMatrixRMaj(size, size, true, matrix.clone()))) {
            return List.of();
        }
        return IntStream.range(0, size)
                .mapToObj(i -> new Eigen(eigen.getEigenvalue(i).getReal(), turned(eigen.getEigenVector(i).data)))
                .sorted(Comparator.comparingDouble(pair -> -pair.value))
                .limit(wanted)
                .toList();
    }

    private static double[] turned(double[] vector) {
        double extreme = 0;
        for (double x : vector) {
            extreme = Math.abs(x) > Math.abs(extreme) ? x : extreme;
        }
        double sign = extreme < 0 ? -1 : 1;
        double[] result = new double[vector.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = sign * vector[i];
        }
        return result;
    }
}
