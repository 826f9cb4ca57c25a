package org.mixtura.anomaly;

import org.mixtura.data.Block;
import org.mixtura.data.Rows;
import org.mixtura.kernel.QuadraticForms;
import org.mixtura.kernel.Scan;
import org.mixtura.mixture.GaussianMixture;

/**
 * The energy of rows under a mixture, E(x) = −ln p(x) in nats: the larger, the more unusual the row.
 *
 * <ul>
 *   <li>An energy may be negative; where the density is above one it is.
 *   <li>It depends on the units of the columns by one constant for all rows, so that order, p-values and flags do not.
 *   <li>A finite row too far away for its squared distance to be a double has energy +∞.
 *   <li>A row of weight 0 counts for nothing here but is scored as any other; if it is not finite its energy is NaN.
 * </ul>
 *
 * <p>A row is flagged when its energy is above a threshold: one from a quantile ({@link #threshold}), or one that holds a
 * false-positive rate ({@link Calibration#thresholdAtRate}).
 *
 * <p>Methods use all processors; their results have the same bits for any number of them.
 */
public final class Energy {
    /** Receives the energies of consecutive rows. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Takes the energies of some rows; the array is lent for the call.
         *
         * @param first the number of the first row, from 0
         * @param count how many rows
         * @param energies E(x), nats, one per row from index 0
         */
        void accept(long first, int count, double[] energies);
    }

    private final QuadraticForms forms;

    Energy(QuadraticForms forms) {
        this.forms = forms;
    }

    /**
     * The energy of a mixture.
     *
     * @param mixture p
     * @return −ln p
     */
    public static Energy of(GaussianMixture mixture) {
        return new Energy(mixture.forms());
    }

    /** {@return the number of columns} */
    public int dimension() {
        return forms.dimension();
    }

    /**
     * The energy of each row.
     *
     * @param rows n rows
     * @return E(x), nats, n values
     * @throws IllegalArgumentException if the dimensions differ or a value is not finite
     */
    public double[] scores(Rows rows) {
        double[] result = new double[Math.toIntExact(rows.count())];
        score(
                rows,
                processors(),
                (first, count, energies) -> System.arraycopy(energies, 0, result, (int) first, count));
        return result;
    }

    /**
     * The energies of rows of any number, without holding the result.
     *
     * @param rows n rows
     * @param threads how many threads may work, at least 1
     * @param sink receives the energies, block after block in the order of the rows, one call at a time
     * @throws IllegalArgumentException if the dimensions differ or a value is not finite
     */
    public void score(Rows rows, int threads, Sink sink) {
        if (rows.dimension() != dimension()) {
            throw new IllegalArgumentException(
                    "rows of " + rows.dimension() + " columns for an energy over " + dimension() + " columns");
        }
        Scan.scores(rows, forms, threads, (first, count, logDensity, responsibilities) -> {
            double[] energies = new double[count];
            for (int i = 0; i < count; i++) {
                energies[i] = -logDensity[i];
            }
            sink.accept(first, count, energies);
        });
    }

    /**
     * The mean energy of rows, Σ w E(x) / Σ w.
     *
     * @param rows n rows
     * @return nats
     * @throws IllegalArgumentException if the dimensions differ or a value is not finite
     */
    public double mean(Rows rows) {
        double[] sums = new double[2];
        forEach(rows, (energy, weight) -> {
            sums[0] += weight * energy;
            sums[1] += weight;
        });
        return sums[0] / sums[1];
    }

    /**
     * The energy that a share of the rows does not exceed: the {@link Calibration#quantile} of their energies.
     *
     * @param rows n rows, such as those that the mixture was fitted to
     * @param level the share, above 0 and at most 1; 0.99 leaves at most one row in a hundred above
     * @return the smallest energy of a row such that rows up to it hold at least this share of the weight, nats
     * @throws IllegalArgumentException if the dimensions differ, a value is not finite, or the level breaks its rule
     */
    public double threshold(Rows rows, double level) {
        return calibrate(rows).quantile(level);
    }

    /**
     * Which rows have an energy above a threshold.
     *
     * @param rows n rows
     * @param threshold in nats
     * @return n values, true where E(x) &gt; threshold
     * @throws IllegalArgumentException if the dimensions differ, a value is not finite, or the threshold is NaN
     */
    public boolean[] flags(Rows rows, double threshold) {
        if (Double.isNaN(threshold)) {
            throw new IllegalArgumentException("threshold is NaN; a threshold is a number of nats");
        }
        boolean[] flags = new boolean[Math.toIntExact(rows.count())];
        score(rows, processors(), (first, count, energies) -> {
            for (int i = 0; i < count; i++) {
                flags[(int) first + i] = energies[i] > threshold;
            }
        });
        return flags;
    }

    /**
     * The distribution of the energy over rows, for thresholds and p-values.
     *
     * @param rows n rows; for p-values a hold-out that the mixture was not fitted to
     * @return their energies, sorted
     * @throws IllegalArgumentException if the dimensions differ or a value is not finite
     */
    public Calibration calibrate(Rows rows) {
        int n = Math.toIntExact(rows.count());
        double[] energies = new double[n];
        double[] weights = new double[n];
        int[] filled = new int[1];
        forEach(rows, (energy, weight) -> {
            energies[filled[0]] = energy;
            weights[filled[0]++] = weight;
        });
        return Calibration.of(energies, weights);
    }

    /** One row's energy and weight. */
    private interface Weighted {
        void accept(double energy, double weight);
    }

    /** Goes through the rows whose weight is not 0, in order; reads them a second time only if there are weights. */
    private void forEach(Rows rows, Weighted each) {
        Block unweighted = new Block();
        try (Rows.Reader reader = rows.reader()) {
            score(rows, processors(), (first, count, energies) -> {
                Block block = rows.weighted() ? reader.read(first, count) : unweighted;
                for (int i = 0; i < count; i++) {
                    if (block.weight(i) > 0) {
                        each.accept(energies[i], block.weight(i));
                    }
                }
            });
        }
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }
}
