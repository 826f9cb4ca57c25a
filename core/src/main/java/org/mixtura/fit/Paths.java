package org.mixtura.fit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.RowSummary;
import org.mixtura.kernel.Seeding;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.GaussianMixture;

/**
 * Candidates of many numbers of components and structures, in about the time of fitting the best of them: a {@link Path} for each
 * structure over a sample, the few best mended by splits and merges, then only the winner and those beside it climb over all
 * rows. The first path leads: its responsibilities give the paths of the other structures one more start at each stage.
 *
 * <p>What the others would come to over all rows is estimated from two samples of n₀ rows, of which the mixture was fitted to one
 * only. It flatters itself there by about p / 2n₀ nats per row and is too low by as much on the other, so the mean of the two is
 * about right however many parameters it has. What all samples of these rows have in common is taken out by comparison with the
 * candidates that have climbed over all rows. The order of the work from first walk to last climb is all here, which makes this
 * file long.
 */
final class Paths {
    /** How many of the best candidates are mended on a sample, and where there are few rows. */
    private static final int MENDED = 3;

    private static final int MENDED_WHOLE = 8;
    private static final int ROUNDS = 2;
    /** How many times the tolerance the candidates beside the best may leave to gain, unless that could make one of them best. */
    private static final double BESIDES = 10;

    private final List<Em> candidates;
    private final Criterion criterion;
    private final Rows rows;
    private final RowSummary summary;
    private final Work work;
    private final Object turn = new Object();

    Paths(List<Em> candidates, Criterion criterion, Rows rows) {
        this.candidates = candidates;
        this.criterion = criterion;
        this.rows = rows;
        SearchSettings settings = candidates.get(0).settings();
        this.summary = settings.summary(rows);
        this.work = Work.of(
                settings.threads,
                new AllRows(rows, settings.journal, settings.observer),
                candidates.stream().mapToLong(em -> em.settings().components).sum());
    }

    /** Whether candidates can share their search: several that differ in number and structure only, and that search. */
    static boolean among(List<Em> candidates) {
        return candidates.size() > 1
                && candidates.stream()
                        .allMatch(em -> em.searchesAlongPaths() && em.differsInShapeOnly(candidates.get(0)))
                && candidates.stream()
                                .map(em -> List.of(em.structure(), em.settings().components))
                                .distinct()
                                .count()
                        == candidates.size();
    }

    /** Where each candidate stands. */
    private static final class Standing {
        private final Path path;
        private final int number;
        private Selection.Candidate<GaussianMixture> candidate;
        private Ascent.@Nullable Climb<GaussianMixture> climb;
        private double passes;
        private double seconds;
        private boolean finished;

        Standing(Path path, int number, Selection.Candidate<GaussianMixture> candidate) {
            this.path = path;
            this.number = number;
            this.candidate = candidate;
        }

        Stage stage() {
            return path.stages().get(number);
        }
    }

    /**
     * Finds all candidates.
     *
     * @return them in the order given
     */
    List<Selection.Candidate<GaussianMixture>> run() {
        int most = candidates.stream()
                .mapToInt(em -> em.settings().components)
                .max()
                .orElseThrow();
        int distinct = Seeding.distinctRows(rows, most);
        Map<Em, Selection.Candidate<GaussianMixture>> failed = new LinkedHashMap<>();
        List<Em> possible = new ArrayList<>();
        for (Em em : candidates) {
            if (em.settings().components <= distinct) {
                possible.add(em);
            } else {
                failed.put(em, failed(em, Task.tooFewRows(em.settings().components, distinct, rows)));
            }
        }
        if (!possible.isEmpty()) {
            Em.requireSpread(rows.columns(), summary, possible.get(0).regularization());
        }
        List<Standing> standings = possible.isEmpty() ? List.of() : standings(possible);
        Map<Em, Selection.Candidate<GaussianMixture>> found = new LinkedHashMap<>(failed);
        standings.forEach(standing -> found.put(standing.stage().em(), standing.candidate));
        return candidates.stream().map(found::get).toList();
    }

