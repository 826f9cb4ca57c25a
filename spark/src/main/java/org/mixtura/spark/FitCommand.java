package org.mixtura.spark;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;
import org.mixtura.mixture.CovarianceStructure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fits mixtures to a table, in the words of the local command. */
@Command(
        name = "fit",
        sortOptions = false,
        description = "Fit a Gaussian mixture to the columns of numbers of a table.",
        mixinStandardHelpOptions = true)
final class FitCommand implements SparkCommand {
    @Parameters(paramLabel = "DATA", index = "0..*", description = TableOptions.DATA)
    private List<String> data = new ArrayList<>();

    @Mixin
    private TableOptions table = new TableOptions();

    @Option(names = "--weights", paramLabel = "COL", description = "Column that says how often a row counts.")
    private @Nullable String weights;

    @Option(
            names = "--components",
            paramLabel = "K",
            description =
                    "How many Gaussians: a number (3), a range (1..9) or a list (2,4,8). Of several the criterion chooses."
                            + " Default 1..9; or as many as the start has.")
    private @Nullable String components;

    @Option(
            names = "--covariance",
            paramLabel = "TYPES",
            split = ",",
            description =
                    "full, tied, diag, spherical, tied_diag, tied_spherical, or mclust's letters, such as VEI or EVV; several are all"
                            + " tried. Default full.")
    private List<String> covariances = new ArrayList<>(List.of("full"));

    @Option(
            names = "--criterion",
            paramLabel = "bic|aic|icl",
            description = "What chooses among candidates. Default bic.")
    private String criterion = "bic";

    @Option(names = "--init", paramLabel = "MODEL.json", description = "Start from a model file in place of a search.")
    private @Nullable Path init;

    @Option(
            names = "--n-init",
            paramLabel = "N",
            description = "Random starts of the search on the sample. Default 10.")
    private int starts = 10;

    @Option(names = "--max-iter", paramLabel = "N", description = "Most rounds over all rows. Default 100.")
    private int maxIterations = 100;

    @Option(names = "--tol", paramLabel = "X", description = "Least gain of a round, nats per row. Default 1e-6.")
    private double tolerance = 1e-6;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of all random choices. Default 0.")
    private long seed;

    @Option(
            names = "--penalty",
            paramLabel = "A",
            description = "Rows' worth of the data's covariance in each component. Default 1.")
    private @Nullable Double penalty;

    @Option(names = "--reg-covar", paramLabel = "X", description = "Instead add X to each variance.")
    private @Nullable Double regCovar;

    @Option(names = "--no-regularization", description = "Instead do nothing: plain maximum likelihood.")
    private boolean none;

    @Option(names = "--sample", paramLabel = "N", description = "Rows that the search sees. Default: 15 per parameter.")
    private long sample;

    @Option(names = "--model", paramLabel = "FILE.json", description = "Keep the model file, on the driver's machine.")
    private @Nullable Path model;

    @Option(names = "--scores", paramLabel = "PATH", description = "Write the table with label and log_density there.")
    private @Nullable String scores;

    @Option(names = "--format", paramLabel = "text|json", description = "json: print the model file. Default text.")
    private String format = "text";

    @Override
    public void run(SparkSession session, PrintStream out) {
        List<GaussianMixture> candidates = candidates();
        Dataset<Row> read = table.read(session, data);
        List<String> columns = table.chosen(read, Optional.ofNullable(weights));
        // Read once, however many candidates there are.
        Dataset<Row> rows = table.withFeatures(read, columns);
        Dataset<Row> kept = candidates.size() > 1 ? rows.persist(StorageLevel.MEMORY_AND_DISK()) : rows;
        List<GaussianMixtureModel> models = new ArrayList<>();
        for (GaussianMixture candidate : candidates) {
            models.add(candidate.fit(kept));
        }
        GaussianMixtureModel best =
                models.stream().min(Comparator.comparingDouble(this::judged)).orElseThrow();
        if (best.summary().stopReason().equals("collapsed")) {
            throw new IllegalArgumentException("the fit collapsed: "
                    + best.summary().stopDetail() + "; keep the regularization or ask for fewer components");
        }
        if (scores != null) {
            ScoreCommand.write(
                    best.setPredictionCol("label").setProbabilityCol("").setLogDensityCol("log_density"), rows, scores);
        }
        if (model != null) {
            best.file().with("data", String.join(" ", data)).save(model);
        }
        out.print(format.equals("json") ? best.file().toJson() : FitText.of(models, best, criterion));
        kept.unpersist();
    }

    private List<GaussianMixture> candidates() {
        if (!List.of("bic", "aic", "icl").contains(criterion)) {
            throw new UsageException("--criterion is \"" + criterion + "\"; expected bic, aic or icl");
        }
        if (!List.of("text", "json").contains(format)) {
            throw new UsageException("--format is \"" + format + "\"; expected text or json");
        }
        Optional<GaussianMixtureModel> start = Optional.ofNullable(init).map(GaussianMixtureModel::fromFile);
        if (start.isPresent() && components != null) {
            throw new UsageException("the start says how many components there are; leave --components out");
        }
        List<Integer> counts = start.map(given -> List.of(given.mixture().size()))
                .orElseGet(() -> Counts.parse(components == null ? "1..9" : components));
        List<GaussianMixture> candidates = new ArrayList<>();
        for (String covariance : covariances) {
            for (int count : counts) {
                GaussianMixture candidate = estimator()
                        .setCovarianceType(CovarianceStructure.of(covariance).label())
                        .setK(count);
                start.ifPresent(candidate::setInitialModel);
                candidates.add(candidate);
            }
        }
        return candidates;
    }

    private GaussianMixture estimator() {
        int policies = (penalty == null ? 0 : 1) + (regCovar == null ? 0 : 1) + (none ? 1 : 0);
        if (policies > 1) {
            throw new UsageException("--penalty, --reg-covar and --no-regularization exclude each other; give one");
        }
        boolean plain = none || regCovar != null;
        return new GaussianMixture()
                .setFeaturesCol(TableOptions.FEATURES)
                .setWeightCol(weights == null ? "" : weights)
                .setNumStarts(starts)
                .setMaxIter(maxIterations)
                .setTol(tolerance)
                .setSeed(seed)
                .setSampleSize(sample)
                .setRegCovar(regCovar == null ? 0 : regCovar)
                .setPenalty(plain ? 0 : penalty == null ? 1 : penalty);
    }

    /** Lower is better; a collapsed candidate is worst. */
    private double judged(GaussianMixtureModel candidate) {
        GaussianMixtureSummary summary = candidate.summary();
        if (summary.stopReason().equals("collapsed")) {
            return Double.POSITIVE_INFINITY;
        }
        return FitText.criterion(summary, criterion.toLowerCase(Locale.ROOT));
    }
}
