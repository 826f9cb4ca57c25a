package org.mixtura.data;

/** Rows in another order than their own. Takes an int per row; rows are copied as they are read. */
public final class ReorderedRows extends RowsView {
    /** As many elements as any JVM has in an array. */
    private static final int MOST_ROWS = Integer.MAX_VALUE - 8;

    private final int[] order;

    private ReorderedRows(Rows rows, int[] order) {
        super(rows);
        this.order = order;
    }

    /**
     * Whether some rows can be taken in another order.
     *
     * @param rows the rows
     * @return false if they are not {@linkplain Rows#atHand at hand}, or more than an array has elements
     */
    public static boolean serves(Rows rows) {
        return rows.atHand() && rows.count() <= MOST_ROWS;
    }

    /**
     * Some rows in another order.
     *
     * @param rows the rows
     * @param order which of them comes first, second and so on: each once; handed over
     * @return the same rows in that order
     * @throws IllegalArgumentException if the rows cannot be reordered ({@link #serves}), or are not as many as the order has
     */
    public static Rows of(Rows rows, int[] order) {
        if (!serves(rows) || rows.count() != order.length) {
            throw new IllegalArgumentException("an order of " + order.length + " rows for " + rows.count()
                    + (serves(rows) ? "" : " that are not at hand"));
        }
        return new ReorderedRows(rows, order);
    }

    @Override
    public Reader reader() {
        Reader inner = rows.reader();
        Block block = new Block();
        int d = dimension();
        return new Reader() {
            private double[] values = new double[0];
            private double[] weights = new double[0];

            @Override
            public Block read(long first, int count) {
                if (values.length < count * d) {
                    values = new double[count * d];
                    weights = new double[count];
                }
                for (int i = 0; i < count; i++) {
                    Block row = inner.read(order[(int) first + i], 1);
                    System.arraycopy(row.values(), row.offset(), values, i * d, d);
                    weights[i] = row.weight(0);
                }
                block.show(values, 0, count, d, weighted() ? weights : null, 0);
                return block;
            }

            @Override
            public void close() {
                inner.close();
            }
        };
    }
}
