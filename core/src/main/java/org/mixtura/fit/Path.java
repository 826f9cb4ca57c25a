package org.mixtura.fit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.RowSummary;
import org.mixtura.mixture.GaussianMixture;

/**
 * Mixtures of one covariance structure for many numbers of components, each found from its neighbours. On the way up a mixture
 * starts from the one before with the components split that gain most ({@link Splits}); on the way down from the one behind with
 * the components merged that cost least; the higher climb is kept. What one climb has found is thus not searched for again, and
 * the two ways seldom fail at the same place. The walk, its starts and what stages offer each other are read together, which makes
 * this file long.
 */
final class Path {
    /** How many components are split one at a time, each for a start of its own. */
    private static final int SPLITS_TRIED = 3;
    /** How many starts go on from their first pass, and for how many iterations before the best is chosen. */
    private static final int STARTS_KEPT = 2;

    private static final int FIRST_ITERATIONS = 2;
    /** How far behind, in nats per row, a path is beyond hope. */
    private static final double FAR = 0.25;
    /** How many times the statistical tolerance of a sample a walk leaves to gain; the best stages climb on when they are mended. */
    private static final double COARSE = 4;

    private static final Tolerance NEVER = Tolerance.lastGain(0);

    private final List<Stage> stages;
    private final Ground ground;
    private final Rows rows;
    private final RowSummary summary;
    private final ToDoubleFunction<Stage> criterion;
    private final Work work;

    /**
     * @param stages in the order of their numbers of components
     * @param criterion what a stage is worth, lower is better
     */
    Path(List<Stage> stages, Ground ground, RowSummary summary, ToDoubleFunction<Stage> criterion, Work work) {
        this.criterion = criterion;
        this.stages = stages;
        this.ground = ground;
        this.rows = ground.rows();
        this.summary = summary;
        this.work = work;
    }

    List<Stage> stages() {
        return stages;
    }

    /** The same path with other work. */
    Path with(Work other) {
        return new Path(stages, ground, summary, criterion, other);
    }

    /**
     * Walks up and down.
     *
     * @param everything all rows, for starts that a sample has none of
     * @param lead a path of another structure, already walked, whose division of the rows is one more start for each stage
     */
    void walk(Rows everything, @Nullable Path lead) {
        int last = stages.size() - 1;
        for (int i = 0; i <= last; i++) {
            Stage stage = stages.get(i);
            List<GaussianMixture> starts = new ArrayList<>();
            if (lead != null) {
                lead.stage(stage.components())
                        .flatMap(leading -> shared(leading, stage))
                        .ifPresent(starts::add);
            }
            Ascent.Climb<GaussianMixture> before =
                    i == 0 ? null : stages.get(i - 1).climb();
            if (before != null && (starts.isEmpty() || !farBehind(lead, i - 1))) {
                starts.addAll(splits(stages.get(i - 1), before, stage));
            }
            if (i == 0 || starts.isEmpty()) {
                raced(stage, everything).ifPresent(starts::add);
            }
            climb(stage, starts);
            if (stage.cancelled()) {
                return;
            }
        }
        if (lead != null && !ground.whole() && best() > lead.best() + 2 * FAR * summary.totalWeight()) {
            return;
        }
        if (last > 0) {
            raced(stages.get(last), everything).ifPresent(start -> offer(stages.get(last), start));
        }
        for (int i = last - 1; i >= 0 && !stages.get(i + 1).cancelled(); i--) {
            mergeInto(i);
        }
    }

    /** Whether a stage is so far behind the lead's, over a sample, that the lead's start will do for the next. */
    private boolean farBehind(@Nullable Path lead, int number) {
        if (lead == null || ground.whole()) {
            return false;
        }
        Stage stage = stages.get(number);
        double far = criterion.applyAsDouble(stage) - 2 * FAR * summary.totalWeight();
        return lead.stage(stage.components())
                .filter(leading -> far > criterion.applyAsDouble(leading))
                .isPresent();
    }

    private Optional<Stage> stage(int components) {
        return stages.stream().filter(stage -> stage.components() == components).findFirst();
    }

