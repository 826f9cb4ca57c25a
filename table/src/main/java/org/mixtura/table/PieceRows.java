package org.mixtura.table;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;

/**
 * Rows in memory, in pieces of a fixed number of rows. A read within a piece is a window on it; a read that crosses from one to
 * the next, which passes in equal steps seldom do, is copied.
 */
final class PieceRows implements Rows {
    private final double[][] pieces;
    private final double @Nullable [][] weightPieces;
    private final int pieceRows;
    private final long count;
    private final List<String> columns;

    /**
     * Rows over arrays that are not copied.
     *
     * @param pieces each of pieceRows rows, row by row
     * @param weightPieces their weights, or null
     * @param pieceRows the rows of a piece
     * @param count the number of rows; what is left of the last piece is not looked at
     * @param columns the names
     */
    PieceRows(double[][] pieces, double @Nullable [][] weightPieces, int pieceRows, long count, List<String> columns) {
        this.pieces = pieces;
        this.weightPieces = weightPieces;
        this.pieceRows = pieceRows;
        this.count = count;
        this.columns = Rows.checkColumns(columns, columns.size());
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public int dimension() {
        return columns.size();
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public boolean weighted() {
        return weightPieces != null;
    }

    @Override
    public boolean atHand() {
        return true;
    }

    @Override
    public Reader reader() {
        return new PieceReader();
    }

    private final class PieceReader implements Reader {
        private final Block block = new Block();
        private double[] copy = new double[0];
        private double @Nullable [] weightCopy;

        @Override
        public Block read(long first, int rows) {
            int d = dimension();
            int piece = (int) (first / pieceRows);
            int start = (int) (first % pieceRows);
            if (start + (long) rows <= pieceRows) {
                double[] weights = weightPieces == null ? null : weightPieces[piece];
                block.show(pieces[piece], start * d, rows, d, weights, start);
            } else {
                if (copy.length < rows * d) {
                    copy = new double[rows * d];
                    weightCopy = weightPieces == null ? null : new double[rows];
                }
                gather(pieces, d, first, rows, copy);
                if (weightPieces != null && weightCopy != null) {
                    gather(weightPieces, 1, first, rows, weightCopy);
                }
                block.show(copy, 0, rows, d, weightCopy, 0);
            }
            return block;
        }

        private void gather(double[][] from, int width, long first, int rows, double[] to) {
            int done = 0;
            while (done < rows) {
                long row = first + done;
                int start = (int) (row % pieceRows);
                int taken = Math.min(rows - done, pieceRows - start);
                System.arraycopy(from[(int) (row / pieceRows)], start * width, to, done * width, taken * width);
                done += taken;
            }
        }
    }
}
