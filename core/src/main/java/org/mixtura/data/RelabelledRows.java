package org.mixtura.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Other rows under other names, and with other weights if any are given. */
final class RelabelledRows extends RowsView {
    private final List<String> columns;
    private final double @Nullable [] weights;

    RelabelledRows(Rows rows, List<String> columns, double @Nullable [] weights) {
        super(rows);
        this.columns = Rows.checkColumns(columns, rows.dimension());
        this.weights = weights;
    }

    @Override
    public boolean atHand() {
        return rows.atHand();
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public boolean weighted() {
        return weights != null || rows.weighted();
    }

    @Override
    public Reader reader() {
        Reader inner = rows.reader();
        if (weights == null) {
            return inner;
        }
        Block block = new Block();
        return new Reader() {
            @Override
            public Block read(long first, int count) {
                Block shown = inner.read(first, count);
                block.show(shown.values(), shown.offset(), count, shown.dimension(), weights, Math.toIntExact(first));
                block.showCovariancesOf(shown);
                block.showCodesOf(shown);
                return block;
            }

            @Override
            public void close() {
                inner.close();
            }
        };
    }
}