    double passes(int components) {
        return work.passes(components);
    }

    private List<Standing> standings(List<Em> possible) {
        long largest = possible.stream()
                .mapToLong(em -> em.freeParameters(rows.dimension()))
                .max()
                .orElseThrow();
        SearchSettings settings = possible.get(0).settings();
        Ground ground = Ground.of(rows, summary, largest, settings.seed);
        List<Path> paths = paths(possible, ground);
        Path lead = paths.get(0);
        lead.walk(rows, null);
        int most = lead.stages().get(lead.stages().size() - 1).components();
        work.each(paths.subList(1, paths.size()), ground.rows(), most, (path, own) -> {
            path.with(own).walk(rows, lead);
            return path;
        });
        List<Standing> standings = new ArrayList<>();
        for (Path path : paths) {
            for (int i = 0; i < path.stages().size(); i++) {
                standings.add(new Standing(path, i, estimate(path.stages().get(i))));
            }
        }
        mend(standings, ground);
        Growth growth = new Growth(settings, rows, ground, work);
        if (ground.whole()) {
            standings.forEach(standing -> polish(standing, growth, 1));
        } else {
            Rows others = Ground.of(rows, summary, largest, settings.seed + 1).rows();
            standings.forEach(standing -> check(standing, others));
            polishBest(standings, growth);
        }
        return standings;
    }

    private List<Path> paths(List<Em> possible, Ground ground) {
        Map<CovarianceStructure, List<Stage>> stages = possible.stream()
                .sorted(Comparator.comparingInt(em -> em.settings().components))
                .map(this::stage)
                .collect(Collectors.groupingBy(
                        stage -> stage.em().structure(), LinkedHashMap::new, Collectors.toList()));
        Comparator<Path> leading = Comparator.comparing(
                path -> path.stages().get(0).algorithm().scatter() == Moments.Scatter.FULL ? 0 : 1);
        return stages.values().stream()
                .map(list ->
                        new Path(list, ground, summary, stage -> estimate(stage).value(), work))
                .sorted(leading.thenComparing(
                        path -> -path.stages().get(path.stages().size() - 1).parameters()))
                .toList();
    }

    private Stage stage(Em em) {
        Ascent.Watcher watcher = (iteration, objective) -> {
            synchronized (turn) {
                return em.settings()
                        .observer
                        .observe(new FitObserver.Step(0, 1, iteration, em.settings().maxIterations, objective));
            }
        };
        return new Stage(em, em.freeParameters(rows.dimension()), em.algorithm(summary, rows.columns()), watcher);
    }

    private Selection.Candidate<GaussianMixture> estimate(Stage stage) {
        Ascent.Climb<GaussianMixture> climb = stage.climb();
        return climb == null
                ? failed(stage.em(), stage.failure())
                : estimate(stage, climb, climb.moments(), climb.moments());
    }

    private Selection.Candidate<GaussianMixture> failed(Em em, String reason) {
        return Selection.Candidate.failed(em, em.freeParameters(rows.dimension()), reason, criterion);
    }

    /** An estimate for all rows from sums over two samples. */
    private Selection.Candidate<GaussianMixture> estimate(
            Stage stage, Ascent.Climb<GaussianMixture> climb, Moments own, Moments other) {
        double times = summary.totalWeight() / (own.totalWeight() + other.totalWeight());
        return Selection.Candidate.estimated(
                stage.em(),
                stage.parameters(),
                climb.reason() != StopReason.COLLAPSED,
                new double[] {
                    (own.logLikelihood() + other.logLikelihood()) * times,
                    (own.assignmentEntropy() + other.assignmentEntropy()) * times,
                    summary.totalWeight()
                },
                criterion);
    }

    /** Mends the few best candidates, and those that come among them by that. */
    private void mend(List<Standing> standings, Ground ground) {
        int most = ground.whole() ? MENDED_WHOLE : MENDED;
        for (int round = 0; round < ROUNDS; round++) {
            List<Standing> best = standings.stream()
                    .sorted(Comparator.comparing(standing -> standing.candidate))
                    .limit(most)
                    .toList();
            for (Standing standing : best) {
                standing.path.mend(standing.number);
            }
            standings.forEach(standing -> standing.candidate = estimate(standing.stage()));
        }
    }

