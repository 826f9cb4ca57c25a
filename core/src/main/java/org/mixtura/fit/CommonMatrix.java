package org.mixtura.fit;

import java.util.Arrays;
import java.util.List;
import org.mixtura.linalg.Cholesky;
import org.mixtura.linalg.NotPositiveDefiniteException;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.Covariance;

/**
 * The M-step of VEE: multiples of one matrix, Σ_k = λ_k C with det C = 1, from C = g(Σ_k W_k / λ_k) and λ_k = tr(W_k C⁻¹) / (n_k
 * d) in turn. There is one solution: the problem is convex along the geodesics of the positive definite matrices. Each turn lowers
 *
 * <pre>  φ = Σ_k n_k ln λ_k + (n/d) ln det Σ_k W_k / λ_k</pre>
 *
 * and changes the λ_k less than the one before, in the end; where it does neither, only rounding is left. With many more columns than
 * rows, where the W_k differ by little but what rows are few for, that is so after two or three turns.
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
        double n = Arrays.stream(scatters.counts()).sum();
        double height = Double.POSITIVE_INFINITY;
        double change = Double.POSITIVE_INFINITY;
        for (int turn = 0; !settled && turn < limit; turn++) {
            common = new double[Packed.size(d)];
            for (int k = 0; k < volumes.length; k++) {
                for (int i = 0; i < common.length; i++) {
                    common[i] += scatters.each().get(k)[i] / volumes[k];
                }
            }
            double[] lower = factor(common, d);
            double[] inverse = Cholesky.invert(lower, d);
            double logOwn = Cholesky.logDeterminant(lower, d) / d;
            double own = Math.exp(logOwn);
            double heightBefore = height;
            double changeBefore = change;
            height = n * logOwn;
            change = 0;
            double[] changed = new double[volumes.length];
            for (int k = 0; k < volumes.length; k++) {
                double count = scatters.counts()[k];
                double trace = Packed.traceOfCongruence(inverse, scatters.each().get(k), d);
                changed[k] = own * trace / (count * d);
                height += count * Math.log(volumes[k]);
                change = Math.max(change, Math.abs(changed[k] / volumes[k] - 1));
            }
            for (int i = 0; i < common.length; i++) {
                common[i] /= own;
            }
            settled = Spectra.settle(volumes, changed) || (height >= heightBefore && change >= changeBefore);
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
}
