package org.mixtura.report.survey;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mixtura.anomaly.Calibration;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.mixture.Imputation;
import org.mixtura.mixture.Mixture;
import org.mixtura.mixture.NoisyMixture;

/**
 * What rows say about a mixture, gathered in one pass: how certain the assignments are, how the energies spread, which rows
 * are the oddest, which components take each other's rows, and a sample to draw.
 *
 * <p>Rows of weight 0 and those without any value do not take part. Memory grows with the rows up to {@value #MOST_ENERGIES} energies; of more rows the
 * energies of every second, third, … one stand for all.
 *
 * <p>Energies are those of the components alone, without noise, of rows with what is expected in their gaps: a row is odd by
 * the values that it has.
 */
public final class Survey {
    /** How many bins the histogram of the largest responsibility has, over 0 to 1. */
    public static final int CERTAINTY_BINS = 50;
    /** The share of the weight that has energies up to the threshold. */
    public static final double LEVEL = 0.99;

    static final int MOST_ENERGIES = 1_000_000;

    private static final int MOST_ODD = 50;

    private final Mixture mixture;
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
    private double noise;

    private Survey(Mixture mixture, long rows, int sampled) {
        int size = mixture.size();
        this.mixture = mixture;
        this.assigned = new double[size][size];
        this.counts = new double[size];
        this.sample = new Reservoir((int) Math.min(sampled, rows));
        this.stride = (rows + MOST_ENERGIES - 1) / MOST_ENERGIES;
    }

    /**
     * Asks all rows of a mixture without noise.
     *
     * @param mixture K components over d columns
     * @param rows n rows of d columns
     * @param sampled how many rows to draw at random for pictures
     * @param threads how many threads may work
     * @return what they say
     * @throws IllegalArgumentException if the dimensions differ or a value is not finite and no gap
     */
    public static Survey of(Mixture mixture, Rows rows, int sampled, int threads) {
        return of(mixture, Optional.empty(), rows, sampled, threads);
    }

    /**
     * Asks all rows.
     *
     * @param mixture K components over d columns
     * @param noisy its Gaussians among noise, if there is noise
     * @param rows n rows of d columns
     * @param sampled how many rows to draw at random for pictures
     * @param threads how many threads may work
     * @return what they say
     * @throws IllegalArgumentException if the dimensions differ or a value is not finite and no gap
     */
    public static Survey of(Mixture mixture, Optional<NoisyMixture> noisy, Rows rows, int sampled, int threads) {
        Survey survey = new Survey(mixture, rows.count(), sampled);
        Background background = new Background(noisy);
        boolean values = rows.weighted() || rows.gapped() || noisy.isPresent();
        Block unweighted = new Block();
        try (Rows.Reader reader = rows.reader();
                Rows.Reader completed = Imputation.of(mixture).complete(rows).reader()) {
            mixture.score(rows, threads, (first, count, logDensity, responsibilities) -> {
                Block block = values ? reader.read(first, count) : unweighted;
                for (int i = 0; i < count; i++) {
                    int gaps = rows.gapped() ? block.gaps(i) : 0;
                    if (block.weight(i) > 0 && gaps < rows.dimension()) {
                        double share = background.share(block, i, logDensity[i]);
                        double energy =
                                gaps > 0 ? -mixture.logDensity(row(completed.read(first + i, 1))) : -logDensity[i];
                        survey.accept(first + i, block.weight(i), energy, share, responsibilities, i * mixture.size());
                    }
                }
            });
        }
        survey.energies = Arrays.copyOf(survey.energies, survey.kept);
        survey.energyWeights = Arrays.copyOf(survey.energyWeights, survey.kept);
        return survey;
    }

    private static double[] row(Block block) {
        return Arrays.copyOfRange(block.values(), block.offset(), block.offset() + block.dimension());
    }

    private void accept(
            long row, double weight, double energy, double noiseShare, double[] responsibilities, int from) {
        int size = mixture.size();
        int component = GaussianMixture.largest(responsibilities, from, size);
        double ofComponent = (1 - noiseShare) * responsibilities[from + component];
        boolean isNoise = noiseShare > ofComponent;
        double largest = isNoise ? noiseShare : ofComponent;
        int label = isNoise ? NoisyMixture.NOISE : component;
        certainty[Math.min(CERTAINTY_BINS - 1, (int) (largest * CERTAINTY_BINS))] += weight;
        if (largest >= 0.9) {
            sure += weight;
        }
        noise += weight * noiseShare;
        for (int k = 0; k < size; k++) {
            double share = weight * (1 - noiseShare) * responsibilities[from + k];
            counts[k] += share;
            if (!isNoise) {
                assigned[k][label] += share;
            }
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

    /** {@return Σ w r of the noise; 0 if there is none} */
    public double noise() {
        return noise;
    }

    /** {@return Σ w r_k for each component, K values} */
    public double[] counts() {
        return counts.clone();
    }

    /** {@return the weight of rows whose largest responsibility lies in each of {@value #CERTAINTY_BINS} bins over 0 to 1} */
    public double[] certainty() {
        return certainty.clone();
    }

    /** {@return the share of the weight of rows whose largest responsibility, the noise's among them, is 0.9 or more} */
    public double shareSure() {
        return sure / (Arrays.stream(counts).sum() + noise);
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

    /** {@return the most probable components of the rows drawn, in their order; −1 for noise} */
    public int[] sampledLabels() {
        return sample.labels();
    }

    /** {@return how the energies are distributed} */
    public EnergySpread energies() {
        return EnergySpread.of(energies, Calibration.of(energies, energyWeights), energyWeights, LEVEL);
    }
}
