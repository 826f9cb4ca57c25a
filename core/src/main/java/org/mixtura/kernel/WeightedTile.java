package org.mixtura.kernel;

import java.util.Arrays;

/**
 * The rows that count for a component, column by column about its centre, and the sums of products of their columns.
 *
 * <p>The columns of deviations δ = x − o − m are followed by one that is 1 everywhere, so that the sums of w δ_i δ_j over
 * all pairs of columns are second moments, first moments and the weight, all from one loop. That loop takes two columns by
 * four: eight sums at a time hide the latency of an addition, and each number read is used several times. Each sum goes from
 * row to row in order, whatever the block. Rows that do not count are left out beforehand, and not looked at, be they missing,
 * infinite or out of reach.
 */
final class WeightedTile {
    /** Rows per tile: enough for what every loop over them costs at its ends, few enough to stay in the second-level cache. */
    static final int ROWS = 256;

    private final int dimension;
    private int kept;
    /** The rows that count for the component at hand, and w r of each. */
    private final int[] places = new int[ROWS];

    private final double[] weights = new double[ROWS];
    /** δ of these rows, then ones, then zeros if that makes the number of columns even. */
    private final double[][] deviations;
    /** The same times w r. */
    private final double[][] weighted;

    /** The number of columns of deviations. */
    private final int width;
    /** Sums over the rows of products of a weighted column with another, row by row. */
    private final double[] sums;

    WeightedTile(int dimension) {
        this.dimension = dimension;
        this.width = (dimension + 2) / 2 * 2;
        this.deviations = new double[width][ROWS];
        this.weighted = new double[width][ROWS];
        this.sums = new double[Math.max(4, width * width)];
        Arrays.fill(deviations[dimension], 1);
    }

    /**
     * Keeps the rows that count for one component.
     *
     * @param rows at most {@link #ROWS}
     * @param responsibilities holds r of these rows
     * @param at where that of the first row stands
     * @param step how far apart they are
     * @return whether there is any
     */
    boolean select(TurnedRows rows, double[] responsibilities, int at, int step) {
        double[] rowWeights = rows.weights();
        double[] negligible = rows.negligible();
        int counting = 0;
        for (int i = 0; i < rows.count(); i++) {
            double weight = rowWeights[i] * responsibilities[at + i * step];
            // Written in any case: whether a row counts is hard to foresee, and a branch on it would be dear.
            places[counting] = i;
            weights[counting] = weight;
            counting += weight > negligible[i] ? 1 : 0;
        }
        kept = counting;
        return counting > 0;
    }

    /**
     * Computes the deviations of the rows kept.
     *
     * @param rows those that were selected from
     * @param centres holds m
     * @param at where it starts
     */
    void centre(TurnedRows rows, double[] centres, int at) {
        double[][] columns = rows.columns();
        boolean all = kept == rows.count();
        for (int j = 0; j < dimension; j++) {
            if (all) {
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
            int j = 0;
            for (; j + 2 <= i; j += 4) {
                eightProducts(i, j);
            }
            if (j <= i) {
                fourProducts(i, j);
            }
        }
        int from = 0;
        int to = 0;
        for (int row = 0; row < dimension; row++) {
            for (int column = 0; column <= row; column++) {
                second[to++] += sums[from + column];
            }
            from += width;
        }
        for (int column = 0; column < dimension; column++) {
            firsts[at + column] += sums[from + column];
        }
        weightSums[k] += sums[from + dimension];
    }

    /** The sums over the rows of products of two weighted columns with four columns. */
    private void eightProducts(int row, int column) {
        double[] w0 = weighted[row];
        double[] w1 = weighted[row + 1];
        double[] d0 = deviations[column];
        double[] d1 = deviations[column + 1];
        double[] d2 = deviations[column + 2];
        double[] d3 = deviations[column + 3];
        double s00 = 0;
        double s01 = 0;
        double s02 = 0;
        double s03 = 0;
        double s10 = 0;
        double s11 = 0;
        double s12 = 0;
        double s13 = 0;
        for (int i = 0; i < kept; i++) {
            double a = w0[i];
            double b = w1[i];
            s00 += a * d0[i];
            s01 += a * d1[i];
            s02 += a * d2[i];
            s03 += a * d3[i];
            s10 += b * d0[i];
            s11 += b * d1[i];
            s12 += b * d2[i];
            s13 += b * d3[i];
        }
        int to = row * width + column;
        sums[to] = s00;
        sums[to + 1] = s01;
        sums[to + 2] = s02;
        sums[to + 3] = s03;
        sums[to + width] = s10;
        sums[to + width + 1] = s11;
        sums[to + width + 2] = s12;
        sums[to + width + 3] = s13;
    }

    /** The same of two with two. */
    private void fourProducts(int row, int column) {
        double[] w0 = weighted[row];
        double[] w1 = weighted[row + 1];
        double[] d0 = deviations[column];
        double[] d1 = deviations[column + 1];
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
        int to = row * width + column;
        sums[to] = s00;
        sums[to + 1] = s01;
        sums[to + width] = s10;
        sums[to + width + 1] = s11;
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
