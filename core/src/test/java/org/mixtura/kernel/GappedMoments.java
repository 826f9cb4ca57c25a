package org.mixtura.kernel;

import static org.mixtura.testing.Closeness.assertClose;

import java.util.Arrays;
import org.mixtura.testing.Dense;
import org.mixtura.testing.Holes;
import org.mixtura.testing.TextbookMixture;

/** Scores and moments of rows with gaps by their definition: Σ_k = (A_kᵀ A_k)⁻¹ and its parts, row by row. */
final class GappedMoments {
    private final QuadraticForms forms;
    private final int d;
    private final double[][][] covariances;
    private final double[] weights;
    private final double[][] firsts;
    private final double[][][] seconds;
    private double logLikelihood;
    private double entropy;
    private double totalWeight;

    GappedMoments(QuadraticForms forms) {
        this.forms = forms;
        this.d = forms.dimension();
        int k = forms.components();
        this.covariances = new double[k][][];
        this.weights = new double[k];
        this.firsts = new double[k][d];
        this.seconds = new double[k][d][d];
        for (int c = 0; c < k; c++) {
            double[][] a = new double[d][d];
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    a[i][j] = FormsFixture.element(forms, c, i, j);
                }
            }
            double[][] inverse = Dense.inverse(a);
            covariances[c] = Dense.times(inverse, Dense.transpose(inverse));
        }
    }

    /** ln ∫ exp s_k dx_m, from exp s_k = const · N(x; m_k, Σ_k). */
    double[] scores(double[] x) {
        int[] o = Holes.observed(x);
        double[] scores = new double[weights.length];
        for (int k = 0; k < scores.length; k++) {
            double whole = 0.5 * (d * Math.log(2 * Math.PI) + Dense.logAbsDeterminant(covariances[k]));
            scores[k] = forms.constants()[k] + whole;
            if (o.length > 0) {
                double[][] part = Dense.part(covariances[k], o, o);
                double[] delta = Dense.part(FormsFixture.deviation(forms, k, x), o);
                double square = Dense.dot(delta, Dense.times(Dense.inverse(part), delta));
                scores[k] -= 0.5 * (o.length * Math.log(2 * Math.PI) + Dense.logAbsDeterminant(part) + square);
            }
        }
        return scores;
    }

    void accept(double[] x, double w) {
        accept(x, w, new double[weights.length]);
    }

    /** Takes a row whose code adds to the constants. */
    void accept(double[] x, double w, double[] shift) {
        int[] o = Holes.observed(x);
        int[] m = Holes.missing(x);
        if (o.length == 0 || w == 0) {
            return;
        }
        double[] scores = Dense.plus(scores(x), shift);
        double[] r = TextbookMixture.shares(scores);
        totalWeight += w;
        logLikelihood += w * TextbookMixture.logSumExp(scores);
        for (int k = 0; k < weights.length; k++) {
            entropy -= r[k] == 0 ? 0 : w * r[k] * Math.log(r[k]);
            weights[k] += w * r[k];
            double[] delta = FormsFixture.deviation(forms, k, x);
            double[][] left = new double[d][d];
            if (m.length > 0) {
                double[][] slope =
                        Dense.times(Dense.part(covariances[k], m, o), Dense.inverse(Dense.part(covariances[k], o, o)));
                double[] expected = Dense.times(slope, Dense.part(delta, o));
                double[][] conditional = Dense.minus(
                        Dense.part(covariances[k], m, m), Dense.times(slope, Dense.part(covariances[k], o, m)));
                for (int i = 0; i < m.length; i++) {
                    delta[m[i]] = expected[i];
                    for (int j = 0; j < m.length; j++) {
                        left[m[i]][m[j]] = conditional[i][j];
                    }
                }
            }
            for (int i = 0; i < d; i++) {
                firsts[k][i] += w * r[k] * delta[i];
                for (int j = 0; j < d; j++) {
                    seconds[k][i][j] += w * r[k] * (delta[i] * delta[j] + left[i][j]);
                }
            }
        }
    }

    void assertAre(Moments moments, double tolerance) {
        assertClose(moments.totalWeight(), totalWeight, tolerance, "total weight");
        assertClose(moments.logLikelihood(), logLikelihood, tolerance, "log-likelihood");
        assertClose(moments.assignmentEntropy(), entropy, tolerance * Math.max(1, totalWeight), "entropy");
        assertClose(moments.weights(), weights, tolerance, "weights");
        for (int k = 0; k < weights.length; k++) {
            double[] first = Arrays.copyOfRange(moments.firsts(), k * d, (k + 1) * d);
            assertClose(first, firsts[k], tolerance * Math.max(1, weights[k]), "first");
            for (int i = 0; i < d; i++) {
                for (int j = 0; j <= i; j++) {
                    boolean full = moments.scatter() == Moments.Scatter.FULL;
                    if (full || i == j) {
                        assertClose(
                                moments.second(k)[full ? i * (i + 1) / 2 + j : i],
                                seconds[k][i][j],
                                tolerance * Math.max(1, weights[k]),
                                "second");
                    }
                }
            }
        }
    }
}
