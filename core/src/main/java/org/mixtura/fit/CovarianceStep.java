package org.mixtura.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.CovarianceStructure;

/**
 * The part of an M-step that a covariance structure changes: which covariances maximise
 *
 * <pre>  Q = −½ Σ_k ( n_k ln det Σ_k + tr W_k Σ_k⁻¹ )</pre>
 *
 * among those that the structure allows (Celeux &amp; Govaert 1995, <a
 * href="https://doi.org/10.1016/0031-3203(94)00125-6">doi:10.1016/0031-3203(94)00125-6</a>). With Σ_k = λ_k D_k A_k D_kᵀ, W_k =
 * L_k Ω_k L_kᵀ the eigenvalues in falling order, g(·) what is left when a determinant is made one, n = Σ_k n_k:
 *
 * <table>
 *   <caption>M-steps</caption>
 *   <tr><td>VVV, VVI, VII</td><td>W_k / n_k, its diagonal, the mean of that</td></tr>
 *   <tr><td>EEE, EEI, EII</td><td>the same of Σ_k W_k and n</td></tr>
 *   <tr><td>VEI, EVI</td><td>{@link Spectra} of the diagonals</td></tr>
 *   <tr><td>EEV, VEV</td><td>{@link OwnOrientation}: {@link Spectra} of the Ω_k, turned back by L_k</td></tr>
 *   <tr><td>EVE, VVE</td><td>{@link CommonOrientation}: {@link Spectra} of the diagonals of Dᵀ W_k D, D by rotations</td></tr>
 *   <tr><td>VEE</td><td>{@link CommonMatrix}: C = g(Σ_k W_k / λ_k) and λ_k = tr(W_k C⁻¹) / (n_k d) in turn</td></tr>
 *   <tr><td>EVV</td><td>{@link CommonVolume}: λ g(W_k), λ = Σ_k det(W_k)^{1/d} / n</td></tr>
 * </table>
 *
 * <p>Steps that iterate start where the covariances before them are, and each turn raises Q, so that a step which is cut short
 * is a step upwards all the same.
 */
@FunctionalInterface
interface CovarianceStep {
    /**
     * The covariances that follow from some scatters.
     *
     * @param scatters W_k and n_k; those of a tied structure are one
     * @param previous the covariances before the step, as many; empty at a start
     * @param sound makes covariances, and throws {@link CollapseException} for what has collapsed
     */
    List<Covariance> covariances(Scatters scatters, List<Covariance> previous, SoundCovariances sound);

    /** The step of a structure. */
    static CovarianceStep of(CovarianceStructure structure) {
        return switch (structure) {
            case FULL, TIED ->
                (scatters, previous, sound) -> each(
                        scatters,
                        k -> sound.full(scatters.mean(k), scatters.names().get(k)));
            case DIAGONAL, TIED_DIAGONAL ->
                (scatters, previous, sound) -> each(
                        scatters,
                        k -> sound.diagonal(
                                scatters.variances(k), scatters.names().get(k)));
            case SPHERICAL, TIED_SPHERICAL ->
                (scatters, previous, sound) -> each(
                        scatters,
                        k -> sound.spherical(
                                scatters.variances(k), scatters.names().get(k)));
            case VEI -> diagonal(Spectra.Rule.COMMON_SHAPE);
            case EVI -> diagonal(Spectra.Rule.COMMON_VOLUME);
            case EEV -> new OwnOrientation(Spectra.Rule.COMMON);
            case VEV -> new OwnOrientation(Spectra.Rule.COMMON_SHAPE);
            case EVE -> new CommonOrientation(Spectra.Rule.COMMON_VOLUME);
            case VVE -> new CommonOrientation(Spectra.Rule.OWN);
            case VEE -> new CommonMatrix();
            case EVV -> new CommonVolume();
        };
    }

    private static CovarianceStep diagonal(Spectra.Rule rule) {
        return (scatters, previous, sound) -> {
            double[][] diagonals = scatters.each().toArray(double[][]::new);
            double[][] variances = rule.of(diagonals, scatters.counts(), Spectra.volumes(previous));
            return each(
                    scatters, k -> sound.diagonal(variances[k], scatters.names().get(k)));
        };
    }

    /** One covariance for each scatter. */
    static List<Covariance> each(Scatters scatters, IntFunction<Covariance> covariance) {
        List<Covariance> covariances = new ArrayList<>();
        for (int k = 0; k < scatters.size(); k++) {
            covariances.add(covariance.apply(k));
        }
        return covariances;
    }
}
