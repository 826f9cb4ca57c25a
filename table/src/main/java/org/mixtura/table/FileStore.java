package org.mixtura.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mixtura.data.Rows;

/** Keeps rows in a temporary .npy file, and their weights in another. */
final class FileStore implements RowStore {
    private final NpyFile values;
    private final @Nullable NpyFile weights;

    FileStore(Path folder, int dimension, boolean weighted) {
        values = create(folder, dimension);
        NpyFile second = null;
        if (weighted) {
            try {
                second = create(folder, 1);
            } catch (RuntimeException e) {
                values.close();
                throw e;
            }
        }
        weights = second;
    }

    private static NpyFile create(Path folder, int dimension) {
        try {
            return NpyFile.create(folder, dimension);
        } catch (IOException e) {
            throw new WriteException(
                    "cannot make a temporary file in " + folder + " (" + WriteException.reason(e)
                            + "); name another folder (--temporary-folder)",
                    e);
        }
    }

    @Override
    public void add(double[] row, double weight) {
        values.append(row);
        if (weights != null) {
            weights.append(weight);
        }
    }

    @Override
    public Rows finish(List<String> columns) {
        values.finish();
        if (weights != null) {
            weights.finish();
        }
        return new FileRows(values, weights, columns);
    }

    @Override
    public void close() {
        values.close();
        if (weights != null) {
            weights.close();
        }
    }
}
