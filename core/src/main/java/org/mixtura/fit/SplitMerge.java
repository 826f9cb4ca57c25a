package org.mixtura.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.RowSummary;

/**
 * Leads a climb out of a local maximum: where two components share one cluster and another covers two, it merges the two and
 * splits the third, climbs, and keeps the result if the objective has risen.
 *
 * <p>A merge of a and b costs at most ½ (N_ab ln det Σ_ab − N_a ln det Σ_a − N_b ln det Σ_b) nats (Runnalls 2007, <a
 * href="https://doi.org/10.1109/TAES.2007.4383588">doi:10.1109/TAES.2007.4383588</a>), a split gains at least what {@link
 * Splits} finds; the pairs of a split and a merge that promise most are tried. (Ueda, Nakano, Ghahramani &amp; Hinton 2000, <a
 * href="https://doi.org/10.1162/089976600300015088">doi:10.1162/089976600300015088</a>, with other predictions.)
 *
 * @param <P> the parameters
 */
final class SplitMerge<P> {
    private final Algorithm<P> algorithm;
    private final Rows rows;
    private final RowSummary summary;
    private final Work work;
    private final int attempts;
    private final double leastGain;

    /**
     * @param rows the rows to climb over
     * @param attempts how many pairs to try before giving up
     * @param parameters p
     */
    SplitMerge(Algorithm<P> algorithm, Rows rows, RowSummary summary, Work work, int attempts, long parameters) {
        this.algorithm = algorithm;
        this.rows = rows;
        this.summary = summary;
        this.work = work;
        this.attempts = attempts;
        this.leastGain = 0.1 * parameters / rows.count();
    }

    /** A pair of components merged and another one split, with what that promises in nats. */
    private record Attempt(int first, int second, Splits.Split split, double promise) {}

    /**
     * Goes on from the end of a climb while that raises the objective.
     *
     * @param climb a climb that has converged
     * @param tolerance when climbs have come far enough
     * @return the climb, or one that goes on from it by the objectives of what was accepted
     */
    Ascent.Climb<P> improve(Ascent.Climb<P> climb, Tolerance tolerance, Ascent.Watcher watcher) {
        Ascent.Climb<P> best = climb;
        int components = climb.moments().components() - algorithm.fixed();
        for (int round = 0; components > 2 && round < components; round++) {
            Ascent.Climb<P> better = round(best, tolerance, watcher);
            boolean mended = better.iterations() > best.iterations();
            best = better;
            if (!mended || best.reason() == StopReason.CANCELLED) {
                return best;
            }
        }
        return best;
    }

    private Ascent.Climb<P> round(Ascent.Climb<P> base, Tolerance tolerance, Ascent.Watcher watcher) {
        int components = base.moments().components();
        double threshold = base.objective() + leastGain / components;
        Trial<P> trials = new Trial<>(algorithm, rows, work);
        Ascent.Watcher here = (iteration, objective) -> watcher.watch(base.iterations(), objective);
        for (Attempt attempt : attempts(base)) {
            Ascent.Climb<P> trial;
            try {
                P start = algorithm.update(moments(base, attempt), base.parameters());
                trial = trials.climb(start, base.objective(), tolerance, here);
            } catch (CollapseException e) {
                continue;
            }
            if (trial.reason() == StopReason.CANCELLED) {
                return new Ascent.Climb<>(
                        base.parameters(), base.moments(), base.history(), trial.reason(), "", base.leftToGain());
            }
            if (trial.reason() != StopReason.COLLAPSED && trial.objective() > threshold) {
                double[] history = Arrays.copyOf(base.history(), base.history().length + 1);
                history[history.length - 1] = trial.objective();
                watcher.watch(history.length - 1, trial.objective());
                return new Ascent.Climb<>(
                        trial.parameters(), trial.moments(), history, trial.reason(), "", trial.leftToGain());
            }
        }
        return base;
    }

    private Moments moments(Ascent.Climb<?> base, Attempt attempt) {
        return Partition.of(base.moments())
                .replaced(attempt.split.component(), attempt.split.halves())
                .merged(
                        attempt.first,
                        attempt.second,
                        (one, other) -> algorithm.absorbed(one, other).orElseGet(() -> one.and(other)))
                .moments();
    }

    /** What it costs to merge each pair; nothing where one dissolves, of which the bound says nothing: that is tried first. */
    private double[][] costs(Partition partition) {
        double[][] costs = partition.mergeCosts(summary);
        for (int a = algorithm.fixed(); a < partition.size(); a++) {
            for (int b = a + 1; b < partition.size(); b++) {
                if (algorithm.absorbed(partition.share(a), partition.share(b)).isPresent()) {
                    costs[a][b] = 0;
                }
            }
        }
        return costs;
    }

    /** The pairs that promise most, the best first. */
    private List<Attempt> attempts(Ascent.Climb<P> base) {
        Partition partition = Partition.of(base.moments());
        int components = partition.size();
        int fixed = algorithm.fixed();
        List<Splits.Split> splits = new Splits(rows, summary, algorithm.scatter(), components, work)
                .of(algorithm.forms(base.parameters()), partition, fixed);
        double[][] costs = costs(partition);
        List<Attempt> all = new ArrayList<>();
        for (Splits.Split split : splits) {
            if (split.halves().isEmpty()) {
                continue;
            }
            for (int a = fixed; a < components; a++) {
                for (int b = a + 1; b < components; b++) {
                    if (a != split.component() && b != split.component() && !Double.isNaN(costs[a][b])) {
                        all.add(new Attempt(a, b, split, split.gain() - costs[a][b]));
                    }
                }
            }
        }
        return all.stream()
                .sorted(Comparator.comparingDouble(attempt -> -attempt.promise))
                .limit(attempts)
                .toList();
    }
}
