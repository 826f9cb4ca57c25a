package org.mixtura.table;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.mixtura.data.Rows;

/**
 * Keeps rows in memory, in arrays of a fixed number of rows each, so that nothing is copied as the table grows; in one array if
 * their number is known. The last array is as long as the others.
 */
final class MemoryStore implements RowStore {
    /** How many numbers an array holds: 4 MiB, so that the unused part of the last one does not matter. */
    private static final int PIECE = 1 << 19;
    /** A size that every JVM can allocate. */
    private static final long LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final int dimension;
    private final boolean weighted;
    private final int pieceRows;
    private final List<double[]> pieces = new ArrayList<>();
    private final List<double[]> weightPieces = new ArrayList<>();
    private double[] piece = new double[0];
    private double @Nullable [] weights;
    private int used;
    private long count;

    MemoryStore(int dimension, boolean weighted, OptionalLong expected) {
        this.dimension = dimension;
        this.weighted = weighted;
        long wanted = expected.orElse(Math.max(1, Integer.highestOneBit(PIECE / dimension)));
        this.pieceRows = (int) Math.max(1, Math.min(wanted, LARGEST_ARRAY / dimension));
        this.used = pieceRows;
    }

    @Override
    public void add(double[] values, double weight) {
        if (used == pieceRows) {
            grow();
        }
        System.arraycopy(values, 0, piece, used * dimension, dimension);
        if (weights != null) {
            weights[used] = weight;
        }
        used++;
        count++;
    }

    private void grow() {
        try {
            piece = new double[pieceRows * dimension];
            pieces.add(piece);
            if (weighted) {
                weights = new double[pieceRows];
                weightPieces.add(weights);
            }
        } catch (OutOfMemoryError e) {
            long held = count;
            close();
            throw new TableException(
                    "the rows do not fit into the memory of the JVM, "
                            + (Runtime.getRuntime().maxMemory() >> 20) + " MiB (" + Quoting.count(held, "row") + " of "
                            + Quoting.count(dimension, "column")
                            + " did); keep them in a file (--stream) or raise -Xmx",
                    e);
        }
        used = 0;
    }

    @Override
    public Rows finish(List<String> columns) {
        Rows rows = new PieceRows(
                pieces.toArray(double[][]::new),
                weighted ? weightPieces.toArray(double[][]::new) : null,
                pieceRows,
                count,
                columns);
        // Who holds the store must not hold the rows.
        close();
        return rows;
    }

    /** Hands all rows to another store, and holds none any more. */
    void moveTo(RowStore other) {
        double[] row = new double[dimension];
        for (long i = 0; i < count; i++) {
            int at = (int) (i % pieceRows);
            int piece = (int) (i / pieceRows);
            System.arraycopy(pieces.get(piece), at * dimension, row, 0, dimension);
            other.add(row, weighted ? weightPieces.get(piece)[at] : 1);
        }
        close();
    }

    @Override
    public void close() {
        pieces.clear();
        weightPieces.clear();
        piece = new double[0];
        weights = null;
    }
}
