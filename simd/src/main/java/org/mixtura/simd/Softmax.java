package org.mixtura.simd;

import static org.mixtura.simd.Lanes.DOUBLES;
import static org.mixtura.simd.Lanes.WIDTH;

import java.util.Arrays;
import java.util.stream.IntStream;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import org.mixtura.kernel.Moments;

/**
 * The log-sum-exp over the components of each row of a tile.
 *
 * <p>For moments, exponentials below 4e-77 are zero; those between that and {@link Moments#NEGLIGIBLE} may stay, and add nothing
 * that a double can hold.
 *
 * <p>Most components are out of the question for most rows where there are many of them. As long as that is so for whole vectors of
 * neighbouring rows, the components of each vector that are not are listed first, and exponentials taken of these alone; the others'
 * would be {@linkplain Moments#NEGLIGIBLE negligible}. Whether it is so is seen from the last tile; to find it out anew, the first
 * tile of a block always lists.
 */
final class Softmax {
    /** With fewer components listing is not worth a try. */
    private static final int MANY_COMPONENTS = 32;

    /** Rows whose sums are multiplied before a logarithm is taken: fewer than 2³¹ components make no more than 2⁹⁹² of 32 factors. */
    private static final int STRETCH = 32 * WIDTH;

    /** A little below the logarithm of {@link Moments#NEGLIGIBLE}. */
    private static final double OUT_OF_THE_QUESTION = Math.log(Moments.NEGLIGIBLE) - 0.1;

    /** Listing a component costs about this share of its exponential. */
    private static final double COST_OF_LISTING = 0.25;

    private final int components;
    /** All components. */
    private final int[] every;
    /** The components at hand. */
    private final int[] listed;

    /** Whether even negligible exponentials are wanted. */
    private boolean all;

    /** Whether to list the components that matter. */
    private boolean lists;

    /** Σ_k exp(s_k − max s), 1 or more. */
    private final double[] sum = new double[Tile.ROWS];
    /** ln Σ_k exp s_k. */
    private final double[] logDensity = new double[Tile.ROWS];
    /** Σ_k e_k (max s − s_k). */
    private final double[] lost = new double[Tile.ROWS];

    /** Σ_k (max s − s_k) of those that were taken: NaN if one was. */
    private final double[] check = new double[Tile.ROWS];

    private final double[] lanes = new double[Lanes.padded(3) * WIDTH];

    Softmax(int components) {
        this.components = components;
        this.every = IntStream.range(0, components).toArray();
        this.listed = new int[components + 1];
    }

    /**
     * Readies the first tile of a block.
     *
     * @param allWanted whether even negligible exponentials are wanted
     */
    void begin(boolean allWanted) {
        all = allWanted;
        lists = !allWanted && components >= MANY_COMPONENTS;
    }

    /**
     * Turns scores into e_k = exp(s_k − max s), or 0 where negligible unless all are wanted.
     *
     * @param scores K × {@link Tile#STRIDE}, changed in place
     * @param largest the largest score of each row
     * @param points the padded number of rows
     * @return whether {@link #isUsual} holds for each of them
     */
    boolean exponentiate(double[] scores, double[] largest, int points) {
        boolean usual;
        if (all) {
            usual = exponentiateAll(scores, points, components, largest, sum, check);
        } else if (lists) {
            usual = exponentiateListed(scores, largest, points);
        } else {
            usual = exponentiate(scores, points, components, largest, sum, lost, check);
        }
        if (!usual) {
            markUnusual(points);
        }
        return usual;
    }

    private boolean exponentiateListed(double[] scores, double[] largest, int points) {
        long left = exponentiateListed(scores, largest, points, every, components, OUT_OF_THE_QUESTION);
        lists = left <= (1 - COST_OF_LISTING) * components * points / WIDTH;
        return usual(points);
    }

    /**
     * The same of some components alone, for moments; those whose scores are too far below the largest in all rows of a vector are zero.
     *
     * @param scores K × {@link Tile#STRIDE}, changed in place for these components
     * @param largest the largest score of each row
     * @param points the padded number of rows
     * @param some the components, ascending
     * @param count how many they are
     * @param least how far below the largest a score may lie, negative
     * @return whether {@link #isUsual} holds for each row
     */
    boolean exponentiate(double[] scores, double[] largest, int points, int[] some, int count, double least) {
        exponentiateListed(scores, largest, points, some, count, least);
        boolean usual = usual(points);
        if (!usual) {
            markUnusual(points);
        }
        return usual;
    }

    /** Returns how many exponentials were taken, in vectors. */
    private long exponentiateListed(
            double[] scores, double[] largest, int points, int[] some, int ofThem, double least) {
        long left = 0;
        for (int i = 0; i < points; i += WIDTH) {
            int count = list(scores, i, some, ofThem, largest, least, listed);
            exponentiate(scores, i, listed, count, largest, sum, lost, check);
            left += count;
        }
        return left;
    }

