package org.mixtura.linalg;

import java.util.Arrays;
import java.util.Comparator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The eigenvalues ω_j and eigenvectors v_j of a positive definite matrix W = Σ_j ω_j v_j v_jᵀ, the largest first, each eigenvalue to
 * its own digits where small ones beside large ones come from columns of different units.
 *
 * <p>With W = L Lᵀ the right singular vectors V of L are those of Lᵀ L, up to an error next to the largest eigenvalue. The columns of
 * L V are then nearly orthogonal, and made so to the last digits by one-sided rotations (Hestenes's form of Jacobi's method, whose
 * errors are relative to the rows of L, so that units do not matter; Demmel &amp; Veselić 1992, <a
 * href="https://doi.org/10.1137/0613074">doi:10.1137/0613074</a>): most often one sweep has nothing to do.
 *
 * @param values ω_j, d values, falling
 * @param vectors v_j, one per row
 */
@SuppressWarnings("ArrayRecordComponent")
public record PrincipalAxes(double[] values, double[][] vectors) {
    private static final int MOST_SWEEPS = 50;

    /**
     * The axes of a matrix.
     *
     * @param symmetric W, packed
     * @param d the dimension
     * @return eigenvalues and vectors
     * @throws NotPositiveDefiniteException if W is not positive definite
     */
    public static PrincipalAxes of(double[] symmetric, int d) {
        double unit = 0;
        for (int j = 0; j < d; j++) {
            unit = Math.max(unit, symmetric[Packed.index(j, j)]);
        }
        double[] scaled = symmetric.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] /= unit;
        }
        double[][] images = images(Cholesky.factor(scaled, d), d);
        double[] squares = new double[d];
        boolean turned = true;
        for (int sweep = 0; turned && sweep < MOST_SWEEPS; sweep++) {
            turned = sweep(images, squares);
        }
        Integer[] falling = new Integer[d];
        Arrays.setAll(falling, j -> j);
        Arrays.sort(falling, Comparator.comparingDouble(j -> -squares[j]));
        double[] values = new double[d];
        double[][] vectors = new double[d][];
        for (int j = 0; j < d; j++) {
            double[] vector = images[falling[j]];
            double square = Packed.product(vector, vector);
            double length = Math.sqrt(square);
            for (int i = 0; i < d; i++) {
                vector[i] /= length;
            }
            values[j] = square * unit;
            vectors[j] = vector;
        }
        return new PrincipalAxes(values, vectors);
    }

    /** The columns of L V, one per row. */
    private static double[][] images(double[] lower, int d) {
        DMatrixRMaj square = new DMatrixRMaj(d, d);
        double[] elements = square.data;
        for (int i = 0; i < d; i++) {
            int row = Packed.index(i, 0);
            for (int a = 0; a <= i; a++) {
                double own = lower[row + a];
                for (int b = 0; b <= a; b++) {
                    elements[a * d + b] += own * lower[row + b];
                }
            }
        }
        for (int a = 0; a < d; a++) {
            for (int b = 0; b < a; b++) {
                elements[b * d + a] = elements[a * d + b];
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
        boolean found = eigen.decompose(square);
        double[][] images = new double[d][d];
        for (int j = 0; j < d; j++) {
            double[] axis = new double[d];
            if (found) {
                axis = eigen.getEigenVector(j).data;
            } else {
                axis[j] = 1;
            }
            for (int i = 0; i < d; i++) {
                int row = Packed.index(i, 0);
                double sum = 0;
                for (int m = 0; m <= i; m++) {
                    sum += lower[row + m] * axis[m];
                }
                images[j][i] = sum;
            }
        }
        return images;
    }

    /** Makes each pair of rows orthogonal once; answers whether any was not. */
    private static boolean sweep(double[][] rows, double[] squares) {
        int d = rows.length;
        double nothing = d * Math.ulp(1.0);
        for (int j = 0; j < d; j++) {
            squares[j] = Packed.product(rows[j], rows[j]);
        }
        boolean turned = false;
        for (int a = 0; a < d; a++) {
            for (int b = a + 1; b < d; b++) {
                double across = Packed.product(rows[a], rows[b]);
                if (!(Math.abs(across) > nothing * Math.sqrt(squares[a]) * Math.sqrt(squares[b]))) {
                    continue;
                }
                double apart = (squares[b] - squares[a]) / (2 * across);
                double tangent = Math.copySign(1 / (Math.abs(apart) + Math.hypot(1, apart)), apart);
                double cosine = 1 / Math.sqrt(1 + tangent * tangent);
                turn(rows[a], rows[b], cosine, tangent * cosine);
                squares[a] = Math.max(0, squares[a] - tangent * across);
                squares[b] += tangent * across;
                turned = true;
            }
        }
        return turned;
    }

    private static void turn(double[] first, double[] second, double cosine, double sine) {
        for (int i = 0; i < first.length; i++) {
            double x = first[i];
            first[i] = cosine * x - sine * second[i];
            second[i] = sine * x + cosine * second[i];
        }
    }
}
