package org.mixtura.table;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mixtura.data.Rows;

/** Keeps rows in memory while they are few, and moves to a file when they are more. */
final class AutomaticStore implements RowStore {
    private final long mostInMemory;
    private final Supplier<RowStore> onDisk;
    private final MemoryStore memory;
    private @Nullable RowStore file;
    private long count;

    /**
     * @param memory an empty store in memory
     * @param mostInMemory how many rows it may hold
     * @param onDisk makes a store in a file
     */
    AutomaticStore(MemoryStore memory, long mostInMemory, Supplier<RowStore> onDisk) {
        this.memory = memory;
        this.mostInMemory = mostInMemory;
        this.onDisk = onDisk;
    }

    @Override
    public void add(double[] values, double weight) {
        if (count == mostInMemory) {
            RowStore made = onDisk.get();
            file = made;
            memory.moveTo(made);
        }
        count++;
        store().add(values, weight);
    }

    private RowStore store() {
        return file == null ? memory : file;
    }

    @Override
    public Rows finish(List<String> columns) {
        return store().finish(columns);
    }

    @Override
    public void close() {
        memory.close();
        if (file != null) {
            file.close();
        }
    }
}
