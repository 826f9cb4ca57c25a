package org.mixtura.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.mixtura.data.Rows;
import org.mixtura.fit.Em;
import org.mixtura.fit.Fit;
import org.mixtura.fit.Regularization;
import org.mixtura.fit.Search;
import org.mixtura.mixture.GaussianMixture;

/**
 * Fits of one table from many seeds, a JSON line each: {@code SearchTimes DATA K SEEDS SEARCH STARTS THREADS WARM
 * REG_COVAR}, with DATA the path of a .npy file without its ending, STARTS 0 for the search's own number, WARM fits before the ones
 * that count, and REG_COVAR what is added to variances, 0 for the default penalty. Of the last climb, the one over all rows, each line tells when it was where: seconds since the fit began, and the log-likelihood per
 * row, taken as the objective and the penalty at the end.
 */
final class SearchTimes {
    private SearchTimes() {}

    public static void main(String[] arguments) throws IOException {
        String data = arguments[0];
        Em em = Em.components(Integer.parseInt(arguments[1]))
                .search(Search.valueOf(arguments[3]))
                .threads(Integer.parseInt(arguments[5]));
        int starts = Integer.parseInt(arguments[4]);
        em = starts > 0 ? em.restarts(starts) : em;
        double ridge = Double.parseDouble(arguments[7]);
        em = ridge > 0 ? em.regularization(Regularization.absolute(ridge)) : em;
        Rows rows = NpyRows.read(Path.of(data + ".npy"));
        Path testFile = Path.of(data + ".test.npy");
        Rows test = Files.exists(testFile) ? NpyRows.read(testFile) : null;
        for (int i = 0; i < Integer.parseInt(arguments[6]); i++) {
            em.seed(1000 + i).fit(rows);
        }
        for (int seed = 0; seed < Integer.parseInt(arguments[2]); seed++) {
            List<Long> steps = Collections.synchronizedList(new ArrayList<>());
            double cpu = processorSeconds();
            long began = System.nanoTime();
            Fit<GaussianMixture> fit =
                    em.seed(seed).observer(step -> steps.add(System.nanoTime())).fit(rows);
            cpu = processorSeconds() - cpu;
            String held = test == null ? "null" : Double.toString(fit.model().logLikelihood(test) / test.count());
            System.out.printf(
                    Locale.ROOT,
                    "{\"seed\": %d, \"log_likelihood\": %s, \"objective\": %s, \"test\": %s, \"passes\": %.2f, \"cpu\": %.4f,"
                            + " \"wall\": %.4f, \"climb\": %s}%n",
                    seed,
                    fit.meanLogLikelihood(),
                    fit.objective(),
                    held,
                    fit.passes(),
                    cpu,
                    fit.seconds(),
                    climb(fit, steps, began));
        }
    }

    /** The observer was told of every state of the last climb, last of all. */
    private static List<List<Double>> climb(Fit<?> fit, List<Long> steps, long began) {
        double[] history = fit.history();
        double penalty = fit.meanLogLikelihood() - fit.objective();
        List<List<Double>> climb = new ArrayList<>();
        for (int i = 0; i < history.length; i++) {
            long at = steps.get(steps.size() - history.length + i);
            climb.add(List.of((at - began) / 1e9, history[i] + penalty));
        }
        return climb;
    }

    private static double processorSeconds() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1e9;
    }
}
