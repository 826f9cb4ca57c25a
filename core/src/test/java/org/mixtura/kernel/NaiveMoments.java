package org.mixtura.kernel;

import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import org.mixtura.special.Digamma;
import org.mixtura.testing.TextbookMixture;

/** The moments of a pass by their definition, one row after the other, with the sums of the terms' absolute values. */
final class NaiveMoments {
    private final QuadraticForms forms;
    private final double[] weights;
    private final double[] pulls;
    private final double[] tails;
    private final double[] absoluteTails;
    private final double[][] firsts;
    private final double[][][] seconds;
    private final double[][] absoluteFirsts;
    private final double[][][] absoluteSeconds;
    private double logLikelihood;
    private double absoluteLogLikelihood;
    private double entropy;
    private double totalWeight;

    NaiveMoments(QuadraticForms forms) {
        int k = forms.components();
        int d = forms.dimension();
        this.forms = forms;
        this.weights = new double[k];
        this.pulls = new double[k];
        this.tails = new double[k];
        this.absoluteTails = new double[k];
        this.firsts = new double[k][d];
        this.seconds = new double[k][d][d];
        this.absoluteFirsts = new double[k][d];
        this.absoluteSeconds = new double[k][d][d];
    }

    void accept(double[] x, double w) {
        double[] scores = FormsFixture.scores(forms, x);
        double[] r = TextbookMixture.shares(scores);
        double logDensity = TextbookMixture.logSumExp(scores);
        totalWeight += w;
        logLikelihood += w * logDensity;
        absoluteLogLikelihood += w * Math.abs(logDensity);
        for (int k = 0; k < weights.length; k++) {
            double[] delta = FormsFixture.deviation(forms, k, x);
            entropy -= r[k] == 0 ? 0 : w * r[k] * Math.log(r[k]);
            weights[k] += w * r[k];
            double u = 1;
            if (forms.tailed() && Double.isFinite(forms.degreesOfFreedom()[k])) {
                double half = (forms.degreesOfFreedom()[k] + x.length) / 2;
                double rate = (forms.degreesOfFreedom()[k] + FormsFixture.square(forms, k, x)) / 2;
                u = half / rate;
                double logU = Digamma.value(half) - Math.log(rate);
                tails[k] += w * r[k] * (1 + logU - u);
                absoluteTails[k] += w * r[k] * (1 + Math.abs(logU) + u);
            }
            pulls[k] += w * r[k] * u;
            for (int i = 0; i < x.length; i++) {
                firsts[k][i] += w * r[k] * u * delta[i];
                absoluteFirsts[k][i] += w * r[k] * u * Math.abs(delta[i]);
                for (int j = 0; j <= i; j++) {
                    seconds[k][i][j] += w * r[k] * u * delta[i] * delta[j];
                    absoluteSeconds[k][i][j] += w * r[k] * u * Math.abs(delta[i] * delta[j]);
                }
            }
        }
    }

    /** Compares with an accumulator: each sum within a tolerance relative to the sum of its terms' absolute values. */
    void assertAre(Moments moments, double tolerance) {
        int d = forms.dimension();
        assertWithin("total weight", moments.totalWeight(), totalWeight, tolerance * totalWeight);
        assertWithin("log-likelihood", moments.logLikelihood(), logLikelihood, tolerance * absoluteLogLikelihood);
        assertWithin("entropy", moments.assignmentEntropy(), entropy, tolerance * totalWeight);
        for (int k = 0; k < weights.length; k++) {
            assertWithin("weight", moments.weights()[k], weights[k], tolerance * weights[k], k);
            assertWithin("pull", moments.pulls()[k], pulls[k], tolerance * pulls[k], k);
            if (moments.tailed()) {
                assertWithin("tail", moments.tails()[k], tails[k], tolerance * absoluteTails[k], k);
            }
            for (int i = 0; i < d; i++) {
                assertWithin(
                        "first", moments.firsts()[k * d + i], firsts[k][i], tolerance * absoluteFirsts[k][i], k, i);
                for (int j = 0; j <= i; j++) {
                    if (i == j || moments.scatter() == Moments.Scatter.FULL) {
                        int at = moments.scatter() == Moments.Scatter.FULL ? i * (i + 1) / 2 + j : i;
                        double allowed = tolerance * absoluteSeconds[k][i][j];
                        assertWithin("second", moments.second(k)[at], seconds[k][i][j], allowed, k, i, j);
                    }
                }
            }
        }
    }

    private static void assertWithin(String what, double actual, double expected, double allowed, int... where) {
        // Below the least normal number, and below what a pass neglects, only absolute differences mean anything.
        if (!(Math.abs(actual - expected) <= allowed + 1e-50)) {
            fail("%s %s is %s, should be %s within %s", what, Arrays.toString(where), actual, expected, allowed);
        }
    }
}
