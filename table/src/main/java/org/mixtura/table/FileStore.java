package org.mixtura.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mixtura.data.Rows;

/** Keeps rows in a .npy file, and their weights in another. */
final class FileStore implements RowStore {
    private static final String VALUES = "rows.npy";
    private static final String WEIGHTS = "weights.npy";

    private final NpyFile values;
    private final @Nullable NpyFile weights;
    private final Runnable afterwards;

    /**
     * Files in a folder, in place of those of the same names.
     *
     * @param folder where
     * @param dimension d
     * @param weighted whether rows have weights
     * @param afterwards what to do with the folder when the rows are done with
     */
    private FileStore(Path folder, int dimension, boolean weighted, Runnable afterwards) throws IOException {
        this.values = NpyFile.create(folder.resolve(VALUES), dimension);
        this.weights = weighted ? NpyFile.create(folder.resolve(WEIGHTS), 1) : null;
        this.afterwards = afterwards;
    }

    /**
     * A store in a temporary folder, which goes with it.
     *
     * @throws WriteException if there can be none
     */
    static FileStore temporary(Path parent, int dimension, boolean weighted) {
        try {
            ScratchFolder folder = ScratchFolder.in(parent);
            folder.path().resolve(VALUES).toFile().deleteOnExit();
            folder.path().resolve(WEIGHTS).toFile().deleteOnExit();
            try {
                return new FileStore(folder.path(), dimension, weighted, folder::close);
            } catch (IOException e) {
                folder.close();
                throw e;
            }
        } catch (IOException e) {
            throw new WriteException(
                    "cannot make a temporary file in " + parent + " (" + WriteException.reason(e)
                            + "); name another folder (--temp)",
                    e);
        }
    }

    /**
     * A store in a folder whose files stay.
     *
     * @throws WriteException if they cannot be written
     */
    static FileStore kept(Path folder, int dimension, boolean weighted) {
        try {
            Files.createDirectories(folder);
            return new FileStore(folder, dimension, weighted, () -> {});
        } catch (IOException e) {
            throw WriteException.of(folder.toString(), e);
        }
    }

    /**
     * The rows that stay in a folder.
     *
     * @param columns d names
     * @throws IOException if the files are not there or not of n rows
     */
    static FileRows keptRows(Path folder, long count, List<String> columns, boolean weighted) throws IOException {
        return new FileRows(
                NpyFile.existing(folder.resolve(VALUES), count, columns.size()),
                weighted ? NpyFile.existing(folder.resolve(WEIGHTS), count, 1) : null,
                columns);
    }

    /** Waits until the disk has the rows that stay in a folder. */
    static void force(Path folder, boolean weighted) throws IOException {
        NpyFile.force(folder.resolve(VALUES));
        if (weighted) {
            NpyFile.force(folder.resolve(WEIGHTS));
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
        afterwards.run();
    }
}
