package org.mixtura.special;

/** The logarithm of a sum of numbers that are given by their logarithms. */
public final class LogSumExp {
    private LogSumExp() {}

    /**
     * The logarithm of a sum, relative to its largest term, so that nothing overflows and no large term underflows.
     *
     * @param terms t_1, …, t_n, not NaN; −∞ stands for zero
     * @return ln Σ exp t_i; −∞ for no terms or zeros alone
     */
    public static double of(double... terms) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double term : terms) {
            largest = Math.max(largest, term);
        }
        if (Double.isInfinite(largest)) {
            return largest;
        }
        double sum = 0;
        for (double term : terms) {
            sum += Math.exp(term - largest);
        }
        return largest + Math.log(sum);
    }
}
