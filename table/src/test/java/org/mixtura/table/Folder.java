package org.mixtura.table;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.zip.GZIPOutputStream;
import org.duckdb.DuckDBDriver;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;

/** A folder for a test's files, and naive ways to make and look at them. */
final class Folder {
    private final Path path;

    Folder(Path path) {
        this.path = path;
    }

    Path path(String name) {
        return path.resolve(name);
    }

    /** Writes a file of text, packed if its name ends in .gz. */
    Path write(String name, String text) {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    Path write(String name, byte[] bytes) {
        Path file = path(name);
        try {
            Files.createDirectories(file.getParent());
            try (OutputStream stream = Files.newOutputStream(file);
                    OutputStream packed = name.endsWith(".gz") ? new GZIPOutputStream(stream) : stream) {
                packed.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    String read(String name) {
        try {
            return Files.readString(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of the files in the folder, in order. */
    List<String> names() {
        try (var files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one thing in a folder. */
    static Path only(Path folder) {
        String[] names = folder.toFile().list();
        if (names == null || names.length != 1) {
            throw new AssertionError("expected one thing in " + folder + ": " + Arrays.toString(names));
        }
        return folder.resolve(names[0]);
    }

    /** Writes the result of a query as Parquet. */
    Path parquet(String name, String query) {
        Path file = path(name);
        sql("COPY (" + query + ") TO '" + file + "' (FORMAT parquet)");
        return file;
    }

    /** Runs statements in a DuckDB of their own and gives the rows of the last, cells joined by bars. */
    static List<String> sql(String... statements) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                rows.clear();
                if (statement.execute(sql)) {
                    var result = statement.getResultSet();
                    while (result.next()) {
                        List<String> cells = new ArrayList<>();
                        for (int j = 1; j <= result.getMetaData().getColumnCount(); j++) {
                            cells.add(String.valueOf(result.getString(j)));
                        }
                        rows.add(String.join("|", cells));
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    /** All values, row by row. */
    static double[][] values(Rows rows) {
        double[][] values = new double[(int) rows.count()][rows.dimension()];
        try (Rows.Reader reader = rows.reader()) {
            for (int i = 0; i < values.length; i++) {
                Block block = reader.read(i, 1);
                for (int j = 0; j < values[i].length; j++) {
                    values[i][j] = block.get(0, j);
                }
            }
        }
        return values;
    }

    /** The weights of all rows. */
    static double[] weights(Rows rows) {
        double[] weights = new double[(int) rows.count()];
        try (Rows.Reader reader = rows.reader()) {
            Block block = reader.read(0, weights.length);
            for (int i = 0; i < weights.length; i++) {
                weights[i] = block.weight(i);
            }
        }
        return weights;
    }
}
