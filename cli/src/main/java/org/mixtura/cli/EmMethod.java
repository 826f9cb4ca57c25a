package org.mixtura.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.mixtura.fit.Cells;
import org.mixtura.fit.Criterion;
import org.mixtura.fit.Em;
import org.mixtura.fit.Fit;
import org.mixtura.fit.Initialization;
import org.mixtura.fit.Regularization;
import org.mixtura.fit.Selection;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.mixture.NoisyMixture;

/** Expectation-maximisation for each candidate, and the choice among them. */
final class EmMethod implements FitMethod {
    private static final List<Integer> DEFAULT_COMPONENTS =
            IntStream.rangeClosed(1, 9).boxed().toList();

    private final FitOptions options;
    private final Criterion criterion;
    private final Regularization regularization;

    /**
     * @throws UsageException if options do not go together or a value is not allowed
     */
    EmMethod(FitOptions options) {
        this.options = options;
        this.criterion = options.criterion();
        this.regularization = options.regularization().policy();
        try {
            estimator(1);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private Em estimator(int components) {
        Em em = Em.components(components)
                .regularization(regularization)
                .initialization(
                        options.start() == FitOptions.Start.RANDOM
                                ? Initialization.random()
                                : Initialization.kMeansPlusPlus())
                .search(options.search())
                .maxIterations(options.maxIterations())
                .seed(options.seed())
                .threads(options.threads());
        em = options.freedom().applyTo(em, options.start() == FitOptions.Start.MODEL);
        em = options.restarts().map(em::restarts).orElse(em);
        return options.givenTolerance().map(em::tolerance).orElse(em);
    }

    @Override
    public boolean refusesConstantColumns() {
        return regularization.ridge() == 0;
    }

    @Override
    public boolean asksJournal() {
        return true;
    }

    @Override
    public Outcome fit(Problem problem, Run run) {
        List<Candidate> candidates = candidates(problem);
        List<Em> estimators = new ArrayList<>();
        try (Progress progress = run.progress()) {
            for (Candidate candidate : candidates) {
                Em estimator = estimator(candidate.components)
                        .covariance(candidate.structure)
                        .journal(problem.journal())
                        .observer(progress.of(
                                Choice.name(candidate.components, candidate.structure),
                                estimators.size(),
                                candidates.size(),
                                run.interruption()));
                estimators.add(start(problem).map(estimator::initialization).orElse(estimator));
            }
            if (options.noise()) {
                Selection<NoisyMixture> selection = Selection.withNoise(estimators, criterion, problem.rows());
                run.interruption().check();
                return Outcome.ofNoisy(selection.best(), criterion, choices(selection))
                        .passes(selection.passes());
            }
            Selection<GaussianMixture> selection = Selection.of(
                    estimators, criterion, problem.cells().map(Cells::rows).orElse(problem.rows()));
            run.interruption().check();
            Fit<GaussianMixture> best = selection.best();
            return Outcome.of(
                            problem.cells().map(cells -> cells.judged(best)).orElse(best),
                            criterion,
                            choices(selection))
                    .onCells(problem.cells()
                            .map(cells -> new Outcome.OnCells(cells.rows().count(), best.logLikelihood())))
                    .passes(selection.passes());
        }
    }

    private record Candidate(int components, CovarianceStructure structure) {
        /** Finds a candidate that allows the same mixtures, as one component with any full covariance does. */
        Predicate<Candidate> sameIn(int dimension) {
            return other ->
                    components == other.components && structure.coincidesWith(other.structure, components, dimension);
        }
    }

    private List<Candidate> candidates(Problem problem) {
        Optional<Integer> ofStart = problem.start()
                .map(GaussianMixture::size)
                .or(() -> problem.classes().map(classes -> classes.names().size()));
        List<Integer> counts = options.components().orElse(ofStart.map(List::of).orElse(DEFAULT_COMPONENTS));
        if (ofStart.isPresent() && !counts.equals(List.of(ofStart.get()))) {
            throw new UsageException("the start has " + Digits.count(ofStart.get(), "component")
                    + ", --components asks for " + counts + "; leave --components out");
        }
        List<CovarianceStructure> structures = options.structures()
                .orElse(List.of(problem.start().map(GaussianMixture::structure).orElse(CovarianceStructure.FULL)));
        List<Candidate> candidates = new ArrayList<>();
        for (CovarianceStructure structure : structures) {
            counts.forEach(count -> {
                Candidate candidate = new Candidate(count, structure);
                if (candidates.stream()
                        .noneMatch(candidate.sameIn(problem.rows().dimension()))) {
                    candidates.add(candidate);
                }
            });
        }
        return candidates;
    }

    private static Optional<Initialization> start(Problem problem) {
        return problem.start()
                .map(Initialization::model)
                .or(() -> problem.classes().map(classes -> Initialization.labels(classes.codes())));
    }

    private static List<Choice> choices(Selection<?> selection) {
        List<Choice> choices = new ArrayList<>();
        for (Selection.Candidate<?> candidate : selection.table()) {
            choices.add(Choice.of(candidate, candidate == selection.winner()));
        }
        return choices;
    }
}
