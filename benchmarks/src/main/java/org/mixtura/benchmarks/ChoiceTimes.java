package org.mixtura.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.mixtura.data.Rows;
import org.mixtura.fit.Criterion;
import org.mixtura.fit.Em;
import org.mixtura.fit.Fit;
import org.mixtura.fit.Selection;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.GaussianMixture;

/**
 * The choice among 1 … MOST components and several structures, beside fits of each candidate by itself, or of the winner only:
 * {@code ChoiceTimes DATA MOST STRUCTURES SEEDS THREADS WARM all|winner}, with DATA the path of a .npy file without its ending,
 * STRUCTURES their labels separated by commas, and WARM choices before the ones that count. A line for each candidate tells the
 * criterion per row of both, its basis and the difference of the log-likelihoods per row; another the times.
 */
final class ChoiceTimes {
    private ChoiceTimes() {}

    public static void main(String[] arguments) throws IOException {
        Rows rows = NpyRows.read(Path.of(arguments[0] + ".npy"));
        boolean all = arguments[6].equals("all");
        List<CovarianceStructure> structures = Arrays.stream(arguments[2].split(",", -1))
                .map(CovarianceStructure::of)
                .toList();
        int most = Integer.parseInt(arguments[1]);
        int threads = Integer.parseInt(arguments[4]);
        for (int i = 0; i < Integer.parseInt(arguments[5]); i++) {
            Selection<GaussianMixture> warm =
                    Selection.of(candidates(most, structures, threads, 1000 + i), Criterion.BIC, rows);
            estimator(warm.winner()).seed(1000 + i).threads(threads).fit(rows);
        }
        for (int seed = 0; seed < Integer.parseInt(arguments[3]); seed++) {
            List<Em> candidates = candidates(most, structures, threads, seed);
            double cpu = processorSeconds();
            long began = System.nanoTime();
            Selection<GaussianMixture> choice = Selection.of(candidates, Criterion.BIC, rows);
            double wall = (System.nanoTime() - began) / 1e9;
            cpu = processorSeconds() - cpu;
            double alone = processorSeconds();
            Fit<GaussianMixture> winner =
                    estimator(choice.winner()).seed(seed).threads(threads).fit(rows);
            alone = processorSeconds() - alone;
            double separate = processorSeconds();
            for (int i = 0; all && i < candidates.size(); i++) {
                Fit<GaussianMixture> fit = candidates.get(i).fit(rows);
                compare(choice, choice.table().get(i), fit);
            }
            separate = processorSeconds() - separate;
            System.out.printf(
                    Locale.ROOT,
                    "seed %d: %d %s; BIC per row %.5f, alone %.5f; choice %.3f s of processor (%.3f s), %.1f passes; winner alone"
                            + " %.3f s, %.1f passes; ratio %.2f%s%n",
                    seed,
                    choice.winner().components(),
                    choice.winner().structure().label(),
                    choice.winner().value() / rows.count(),
                    winner.bic() / rows.count(),
                    cpu,
                    wall,
                    choice.passes(),
                    alone,
                    winner.passes(),
                    cpu / alone,
                    all ? String.format(Locale.ROOT, "; each by itself %.3f s", separate) : "");
        }
    }

    private static void compare(
            Selection<GaussianMixture> choice,
            Selection.Candidate<GaussianMixture> candidate,
            Fit<GaussianMixture> fit) {
        double n = fit.totalWeight();
        System.out.printf(
                Locale.ROOT,
                "%3d %-15s %-8s BIC per row %10.5f, by itself %10.5f; log-likelihood higher by %9.5f%s%n",
                candidate.components(),
                candidate.structure().label(),
                candidate.basis(),
                candidate.value() / n,
                fit.bic() / n,
                (candidate.logLikelihood() - fit.logLikelihood()) / n,
                candidate == choice.winner() ? " <-" : "");
    }

    private static Em estimator(Selection.Candidate<GaussianMixture> candidate) {
        return Em.components(candidate.components()).covariance(candidate.structure());
    }

    private static List<Em> candidates(int most, List<CovarianceStructure> structures, int threads, long seed) {
        List<Em> candidates = new ArrayList<>();
        for (CovarianceStructure structure : structures) {
            for (int k = 1; k <= most; k++) {
                candidates.add(
                        Em.components(k).covariance(structure).threads(threads).seed(seed));
            }
        }
        return candidates;
    }

    private static double processorSeconds() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1e9;
    }
}
