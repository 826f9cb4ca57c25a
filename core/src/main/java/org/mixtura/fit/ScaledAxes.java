package org.mixtura.fit;

import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.mixtura.linalg.Packed;

/**
 * The principal axes of a covariance whose columns are divided by scales, so that units do not matter; also of one that is singular.
 *
 * @param variances the eigenvalues, d values in no order, which rounding may have made negative
 * @param vectors the eigenvectors of the scaled columns, one per row
 */
@SuppressWarnings("ArrayRecordComponent")
record ScaledAxes(double[] variances, double[][] vectors) {
    /**
     * The axes of a covariance.
     *
     * @param covariance packed
     * @param scales what each column is divided by, d values
     * @return the axes; empty if they are not found
     */
    static Optional<ScaledAxes> of(double[] covariance, double[] scales) {
        int d = scales.length;
        DMatrixRMaj matrix = new DMatrixRMaj(d, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                matrix.set(i, j, Packed.get(covariance, i, j) / scales[i] / scales[j]);
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
        if (!eigen.decompose(matrix)) {
            return Optional.empty();
        }
        double[] variances = new double[d];
        double[][] vectors = new double[d][];
        for (int a = 0; a < d; a++) {
            variances[a] = eigen.getEigenvalue(a).getReal();
            vectors[a] = eigen.getEigenVector(a).getData().clone();
        }
        return Optional.of(new ScaledAxes(variances, vectors));
    }
}
