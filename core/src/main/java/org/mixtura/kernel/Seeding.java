package org.mixtura.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;
import org.mixtura.data.Sample;

/**
 * Chooses K rows as centres by k-means++: the first by weight, each next with probability proportional to w d², where d is
 * the distance to the nearest centre so far (Arthur &amp; Vassilvitskii 2007). Distances are taken in columns divided by
 * given scales.
 *
 * <p>Draws invert the cumulative sum in the order of the rows, so that a row of weight 2 and the same row twice in a row lead
 * to the same choice. Of very many rows a stratified sample is used: one row drawn from each of equally long stretches; if
 * it has fewer than K different rows that count, all rows are.
 */
public final class Seeding {
    /** Values to look at: 2¹⁸ doubles are 2 MB, and some thousand rows per centre are plenty. */
    private static final long SAMPLE_VALUES = 1L << 18;
    /** Rows per centre that a sample must at least have. */
    private static final long ROWS_PER_CENTRE = 50;

    private static final double[][] NONE = {};

    private final Rows rows;
    private final double[] scales;
    private final int threads;
    private final double[] nearest;

    private Seeding(Rows rows, double[] scales, int threads) {
        this.rows = rows;
        this.scales = scales;
        this.threads = threads;
        this.nearest = new double[Math.toIntExact(rows.count())];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    }

    /**
     * Chooses centres.
     *
     * @param rows the rows
     * @param count K
     * @param scales what to divide each column by, d positive values
     * @param random the source of randomness
     * @param threads how many threads may work
     * @return K rows of d values, or fewer if there are fewer different rows of positive weight
     */
    public static double[][] centres(Rows rows, int count, double[] scales, RandomGenerator random, int threads) {
        Rows candidates = candidates(rows, count, random);
        double[][] centres = new Seeding(candidates, scales, threads).choose(NONE, count, 1, random);
        if (centres.length < count && candidates != rows) {
            return new Seeding(rows, scales, threads).choose(NONE, count, 1, random);
        }
        return centres;
    }

    /**
     * Chooses more centres beside given ones, greedily as {@link #greedyCentres}, of very many rows from a sample.
     *
     * @param rows the rows
     * @param given centres that there are, of d values each
     * @param count how many more
     * @param scales what to divide each column by, d positive values
     * @param random the source of randomness
     * @param threads how many threads may work
     * @return as many rows of d values, or fewer if there are fewer different rows of positive weight apart from the given ones
     */
    public static double[][] furtherCentres(
            Rows rows, double[][] given, int count, double[] scales, RandomGenerator random, int threads) {
        Rows candidates = candidates(rows, count, random);
        int trials = greedyTrials(given.length + count);
        double[][] centres = new Seeding(candidates, scales, threads).choose(given, count, trials, random);
        if (centres.length < count && candidates != rows) {
            return new Seeding(rows, scales, threads).choose(given, count, trials, random);
        }
        return centres;
    }

    private static Rows candidates(Rows rows, int count, RandomGenerator random) {
        long sample = Math.max(SAMPLE_VALUES / rows.dimension(), count * ROWS_PER_CENTRE);
        return rows.count() <= sample
                ? rows
                : Sample.of(rows, Math.toIntExact(sample), random.nextLong()).rows();
    }

    /**
     * Chooses centres greedily: each is the best of 2 + ⌊ln K⌋ draws, the one that leaves least of Σ w d² (Arthur &amp;
     * Vassilvitskii 2007, section 5; as scikit-learn does).
     *
     * @param rows the rows, few enough to be looked at as often
     * @param count K
     * @param scales what to divide each column by, d positive values
     * @param random the source of randomness
     * @param threads how many threads may work
     * @return K rows of d values, or fewer if there are fewer different rows of positive weight
     */
    public static double[][] greedyCentres(Rows rows, int count, double[] scales, RandomGenerator random, int threads) {
        return new Seeding(rows, scales, threads).choose(NONE, count, greedyTrials(count), random);
    }

    /**
     * How many draws a greedy choice takes for each centre.
     *
     * @param count K
     * @return 2 + ⌊ln K⌋
     */
    public static int greedyTrials(int count) {
        return 2 + (int) Math.log(count);
    }

    private double[][] choose(double[][] given, int count, int trials, RandomGenerator random) {
        List<double[]> centres = new ArrayList<>();
        double[] newest = null;
        for (double[] centre : given) {
            if (newest != null) {
                approach(newest);
            }
            newest = centre;
        }
        while (centres.size() < count) {
            List<Double> sums = newest == null ? weightSums() : approach(newest);
            int chosen = draw(sums, newest == null, random.nextDouble());
            if (chosen < 0) {
                break;
            }
            double[] best = row(chosen);
            if (newest != null && trials > 1) {
                double least = potential(best);
                for (int trial = 1; trial < trials; trial++) {
                    double[] other = row(draw(sums, false, random.nextDouble()));
                    double potential = potential(other);
                    if (potential < least) {
                        least = potential;
                        best = other;
                    }
                }
            }
            newest = best;
            centres.add(newest);
        }
        return centres.toArray(double[][]::new);
    }

    private double[] row(int number) {
        try (Rows.Reader reader = rows.reader()) {
            Block block = reader.read(number, 1);
            return Arrays.copyOfRange(block.values(), block.offset(), block.offset() + block.dimension());
        }
    }

    /** A sum over one chunk of rows. */
    private static final class Sum implements Pass.Part {
        private double value;

        @Override
        public void clear() {
            value = 0;
        }
    }

    private List<Double> weightSums() {
        return sums((block, first, into) -> {
            for (int i = 0; i < block.count(); i++) {
                into.value += block.weight(i);
            }
        });
    }

