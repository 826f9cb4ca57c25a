package org.mixtura.data;

import java.util.SplittableRandom;

/**
 * Rows drawn from others, in memory and in random order, each of weight 1: every beginning of them is a smaller sample.
 *
 * <p>The draw is stratified: one row from each of equally heavy stretches of the rows in their order, so that a table sorted by
 * time or place is drawn from evenly. A row of weight 2 is drawn from as the same row twice in a row would be, and with as many
 * draws as rows each row comes once.
 */
public final class Sample {
    /** Rows that are looked at together. */
    private static final int BLOCK = 4096;
    /** Rows that are less than so many apart are read together. */
    private static final double CLOSE = 128;

    private final RowCopies copies;
    private final Rows rows;

    private Sample(RowCopies copies) {
        this.copies = copies;
        this.rows = copies.first(copies.size());
    }

    /**
     * Draws rows.
     *
     * @param rows what to draw from
     * @param size how many to draw, at least 1; the values drawn must fit in one array
     * @param seed the seed of all random choices
     * @return the sample
     * @throws IllegalArgumentException if there is nothing to draw or all weights are zero
     */
    public static Sample of(Rows rows, int size, long seed) {
        if (size < 1) {
            throw new IllegalArgumentException("a sample of " + size + " rows; draw at least one");
        }
        SplittableRandom random = new SplittableRandom(seed);
        int[] places = permutation(size, random);
        RowCopies copies = new RowCopies(rows, size);
        try (Rows.Reader reader = rows.reader()) {
            if (rows.weighted()) {
                drawByWeight(rows, reader, places, random, copies);
            } else {
                draw(rows.count(), reader, places, random, copies);
            }
        }
        return new Sample(copies);
    }

    /** Takes a row of each of as many stretches of the same length. */
    private static void draw(long count, Rows.Reader reader, int[] places, SplittableRandom random, RowCopies copies) {
        double stretch = (double) count / places.length;
        // From a file, a block costs less than as many reads as it saves.
        int together = stretch < CLOSE ? BLOCK : 1;
        Block block = reader.read(0, 0);
        long first = 0;
        for (int i = 0; i < places.length; i++) {
            long row = Math.min(count - 1, (long) ((i + random.nextDouble()) * stretch));
            if (row >= first + block.count()) {
                first = row;
                block = reader.read(first, (int) Math.min(together, count - first));
            }
            copies.copy(block, (int) (row - first), places[i]);
        }
    }

    /** Walks along the cumulative weight and copies the rows at the points drawn. */
    private static void drawByWeight(
            Rows rows, Rows.Reader reader, int[] places, SplittableRandom random, RowCopies copies) {
        double total = totalWeight(rows, reader);
        if (!(total > 0)) {
            throw new IllegalArgumentException(
                    "all " + rows.count() + " weights are zero; at least one row must count");
        }
        double stretch = total / places.length;
        int drawn = 0;
        double point = random.nextDouble() * stretch;
        double passed = 0;
        Block block = reader.read(0, 0);
        long last = -1;
        for (long first = 0; first < rows.count(); first += BLOCK) {
            block = reader.read(first, (int) Math.min(BLOCK, rows.count() - first));
            for (int i = 0; i < block.count(); i++) {
                if (!(block.weight(i) > 0)) {
                    continue;
                }
                last = first + i;
                passed += block.weight(i);
                while (drawn < places.length && point < passed) {
                    copies.copy(block, i, places[drawn]);
                    drawn++;
                    point = (drawn + random.nextDouble()) * stretch;
                }
            }
        }
        // Rounding may leave the last point just behind the end.
        for (; drawn < places.length; drawn++) {
            block = reader.read(last, 1);
            copies.copy(block, 0, places[drawn]);
        }
    }

    private static double totalWeight(Rows rows, Rows.Reader reader) {
        double total = 0;
        for (long first = 0; first < rows.count(); first += BLOCK) {
            Block block = reader.read(first, (int) Math.min(BLOCK, rows.count() - first));
            for (int i = 0; i < block.count(); i++) {
                total += Math.max(0, block.weight(i));
            }
        }
        return total;
    }

    private static int[] permutation(int size, SplittableRandom random) {
        int[] order = new int[size];
        for (int i = 1; i < size; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** {@return how many rows were drawn} */
    public int size() {
        return copies.size();
    }

    /** {@return all rows of the sample} */
    public Rows rows() {
        return rows;
    }

    /**
     * A smaller sample: the first rows.
     *
     * @param count how many, at least 1; all if there are not so many
     * @return the rows
     */
    public Rows first(int count) {
        return count >= size() ? rows : copies.first(count);
    }
}
