package org.mixtura.entropy;

/** The sums of the moments of orders 0, …, N, compensated, so that their error does not grow with the number of terms. */
final class MomentSums {
    private final double[] sums;
    private final double[] lost;
    private long terms;

    MomentSums(int order) {
        this.sums = new double[order + 1];
        this.lost = new double[order + 1];
    }

    /** Adds a term to the moment of order k; the rounding of the sum, exact by Knuth's two-sum, is kept apart. */
    void add(int k, double term) {
        double sum = sums[k] + term;
        double part = sum - sums[k];
        lost[k] += (sums[k] - (sum - part)) + (term - part);
        sums[k] = sum;
        terms++;
    }

    /** The sums by order. */
    double[] values() {
        double[] values = new double[sums.length];
        for (int k = 0; k < values.length; k++) {
            values[k] = sums[k] + lost[k];
        }
        return values;
    }

    /** How many terms were added. */
    long terms() {
        return terms;
    }
}
