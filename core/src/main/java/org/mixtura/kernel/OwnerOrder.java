package org.mixtura.kernel;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;

/**
 * The order of rows in which those of the same most probable component follow one another, the least probable ones first: few
 * components matter to rows that lie next to each other then. Rows of weight zero come last.
 */
public final class OwnerOrder {
    /** Rows that are looked at to find out whether an order promises anything. */
    private static final int LOOKED_AT = 4096;

    private OwnerOrder() {}

    /**
     * Finds the order.
     *
     * @param rows the rows, no more than an array holds
     * @param forms score them
     * @param threads how many threads may work
     * @return which row comes first, second and so on
     */
    public static int[] of(Rows rows, QuadraticForms forms, int threads) {
        int n = (int) rows.count();
        int components = forms.components();
        // K for a row of no weight.
        int[] owners = new int[n];
        // The log-density, in an order-preserving whole number, above the number of the row.
        long[] keys = new long[n];
        Kernels kernels = KernelChoice.forWork(n, forms.costPerRow());
        Pass.run(
                rows,
                threads,
                forms.costPerRow(),
                () -> {
                    Kernels.Worker worker = kernels.worker(forms);
                    return (block, first, into) -> {
                        into.score(worker, block, components);
                        for (int i = 0; i < block.count(); i++) {
                            int row = (int) first + i;
                            owners[row] = block.weight(i) > 0
                                    ? owner(into.responsibilities, i * components, components)
                                    : components;
                            keys[row] = (long) ordered(into.logDensity[i]) << Integer.SIZE | row;
                        }
                    };
                },
                Scored::new,
                scored -> {});
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

    /**
     * To what share of the components some row of a tile will matter once the rows are in order, about: by a sample of the rows in that
     * order, each standing for as many that follow one another. It comes out too low rather than too high.
     *
     * @param rows the rows
     * @param forms score them
     * @return a number from 0 to 1
     */
    public static double share(Rows rows, QuadraticForms forms) {
        int components = forms.components();
        int looks = (int) Math.min(LOOKED_AT, rows.count());
        Block sample = sample(rows, looks);
        Scored scored = new Scored();
        scored.score(KernelChoice.forWork(rows.count(), forms.costPerRow()).worker(forms), sample, components);
        int[] order = IntStream.range(0, looks)
                .filter(i -> sample.weight(i) > 0)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(
                                i -> owner(scored.responsibilities, i * components, components))
                        .thenComparingDouble(i -> scored.logDensity[i]))
                .mapToInt(i -> i)
                .toArray();
        int tile = (int) Math.max(1, Math.round((double) Nearness.TILE * looks / rows.count()));
        long matter = 0;
        int tiles = order.length / tile;
        for (int t = 0; t < tiles; t++) {
            IntStream rowsOfTile = Arrays.stream(order, t * tile, (t + 1) * tile);
            matter += Nearness.mattering(rowsOfTile, scored.responsibilities, components);
        }
        return matter / (double) Math.max(1, (long) tiles * components);
    }

    /** Some rows, evenly spread over all. */
    private static Block sample(Rows rows, int looks) {
        int d = rows.dimension();
        double[] values = new double[looks * d];
        double[] weights = new double[looks];
        try (Rows.Reader reader = rows.reader()) {
            for (int i = 0; i < looks; i++) {
                Block row = reader.read(i * rows.count() / looks, 1);
                System.arraycopy(row.values(), row.offset(), values, i * d, d);
                weights[i] = row.weight(0);
            }
        }
        Block sample = new Block();
        sample.show(values, 0, looks, d, weights, 0);
        return sample;
    }

    /** The scores of a chunk. */
    private static final class Scored implements Pass.Part {
        private double[] logDensity = new double[0];
        private double[] responsibilities = new double[0];

        void score(Kernels.Worker worker, Block block, int components) {
            if (logDensity.length < block.count()) {
                logDensity = new double[block.count()];
                responsibilities = new double[block.count() * components];
            }
            worker.score(block, logDensity, responsibilities);
        }

        @Override
        public void clear() {
            // The next chunk overwrites all.
        }
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

    /** A whole number that rises with a float. */
    private static int ordered(double value) {
        int bits = Float.floatToIntBits((float) value);
        return bits ^ (bits >> 31 & Integer.MAX_VALUE);
    }
}
