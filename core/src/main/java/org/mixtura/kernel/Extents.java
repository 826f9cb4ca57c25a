package org.mixtura.kernel;

import java.util.Arrays;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;

/** How far rows reach along given directions: the least and the greatest aᵀ(x − o) over all rows with weight. */
public final class Extents implements Pass.Part {
    private final double[] least;
    private final double[] greatest;

    private Extents(int directions) {
        this.least = new double[directions];
        this.greatest = new double[directions];
        clear();
    }

    /**
     * Measures rows.
     *
     * @param rows the rows, without gaps
     * @param origin o, d values
     * @param directions a, rows of d values
     * @param threads how many threads may work
     * @return how far they reach along each direction
     */
    public static Extents of(Rows rows, double[] origin, double[][] directions, int threads) {
        Extents all = new Extents(directions.length);
        Pass.run(
                rows,
                threads,
                (long) directions.length * origin.length,
                () -> (block, first, into) -> into.accept(block, origin, directions),
                () -> new Extents(directions.length),
                all::combine);
        return all;
    }

    private void accept(Block block, double[] origin, double[][] directions) {
        for (int i = 0; i < block.count(); i++) {
            if (!(block.weight(i) > 0)) {
                continue;
            }
            for (int a = 0; a < directions.length; a++) {
                double sum = 0;
                for (int j = 0; j < origin.length; j++) {
                    sum += directions[a][j] * (block.get(i, j) - origin[j]);
                }
                least[a] = Math.min(least[a], sum);
                greatest[a] = Math.max(greatest[a], sum);
            }
        }
    }

    private void combine(Extents other) {
        for (int a = 0; a < least.length; a++) {
            least[a] = Math.min(least[a], other.least[a]);
            greatest[a] = Math.max(greatest[a], other.greatest[a]);
        }
    }

    /**
     * The least value along a direction.
     *
     * @param direction which, from 0
     * @return min aᵀ(x − o)
     */
    public double least(int direction) {
        return least[direction];
    }

    /**
     * The greatest value along a direction.
     *
     * @param direction which, from 0
     * @return max aᵀ(x − o)
     */
    public double greatest(int direction) {
        return greatest[direction];
    }

    @Override
    public void clear() {
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
    }
}
