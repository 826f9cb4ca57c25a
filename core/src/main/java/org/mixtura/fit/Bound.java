package org.mixtura.fit;

import org.mixtura.kernel.Moments;
import org.mixtura.kernel.QuadraticForms;
import org.mixtura.linalg.Packed;

/**
 * The objective between the two half steps of an iteration, where the responsibilities are those of the parameters before:
 * Σ_n w_n Σ_k r_nk s_k(x_n) + H(r) − penalty, with s the scores of the new parameters and H(r) = −Σ_n w_n Σ_k r_nk ln r_nk. It
 * follows from the moments alone, without another pass.
 */
final class Bound {
    private Bound() {}

    /**
     * Σ_n w_n Σ_k r_nk s_k(x_n).
     *
     * @param moments of the rows under the responsibilities, about any centres; full ones for triangular factors
     * @param forms s, about the same origin
     * @return nats
     */
    static double expectedScore(Moments moments, QuadraticForms forms) {
        double sum = 0;
        for (int k = 0; k < moments.components(); k++) {
            double weight = moments.weights()[k];
            if (weight > 0) {
                sum += weight * forms.constants()[k] - expectedSquare(moments, forms, k) / 2;
            }
        }
        return sum;
    }

    /** Σ_n w_n r_nk ‖A_k (x_n − o − m_k)‖² = tr A_k S A_kᵀ with S the second moment about m_k. */
    private static double expectedSquare(Moments moments, QuadraticForms forms, int k) {
        int d = moments.dimension();
        double weight = moments.weights()[k];
        double[] shift = new double[d];
        double[] first = new double[d];
        for (int j = 0; j < d; j++) {
            shift[j] = forms.centres()[k * d + j] - moments.centres()[k * d + j];
            first[j] = moments.firsts()[k * d + j];
        }
        double[] factor = forms.factor(k);
        if (forms.factor() != QuadraticForms.Factor.TRIANGULAR) {
            double sum = 0;
            for (int j = 0; j < d; j++) {
                double a = factor[forms.factor() == QuadraticForms.Factor.SCALAR ? 0 : j];
                double second = moments.second(k)[moments.scatter() == Moments.Scatter.FULL ? Packed.index(j, j) : j];
                sum += a * a * (second - 2 * shift[j] * first[j] + weight * shift[j] * shift[j]);
            }
            return sum;
        }
        if (moments.scatter() != Moments.Scatter.FULL) {
            throw new IllegalArgumentException("triangular factors need full second moments");
        }
        double[] about = moments.second(k).clone();
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                about[Packed.index(i, j)] += weight * shift[i] * shift[j] - shift[i] * first[j] - first[i] * shift[j];
            }
        }
        double sum = 0;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                for (int m = 0; m <= i; m++) {
                    sum += factor[Packed.index(i, j)] * factor[Packed.index(i, m)] * Packed.get(about, j, m);
                }
            }
        }
        return sum;
    }
}
