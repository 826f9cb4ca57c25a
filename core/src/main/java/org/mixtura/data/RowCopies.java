package org.mixtura.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Rows that are copied, one by one, from others into memory, with all that those carry, and what they shall weigh. */
public final class RowCopies {
    private final Rows like;
    private final int count;
    private final double[] values;
    private double @Nullable [] covariances;
    private int covarianceSize;
    private int @Nullable [] codes;
    private double @Nullable [] weights;

    /**
     * Room for copies.
     *
     * @param like what the rows are copied from: its names, gaps and covariances are theirs
     * @param count how many there may be; their values must fit in one array
     */
    public RowCopies(Rows like, int count) {
        this.like = like;
        this.count = count;
        this.values = new double[Math.multiplyExact(count, like.dimension())];
    }

    /** {@return how many there may be} */
    public int size() {
        return count;
    }

    /**
     * Copies a row.
     *
     * @param block shows it
     * @param row its number within the block
     * @param place where among the copies it comes, from 0
     * @param weight its weight among the copies
     */
    public void copy(Block block, int row, int place, double weight) {
        int d = like.dimension();
        System.arraycopy(block.values(), block.offset() + row * d, values, place * d, d);
        if (weight != 1 && weights == null) {
            weights = new double[count];
            Arrays.fill(weights, 1);
        }
        if (weights != null) {
            weights[place] = weight;
        }
        if (block.coded()) {
            codes = codes == null ? new int[count] : codes;
            codes[place] = block.code(row);
        }
        if (block.covarianceSize() > 0) {
            if (covariances == null) {
                covarianceSize = block.covarianceSize();
                covariances = new double[Math.multiplyExact(count, covarianceSize)];
            }
            for (int e = 0; e < covarianceSize; e++) {
                covariances[place * covarianceSize + e] = block.covariance(row, e);
            }
        }
    }

    /**
     * The first copies, which are not copied again.
     *
     * @param wanted how many, at least 1 and no more than there are
     * @return the rows
     */
    public Rows first(int wanted) {
        Rows rows = Rows.owning(first(values, wanted * like.dimension()), like.dimension())
                .named(like.columns());
        rows = weights == null ? rows : rows.weighted(first(weights, wanted));
        rows = codes == null ? rows : CodedRows.of(rows, Arrays.copyOf(codes, wanted));
        rows = like.gapped() ? rows.withGaps() : rows;
        return covariances == null
                ? rows
                : new CovariantRows(
                        rows,
                        like.rowCovariance(),
                        RowCovariances.triangles(
                                Rows.owning(first(covariances, wanted * covarianceSize), covarianceSize)));
    }

    private static double[] first(double[] array, int length) {
        return length == array.length ? array : Arrays.copyOf(array, length);
    }
}
