package org.mixtura.transport;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.mixtura.data.Matrix;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.Covariance;

/**
 * Square roots of covariances: d × d matrices F with F Fᵀ = Σ, of which the Cholesky factor is one and F Q another for each
 * orthogonal Q.
 *
 * <p>The Bures distance is the distance between the two sets of square roots,
 *
 * <pre>  tr Σ₀ + tr Σ₁ − 2 tr (Σ₀^½ Σ₁ Σ₀^½)^½ = min over Q of ‖F − G Q‖²,   F Fᵀ = Σ₀, G Gᵀ = Σ₁,</pre>
 *
 * whose minimum lies at Q = U Vᵀ with Gᵀ F = U S Vᵀ (the orthogonal Procrustes problem, Schönemann 1966, <a
 * href="https://doi.org/10.1007/BF02289451">doi:10.1007/BF02289451</a>). The right-hand side has no difference of large
 * numbers: an error of Q shows only squared, so the distance itself is good to about 1e-16 ‖F‖ however close the
 * covariances are, where the left-hand side loses half of the digits.
 */
final class SquareRoot {
    /** How negative rounding may make an eigenvalue, relative to the largest. */
    private static final double SEMIDEFINITE = 1e-12;

    private final int d;
    /** d × d, row by row. */
    private final double[] elements;

    private SquareRoot(int d, double[] elements) {
        this.d = d;
        this.elements = elements;
    }

    /** The Cholesky factor of a covariance. */
    static SquareRoot of(Covariance covariance) {
        int d = covariance.dimension();
        double[] lower = covariance.lowerFactor();
        double[] elements = new double[d * d];
        for (int i = 0; i < d; i++) {
            System.arraycopy(lower, Packed.index(i, 0), elements, i * d, i + 1);
        }
        return new SquareRoot(d, elements);
    }

    /** V √Λ of a positive semidefinite matrix V Λ Vᵀ; eigenvalues that rounding made negative count as zero. */
    static SquareRoot ofSemidefinite(Matrix covariance) {
        int d = covariance.rows();
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
        if (!eigen.decompose(new DMatrixRMaj(d, d, true, covariance.toRowMajor()))) {
            throw new IllegalStateException("no eigenvalues found for the covariance " + covariance);
        }
        double[] values = IntStream.range(0, d)
                .mapToDouble(k -> eigen.getEigenvalue(k).getReal())
                .toArray();
        double smallest = Arrays.stream(values).min().orElse(0);
        if (!(smallest >= -SEMIDEFINITE * largest(values))) {
            throw new IllegalArgumentException("covariance is not positive semidefinite: its smallest eigenvalue is "
                    + smallest + ", its largest " + Arrays.stream(values).max().orElse(0));
        }
        double[] elements = new double[d * d];
        for (int k = 0; k < d; k++) {
            double root = Math.sqrt(Math.max(0, values[k]));
            for (int i = 0; i < d; i++) {
                elements[i * d + k] = eigen.getEigenVector(k).get(i) * root;
            }
        }
        return new SquareRoot(d, elements);
    }

    /** The square root G Q of the same covariance that lies nearest to F: the one for which Fᵀ G Q is symmetric. */
    SquareRoot nearestTo(SquareRoot f) {
        double[] product = transposeTimes(f);
        if (Arrays.equals(elements, f.elements) || isDiagonalAndNotNegative(product)) {
            return this;
        }
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(d, d, true, true, true);
        if (!svd.decompose(new DMatrixRMaj(d, d, true, product))) {
            throw new IllegalStateException("no singular values found for " + Arrays.toString(product));
        }
        DMatrixRMaj rotation = new DMatrixRMaj(d, d);
        CommonOps_DDRM.mult(svd.getU(null, false), svd.getV(null, true), rotation);
        DMatrixRMaj rotated = new DMatrixRMaj(d, d);
        CommonOps_DDRM.mult(new DMatrixRMaj(d, d, true, elements), rotation, rotated);
        return new SquareRoot(d, rotated.data);
    }

    /** Gᵀ F, each factor divided by its largest element so that nothing overflows or underflows. */
    private double[] transposeTimes(SquareRoot f) {
        double[] left = scaled(elements);
        double[] right = scaled(f.elements);
        double[] product = new double[d * d];
        for (int m = 0; m < d; m++) {
            for (int i = 0; i < d; i++) {
                double factor = left[m * d + i];
                // Half of a Cholesky factor is zero.
                for (int j = 0; j < d && factor != 0; j++) {
                    product[i * d + j] += factor * right[m * d + j];
                }
            }
        }
        return product;
    }

    private static double[] scaled(double[] values) {
        double scale = largest(values);
        return Arrays.stream(values).map(x -> x / scale).toArray();
    }

    /** The largest absolute element, or 1 if all are zero. */
    private static double largest(double[] values) {
        double largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
        return largest > 0 ? largest : 1;
    }

    /** Then Q = I, without a decomposition: so in one dimension and for covariances without correlations. */
    private boolean isDiagonalAndNotNegative(double[] product) {
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                if (i == j ? !(product[i * d + j] >= 0) : product[i * d + j] != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The squared Bures distance of the two covariances: never negative, 0 for equal ones, symmetric to the bit. */
    double squaredDistance(SquareRoot other) {
        boolean ordered = Arrays.compare(elements, other.elements) <= 0;
        SquareRoot f = ordered ? this : other;
        SquareRoot g = (ordered ? other : this).nearestTo(f);
        double sum = 0;
        for (int i = 0; i < elements.length; i++) {
            double difference = f.elements[i] - g.elements[i];
            sum += difference * difference;
        }
        return sum;
    }

    /** s F + t G. */
    SquareRoot combined(double s, SquareRoot g, double t) {
        double[] sum = new double[elements.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = s * elements[i] + t * g.elements[i];
        }
        return new SquareRoot(d, sum);
    }

    /** Row i of F. */
    double[] row(int i) {
        return Arrays.copyOfRange(elements, i * d, (i + 1) * d);
    }

    /** The largest absolute difference of two elements, relative to the largest element. */
    double relativeDifference(SquareRoot g) {
        double[] difference = combined(1, g, -1).elements;
        return Arrays.stream(difference).map(Math::abs).max().orElse(0) / largest(elements);
    }

    /** F Fᵀ. */
    Covariance covariance() {
        double[] product = new double[Packed.size(d)];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int m = 0; m < d; m++) {
                    sum += elements[i * d + m] * elements[j * d + m];
                }
                product[Packed.index(i, j)] = sum;
            }
        }
        return Covariance.full(product, d);
    }
}
