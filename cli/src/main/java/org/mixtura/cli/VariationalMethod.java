package org.mixtura.cli;

import java.util.Optional;
import org.mixtura.bayes.MixturePosterior;
import org.mixtura.fit.Fit;
import org.mixtura.fit.Initialization;
import org.mixtura.fit.VariationalBayes;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.GaussianMixture;

/** Variational Bayes: one number of components, several starts, the best bound kept. */
final class VariationalMethod implements FitMethod {
    private final FitOptions options;
    private final Methods method;
    private final CovarianceStructure structure;

    /**
     * @throws UsageException if options do not go together or a value is not allowed
     */
    VariationalMethod(FitOptions options, Methods method) {
        this.options = options;
        this.method = method;
        this.structure = options.oneStructure(method);
        options.refuseRegularization(method);
        options.priors().refuseVariant();
        options.checkCount(method);
    }

    @Override
    public boolean refusesConstantColumns() {
        return !method.knownCovariance() && options.priors().takesCovarianceFromRows();
    }

    @Override
    public boolean asksJournal() {
        return true;
    }

    @Override
    public Outcome fit(Problem problem, Run run) {
        int components = options.oneCount(method, startSize(problem));
        try (Progress progress = run.progress()) {
            VariationalBayes estimator = VariationalBayes.components(components)
                    .weights(options.priors().weights(method))
                    .gaussians(options.priors()
                            .gaussians(method, structure, problem.rows().dimension()))
                    .initialization(start(problem))
                    .search(options.search())
                    .maxIterations(options.maxIterations())
                    .seed(options.seed())
                    .threads(options.threads())
                    .journal(problem.journal())
                    .observer(progress.of(Digits.count(components, "component"), 0, 1, run.interruption()));
            estimator = options.restarts().map(estimator::restarts).orElse(estimator);
            estimator = options.givenTolerance().map(estimator::tolerance).orElse(estimator);
            Fit<MixturePosterior> fit = estimator.fit(problem.rows());
            run.interruption().check();
            double[] elbo = fit.history();
            for (int i = 0; i < elbo.length; i++) {
                elbo[i] *= fit.totalWeight();
            }
            return Outcome.of(fit, new PosteriorResult(fit.model(), method, elbo), options.criterion());
        }
    }

    private static Optional<Integer> startSize(Problem problem) {
        return problem.start()
                .map(GaussianMixture::size)
                .or(() -> problem.classes().map(classes -> classes.names().size()));
    }

    private Initialization start(Problem problem) {
        return problem.start()
                .map(Initialization::model)
                .or(() -> problem.classes().map(classes -> Initialization.labels(classes.codes())))
                .orElse(
                        options.start() == FitOptions.Start.RANDOM
                                ? Initialization.random()
                                : Initialization.kMeansPlusPlus());
    }
}
