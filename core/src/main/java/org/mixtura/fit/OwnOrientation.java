package org.mixtura.fit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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
    private static final double ROUNDING = Math.ulp(1.0);

    @Override
    public List<Covariance> covariances(Scatters scatters, List<Covariance> previous, SoundCovariances sound) {
        int d = scatters.dimension();
        double[][] spectra = new double[scatters.size()][d];
        double[][][] axes = new double[scatters.size()][d][];
        for (int k = 0; k < spectra.length; k++) {
            decompose(scatters.rows(k), spectra[k], axes[k]);
        }
        double[][] fitted = rule.of(spectra, scatters.counts(), Spectra.volumes(previous));
        return CovarianceStep.each(
                scatters, k -> composed(axes[k], fitted[k], scatters.names().get(k), sound));
    }

    /** Eigenvalues, largest first, and their vectors, one per row. */
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

    /**
     * The covariance Σ_j b_j v_j v_jᵀ.
     *
     * @throws CollapseException if it has collapsed; perhaps since its axes are so different that the rounding of the longest is longer
     *     than the shortest
     */
    static Covariance composed(double[][] axes, double[] spectrum, String name, SoundCovariances sound) {
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
        try {
            for (int j = 0; j < d; j++) {
                sound.requireSpread(axes[j], spectrum[j], name);
            }
            return sound.full(elements, name);
        } catch (CollapseException e) {
            double shortest = Arrays.stream(spectrum).min().orElseThrow();
            double longest = Arrays.stream(spectrum).max().orElseThrow();
            if (shortest > ROUNDING * longest) {
                throw e;
            }
            String range = Double.isNaN(shortest) ? "" : " from " + shortest + " to " + longest;
            throw new CollapseException(name + " has variances" + range
                    + " along its axes that are further apart than this structure can tell; measure the columns in units"
                    + " that give similar numbers");
        }
    }
}
