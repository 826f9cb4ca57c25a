package org.mixtura.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/** Makes files of numbers. */
final class Data {
    private Data() {}

    /** Writes a file with a header and rows. */
    static Path write(Path file, String header, int rows, IntFunction<double[]> row) {
        List<String> lines = new ArrayList<>(List.of(header));
        for (int i = 0; i < rows; i++) {
            StringBuilder line = new StringBuilder();
            for (double value : row.apply(i)) {
                line.append(line.length() > 0 ? "," : "").append(value);
            }
            lines.add(line.toString());
        }
        return write(file, String.join("\n", lines) + "\n");
    }

    /** Writes a file with some text. */
    static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Two round clusters, six standard deviations apart in the first of some columns, a row at a time. */
    static IntFunction<double[]> clusters(int columns) {
        SplittableRandom random = new SplittableRandom(11);
        return i -> {
            double[] row = new double[columns];
            for (int j = 0; j < columns; j++) {
                row[j] = random.nextGaussian() + (j == 0 && i % 2 == 1 ? 6 : 0);
            }
            return row;
        };
    }

    /** Four clusters that overlap, in three columns and a weight from 0 to 2, a row at a time. */
    static IntFunction<double[]> overlapping() {
        SplittableRandom random = new SplittableRandom(12);
        return i -> {
            int cluster = random.nextInt(4);
            double x = random.nextGaussian();
            return new double[] {
                x + cluster, 100 + random.nextGaussian() - 0.5 * x + cluster % 2 * 2, random.nextGaussian() * 5, i % 3
            };
        };
    }

    /** The names of some columns: c0,c1,…. */
    static String header(int columns) {
        StringBuilder header = new StringBuilder("c0");
        for (int j = 1; j < columns; j++) {
            header.append(",c").append(j);
        }
        return header.toString();
    }
}
