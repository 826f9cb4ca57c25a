package org.mixtura.fit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.mixtura.data.Matrix;
import org.mixtura.linalg.NotPositiveDefiniteException;
import org.mixtura.linalg.PrincipalAxes;
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
            if (d < Orientation.MANY) {
                decompose(scatters.rows(k), spectra[k], axes[k]);
            } else {
                PrincipalAxes principal =
                        principal(scatters.each().get(k), d, scatters.names().get(k));
                spectra[k] = principal.values();
                axes[k] = principal.vectors();
            }
        }
        double[][] fitted = rule.of(spectra, scatters.counts(), Spectra.volumes(previous));
        return CovarianceStep.each(
                scatters,
                k -> sound.along(Matrix.of(axes[k]), fitted[k], scatters.names().get(k)));
    }

    /**
     * The principal axes of a matrix of many columns.
     *
     * @param name whose it is
     * @throws CollapseException if it is not positive definite
     */
    static PrincipalAxes principal(double[] packed, int d, String name) {
        try {
            return PrincipalAxes.of(packed, d);
        } catch (NotPositiveDefiniteException e) {
            throw new CollapseException(name + ": " + e.getMessage());
        }
    }

    /** Eigenvalues, largest first, and their vectors, one per row; also of a matrix that is singular. */
    private static void decompose(double[][] matrix, double[] values, double[][] vectors) {
        double unit = IntStream.range(0, matrix.length)
                .mapToDouble(j -> matrix[j][j])
                .max()
                .orElseThrow();
        double[][] scaled = Arrays.stream(matrix)
                .map(row -> Arrays.stream(row).map(x -> x / unit).toArray())
                .toArray(double[][]::new);
        Orientation orientation = Orientation.diagonalising(new double[][][] {scaled});
        double[] found = orientation.diagonals()[0];
        int[] falling = IntStream.range(0, matrix.length)
                .boxed()
                .sorted((a, b) -> Double.compare(found[b], found[a]))
                .mapToInt(j -> j)
                .toArray();
        for (int j = 0; j < falling.length; j++) {
            values[j] = found[falling[j]] * unit;
            vectors[j] = orientation.axes()[falling[j]];
        }
    }
}
