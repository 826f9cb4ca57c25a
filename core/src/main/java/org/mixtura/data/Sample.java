package org.mixtura.data;

import java.util.SplittableRandom;

/**
 * Rows drawn from others, in memory and in random order, all of weight 1: every beginning of them is a smaller sample.
 *
 * <p>The draw is stratified: one row from each of equally heavy stretches of the rows in their order, so that a table sorted by
 * time or place is drawn from evenly. A row of weight 2 is drawn from as the same row twice in a row would be, and with as many
 * draws as rows each row comes once.
 *
 * <p>Rows with a code other than 0 ({@link CodedRows}), if they are so few that a sample would miss some, are drawn up to so much more
 * often that each comes about once, or they are half of the sample; and weigh as much less. The mean weight is then about 1.
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
        try (Rows.Reader reader = rows.reader()) {
            boolean coded = reader.read(0, (int) Math.min(1, rows.count())).coded();
            Mass mass = coded || rows.weighted() ? Mass.of(rows, reader) : new Mass(rows.count(), 0, 0);
            double boost = mass.boost(size);
            RowCopies copies = new RowCopies(rows, size);
            if (rows.weighted() || boost > 1) {
                drawByWeight(rows, reader, mass, boost, places, random, copies);
            } else {
                draw(rows.count(), reader, places, random, copies);
            }
            return new Sample(copies);
        }
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
            copies.copy(block, (int) (row - first), places[i], 1);
        }
    }

    /** Walks along the cumulative weight and copies the rows at the points drawn. */
    private static void drawByWeight(
            Rows rows,
            Rows.Reader reader,
            Mass mass,
            double boost,
            int[] places,
            SplittableRandom random,
            RowCopies copies) {
        double total = mass.total - mass.marked + boost * mass.marked;
        double unit = total / mass.total;
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
                boolean marked = block.code(i) != 0;
                passed += marked ? boost * block.weight(i) : block.weight(i);
                while (drawn < places.length && point < passed) {
                    copies.copy(block, i, places[drawn], marked ? unit / boost : unit);
                    drawn++;
                    point = (drawn + random.nextDouble()) * stretch;
                }
            }
        }
        // Rounding may leave the last point just behind the end.
        for (; drawn < places.length; drawn++) {
            block = reader.read(last, 1);
            copies.copy(block, 0, places[drawn], block.code(0) != 0 ? unit / boost : unit);
        }
    }

    /**
     * What rows weigh.
     *
     * @param total all of them
     * @param marked those with a code other than 0
     * @param count how many of these have weight
     */
    private record Mass(double total, double marked, long count) {
        static Mass of(Rows rows, Rows.Reader reader) {
            double total = 0;
            double marked = 0;
            long count = 0;
            for (long first = 0; first < rows.count(); first += BLOCK) {
                Block block = reader.read(first, (int) Math.min(BLOCK, rows.count() - first));
                for (int i = 0; i < block.count(); i++) {
                    double weight = Math.max(0, block.weight(i));
                    total += weight;
                    if (block.code(i) != 0 && weight > 0) {
                        marked += weight;
                        count++;
                    }
                }
            }
            return new Mass(total, marked, count);
        }

        /** How many times more often marked rows are drawn. */
        double boost(int size) {
            if (!(marked > 0)) {
                return 1;
            }
            double each = total / size / (marked / count);
            double half = (total - marked) / marked;
            return Math.max(1, Math.min(each, half));
        }
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
