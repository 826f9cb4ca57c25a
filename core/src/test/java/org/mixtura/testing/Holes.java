package org.mixtura.testing;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Values that are missing completely at random: NaN in their place. */
public final class Holes {
    private Holes() {}

    /** A copy with about a share of all values missing; some rows may lose all. */
    public static double[][] in(double[][] rows, double share, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return Arrays.stream(rows)
                .map(row -> Arrays.stream(row)
                        .map(x -> random.nextDouble() < share ? Double.NaN : x)
                        .toArray())
                .toArray(double[][]::new);
    }

    /** The columns of a row that have a value. */
    public static int[] observed(double[] row) {
        return IntStream.range(0, row.length).filter(j -> !Double.isNaN(row[j])).toArray();
    }

    /** The columns of a row that are missing. */
    public static int[] missing(double[] row) {
        return IntStream.range(0, row.length).filter(j -> Double.isNaN(row[j])).toArray();
    }
}
