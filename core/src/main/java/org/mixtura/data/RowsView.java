package org.mixtura.data;

import java.util.List;

/**
 * Other rows seen through something: all questions go to them, but those that a subclass answers itself. A new question to rows is
 * thus passed on by every view; but whether rows are {@linkplain #atHand at hand} is up to each.
 */
public abstract class RowsView implements Rows {
    /** The rows that are seen. */
    protected final Rows rows;

    /**
     * A view of some rows.
     *
     * @param rows the rows that are seen
     */
    protected RowsView(Rows rows) {
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
        return rows.gapped();
    }

    @Override
    public RowCovariance rowCovariance() {
        return rows.rowCovariance();
    }

    @Override
    public Reader reader() {
        return rows.reader();
    }
}