    private boolean usual(int points) {
        boolean usual = true;
        for (int i = 0; i < points; i++) {
            usual &= check[i] >= 0;
        }
        return usual;
    }

    /** Lists the components that matter to a vector of rows, and makes the others' exponentials zero; returns how many do. */
    private static int list(
            double[] scores, int at, int[] some, int ofThem, double[] largest, double least, int[] listed) {
        DoubleVector top = DoubleVector.fromArray(DOUBLES, largest, at);
        DoubleVector zero = DoubleVector.zero(DOUBLES);
        int count = 0;
        for (int j = 0; j < ofThem; j++) {
            int k = some[j];
            int i = k * Tile.STRIDE + at;
            DoubleVector t = DoubleVector.fromArray(DOUBLES, scores, i).sub(top);
            listed[count] = k;
            if (t.compare(VectorOperators.LT, least).allTrue()) {
                zero.intoArray(scores, i);
            } else {
                count++;
            }
        }
        return count;
    }

    /** All of them, down to the least number; returns whether no NaN got in. */
    private static boolean exponentiateAll(
            double[] scores, int points, int components, double[] largest, double[] sum, double[] check) {
        DoubleVector checks = DoubleVector.zero(DOUBLES);
        for (int at = 0; at < points; at += WIDTH) {
            DoubleVector top = DoubleVector.fromArray(DOUBLES, largest, at);
            DoubleVector total = DoubleVector.zero(DOUBLES);
            DoubleVector below = DoubleVector.zero(DOUBLES);
            for (int k = 0; k < components; k++) {
                int i = k * Tile.STRIDE + at;
                DoubleVector t = DoubleVector.fromArray(DOUBLES, scores, i).sub(top);
                below = below.sub(t);
                DoubleVector e = VectorMath.expOfNegative(t);
                e.intoArray(scores, i);
                total = total.add(e);
            }
            total.intoArray(sum, at);
            below.intoArray(check, at);
            checks = checks.add(below);
        }
        return checks.compare(VectorOperators.GE, 0).allTrue();
    }

    /**
     * Those that count, and Σ_k e_k (max s − s_k); returns whether no NaN got in. All rows of a tile in one method: its twenty
     * constants are loaded once.
     */
    private static boolean exponentiate(
            double[] scores,
            int points,
            int components,
            double[] largest,
            double[] sum,
            double[] lost,
            double[] check) {
        DoubleVector checks = DoubleVector.zero(DOUBLES);
        for (int at = 0; at < points; at += WIDTH) {
            DoubleVector top = DoubleVector.fromArray(DOUBLES, largest, at);
            DoubleVector total = DoubleVector.zero(DOUBLES);
            DoubleVector entropy = DoubleVector.zero(DOUBLES);
            DoubleVector below = DoubleVector.zero(DOUBLES);
            for (int k = 0; k < components; k++) {
                int i = k * Tile.STRIDE + at;
                DoubleVector u = top.sub(DoubleVector.fromArray(DOUBLES, scores, i));
                below = below.add(u);
                u = VectorMath.nearest(u);
                DoubleVector e = VectorMath.expOfNegated(u);
                e.intoArray(scores, i);
                total = total.add(e);
                entropy = u.fma(e, entropy);
            }
            total.intoArray(sum, at);
            entropy.intoArray(lost, at);
            below.intoArray(check, at);
            checks = checks.add(below);
        }
        return checks.compare(VectorOperators.GE, 0).allTrue();
    }

    /** The same for the components of a list and one vector of rows. */
    private static void exponentiate(
            double[] scores,
            int at,
            int[] listed,
            int count,
            double[] largest,
            double[] sum,
            double[] lost,
            double[] check) {
        DoubleVector top = DoubleVector.fromArray(DOUBLES, largest, at);
        DoubleVector total = DoubleVector.zero(DOUBLES);
        DoubleVector entropy = DoubleVector.zero(DOUBLES);
        DoubleVector below = DoubleVector.zero(DOUBLES);
        for (int k = 0; k < count; k++) {
            int i = listed[k] * Tile.STRIDE + at;
            DoubleVector u = top.sub(DoubleVector.fromArray(DOUBLES, scores, i));
            below = below.add(u);
            u = VectorMath.nearest(u);
            DoubleVector e = VectorMath.expOfNegated(u);
            e.intoArray(scores, i);
            total = total.add(e);
            entropy = u.fma(e, entropy);
        }
        total.intoArray(sum, at);
        entropy.intoArray(lost, at);
        below.intoArray(check, at);
    }

    /** Makes the sum of a row NaN where a NaN got in: what its scores lie below the largest does not sum up to a number. */
    private void markUnusual(int points) {
        for (int i = 0; i < points; i++) {
            if (!(check[i] >= 0)) {
                sum[i] = Double.NaN;
            }
        }
    }

    private static void finish(int at, double[] largest, double[] sum, double[] logDensity) {
        VectorMath.logFromOne(DoubleVector.fromArray(DOUBLES, sum, at))
                .add(DoubleVector.fromArray(DOUBLES, largest, at))
                .intoArray(logDensity, at);
    }

