package org.mixtura.data;

/** Rows with a covariance of their own. */
final class CovariantRows extends RowsView {
    private final RowCovariance meaning;
    private final RowCovariances covariances;

    CovariantRows(Rows rows, RowCovariance meaning, RowCovariances covariances) {
        super(rows);
        if (rows.rowCovariance() != RowCovariance.NONE) {
            throw new IllegalArgumentException(
                    "rows have a covariance of their own already, which means " + rows.rowCovariance());
        }
        covariances.checkFit(rows);
        this.meaning = meaning;
        this.covariances = covariances;
    }

    @Override
    public RowCovariance rowCovariance() {
        return meaning;
    }

    @Override
    public Reader reader() {
        Reader inner = rows.reader();
        RowCovariances.Reader own = covariances.reader(rows);
        Block block = new Block();
        return new Reader() {
            @Override
            public Block read(long first, int count) {
                block.showAs(inner.read(first, count));
                own.show(block, first);
                return block;
            }

            @Override
            public void close() {
                try (own) {
                    inner.close();
                }
            }
        };
    }
}
