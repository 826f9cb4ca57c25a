package org.mixtura.kernel;

import static org.mixtura.testing.Closeness.assertClose;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.mixtura.data.RowCovariance;
import org.mixtura.testing.Dense;
import org.mixtura.testing.Holes;
import org.mixtura.testing.TextbookMixture;

/** Scores and moments of rows with gaps, and with covariances of their own, by their definition: Σ_k = (A_kᵀ A_k)⁻¹ and its parts, row by row. */
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
        return scores(x, RowCovariance.NONE, new double[d][d]);
    }

    /** The same of a row with a covariance of its own. */
    double[] scores(double[] x, RowCovariance meaning, double[][] own) {
        int[] o = Holes.observed(x);
        double[] scores = new double[weights.length];
        for (int k = 0; k < scores.length; k++) {
            double whole = 0.5 * (d * Math.log(2 * Math.PI) + Dense.logAbsDeterminant(covariances[k]));
            scores[k] = forms.constants()[k] + whole;
            if (o.length > 0) {
                double[][] seen = seen(k, o, meaning, own);
                double[] delta = Dense.part(FormsFixture.deviation(forms, k, x), o);
                double square = Dense.dot(delta, Dense.times(Dense.inverse(seen), delta));
                scores[k] -= 0.5 * (o.length * Math.log(2 * Math.PI) + Dense.logAbsDeterminant(seen) + square);
                if (meaning == RowCovariance.SPREAD) {
                    double[][] product = Dense.times(Dense.inverse(seen), Dense.part(own, o, o));
                    for (int i = 0; i < o.length; i++) {
                        scores[k] -= 0.5 * product[i][i];
                    }
                }
            }
        }
        return scores;
    }

    /** The covariance of what is seen of a component. */
    private double[][] seen(int k, int[] o, RowCovariance meaning, double[][] own) {
        double[][] part = Dense.part(covariances[k], o, o);
        return meaning == RowCovariance.ERROR ? Dense.plus(part, Dense.part(own, o, o)) : part;
    }

    void accept(double[] x, double w) {
        accept(x, w, RowCovariance.NONE, new double[d][d], new double[weights.length]);
    }

    /** Takes a row whose code adds to the constants. */
    void accept(double[] x, double w, double[] shift) {
        accept(x, w, RowCovariance.NONE, new double[d][d], shift);
    }

    /** Takes a row with a covariance of its own. */
    void accept(double[] x, double w, RowCovariance meaning, double[][] own) {
        accept(x, w, meaning, own, new double[weights.length]);
    }

    /** With J = Σ_·o T⁻¹: J δ_o, and J (δ_o δ_oᵀ + C_oo) Jᵀ + Σ − J Σ_o·, T being the covariance of what is seen. */
    void accept(double[] x, double w, RowCovariance meaning, double[][] own, double[] shift) {
        int[] o = Holes.observed(x);
        if (o.length == 0 || w == 0) {
            return;
        }
        int[] all = IntStream.range(0, d).toArray();
        double[] scores = Dense.plus(scores(x, meaning, own), shift);
        double[] r = TextbookMixture.shares(scores);
        totalWeight += w;
        logLikelihood += w * TextbookMixture.logSumExp(scores);
        for (int k = 0; k < weights.length; k++) {
            entropy -= r[k] == 0 ? 0 : w * r[k] * Math.log(r[k]);
            weights[k] += w * r[k];
            double[] delta = Dense.part(FormsFixture.deviation(forms, k, x), o);
            double[][] map = Dense.times(Dense.part(covariances[k], all, o), Dense.inverse(seen(k, o, meaning, own)));
            double[] first = Dense.times(map, delta);
            double[][] square = Dense.outer(delta, delta);
            if (meaning == RowCovariance.SPREAD) {
                square = Dense.plus(square, Dense.part(own, o, o));
            }
            double[][] second = Dense.plus(
                    Dense.times(Dense.times(map, square), Dense.transpose(map)),
                    Dense.minus(covariances[k], Dense.times(map, Dense.part(covariances[k], o, all))));
            for (int i = 0; i < d; i++) {
                firsts[k][i] += w * r[k] * first[i];
                for (int j = 0; j < d; j++) {
                    seconds[k][i][j] += w * r[k] * second[i][j];
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