    private double best() {
        return stages.stream().mapToDouble(criterion).min().orElse(Double.POSITIVE_INFINITY);
    }

    /**
     * Looks further at one stage: mends what was found there by splits and merges, and where the rows are few also the winner of a
     * race of its own. The stages beside it are offered what follows from anything better.
     */
    void mend(int number) {
        Stage stage = stages.get(number);
        Ascent.Climb<GaussianMixture> before = stage.climb();
        if (before == null || stage.mended()) {
            return;
        }
        mend(stage, before);
        if (ground.whole() && stage.components() > 1) {
            raced(stage, rows).ifPresent(start -> mend(stage, plain(stage, work).start(start, stage.watcher())));
        }
        Ascent.Climb<GaussianMixture> after = stage.climb();
        stage.setMended();
        if (after == null || after.objective() < before.objective() + 1e-3) {
            return;
        }
        if (number > 0) {
            mergeInto(number - 1);
        }
        if (number + 1 < stages.size()) {
            Stage next = stages.get(number + 1);
            splits(stage, after, next).forEach(start -> offer(next, start));
        }
    }

    private void mend(Stage stage, Ascent.Climb<GaussianMixture> from) {
        SearchSettings settings = stage.em().settings();
        Ascent.Climb<GaussianMixture> end =
                squared(stage).climb(from, Task.SEARCHED, settings.maxIterations, stage.watcher());
        if (end.reason() == StopReason.CONVERGED) {
            end = new SplitMerge<>(
                            stage.algorithm(), rows, summary, work, settings.search.attempts(), stage.parameters())
                    .improve(end, Task.SEARCHED, stage.watcher());
        }
        stage.take(end);
    }

    /** What a climb on the ground leaves to gain: where that is a sample, a share of the sample's own error. */
    private Tolerance tolerance(Stage stage) {
        double least = Task.SEARCHED.value();
        return ground.whole()
                ? Task.SEARCHED
                : Tolerance.statistical(stage.parameters(), ground.size(), least)
                        .times(COARSE);
    }

    private Ascent<GaussianMixture> squared(Stage stage) {
        return new Ascent<>(stage.algorithm(), rows, work, Ascent.Steps.SQUARED);
    }

    /** The stage's mixture for the rows as another structure has divided them. */
    private static Optional<GaussianMixture> shared(Stage lead, Stage stage) {
        if (lead.climb() == null) {
            return Optional.empty();
        }
        Moments moments = lead.climb().moments();
        Moments.Scatter wanted = stage.algorithm().scatter();
        if (moments.scatter() != wanted && wanted == Moments.Scatter.FULL) {
            return Optional.empty();
        }
        try {
            return Optional.of(stage.algorithm().first(Partition.of(moments).moments(wanted)));
        } catch (CollapseException e) {
            return Optional.empty();
        }
    }

    /** Starts that come from the stage before: one for each of the best splits, or where many are needed one with all of them. */
    private List<GaussianMixture> splits(Stage before, Ascent.Climb<GaussianMixture> found, Stage stage) {
        List<GaussianMixture> starts = new ArrayList<>();
        Ascent.Climb<GaussianMixture> from = found;
        MaximumLikelihood algorithm = before.algorithm();
        try {
            while (true) {
                Partition partition = Partition.of(from.moments());
                int missing = stage.components() - partition.size();
                List<Splits.Split> splits = new Splits(rows, summary, algorithm.scatter(), partition.size(), work)
                        .of(algorithm.forms(from.parameters()), partition, 0).stream()
                                .filter(split -> !split.halves().isEmpty())
                                .sorted(Comparator.comparingDouble(split -> -split.gain()))
                                .toList();
                if (splits.isEmpty()) {
                    return starts;
                }
                if (missing == 1) {
                    for (Splits.Split split : splits.subList(0, Math.min(SPLITS_TRIED, splits.size()))) {
                        starts.add(stage.algorithm()
                                .first(partition
                                        .replaced(split.component(), split.halves())
                                        .moments()));
                    }
                    return starts;
                }
                for (Splits.Split split : splits.subList(0, Math.min(missing, splits.size()))) {
                    partition = partition.replaced(split.component(), split.halves());
                }
                algorithm = stage.algorithm();
                GaussianMixture start = algorithm.first(partition.moments());
                if (partition.size() == stage.components()) {
                    starts.add(start);
                    return starts;
                }
                Ascent<GaussianMixture> ascent = new Ascent<>(algorithm, rows, work, Ascent.Steps.PLAIN);
                from = ascent.climb(ascent.start(start, stage.watcher()), NEVER, FIRST_ITERATIONS, stage.watcher());
            }
        } catch (CollapseException e) {
            return starts;
        }
    }

