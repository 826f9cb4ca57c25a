package org.mixtura.spark;

import org.mixtura.kernel.Moments;
import org.mixtura.kernel.QuadraticForms;

/**
 * A sum of moments as one array, to be sent: N, first and second moments of each component, then the log-likelihood, the entropy
 * of the assignment and the weight; K (1 + d + d(d+1)/2) + 3 numbers for full second moments.
 *
 * <p>Sums are compensated (Neumaier 1974, <a href="https://doi.org/10.1002/zamm.19740540106">doi:10.1002/zamm.19740540106</a>):
 * the result is rounded about once however many terms there are, so that how the rows are cut into blocks and partitions shows in
 * the last digit only.
 */
final class MomentSum {
    private final double[] sums;
    private final double[] lost;

    /** An empty sum of some number of terms. */
    MomentSum(int length) {
        this.sums = new double[length];
        this.lost = new double[length];
    }

    /** How many numbers moments about the centres of some forms are. */
    static int length(QuadraticForms forms, Moments.Scatter scatter) {
        int d = forms.dimension();
        int second = scatter == Moments.Scatter.FULL ? d * (d + 1) / 2 : d;
        return Math.addExact(Math.multiplyExact(forms.components(), 1 + d + second), 3);
    }

    /** Adds the moments of some rows. */
    void add(Moments moments) {
        int at = add(moments.weights(), 0);
        at = add(moments.firsts(), at);
        for (int k = 0; k < moments.components(); k++) {
            at = add(moments.second(k), at);
        }
        add(at, moments.logLikelihood());
        add(at + 1, moments.assignmentEntropy());
        add(at + 2, moments.totalWeight());
    }

    /** Adds a sum that was sent. */
    void add(double[] other) {
        add(other, 0);
    }

    private int add(double[] terms, int at) {
        for (int i = 0; i < terms.length; i++) {
            add(at + i, terms[i]);
        }
        return at + terms.length;
    }

    private void add(int at, double term) {
        double before = sums[at];
        double sum = before + term;
        double error = Math.abs(before) >= Math.abs(term) ? before - sum + term : term - sum + before;
        sums[at] = sum;
        // A log-likelihood may be -Infinity.
        lost[at] += Double.isFinite(error) ? error : 0;
    }

    /** The sum, to be sent. */
    double[] rounded() {
        double[] result = new double[sums.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = sums[i] + lost[i];
        }
        return result;
    }

    /** What was sent, as moments. */
    static Moments moments(double[] sum, QuadraticForms forms, Moments.Scatter scatter) {
        Moments moments = Moments.about(forms, scatter);
        int at = copy(sum, 0, moments.weights());
        at = copy(sum, at, moments.firsts());
        for (int k = 0; k < moments.components(); k++) {
            at = copy(sum, at, moments.second(k));
        }
        moments.acceptTotals(sum[at + 2], sum[at], sum[at + 1]);
        return moments;
    }

    private static int copy(double[] from, int at, double[] to) {
        System.arraycopy(from, at, to, 0, to.length);
        return at + to.length;
    }
}
