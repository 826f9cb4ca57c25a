package org.mixtura.report.survey;

import java.util.Arrays;
import java.util.List;
import org.mixtura.anomaly.Calibration;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;
import org.mixtura.mixture.GaussianMixture;

/**
 * What rows say about a mixture, gathered in one pass: how certain the assignments are, how the energies spread, which rows
 * are the oddest, which components take each other's rows, and a sample to draw.
 *
 * <p>Rows of weight 0 do not take part. Memory grows with the rows up to {@value #MOST_ENERGIES} energies; of more rows the
 * energies of every second, third, … one stand for all.
 */
public final class Survey {
    /** How many bins the histogram of the largest responsibility has, over 0 to 1. */
    public static final int CERTAINTY_BINS = 50;
    /** The share of the weight that has energies up to the threshold. */
    public static final double LEVEL = 0.99;

    static final int MOST_ENERGIES = 1_000_000;

    private static final int MOST_ODD = 50;

    private final GaussianMixture mixture;
    private final double[] certainty = new double[CERTAINTY_BINS];
    private final double[][] assigned;
    private final double[] counts;
    private final OddestRows oddest = new OddestRows(MOST_ODD);
    private final Reservoir sample;
    private final long stride;
    private double[] energies = new double[1024];
    private double[] energyWeights = new double[1024];
    private int kept;
    private long seen;
    private double sure;

    private Survey(GaussianMixture mixture, long rows, int sampled) {
        int size = mixture.size();
        this.mixture = mixture;
        this.assigned = new double[size][size];
        this.counts = new double[size];
        this.sample = new Reservoir((int) Math.min(sampled, rows));
        this.stride = (rows + MOST_ENERGIES - 1) / MOST_ENERGIES;
    }

    /**
     * Asks all rows.
     *
     * @param mixture K components over d columns
     * @param rows n rows of d columns
     * @param sampled how many rows to draw at random for pictures
     * @param threads how many threads may work
     * @return what they say
     * @throws IllegalArgumentException if the dimensions differ or a value is not finite
     */
    public static Survey of(GaussianMixture mixture, Rows rows, int sampled, int threads) {
        Survey survey = new Survey(mixture, rows.count(), sampled);
        Block unweighted = new Block();
        try (Rows.Reader reader = rows.reader()) {
            mixture.score(rows, threads, (first, count, logDensity, responsibilities) -> {
                Block block = rows.weighted() ? reader.read(first, count) : unweighted;
                for (int i = 0; i < count; i++) {
                    if (block.weight(i) > 0) {
                        survey.accept(first + i, block.weight(i), -logDensity[i], responsibilities, i * mixture.size());
                    }
                }
            });
        }
        survey.energies = Arrays.copyOf(survey.energies, survey.kept);
        survey.energyWeights = Arrays.copyOf(survey.energyWeights, survey.kept);
        return survey;
    }

    private void accept(long row, double weight, double energy, double[] responsibilities, int from) {
        int size = mixture.size();
        int label = GaussianMixture.largest(responsibilities, from, size);
        double largest = responsibilities[from + label];
        certainty[Math.min(CERTAINTY_BINS - 1, (int) (largest * CERTAINTY_BINS))] += weight;
        if (largest >= 0.9) {
            sure += weight;
        }
        for (int k = 0; k < size; k++) {
            double share = weight * responsibilities[from + k];
            counts[k] += share;
            assigned[k][label] += share;
        }
        oddest.accept(row, energy, label);
        sample.accept(row, label);
        if (seen++ % stride == 0) {
            keep(energy, weight);
        }
    }

    private void keep(double energy, double weight) {
        if (kept == energies.length) {
            energies = Arrays.copyOf(energies, 2 * kept);
            energyWeights = Arrays.copyOf(energyWeights, 2 * kept);
        }
        energies[kept] = energy;
        energyWeights[kept++] = weight;
    }

    /** {@return the number of rows that took part} */
    public long rows() {
        return seen;
    }

    /** {@return Σ w r_k for each component, K values} */
    public double[] counts() {
        return counts.clone();
    }

    /** {@return the weight of rows whose largest responsibility lies in each of {@value #CERTAINTY_BINS} bins over 0 to 1} */
    public double[] certainty() {
        return certainty.clone();
    }

    /** {@return the share of the weight of rows whose largest responsibility is 0.9 or more} */
    public double shareSure() {
        return sure / Arrays.stream(counts).sum();
    }

    /**
     * Where the rows of a component would be put: Σ w r_k over the rows whose most probable component is l, as a share of all
     * of k's.
     *
     * @param k the component that the rows belong to
     * @param l the component that they are put into
     * @return between 0 and 1; NaN if no row belongs to k
     */
    public double assigned(int k, int l) {
        return assigned[k][l] / counts[k];
    }

    /** {@return the oddest rows, at most 50, the oddest first} */
    public List<OddRow> oddest() {
        return oddest.rows();
    }

    /** {@return the numbers of the rows drawn, ascending} */
    public long[] sample() {
        return sample.rows();
    }

    /** {@return the most probable components of the rows drawn, in their order} */
    public int[] sampledLabels() {
        return sample.labels();
    }

    /** {@return how the energies are distributed} */
    public EnergySpread energies() {
        return EnergySpread.of(energies, Calibration.of(energies, energyWeights), energyWeights, LEVEL);
    }
}
