package org.mixtura.fit;

import java.util.concurrent.atomic.AtomicLong;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;
import org.mixtura.data.RowsView;

/** Rows whose readers tell an observer how far a pass is. */
final class ObservedRows extends RowsView {
    private final int pass;
    private final long toRead;
    private final FitObserver observer;
    private final AtomicLong read = new AtomicLong();

    private ObservedRows(Rows rows, int pass, long toRead, FitObserver observer) {
        super(rows);
        this.pass = pass;
        this.toRead = toRead;
        this.observer = observer;
    }

    /**
     * Some rows for a pass, watched if anyone watches.
     *
     * @param pass its number, from 1; 0 for the first look at the columns
     * @param times how often each row will be read
     */
    static Rows of(Rows rows, int pass, int times, FitObserver observer) {
        return observer == FitObserver.NONE ? rows : new ObservedRows(rows, pass, times * rows.count(), observer);
    }

    @Override
    public Reader reader() {
        Reader reader = rows.reader();
        return new Reader() {
            @Override
            public Block read(long first, int count) {
                // Not the end yet: that is told when the pass is over, and its last rows worked on.
                long before = Math.min(read.getAndAdd(count), toRead - 1);
                observer.passing(new FitObserver.Passing(pass, before, toRead));
                return reader.read(first, count);
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }
}
