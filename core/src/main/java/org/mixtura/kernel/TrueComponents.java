package org.mixtura.kernel;

import org.mixtura.linalg.Cholesky;
import org.mixtura.linalg.Packed;

/** Forms as the components that they describe, for rows that are seen through errors: Σ_k = (A_kᵀ A_k)⁻¹ and ln |det A_k|. */
final class TrueComponents {
    private final QuadraticForms points;
    /** Σ_k, packed or the diagonal; empty if the form is flat. */
    private final double[][] covariances;
    /** ln |det A_k|. */
    private final double[] logDeterminants;

    TrueComponents(QuadraticForms points) {
        this.points = points;
        int d = points.dimension();
        this.covariances = new double[points.components()][];
        this.logDeterminants = new double[points.components()];
        for (int k = 0; k < covariances.length; k++) {
            if (points.isFlat(k)) {
                covariances[k] = new double[0];
            } else if (k > 0 && points.factor(k) == points.factor(k - 1)) {
                covariances[k] = covariances[k - 1];
                logDeterminants[k] = logDeterminants[k - 1];
            } else if (points.factor() == QuadraticForms.Factor.TRIANGULAR) {
                double[] lower = Cholesky.invert(points.factor(k), d);
                covariances[k] = Packed.timesOwnTranspose(lower, d);
                for (int j = 0; j < d; j++) {
                    logDeterminants[k] -= Math.log(Math.abs(lower[Packed.index(j, j)]));
                }
            } else {
                covariances[k] = new double[d];
                for (int j = 0; j < d; j++) {
                    double a = points.factor(k)[points.factor() == QuadraticForms.Factor.SCALAR ? 0 : j];
                    covariances[k][j] = 1 / (a * a);
                    logDeterminants[k] += Math.log(Math.abs(a));
                }
            }
        }
    }

    /** The forms. */
    QuadraticForms points() {
        return points;
    }

    /** Whether a form is flat, A_k = 0, and describes nothing that errors could widen. */
    boolean flat(int k) {
        return covariances[k].length == 0;
    }

    /** Σ_k, packed or the diagonal; not to be changed. */
    double[] covariance(int k) {
        return covariances[k];
    }

    /** ln |det A_k|. */
    double logDeterminant(int k) {
        return logDeterminants[k];
    }
}
