package org.mixtura.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.mixtura.data.Rows;
import org.mixtura.fit.Em;
import org.mixtura.fit.Fit;
import org.mixtura.fit.Regularization;
import org.mixtura.fit.Search;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.GaussianMixture;

/**
 * The table of fourteen structures × 1 to 9 components of one table, without regularisation, on one thread: {@code StructureTimes
 * FILE.csv STARTS ROUNDS}, with STARTS 0 for plain climbs from one start. A line for each round, in seconds of processor time, and
 * what the last round's parts took.
 */
final class StructureTimes {
    private static final int MOST_COMPONENTS = 9;

    private StructureTimes() {}

    public static void main(String[] arguments) throws IOException {
        Rows rows = read(Path.of(arguments[0]));
        int starts = Integer.parseInt(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        for (int round = 1; round <= rounds; round++) {
            double[] seconds = new double[CovarianceStructure.values().length];
            int iterations = 0;
            int at = 0;
            TreeMap<Double, String> choice = new TreeMap<>();
            for (CovarianceStructure structure : CovarianceStructure.values()) {
                double began = processorSeconds();
                for (int k = 1; k <= MOST_COMPONENTS; k++) {
                    Fit<GaussianMixture> fit = em(structure, k, starts).fit(rows);
                    iterations += fit.iterations();
                    choice.put(fit.bic(), structure.identifier() + "," + k);
                }
                seconds[at] = processorSeconds() - began;
                at++;
            }
            System.out.printf(
                    Locale.ROOT,
                    "round %d: %.3f s, %d iterations of the climbs kept, chosen %s%n",
                    round,
                    Arrays.stream(seconds).sum(),
                    iterations,
                    choice.firstEntry().getValue());
            if (round == rounds) {
                List<String> parts = new ArrayList<>();
                IntStream.range(0, seconds.length)
                        .forEach(i -> parts.add(String.format(
                                Locale.ROOT,
                                "%s %.3f",
                                List.of(CovarianceStructure.values()).get(i).identifier(),
                                seconds[i])));
                System.out.println(String.join(", ", parts));
            }
        }
    }

    private static Em em(CovarianceStructure structure, int components, int starts) {
        Em em = Em.components(components)
                .covariance(structure)
                .regularization(Regularization.none())
                .threads(1);
        return starts > 0 ? em.restarts(starts) : em.search(Search.NONE);
    }

    private static Rows read(Path file) throws IOException {
        return Rows.of(Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> Arrays.stream(line.split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new));
    }

    private static double processorSeconds() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1e9;
    }
}
