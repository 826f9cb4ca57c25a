package org.mixtura.data;

import java.util.List;

/** Rows in which NaN stands for a value that is missing. */
final class GappedRows implements Rows {
    private final Rows rows;

    GappedRows(Rows rows) {
        this.rows = rows;
    }

    @Override
    public long count() {
        return rows.count();
    }

    @Override
    public int dimension() {
        return rows.dimension();
    }

    @Override
    public List<String> columns() {
        return rows.columns();
    }

    @Override
    public boolean weighted() {
        return rows.weighted();
    }

    @Override
    public boolean gapped() {
        return true;
    }

    @Override
    public Reader reader() {
        return rows.reader();
    }
}
