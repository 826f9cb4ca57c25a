package org.mixtura.report.plot;

import java.util.Arrays;
import org.mixtura.mixture.GaussianMixture;

/**
 * The part of a column that is drawn: the components and nearly all rows, so that one wild value does not press all others
 * together.
 *
 * @param from its lower end
 * @param to its upper end
 */
record Span(double from, double to) {
    private static final double REACH = 3.05;

    static Span of(GaussianMixture mixture, double[][] rows, int column) {
        double from = Double.POSITIVE_INFINITY;
        double to = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < mixture.size(); k++) {
            if (mixture.weight(k) > 1e-3 || mixture.size() == 1) {
                double mean = mixture.component(k).mean(column);
                double reach =
                        REACH * Math.sqrt(mixture.component(k).covariance().get(column, column));
                from = Math.min(from, mean - reach);
                to = Math.max(to, mean + reach);
            }
        }
        double width = to - from;
        double[] values =
                Arrays.stream(rows).mapToDouble(row -> row[column]).sorted().toArray();
        if (values.length > 0) {
            from = Math.max(Math.min(from, values[0]), from - width / 2);
            to = Math.min(Math.max(to, values[values.length - 1]), to + width / 2);
        }
        return new Span(from - 0.02 * width, to + 0.02 * width);
    }

    /** How many bins Freedman and Diaconis give; at least 2 √n, up to 60, for data of several humps; at most 120. */
    int bins(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double quartiles = sorted[(int) (sorted.length * 0.75)] - sorted[(int) (sorted.length * 0.25)];
        double wanted = (to - from) / (2 * quartiles / Math.cbrt(sorted.length));
        double least = Math.max(12, Math.min(60, 2 * Math.sqrt(sorted.length)));
        return (int) Math.round(Double.isFinite(wanted) ? Math.max(least, Math.min(120, wanted)) : least);
    }

    /** The share of all values in each bin, by the bin's width. */
    double[] histogram(double[] values, int bins) {
        double[] heights = new double[bins];
        double step = (to - from) / bins;
        for (double value : values) {
            double bin = Math.floor((value - from) / step);
            if (bin >= 0 && bin < bins) {
                heights[(int) bin] += 1 / (values.length * step);
            }
        }
        return heights;
    }
}
