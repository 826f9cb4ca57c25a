package org.mixtura.data;

import org.jspecify.annotations.Nullable;

/** Rows that are copied, one by one, from others into memory, with all that those carry but their weights. */
public final class RowCopies {
    private final Rows like;
    private final int count;
    private final double[] values;
    private double @Nullable [] covariances;
    private int covarianceSize;

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
     */
    public void copy(Block block, int row, int place) {
        int d = like.dimension();
        System.arraycopy(block.values(), block.offset() + row * d, values, place * d, d);
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
     * @return rows of weight 1
     */
    public Rows first(int wanted) {
        Rows rows = Rows.owning(first(values, wanted * like.dimension()), like.dimension())
                .named(like.columns());
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
        return length == array.length ? array : java.util.Arrays.copyOf(array, length);
    }
}
