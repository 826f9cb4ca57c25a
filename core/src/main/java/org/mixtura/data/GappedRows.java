package org.mixtura.data;

/** Rows in which NaN stands for a value that is missing. */
final class GappedRows extends RowsView {
    GappedRows(Rows rows) {
        super(rows);
    }

    @Override
    public boolean gapped() {
        return true;
    }
}
