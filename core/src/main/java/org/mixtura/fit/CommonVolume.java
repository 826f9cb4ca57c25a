package org.mixtura.fit;

import java.util.List;
import org.mixtura.linalg.Cholesky;
import org.mixtura.linalg.NotPositiveDefiniteException;
import org.mixtura.mixture.Covariance;

/** The M-step of EVV: matrices of one volume, Σ_k = λ W_k / det(W_k)^{1/d} with λ = Σ_k det(W_k)^{1/d} / n. */
record CommonVolume() implements CovarianceStep {
    @Override
    public List<Covariance> covariances(Scatters scatters, List<Covariance> previous, SoundCovariances sound) {
        int d = scatters.dimension();
        double[] own = new double[scatters.size()];
        double sum = 0;
        double n = 0;
        for (int k = 0; k < own.length; k++) {
            try {
                double[] lower = Cholesky.factor(scatters.each().get(k), d);
                own[k] = Math.exp(Cholesky.logDeterminant(lower, d) / d);
            } catch (NotPositiveDefiniteException e) {
                throw new CollapseException(scatters.names().get(k) + ": " + e.getMessage());
            }
            sum += own[k];
            n += scatters.counts()[k];
        }
        double volume = sum / n;
        return CovarianceStep.each(scatters, k -> {
            double[] elements = scatters.each().get(k).clone();
            for (int i = 0; i < elements.length; i++) {
                elements[i] *= volume / own[k];
            }
            return sound.full(elements, scatters.names().get(k));
        });
    }
}
