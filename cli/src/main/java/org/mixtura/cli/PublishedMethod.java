package org.mixtura.cli;

import java.util.Arrays;
import java.util.Optional;
import org.mixtura.fit.Cavi;
import org.mixtura.fit.MeanField;
import org.mixtura.fit.MeanFieldStart;
import org.mixtura.fit.Trajectory;
import org.mixtura.io.StartFile;

/**
 * The two published variational programs with their own start and stop rule: {@code --method cavi} and {@code mean-field} with
 * {@code --compat reference}, and the mean field whenever it starts from means and variances.
 */
final class PublishedMethod implements FitMethod {
    private static final int CAVI_ITERATIONS = 100;
    private static final double CAVI_TOLERANCE = 1e-5;
    private static final double MEAN_FIELD_TOLERANCE = 1e-10;
    private static final double TOLERANCE_PER_ROW = 1e-6;

    private final FitOptions options;
    private final Methods method;
    private final Optional<StartFile> start;

    /**
     * @throws UsageException if options do not go together or a value is not allowed
     */
    PublishedMethod(FitOptions options, Methods method) {
        this.options = options;
        this.method = method;
        options.oneStructure(method);
        options.refuseRegularization(method);
        options.refuseRestarts();
        options.checkCount(method);
        if (method == Methods.CAVI && options.start() != FitOptions.Start.RANDOM && options.startGiven()) {
            throw new UsageException("--compat reference of cavi starts from clusters, random ones or those of"
                    + " --init-labels; leave --init out");
        }
        boolean fromFile = options.start() == FitOptions.Start.MODEL;
        this.start = fromFile ? Optional.of(ModelInput.loadStart(options.startModel())) : Optional.empty();
    }

    @Override
    public boolean takesGaps() {
        return false;
    }

    @Override
    public boolean refusesConstantColumns() {
        return false;
    }

    @Override
    public boolean readsStart() {
        return true;
    }

    @Override
    public Outcome fit(Problem problem, Run run) {
        Optional<Integer> startSize = start.map(file -> file.means().rows())
                .or(() -> problem.classes().map(classes -> classes.names().size()));
        int components = options.oneCount(method, startSize);
        Trajectory trajectory = method == Methods.CAVI ? cavi(components, problem) : meanField(components, problem);
        run.interruption().check();
        double[] elbo = trajectory.elbo();
        // The published mean field tells the bound after each iteration, the other one that of its start as well.
        double[] told = method == Methods.CAVI ? elbo : Arrays.copyOfRange(elbo, 1, elbo.length);
        PosteriorResult result = new PosteriorResult(
                trajectory.fit().model().named(problem.rows().columns()), method, told);
        return Outcome.of(trajectory.fit(), result, options.criterion());
    }

    private Trajectory cavi(int components, Problem problem) {
        PriorOptions priors = options.priors();
        Cavi cavi = Cavi.components(components)
                .nu(priors.nu())
                .tolerance(options.givenTolerance().orElse(CAVI_TOLERANCE))
                .maxIterations(options.givenMaxIterations().orElse(CAVI_ITERATIONS))
                .seed(options.seed())
                .threads(options.threads());
        cavi = priors.alpha().length == 1 ? cavi.alpha(priors.alpha()[0]) : cavi.alpha(priors.alpha());
        cavi = priors.phi().length == 1 ? cavi.phi(priors.phi()[0]) : cavi.phi(priors.phi());
        if (problem.classes().isPresent()) {
            cavi = cavi.startClusters(problem.classes().get().codes());
        }
        return cavi.run(problem.rows());
    }

    private Trajectory meanField(int components, Problem problem) {
        MeanField field = MeanField.components(components)
                .sigma(options.priors().sigma())
                .variant(options.priors().variant())
                .maxIterations(options.maxIterations())
                .seed(options.seed())
                .threads(options.threads());
        double tolerance = options.reference()
                ? options.givenTolerance().orElse(MEAN_FIELD_TOLERANCE)
                : options.givenTolerance().orElse(TOLERANCE_PER_ROW)
                        * problem.rows().count();
        field = field.tolerance(0).absoluteTolerance(tolerance);
        return field.start(meanFieldStart(problem)).run(problem.rows());
    }

    private MeanFieldStart meanFieldStart(Problem problem) {
        if (start.isPresent()) {
            return MeanFieldStart.of(start.get().means(), start.get().variances());
        }
        if (problem.classes().isPresent()) {
            return MeanFieldStart.clusters(problem.classes().get().codes());
        }
        boolean distant = options.startGiven() && options.start() == FitOptions.Start.KMEANS;
        return distant ? MeanFieldStart.kMeansPlusPlus() : MeanFieldStart.random();
    }
}
