package org.mixtura.kernel;

import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;
import org.mixtura.linalg.Packed;
import org.mixtura.linalg.Shrinkage;

/**
 * What passes over the same rows in the same order know of how near each component may be to each tile of rows, so that the next pass
 * need not score rows under components that do not matter to any of them.
 *
 * <p>Of a tile and a component a lower bound b of the least distance ‖A (x − o − m)‖ of its rows is kept. When the component moves to A′ and
 * m′, with σ the smallest singular value of A′ A⁻¹,
 *
 * <pre>  ‖A′ (x − o − m′)‖ ≥ σ (b − ‖A (m′ − m)‖),</pre>
 *
 * <p>so that c − ½ b² goes on to bound the scores of all rows of the tile from above, until the component is scored there again. (The bounds
 * of Elkan 2003 for k-means, with metrics that change.)
 *
 * <p>A component does not matter to a row if its score is less than the largest by {@link #cut}: all those together change the sum over the
 * components by less than its rounding. Passes leave components out where they do not matter to any row of a vector, whether a
 * bound has spared their scores or not; so the bits of a pass do not depend on what was known before it.
 *
 * <p>Bounds take 4 bytes for each tile and component.
 */
public final class Nearness {
    /** By how much less a log-density comes out at most for the components that are left out, nats. */
    static final double LEFT_OUT = 0x1p-53;

    /** Chunks of a pass begin at multiples of so many rows. */
    private static final int STEP = Pass.SMALLEST_CHUNK;

    /** Rows of a tile, of most kernels and columns, by which the share of the components that matter is judged. */
    static final int TILE = 256;

    private static final int TILES_LOOKED_AT = 32;

    /** By how much bounds are lowered each time for the rounding of floats, and of scores. */
    private static final double SAFETY = 1 - 1e-6;

    private final int components;
    /** For each chunk, by its first row: b, tile by tile and in each component by component. */
    private final float[][] bounds;

    private final LongAdder pairs = new LongAdder();
    private final LongAdder scored = new LongAdder();

    /** The forms that the bounds are about; null if there are none, or they are about different ones after a pass that failed. */
    private @Nullable QuadraticForms known;

    private @Nullable Kernels by;
    private int inChunksOf;
    private double[] constants = new double[0];
    /** σ and ‖A (m′ − m)‖ on the way to the forms at hand. */
    private final double[] shrinkage;

    private final double[] shift;

    private Nearness(long rows, int components) {
        this.components = components;
        this.bounds = new float[(int) ((rows + STEP - 1) / STEP)][];
        this.shrinkage = new double[components];
        this.shift = new double[components];
    }

    /**
     * Nothing is known yet.
     *
     * @param rows the rows, in the order that passes will take them
     * @param components K
     * @return bounds that are all 0
     */
    public static Nearness of(Rows rows, int components) {
        return new Nearness(rows.count(), components);
    }

    /**
     * How much less than the largest a score is that does not matter: so much that K of them change the sum over the components by
     * less than half a unit in its last place.
     *
     * @param components K
     * @return 53 ln 2 + ln K, nats
     */
    public static double cut(int components) {
        return 53 * Math.log(2) + Math.log(components);
    }

    /**
     * To what share of the components some row of a tile matters: of a few tiles, evenly spread over the rows.
     *
     * @param rows the rows, in the order that passes will take them
     * @param forms the forms
     * @return a number in (0, 1]
     */
    public static double share(Rows rows, QuadraticForms forms) {
        int components = forms.components();
        int tile = (int) Math.min(TILE, rows.count());
        long tiles = rows.count() / tile;
        long looks = Math.min(TILES_LOOKED_AT, tiles);
        double[] logDensity = new double[tile];
        double[] responsibilities = new double[tile * components];
        Kernels.Worker worker =
                KernelChoice.forWork(rows.count(), forms.costPerRow()).worker(forms);
        long matter = 0;
        try (Rows.Reader reader = rows.reader()) {
            for (long look = 0; look < looks; look++) {
                Block block = reader.read(look * tiles / looks * tile, tile);
                worker.score(block, logDensity, responsibilities);
                IntStream counting = IntStream.range(0, tile).filter(i -> block.weight(i) > 0);
                matter += mattering(counting, responsibilities, components);
            }
        }
        return Math.max(1, matter) / (double) (looks * components);
    }

    /**
     * How many components matter to at least one of some rows.
     *
     * @param rows their numbers, from 0
     * @param responsibilities of these and perhaps other rows, row by row
     * @param components K
     */
    static int mattering(IntStream rows, double[] responsibilities, int components) {
        double least = Math.exp(-cut(components));
        BitSet matter = new BitSet(components);
        rows.forEach(i -> {
            for (int k = 0; k < components; k++) {
                if (responsibilities[i * components + k] > least) {
                    matter.set(k);
                }
            }
        });
        return matter.cardinality();
    }

