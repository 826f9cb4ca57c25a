package org.mixtura.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import org.mixtura.mixture.GaussianMixture;

/**
 * Makes a few iterations of EM; whoever starts it limits the heap, and sees from the line that it prints that the heap was
 * enough.
 */
final class MemoryUse {
    private MemoryUse() {}

    /**
     * Prints one line of JSON.
     *
     * @param arguments the workload's folder, the number of components, the number of threads, how many rows at most
     */
    public static void main(String[] arguments) throws IOException {
        Workload workload = new Workload(Path.of(arguments[0]), Integer.parseInt(arguments[3]));
        GaussianMixture start = workload.start(Integer.parseInt(arguments[1]));
        GaussianMixture model = workload.fit(start, workload.rows(), 3, Integer.parseInt(arguments[2]))
                .model();
        System.out.printf("{\"components\": %d, \"data\": %d}%n", model.size(), 8L * workload.values().length);
    }
}
