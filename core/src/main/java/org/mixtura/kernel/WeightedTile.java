package org.mixtura.kernel;

import java.util.Arrays;
import org.mixtura.data.Block;

/**
 * Some rows, column by column, and the sums of products of their columns about one centre after another.
 *
 * <p>The columns of deviations δ = x − o − m are followed by one that is 1 everywhere, so that the sums of w δ_i δ_j over
 * all pairs of columns are second moments, first moments and the weight, all from one loop. That loop takes two columns by
 * two: four sums at a time hide the latency of an addition, and each number read is used twice. Rows that do not count are
 * left out beforehand, and not looked at, be they missing, infinite or out of reach.
 */
final class WeightedTile {
    /** Rows per tile: few enough for the columns of a component to stay in the first-level cache. */
    static final int ROWS = 128;

    private final int dimension;
    private int count;
    /** x − o of all rows. */
    private final double[][] columns;

    private final double[] rowWeights = new double[ROWS];

    private int kept;
    /** The rows that count for the component at hand, and w r of each. */
    private final int[] places = new int[ROWS];

    private final double[] weights = new double[ROWS];
    /** δ of these rows, then ones, then zeros if that makes the number of columns even. */
    private final double[][] deviations;
    /** The same times w r. */
    private final double[][] weighted;

    private final double[] sums = new double[4];

    WeightedTile(int dimension) {
        this.dimension = dimension;
        int even = (dimension + 2) / 2 * 2;
        this.columns = new double[dimension][ROWS];
        this.deviations = new double[even][ROWS];
        this.weighted = new double[even][ROWS];
        Arrays.fill(deviations[dimension], 1);
    }

    /**
     * Takes rows of a block.
     *
     * @param first the first row within the block
     * @param rows how many, at most {@link #ROWS}
     * @param origin o
     */
    void show(Block block, int first, int rows, double[] origin) {
        count = rows;
        double[] values = block.values();
        int start = block.offset() + first * dimension;
        for (int j = 0; j < dimension; j++) {
            double[] column = columns[j];
            double shift = origin[j];
            for (int i = 0; i < rows; i++) {
                column[i] = values[start + i * dimension + j] - shift;
            }
        }
        for (int i = 0; i < rows; i++) {
            rowWeights[i] = block.weight(first + i);
        }
    }

    /**
     * Keeps the rows that count for one component.
     *
     * @param responsibilities holds r of these rows
     * @param at where that of the first row stands
     * @param step how far apart they are
     * @return whether there is any
     */
    boolean select(double[] responsibilities, int at, int step) {
        kept = 0;
        for (int i = 0; i < count; i++) {
            double r = responsibilities[at + i * step];
            double weight = rowWeights[i] * r;
            if (r > Moments.NEGLIGIBLE && weight > 0) {
                places[kept] = i;
                weights[kept] = weight;
                kept++;
            }
        }
        return kept > 0;
    }

    /**
     * Computes the deviations of the rows kept.
     *
     * @param centres holds m
     * @param at where it starts
     */
    void centre(double[] centres, int at) {
        for (int j = 0; j < dimension; j++) {
            if (kept == count) {
                deviateAll(columns[j], centres[at + j], deviations[j], weighted[j]);
            } else {
                deviate(columns[j], centres[at + j], deviations[j], weighted[j]);
            }
        }
        System.arraycopy(weights, 0, weighted[dimension], 0, kept);
    }

    private void deviate(double[] column, double centre, double[] deviation, double[] product) {
        for (int i = 0; i < kept; i++) {
            deviation[i] = column[places[i]] - centre;
            product[i] = weights[i] * deviation[i];
        }
    }

    /** The same if every row is kept: without the detour over the places the loop is compiled to vector instructions. */
    private void deviateAll(double[] column, double centre, double[] deviation, double[] product) {
        for (int i = 0; i < kept; i++) {
            deviation[i] = column[i] - centre;
            product[i] = weights[i] * deviation[i];
        }
    }

    /** Adds Σ w r δ δᵀ, packed, and in the same order Σ w r δ and Σ w r, one row below another. */
    void addProducts(double[] second, double[] firsts, int at, double[] weightSums, int k) {
        for (int i = 0; i <= dimension; i += 2) {
            for (int j = 0; j <= i; j += 2) {
                products(weighted[i], weighted[i + 1], deviations[j], deviations[j + 1]);
                for (int s = 0; s < 4; s++) {
                    int row = i + s / 2;
                    int column = j + s % 2;
                    if (row < dimension && column <= row) {
                        second[row * (row + 1) / 2 + column] += sums[s];
                    } else if (row == dimension && column < dimension) {
                        firsts[at + column] += sums[s];
                    } else if (row == dimension && column == dimension) {
                        weightSums[k] += sums[s];
                    }
                }
            }
        }
    }

    private void products(double[] w0, double[] w1, double[] d0, double[] d1) {
        double s00 = 0;
        double s01 = 0;
        double s10 = 0;
        double s11 = 0;
        for (int i = 0; i < kept; i++) {
            s00 += w0[i] * d0[i];
            s01 += w0[i] * d1[i];
            s10 += w1[i] * d0[i];
            s11 += w1[i] * d1[i];
        }
        sums[0] = s00;
        sums[1] = s01;
        sums[2] = s10;
        sums[3] = s11;
    }

    /** Adds Σ w r δ², Σ w r δ and Σ w r. */
    void addSquares(double[] second, double[] firsts, int at, double[] weightSums, int k) {
        for (int j = 0; j <= dimension; j += 2) {
            squares(weighted[j], weighted[j + 1], deviations[j], deviations[j + 1]);
            for (int s = 0; s < 2; s++) {
                int column = j + s;
                if (column < dimension) {
                    firsts[at + column] += sums[s];
                    second[column] += sums[2 + s];
                } else if (column == dimension) {
                    weightSums[k] += sums[s];
                }
            }
        }
    }

    private void squares(double[] w0, double[] w1, double[] d0, double[] d1) {
        double f0 = 0;
        double f1 = 0;
        double s0 = 0;
        double s1 = 0;
        for (int i = 0; i < kept; i++) {
            f0 += w0[i];
            f1 += w1[i];
            s0 += w0[i] * d0[i];
            s1 += w1[i] * d1[i];
        }
        sums[0] = f0;
        sums[1] = f1;
        sums[2] = s0;
        sums[3] = s1;
    }
}