    /**
     * Readies the bounds for a pass.
     *
     * @param forms the forms that will score the rows
     * @param kernels the kernels that will; others take other tiles
     * @param chunkRows the rows of a chunk; others are cut into tiles elsewhere
     */
    void begin(QuadraticForms forms, Kernels kernels, int chunkRows) {
        pairs.reset();
        scored.reset();
        constants = forms.constants();
        QuadraticForms before = known;
        known = null;
        boolean sameTiles = kernels == by && chunkRows == inChunksOf;
        by = kernels;
        inChunksOf = chunkRows;
        if (before == null || before.factor() != forms.factor() || !sameTiles) {
            Arrays.fill(bounds, null);
            return;
        }
        for (int k = 0; k < components; k++) {
            move(before, forms, k);
        }
    }

    /** Takes note that a pass came to its end. */
    void end(QuadraticForms forms) {
        known = forms;
    }

    /** {@return of all pairs of a tile and a component the share that was scored in the last pass} */
    public double scoredShare() {
        return scored.sum() / (double) Math.max(1, pairs.sum());
    }

    private void move(QuadraticForms before, QuadraticForms after, int k) {
        int d = before.dimension();
        double[] old = before.factor(k);
        double[] moved = after.factor(k);
        double[] from = Arrays.copyOfRange(before.centres(), k * d, (k + 1) * d);
        double[] to = Arrays.copyOfRange(after.centres(), k * d, (k + 1) * d);
        boolean triangular = before.factor() == QuadraticForms.Factor.TRIANGULAR;
        double square = triangular ? Packed.imageSquared(old, to, from) : scaledSquare(old, to, from);
        shift[k] = Math.sqrt(square);
        if (Arrays.equals(old, moved)) {
            shrinkage[k] = 1;
        } else {
            shrinkage[k] = triangular ? Shrinkage.between(moved, old, d) : leastRatio(moved, old);
        }
        if (!(shrinkage[k] >= 0 && shift[k] >= 0)) {
            shrinkage[k] = 0;
            shift[k] = 0;
        }
    }

    /** ‖A (x − m)‖² under a factor that is diagonal, or one number. */
    private static double scaledSquare(double[] factor, double[] x, double[] m) {
        double sum = 0;
        for (int j = 0; j < x.length; j++) {
            double y = factor[Math.min(j, factor.length - 1)] * (x[j] - m[j]);
            sum += y * y;
        }
        return sum;
    }

    private static double leastRatio(double[] after, double[] before) {
        double least = Double.POSITIVE_INFINITY;
        for (int j = 0; j < before.length; j++) {
            least = Math.min(least, Math.abs(after[j] / before[j]));
        }
        return least;
    }

    /**
     * What is known of the rows of one chunk; for the thread that works on it.
     *
     * @param first the number of its first row
     * @return their bounds
     */
    Chunk chunk(long first) {
        return new Chunk((int) (first / STEP));
    }

    /** What is known of the rows of a chunk, tile by tile. */
    public final class Chunk {
        private final int number;

        private Chunk(int number) {
            this.number = number;
        }

        /**
         * Upper bounds of the scores of all rows of a tile, under each component, from what earlier passes saw.
         *
         * @param tile the number of the tile within the chunk; tiles hold the same rows in every pass
         * @param most receives K bounds
         */
        public void bound(int tile, double[] most) {
            float[] known = distances(tile);
            int at = tile * components;
            for (int k = 0; k < components; k++) {
                double distance = Math.max(0, shrinkage[k] * (known[at + k] - shift[k]) * SAFETY);
                known[at + k] = (float) distance;
                most[k] = constants[k] - 0.5 * distance * distance;
            }
        }

        /** The bounds of the chunk, with room for a tile. */
        private float[] distances(int tile) {
            float[] known = bounds[number];
            if (known == null || known.length <= tile * components) {
                known = known == null ? new float[components] : Arrays.copyOf(known, (tile + 1) * components);
                bounds[number] = known;
            }
            return known;
        }

        /**
         * Takes note of what was seen.
         *
         * @param tile the number of the tile
         * @param component k
         * @param largest the largest score of its rows under the component
         */
        public void saw(int tile, int component, double largest) {
            double square = 2 * (constants[component] - largest);
            distances(tile)[tile * components + component] = square > 0 ? (float) (Math.sqrt(square) * SAFETY) : 0;
        }

        /**
         * Takes note of how much was scored.
         *
         * @param components under how many components a tile was scored
         */
        public void scoredUnder(int components) {
            scored.add(components);
            pairs.add(Nearness.this.components);
        }
    }
}
