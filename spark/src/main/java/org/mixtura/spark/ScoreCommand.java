package org.mixtura.spark;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Scores the rows of a table with a model file. */
@Command(
        name = "score",
        sortOptions = false,
        description = "Write a table with what a model says of each row.",
        mixinStandardHelpOptions = true)
final class ScoreCommand implements SparkCommand {
    private static final List<String> WORDS = List.of("label", "log_density", "energy", "responsibilities");

    @Parameters(paramLabel = "MODEL", index = "0", description = "A model file, on the driver's machine.")
    private Path model = Path.of("");

    @Parameters(paramLabel = "DATA", index = "1..*", description = TableOptions.DATA)
    private List<String> data = new ArrayList<>();

    @Mixin
    private TableOptions table = new TableOptions();

    @Option(
            names = "--what",
            paramLabel = "A,B,…",
            split = ",",
            description = "label, log_density, energy, responsibilities. Default label,log_density.")
    private List<String> what = new ArrayList<>(List.of("label", "log_density"));

    @Option(names = "--prefix", paramLabel = "TEXT", description = "What the names of the new columns begin with.")
    private String prefix = "";

    @Option(
            names = "--out",
            paramLabel = "PATH",
            description = "Where to write, as Spark writes; must not be there yet.")
    private @Nullable String out;

    @Override
    public void run(SparkSession session, PrintStream print) {
        if (out == null) {
            throw new UsageException("--out is missing; say where to write, as in --out scored.parquet");
        }
        for (String word : what) {
            if (!WORDS.contains(word)) {
                throw new UsageException("--what has \"" + word + "\"; expected some of " + String.join(", ", WORDS));
            }
        }
        GaussianMixtureModel scorer = GaussianMixtureModel.fromFile(model)
                .setFeaturesCol(TableOptions.FEATURES)
                .setPredictionCol(column("label"))
                .setProbabilityCol(column("responsibilities"))
                .setLogDensityCol(column("log_density"))
                .setEnergyCol(column("energy"));
        Dataset<Row> read = table.read(session, data);
        write(scorer, table.withFeatures(read, scorer.mixture().columns()), out);
        print.println("Scores are in " + out);
    }

    private String column(String word) {
        return what.contains(word) ? prefix + word : "";
    }

    /** Writes a table with a model's columns. */
    static void write(GaussianMixtureModel scorer, Dataset<Row> rows, String path) {
        Dataset<Row> scored = scorer.transform(rows).drop(TableOptions.FEATURES);
        String shares = scorer.getProbabilityCol();
        if (!shares.isEmpty()) {
            // Other programs know arrays, not Spark's vectors.
            scored = scored.withColumn(
                    shares,
                    org.apache.spark.ml.functions.vector_to_array(scored.col(Features.quoted(shares)), "float64"));
        }
        scored.write()
                .format(TableOptions.format(path))
                .option("header", "true")
                .save(path);
    }
}