    /** The winner of a race of starts. */
    private Optional<GaussianMixture> raced(Stage stage, Rows everything) {
        SearchSettings settings = stage.em().settings();
        Starts<GaussianMixture> first = new Starts<>(
                settings.initialization,
                summary,
                stage.components(),
                stage.algorithm().scatter(),
                start -> stage.em().first(stage.algorithm(), start),
                new Hierarchy(),
                settings.seed);
        int runs = stage.components() == 1 ? 1 : settings.runs();
        try {
            List<Race.Racer<GaussianMixture>> places = new Race<>(
                            stage.algorithm(),
                            first,
                            ground,
                            settings.maxIterations,
                            work.inOwnOrder(),
                            run -> stage.watcher())
                    .run(runs, everything);
            return Optional.of(places.get(0).climb().parameters());
        } catch (IllegalArgumentException e) {
            stage.failed(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** A climb from the start that promises most. */
    private void climb(Stage stage, List<GaussianMixture> starts) {
        if (starts.isEmpty()) {
            return;
        }
        List<Integer> numbers = IntStream.range(0, starts.size()).boxed().toList();
        List<Ascent.Climb<GaussianMixture>> climbs = work.each(
                numbers, rows, stage.components(), (i, own) -> plain(stage, own).start(starts.get(i), stage.watcher()));
        if (climbs.size() > 1) {
            List<Ascent.Climb<GaussianMixture>> kept = best(climbs).subList(0, Math.min(STARTS_KEPT, climbs.size()));
            climbs = best(work.each(
                    kept,
                    rows,
                    stage.components(),
                    (climb, own) -> plain(stage, own).climb(climb, NEVER, FIRST_ITERATIONS, stage.watcher())));
        }
        for (Ascent.Climb<GaussianMixture> foot : climbs) {
            stage.take(
                    squared(stage).climb(foot, tolerance(stage), stage.em().settings().maxIterations, stage.watcher()));
            if (foot.reason() != StopReason.COLLAPSED) {
                return;
            }
        }
    }

    private Ascent<GaussianMixture> plain(Stage stage, Work own) {
        return new Ascent<>(stage.algorithm(), rows, own, Ascent.Steps.PLAIN);
    }

    private static List<Ascent.Climb<GaussianMixture>> best(List<Ascent.Climb<GaussianMixture>> climbs) {
        return climbs.stream()
                .sorted((a, b) -> a.betterThan(b) ? -1 : b.betterThan(a) ? 1 : 0)
                .toList();
    }

    /** Offers a stage what follows from the one behind it. */
    private void mergeInto(int number) {
        Stage stage = stages.get(number);
        Ascent.Climb<GaussianMixture> behind = stages.get(number + 1).climb();
        if (behind != null && stage.components() > 1) {
            try {
                offer(
                        stage,
                        stage.algorithm()
                                .first(Partition.of(behind.moments())
                                        .mergedTo(stage.components(), summary)
                                        .moments()));
            } catch (CollapseException e) {
                // There is nothing to offer.
                return;
            }
        }
    }

    private void offer(Stage stage, GaussianMixture start) {
        double height =
                stage.climb() == null ? Double.NEGATIVE_INFINITY : stage.climb().objective();
        stage.take(new Trial<>(stage.algorithm(), rows, work).climb(start, height, tolerance(stage), stage.watcher()));
    }
}