    /** Updates the squared distances by a new centre; returns the sums of w d² chunk by chunk. */
    private List<Double> approach(double[] centre) {
        double[] factors = factors();
        return sums((block, first, into) -> {
            for (int i = 0; i < block.count(); i++) {
                int row = (int) first + i;
                nearest[row] = Math.min(nearest[row], square(block, i, centre, factors));
                into.value += block.weight(i) > 0 ? block.weight(i) * nearest[row] : 0;
            }
        });
    }

    /** What Σ w d² would come to with one more centre. */
    private double potential(double[] centre) {
        double[] factors = factors();
        double total = 0;
        for (double sum : sums((block, first, into) -> {
            for (int i = 0; i < block.count(); i++) {
                double least = Math.min(nearest[(int) first + i], square(block, i, centre, factors));
                into.value += block.weight(i) > 0 ? block.weight(i) * least : 0;
            }
        })) {
            total += sum;
        }
        return total;
    }

    private double[] factors() {
        return Arrays.stream(scales).map(s -> 1 / s).toArray();
    }

    private static double square(Block block, int row, double[] centre, double[] factors) {
        double square = 0;
        for (int j = 0; j < factors.length; j++) {
            double step = (block.get(row, j) - centre[j]) * factors[j];
            square += step * step;
        }
        return square;
    }

    private List<Double> sums(Pass.Worker<Sum> worker) {
        List<Double> sums = new ArrayList<>();
        Pass.run(rows, threads, costPerRow(), () -> worker, Sum::new, sum -> sums.add(sum.value));
        return sums;
    }

    private long costPerRow() {
        return scales.length * 2L;
    }

    /** The row at which the cumulative sum passes a share of its total; −1 if the total is zero. */
    private int draw(List<Double> sums, boolean first, double share) {
        double total = 0;
        for (double sum : sums) {
            total += sum;
        }
        if (!(total > 0)) {
            return -1;
        }
        double left = share * total;
        int chunk = 0;
        while (chunk < sums.size() - 1 && (left >= sums.get(chunk) || !(sums.get(chunk) > 0))) {
            left -= sums.get(chunk);
            chunk++;
        }
        while (chunk > 0 && !(sums.get(chunk) > 0)) {
            chunk--;
        }
        int chunkRows = Pass.chunkRows(costPerRow());
        int start = chunk * chunkRows;
        int count = (int) Math.min(chunkRows, rows.count() - start);
        int chosen = -1;
        try (Rows.Reader reader = rows.reader()) {
            Block block = reader.read(start, count);
            for (int i = 0; i < count; i++) {
                double term = first ? block.weight(i) : block.weight(i) > 0 ? block.weight(i) * nearest[start + i] : 0;
                if (term > 0) {
                    chosen = start + i;
                    left -= term;
                    if (left < 0) {
                        break;
                    }
                }
            }
        }
        return chosen;
    }

    /**
     * The assignment of rows to their nearest centre; of equally near ones the first.
     *
     * @param centres K rows of d values
     * @param scales what to divide each column by, d positive values
     * @return responsibilities of 1 and 0
     */
    public static Scan.Assignment nearest(double[][] centres, double[] scales) {
        return nearest(centres, scales, (block, row, centre) -> true);
    }

    /** Says to which centres a row may go. */
    public interface Choice {
        /**
         * Whether a row may go to a centre.
         *
         * @param block the block that holds the row
         * @param row the row within the block
         * @param centre the number of the centre, from 0
         * @return false to keep them apart
         */
        boolean allows(Block block, int row, int centre);
    }

    /**
     * The assignment of rows to the nearest of some centres; of equally near ones the first.
     *
     * @param centres K rows of d values
     * @param scales what to divide each column by, d positive values
     * @param choice among which centres
     * @return responsibilities of 1 and 0; all 0 for a row that may go to no centre
     */
    public static Scan.Assignment nearest(double[][] centres, double[] scales, Choice choice) {
        double[] factors = Arrays.stream(scales).map(s -> 1 / s).toArray();
        int k = centres.length;
        return (block, first, responsibilities) -> {
            for (int i = 0; i < block.count(); i++) {
                int best = -1;
                double least = Double.POSITIVE_INFINITY;
                for (int c = 0; c < k; c++) {
                    if (choice.allows(block, i, c)) {
                        double square = square(block, i, centres[c], factors);
                        if (square < least || best < 0) {
                            least = square;
                            best = c;
                        }
                    }
                }
                if (best >= 0) {
                    responsibilities[i * k + best] = 1;
                }
            }
        };
    }

    /**
     * Whether rows hold at least some number of different rows of positive weight, each with a value at least; two gaps are equal.
     *
     * @param rows the rows
     * @param wanted how many
     * @return how many there are, but never more than wanted
     */
    public static int distinctRows(Rows rows, int wanted) {
        java.util.Set<List<Double>> seen = new java.util.HashSet<>();
        try (Rows.Reader reader = rows.reader()) {
            for (long first = 0; first < rows.count() && seen.size() < wanted; first += 256) {
                Block block = reader.read(first, (int) Math.min(256, rows.count() - first));
                for (int i = 0; i < block.count() && seen.size() < wanted; i++) {
                    if (block.weight(i) > 0 && GapPatterns.missing(block, i).cardinality() < block.dimension()) {
                        List<Double> values = new ArrayList<>(block.dimension());
                        for (int j = 0; j < block.dimension(); j++) {
                            values.add(block.get(i, j) + 0.0);
                        }
                        seen.add(values);
                    }
                }
            }
        }
        return seen.size();
    }
}
