package org.mixtura.fit;

import org.mixtura.data.Block;
import org.mixtura.data.Rows;
import org.mixtura.data.RowsView;

/** Rows of which only those count that their labels allow to a component; the others weigh nothing. */
final class AllowedRows extends RowsView {
    private static final int BLOCK = 1024;

    private final PartialLabels labels;
    private final int component;

    /**
     * @param rows rows with the codes of the labels
     * @param component from 0
     */
    AllowedRows(Rows rows, PartialLabels labels, int component) {
        super(rows);
        this.labels = labels;
        this.component = component;
    }

    /** Whether any row counts. */
    boolean anyCounts() {
        try (Reader reader = reader()) {
            for (long first = 0; first < count(); first += BLOCK) {
                Block block = reader.read(first, (int) Math.min(BLOCK, count() - first));
                for (int i = 0; i < block.count(); i++) {
                    if (block.weight(i) > 0) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    @Override
    public boolean weighted() {
        return true;
    }

    @Override
    public Reader reader() {
        Reader inner = rows.reader();
        Block block = new Block();
        return new Reader() {
            private double[] weights = new double[0];

            @Override
            public Block read(long first, int count) {
                Block shown = inner.read(first, count);
                if (weights.length < count) {
                    weights = new double[count];
                }
                for (int i = 0; i < count; i++) {
                    boolean allowed = labels.factor(shown.code(i), component) > 0;
                    weights[i] = allowed ? shown.weight(i) : 0;
                }
                block.show(shown.values(), shown.offset(), count, shown.dimension(), weights, 0);
                return block;
            }

            @Override
            public void close() {
                inner.close();
            }
        };
    }
}
