package org.mixtura.testing;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;

/** Rows that are computed when they are read, each reader into its own buffer; counts the readers that are open. */
public final class ComputedRows implements Rows {
    private final long count;
    private final int dimension;
    private final LongFunction<double[]> row;
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();

    /** Rows given by their number. */
    public ComputedRows(long count, int dimension, LongFunction<double[]> row) {
        this.count = count;
        this.dimension = dimension;
        this.row = row;
    }

    /** The number of readers that were opened so far. */
    public int openedReaders() {
        return opened.get();
    }

    /** The number of readers that are open now. */
    public int openReaders() {
        return open.get();
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public List<String> columns() {
        return IntStream.range(0, dimension).mapToObj(j -> "c" + j).toList();
    }

    @Override
    public boolean weighted() {
        return false;
    }

    @Override
    public Reader reader() {
        opened.incrementAndGet();
        open.incrementAndGet();
        Block block = new Block();
        return new Reader() {
            @Override
            public Block read(long first, int rows) {
                // One value of padding in front, so that nobody takes an offset of zero for granted.
                double[] values = new double[1 + rows * dimension];
                for (int i = 0; i < rows; i++) {
                    System.arraycopy(row.apply(first + i), 0, values, 1 + i * dimension, dimension);
                }
                block.show(values, 1, rows, dimension, null, 0);
                return block;
            }

            @Override
            public void close() {
                open.decrementAndGet();
            }
        };
    }
}
