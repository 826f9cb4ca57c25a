package org.mixtura.entropy;

import java.math.BigInteger;

/**
 * The Taylor series accelerated by Levin's u-transform: with terms a_j = E[(1 − p/a)^{j+1}]/(j + 1), partial sums S_j and
 * ω_j = (j + 1) a_j, the value from N = m + 1 terms is Σ_j c_j S_j/ω_j over Σ_j c_j/ω_j, c_j = (−1)ʲ C(m, j) (j + 1)^{m−1}.
 *
 * <p>Gains two to three digits on the Taylor series at order 12, but is no bound.
 *
 * <p>D. Levin, Development of non-linear transformations for improving convergence of sequences, 1973, <a
 * href="https://doi.org/10.1080/00207167308803075">doi:10.1080/00207167308803075</a>.
 */
final class LevinSeries {
    private LevinSeries() {}

    /** The values about a cut-off of logarithm ln a from the moments u_0, …, u_N. */
    static PartialSums of(double logCutoff, DoubleDouble[] u) {
        int order = u.length - 1;
        DoubleDouble[] terms = new DoubleDouble[order];
        double[] termErrors = new double[order];
        for (int j = 0; j < order; j++) {
            TaylorSeries.Term term = TaylorSeries.Term.of(j + 1, u);
            terms[j] = term.value().dividedBy(DoubleDouble.of(j + 1));
            termErrors[j] = term.absolute() / (j + 1);
        }
        DoubleDouble start = DoubleDouble.of(-logCutoff);
        DoubleDouble[] values = new DoubleDouble[order + 1];
        values[0] = start;
        double amplification = 0;
        for (int n = 1; n <= order; n++) {
            PartialSums transformed = transform(start, terms, termErrors, n);
            values[n] = transformed.last();
            amplification = transformed.amplification();
        }
        return new PartialSums(values, amplification);
    }

    private static PartialSums transform(DoubleDouble start, DoubleDouble[] terms, double[] termErrors, int count) {
        int m = count - 1;
        DoubleDouble[] binomials = Binomials.row(m);
        DoubleDouble[] weights = new DoubleDouble[count];
        DoubleDouble[] sums = new DoubleDouble[count];
        DoubleDouble numerator = DoubleDouble.ZERO;
        DoubleDouble denominator = DoubleDouble.ZERO;
        DoubleDouble sum = start;
        for (int j = 0; j < count; j++) {
            sum = sum.plus(terms[j]);
            sums[j] = sum;
            DoubleDouble power = DoubleDouble.of(BigInteger.valueOf(j + 1).pow(Math.max(0, m - 1)));
            DoubleDouble weight = binomials[j].times(power).dividedBy(terms[j].times(j + 1));
            weights[j] = (j & 1) == 0 ? weight : weight.negated();
            numerator = numerator.plus(weights[j].times(sum));
            denominator = denominator.plus(weights[j]);
        }
        DoubleDouble value = numerator.dividedBy(denominator);
        // To first order, an error δ of term j moves the value by c_j/ω_j (δ S_j − (S_j − value) δ_j/a_j) / Σ c/ω.
        double amplification = 0;
        double sumError = 0;
        for (int j = 0; j < count; j++) {
            sumError += termErrors[j];
            double shift = Math.abs(sums[j].minus(value).hi()) * termErrors[j] / Math.abs(terms[j].hi());
            amplification += Math.abs(weights[j].hi() / denominator.hi()) * (sumError + shift);
        }
        return new PartialSums(new DoubleDouble[] {value}, amplification);
    }
}
