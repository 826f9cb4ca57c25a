package org.mixtura.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.mixtura.data.Rows;

/** Small data for tests: the files of the examples folder, and seeded clusters. */
public final class Examples {
    private Examples() {}

    /** The first columns of an example file. */
    public static double[][] values(String name, int columns) {
        try {
            List<String> lines = Files.readAllLines(Path.of("../examples/" + name + ".csv"));
            return lines.stream()
                    .skip(1)
                    .map(line -> Arrays.stream(line.split(","))
                            .limit(columns)
                            .mapToDouble(Double::parseDouble)
                            .toArray())
                    .toArray(double[][]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Rows faithful() {
        return Rows.of(values("faithful", 2));
    }

    public static Rows iris() {
        return Rows.of(values("iris", 4));
    }

    /** Rows of K spherical clusters of unit variance around random centres in a box of the given half-width. */
    public static double[][] clusters(long seed, int n, int d, int k, double halfWidth) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] centres = new double[k][d];
        for (double[] centre : centres) {
            for (int j = 0; j < d; j++) {
                centre[j] = halfWidth * (2 * random.nextDouble() - 1);
            }
        }
        double[][] rows = new double[n][d];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                rows[i][j] = centres[i % k][j] + random.nextGaussian();
            }
        }
        return rows;
    }
}
