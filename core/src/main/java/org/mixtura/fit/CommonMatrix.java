package org.mixtura.fit;

import java.util.List;
import org.mixtura.linalg.Cholesky;
import org.mixtura.linalg.NotPositiveDefiniteException;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.Covariance;

/**
 * The M-step of VEE: multiples of one matrix, Σ_k = λ_k C with det C = 1, from C = g(Σ_k W_k / λ_k) and λ_k = tr(W_k C⁻¹) / (n_k
 * d) in turn. There is one solution: the problem is convex along the geodesics of the positive definite matrices.
 */
record CommonMatrix() implements CovarianceStep {
    /** The most turns from volumes that are good already: EM goes on from where a step was cut short. */
    private static final int MOST_TURNS = 30;

    /** The most at a start. */
    private static final int MOST_AT_START = 1000;

    @Override
    public List<Covariance> covariances(Scatters scatters, List<Covariance> previous, SoundCovariances sound) {
        int d = scatters.dimension();
        double[] volumes = previous.isEmpty() ? Spectra.equal(scatters.size()) : Spectra.volumes(previous);
        double[] common = new double[0];
        boolean settled = false;
        int limit = previous.isEmpty() ? MOST_AT_START : MOST_TURNS;
        for (int turn = 0; !settled && turn < limit; turn++) {
            common = new double[Packed.size(d)];
            for (int k = 0; k < volumes.length; k++) {
                for (int i = 0; i < common.length; i++) {
                    common[i] += scatters.each().get(k)[i] / volumes[k];
                }
            }
            double[] lower = factor(common, d);
            double own = Math.exp(Cholesky.logDeterminant(lower, d) / d);
            double[] changed = new double[volumes.length];
            for (int k = 0; k < volumes.length; k++) {
                changed[k] = own * traceOfQuotient(lower, scatters.each().get(k), d) / (scatters.counts()[k] * d);
            }
            for (int i = 0; i < common.length; i++) {
                common[i] /= own;
            }
            settled = Spectra.settle(volumes, changed);
        }
        double[] c = common;
        return CovarianceStep.each(scatters, k -> {
            double[] elements = c.clone();
            for (int i = 0; i < elements.length; i++) {
                elements[i] *= volumes[k];
            }
            return sound.full(elements, scatters.names().get(k));
        });
    }

    private static double[] factor(double[] common, int d) {
        try {
            return Cholesky.factor(common, d);
        } catch (NotPositiveDefiniteException e) {
            throw new CollapseException("the covariance that all components are multiples of: " + e.getMessage());
        }
    }

    /** tr (L Lᵀ)⁻¹ W = tr L⁻¹ W L⁻ᵀ. */
    private static double traceOfQuotient(double[] lower, double[] w, int d) {
        double[][] half = new double[d][];
        double[][] rows = Packed.toSymmetricRows(w, d);
        for (int j = 0; j < d; j++) {
            half[j] = Cholesky.solveLower(lower, rows[j]);
        }
        double trace = 0;
        double[] row = new double[d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                row[j] = half[j][i];
            }
            trace += Cholesky.solveLower(lower, row)[i];
        }
        return trace;
    }
}
