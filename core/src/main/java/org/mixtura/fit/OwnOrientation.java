package org.mixtura.fit;

import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.Covariance;

/**
 * The M-step of EEV and VEV: each covariance has its own axes, D_k = L_k for W_k = L_k Ω_k L_kᵀ with the eigenvalues in falling
 * order, and spectra that follow from the Ω_k by a {@link Spectra.Rule}.
 *
 * <p>Of all orientations L_k has the least tr W_k Σ_k⁻¹ whatever the spectrum, if both fall alike (Theobald 1975, <a
 * href="https://doi.org/10.1017/S0305004100051598">doi:10.1017/S0305004100051598</a>), so that the step is exact.
 *
 * @param rule what the spectra have in common
 */
record OwnOrientation(Spectra.Rule rule) implements CovarianceStep {
    @Override
    public List<Covariance> covariances(Scatters scatters, List<Covariance> previous, SoundCovariances sound) {
        int d = scatters.dimension();
        double[][] spectra = new double[scatters.size()][d];
        double[][][] axes = new double[scatters.size()][d][];
        for (int k = 0; k < spectra.length; k++) {
            decompose(scatters.rows(k), scatters.names().get(k), spectra[k], axes[k]);
        }
        double[][] fitted = rule.of(spectra, scatters.counts(), Spectra.volumes(previous));
        return CovarianceStep.each(
                scatters,
                k -> sound.full(composed(axes[k], fitted[k]), scatters.names().get(k)));
    }

    /** Eigenvalues, largest first, and their vectors, one per row. */
    private static void decompose(double[][] matrix, String name, double[] values, double[][] vectors) {
        int d = matrix.length;
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
        if (!eigen.decompose(new DMatrixRMaj(matrix))) {
            throw new CollapseException(name + " has a scatter without eigenvalues");
        }
        int[] falling = IntStream.range(0, d)
                .boxed()
                .sorted((a, b) -> Double.compare(
                        eigen.getEigenvalue(b).getReal(), eigen.getEigenvalue(a).getReal()))
                .mapToInt(j -> j)
                .toArray();
        for (int j = 0; j < d; j++) {
            // What rounding makes of an eigenvalue zero may be negative.
            values[j] = Math.max(0, eigen.getEigenvalue(falling[j]).getReal());
            vectors[j] = eigen.getEigenVector(falling[j]).getData();
        }
    }

    /** The lower triangle of Σ_j b_j v_j v_jᵀ. */
    static double[] composed(double[][] axes, double[] spectrum) {
        int d = spectrum.length;
        double[] elements = new double[Packed.size(d)];
        for (int j = 0; j < d; j++) {
            for (int a = 0; a < d; a++) {
                double scaled = spectrum[j] * axes[j][a];
                for (int b = 0; b <= a; b++) {
                    elements[Packed.index(a, b)] += scaled * axes[j][b];
                }
            }
        }
        return elements;
    }
}