    /** Corrects an estimate by other rows. */
    private void check(Standing standing, Rows others) {
        Stage stage = standing.stage();
        Ascent.Climb<GaussianMixture> climb = stage.climb();
        if (climb == null) {
            return;
        }
        Moments other = work.moments(others, stage.algorithm().forms(climb.parameters()), Moments.Scatter.DIAGONAL);
        standing.candidate = estimate(stage, climb, climb.moments(), other);
    }

    /**
     * Climbs over all rows.
     *
     * @param factor how many times the tolerance to leave to gain; 1 finishes the candidate
     */
    private void polish(Standing standing, Growth growth, double factor) {
        Stage stage = standing.stage();
        Ascent.Climb<GaussianMixture> found = stage.climb();
        standing.finished |= factor == 1;
        if (found == null) {
            return;
        }
        long start = System.nanoTime();
        double before = work.passes(stage.components());
        Tolerance tolerance = growth.tolerance(stage.parameters()).times(factor);
        Ascent.Climb<GaussianMixture> climb = standing.climb == null
                ? growth.climb(stage.algorithm(), found, stage.parameters(), tolerance, stage.watcher())
                : growth.further(stage.algorithm(), standing.climb, tolerance, stage.watcher());
        standing.climb = climb;
        standing.passes += work.passes(stage.components()) - before;
        standing.seconds += (System.nanoTime() - start) / 1e9;
        Task.Result<GaussianMixture> result =
                new Task.Result<>(climb.ended(), new double[] {climb.objective()}, tolerance, standing.passes);
        Fit<GaussianMixture> fit =
                stage.em().fit(stage.algorithm(), result, summary, rows, options -> {}, standing.seconds);
        standing.candidate = Selection.Candidate.fitted(stage.em(), fit, criterion);
    }

    /**
     * Polishes the best until the best of all is among those polished; those beside it as far as it takes to see that they are
     * not better.
     */
    private void polishBest(List<Standing> standings, Growth growth) {
        List<Selection.Candidate<GaussianMixture>> estimates =
                standings.stream().map(standing -> standing.candidate).toList();
        double besides = candidates.get(0).settings().tolerance.isPresent() ? 1 : BESIDES;
        while (true) {
            Standing best = Collections.min(standings, Comparator.comparing(standing -> standing.candidate));
            List<Standing> beside = standings.stream()
                    .filter(s -> s.path == best.path && Math.abs(s.number - best.number) == 1)
                    .filter(s -> s.candidate.basis() == Selection.Basis.SAMPLE)
                    .toList();
            List<Standing> rivals = standings.stream()
                    .filter(s -> s.climb != null && !s.finished)
                    .filter(s -> couldCome(s) < best.candidate.value())
                    .toList();
            if (!best.finished) {
                polish(best, growth, 1);
            } else if (!beside.isEmpty()) {
                beside.forEach(standing -> polish(standing, growth, besides));
            } else if (!rivals.isEmpty()) {
                rivals.forEach(standing -> polish(standing, growth, 1));
            } else {
                return;
            }
            double common = IntStream.range(0, standings.size())
                    .filter(i -> standings.get(i).candidate.basis() == Selection.Basis.ALL_ROWS)
                    .mapToDouble(i -> standings.get(i).candidate.logLikelihood()
                            - estimates.get(i).logLikelihood())
                    .average()
                    .orElseThrow();
            for (int i = 0; i < standings.size(); i++) {
                if (standings.get(i).candidate.basis() == Selection.Basis.SAMPLE) {
                    standings.get(i).candidate = estimates.get(i).plus(common);
                }
            }
        }
    }

    /** How low a candidate's criterion could come if it climbed on. */
    private double couldCome(Standing standing) {
        double left = standing.candidate.fit().map(Fit::leftToGain).orElse(0.0);
        return standing.candidate.value() - 2 * left * summary.totalWeight();
    }
}
