package org.mixtura.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.mixtura.data.Rows;
import org.mixtura.fit.Criterion;
import org.mixtura.fit.Em;
import org.mixtura.fit.Fit;
import org.mixtura.fit.Regularization;
import org.mixtura.fit.Search;
import org.mixtura.fit.Selection;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.GaussianMixture;

/**
 * The table of fourteen structures × 1 to 9 components of one table, without regularisation, on one thread: {@code StructureTimes
 * FILE.csv STARTS ROUNDS}, with STARTS 0 for plain climbs from one start. A line for each round, in seconds of processor time, and
 * the seconds that each structure took in the last one.
 */
final class StructureTimes {
    private static final int MOST_COMPONENTS = 9;

    private StructureTimes() {}

    public static void main(String[] arguments) throws IOException {
        Rows rows = read(Path.of(arguments[0]));
        int starts = Integer.parseInt(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        List<Em> candidates = new ArrayList<>();
        for (CovarianceStructure structure : CovarianceStructure.values()) {
            for (int k = 1; k <= MOST_COMPONENTS; k++) {
                candidates.add(em(structure, k, starts));
            }
        }
        for (int round = 1; round <= rounds; round++) {
            double began = processorSeconds();
            Selection<GaussianMixture> choice = Selection.of(candidates, Criterion.BIC, rows);
            double seconds = processorSeconds() - began;
            System.out.printf(
                    Locale.ROOT,
                    "round %d: %.3f s, %d iterations of the climbs kept, chosen %s,%d%n",
                    round,
                    seconds,
                    choice.table().stream()
                            .flatMap(candidate -> candidate.fit().stream())
                            .mapToInt(Fit::iterations)
                            .sum(),
                    choice.winner().structure().identifier(),
                    choice.winner().components());
            if (round == rounds) {
                Map<String, Double> parts = choice.table().stream()
                        .collect(Collectors.groupingBy(
                                candidate -> candidate.structure().identifier(),
                                LinkedHashMap::new,
                                Collectors.summingDouble(candidate ->
                                        candidate.fit().map(Fit::seconds).orElse(0.0))));
                System.out.println(parts.entrySet().stream()
                        .map(part -> String.format(Locale.ROOT, "%s %.3f", part.getKey(), part.getValue()))
                        .collect(Collectors.joining(", ")));
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
