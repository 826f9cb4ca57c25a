package org.mixtura.data;

import java.util.List;
import java.util.stream.IntStream;

/** Some of the columns of other rows, in any order; blocks are copied as they are read. */
final class SelectedRows extends RowsView {
    private final List<String> columns;
    private final int[] places;

    SelectedRows(Rows rows, List<String> columns) {
        super(rows);
        this.columns = Rows.checkColumns(columns, columns.size());
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("rows without columns; select at least one");
        }
        this.places = new int[columns.size()];
        for (int j = 0; j < places.length; j++) {
            places[j] = rows.columns().indexOf(columns.get(j));
            if (places[j] < 0) {
                throw new IllegalArgumentException(
                        "no column \"" + columns.get(j) + "\"; the columns are " + rows.columns());
            }
        }
    }

    @Override
    public boolean atHand() {
        return rows.atHand();
    }

    @Override
    public int dimension() {
        return places.length;
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public Reader reader() {
        Reader inner = rows.reader();
        Block block = new Block();
        return new Reader() {
            private double[] values = new double[0];
            private double[] weights = new double[0];
            private double[] covariances = new double[0];

            @Override
            public Block read(long first, int count) {
                Block whole = inner.read(first, count);
                if (values.length < count * places.length) {
                    values = new double[count * places.length];
                    weights = new double[count];
                }
                for (int i = 0; i < count; i++) {
                    for (int j = 0; j < places.length; j++) {
                        values[i * places.length + j] = whole.get(i, places[j]);
                    }
                    weights[i] = whole.weight(i);
                }
                block.show(values, 0, count, places.length, whole.weighted() ? weights : null, 0);
                if (whole.covarianceSize() > 0) {
                    int[] all = IntStream.range(0, count).toArray();
                    covariances = whole.copyCovariances(all, places, covariances, block);
                }
                block.showCodesOf(whole);
                return block;
            }

            @Override
            public void close() {
                inner.close();
            }
        };
    }
}
