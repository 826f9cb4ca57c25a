package org.mixtura.kernel;

import java.util.Arrays;
import org.mixtura.data.Rows;

/**
 * The order of rows in which those of the same most probable component follow one another, the least probable ones first: few
 * components matter to rows that lie next to each other then. Rows of weight zero come last.
 */
public final class OwnerOrder {
    private OwnerOrder() {}

    /**
     * Finds the order.
     *
     * @param rows the rows, no more than an array holds
     * @param forms score them
     * @param threads how many threads may work
     * @return which row comes first, second and so on
     * @throws IllegalArgumentException if a value with positive weight is NaN or infinite
     */
    public static int[] of(Rows rows, QuadraticForms forms, int threads) {
        int n = (int) rows.count();
        int components = forms.components();
        int[] owners = new int[n];
        // The log-density, in an order-preserving whole number, above the number of the row.
        long[] keys = new long[n];
        Scan.scores(rows, forms, threads, (first, count, logDensity, responsibilities) -> {
            for (int i = 0; i < count; i++) {
                int row = (int) first + i;
                owners[row] = owner(responsibilities, i * components, components);
                keys[row] = (long) ordered(logDensity[i]) << Integer.SIZE | row;
            }
        });
        leaveOutWeightless(rows, owners, components);
        int[] starts = new int[components + 2];
        for (int owner : owners) {
            starts[owner + 1]++;
        }
        Arrays.parallelPrefix(starts, Integer::sum);
        long[] sorted = new long[n];
        int[] next = starts.clone();
        for (int row = 0; row < n; row++) {
            sorted[next[owners[row]]++] = keys[row];
        }
        int[] order = new int[n];
        for (int k = 0; k <= components; k++) {
            Arrays.sort(sorted, starts[k], starts[k + 1]);
        }
        for (int i = 0; i < n; i++) {
            order[i] = (int) sorted[i];
        }
        return order;
    }

    private static int owner(double[] responsibilities, int at, int components) {
        int owner = 0;
        for (int k = 1; k < components; k++) {
            if (responsibilities[at + k] > responsibilities[at + owner]) {
                owner = k;
            }
        }
        return owner;
    }

    private static void leaveOutWeightless(Rows rows, int[] owners, int components) {
        if (!rows.weighted()) {
            return;
        }
        try (Rows.Reader reader = rows.reader()) {
            for (int row = 0; row < owners.length; row++) {
                if (!(reader.read(row, 1).weight(0) > 0)) {
                    owners[row] = components;
                }
            }
        }
    }

    /** A whole number that rises with a float. */
    private static int ordered(double value) {
        int bits = Float.floatToIntBits((float) value);
        return bits ^ (bits >> 31 & Integer.MAX_VALUE);
    }
}