    /**
     * The logarithms of the sums.
     *
     * @param largest the largest score of each row
     * @param points the padded number of rows
     */
    void finish(double[] largest, int points) {
        for (int i = 0; i < points; i += WIDTH) {
            finish(i, largest, sum, logDensity);
        }
    }

    /**
     * Whether the usual arithmetic served a row: at least one score is finite and none is NaN.
     *
     * @param row the row within the tile
     * @return false for a row that is not finite, or so far away that a form or all of them overflow
     */
    boolean isUsual(int row) {
        return sum[row] >= 1;
    }

    /** Makes a row one that adds nothing, if its weight is zero too. */
    void erase(int row) {
        sum[row] = 1;
        lost[row] = 0;
    }

    /**
     * What makes weighted responsibilities of the exponentials, w / Σ_k e_k, and the sums over the rows: of their weights, w ln Σ_k exp
     * s_k, and w H with H = −Σ_k r_k ln r_k. With t_k = max s − s_k, e_k = exp(−t_k) and S = Σ e_k, H = ln S + Σ e_k t_k / S: two terms
     * that are never negative.
     *
     * @param tile the rows; those beyond the last are erased ones
     * @param largest the largest score of each
     * @param scale receives one value per row
     * @param into receives total weight, log-likelihood and entropy
     */
    void weigh(Tile tile, double[] largest, double[] scale, Moments into) {
        Arrays.fill(lanes, 0);
        for (int from = 0; from < tile.padded(); from += STRETCH) {
            int to = Math.min(from + STRETCH, tile.padded());
            if (tile.weighted()) {
                weigh(tile.weights, largest, sum, lost, scale, from, to, lanes);
            } else {
                weighAlike(tile.weights, largest, sum, lost, scale, from, to, lanes);
            }
        }
        LaneSums.sum(lanes, 0, Lanes.padded(3));
        into.acceptTotals(lanes[0], lanes[1], lanes[2]);
    }

    private static void weigh(
            double[] weights,
            double[] largest,
            double[] sum,
            double[] lost,
            double[] scale,
            int from,
            int to,
            double[] lanes) {
        DoubleVector all = DoubleVector.fromArray(DOUBLES, lanes, 0);
        DoubleVector likelihood = DoubleVector.fromArray(DOUBLES, lanes, WIDTH);
        DoubleVector entropy = DoubleVector.fromArray(DOUBLES, lanes, 2 * WIDTH);
        for (int i = from; i < to; i += WIDTH) {
            DoubleVector w = DoubleVector.fromArray(DOUBLES, weights, i);
            DoubleVector total = DoubleVector.fromArray(DOUBLES, sum, i);
            DoubleVector share = w.div(total);
            share.intoArray(scale, i);
            all = all.add(w);
            DoubleVector log = VectorMath.logFromOne(total);
            likelihood = w.fma(log.add(DoubleVector.fromArray(DOUBLES, largest, i)), likelihood);
            entropy = w.fma(log, share.fma(DoubleVector.fromArray(DOUBLES, lost, i), entropy));
        }
        all.intoArray(lanes, 0);
        likelihood.intoArray(lanes, WIDTH);
        entropy.intoArray(lanes, 2 * WIDTH);
    }

    /** The same where each row weighs 1, or 0 beyond the last: one logarithm of a product stands for the sum of many. */
    private static void weighAlike(
            double[] weights,
            double[] largest,
            double[] sum,
            double[] lost,
            double[] scale,
            int from,
            int to,
            double[] lanes) {
        DoubleVector all = DoubleVector.fromArray(DOUBLES, lanes, 0);
        DoubleVector likelihood = DoubleVector.fromArray(DOUBLES, lanes, WIDTH);
        DoubleVector entropy = DoubleVector.fromArray(DOUBLES, lanes, 2 * WIDTH);
        DoubleVector product = DoubleVector.broadcast(DOUBLES, 1);
        for (int i = from; i < to; i += WIDTH) {
            DoubleVector w = DoubleVector.fromArray(DOUBLES, weights, i);
            DoubleVector total = DoubleVector.fromArray(DOUBLES, sum, i);
            DoubleVector share = w.div(total);
            share.intoArray(scale, i);
            all = all.add(w);
            product = product.mul(total);
            likelihood = w.fma(DoubleVector.fromArray(DOUBLES, largest, i), likelihood);
            entropy = share.fma(DoubleVector.fromArray(DOUBLES, lost, i), entropy);
        }
        DoubleVector log = VectorMath.logFromOne(product);
        all.intoArray(lanes, 0);
        likelihood.add(log).intoArray(lanes, WIDTH);
        entropy.add(log).intoArray(lanes, 2 * WIDTH);
    }

    /** {@return ln Σ_k exp s_k of a row} */
    double logDensity(int row) {
        return logDensity[row];
    }

    /** {@return Σ_k e_k of a row, the divisor that makes responsibilities of them} */
    double sum(int row) {
        return sum[row];
    }
}
