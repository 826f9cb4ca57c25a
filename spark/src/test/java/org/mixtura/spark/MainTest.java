package org.mixtura.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mixtura.io.MixtureFile;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.GaussianMixture;

/** The command, as spark-submit would start it. */
class MainTest {
    private static final String FAITHFUL = "../examples/faithful.csv";

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return Main.run(
                Session::get,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                args);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aFileIsFittedScoredAndScoredAgainWithTheModel() {
        Path model = folder.resolve("model.json");
        String scores = folder.resolve("scores.parquet").toString();
        assertThat(run("fit", FAITHFUL, "--components", "1..3", "--model", model.toString(), "--scores", scores))
                .isZero();
        assertThat(printed())
                .contains("Choice by BIC, lower is better", "→   2 full")
                .contains("2 components, full", "\nwaiting  ", "Rows            272 of weight 272.0");
        MixtureFile file = MixtureFile.load(model);
        GaussianMixture mixture = file.mixture();
        assertThat(mixture.columns()).containsExactly("eruptions", "waiting");
        assertThat(file.provenance()).containsEntry("data", FAITHFUL);

        String again = folder.resolve("again.csv").toString();
        assertThat(run("score", model.toString(), FAITHFUL, "--what", "energy,label", "--prefix", "m_", "--out", again))
                .isZero();
        Dataset<Row> first = Session.get().read().parquet(scores);
        assertThat(first.columns()).containsExactly("eruptions", "waiting", "label", "log_density");
        Dataset<Row> second = Session.get()
                .read()
                .option("header", "true")
                .option("inferSchema", "true")
                .csv(again);
        assertThat(second.columns()).containsExactly("eruptions", "waiting", "m_label", "m_energy");
        Row sums = second.selectExpr("sum(m_energy)").first();
        Row logs = first.selectExpr("sum(log_density)").first();
        assertThat(sums.getDouble(0)).isCloseTo(-logs.getDouble(0), org.assertj.core.api.Assertions.within(1e-9));
    }

    @Test
    void aTableOfTheCatalogueIsRead() {
        Session.get()
                .range(60)
                .selectExpr("double(id % 7) as a", "double(id % 5) as b", "1 + id % 2 as w", "'x' as word")
                .createOrReplaceTempView("made_up");
        assertThat(run(
                        "fit",
                        "made_up",
                        "--weights",
                        "w",
                        "--components",
                        "1",
                        "--covariance",
                        "diag",
                        "--where",
                        "a < 6",
                        "--no-regularization",
                        "--format",
                        "json"))
                .isZero();
        MixtureFile file = MixtureFile.parse(printed(), "out");
        assertThat(file.mixture().structure()).isEqualTo(CovarianceStructure.DIAGONAL);
        assertThat(file.mixture().columns()).containsExactly("a", "b");
        double weight = Session.get()
                .table("made_up")
                .where("a < 6")
                .selectExpr("double(sum(w))")
                .first()
                .getDouble(0);
        assertThat(file.provenance()).containsEntry("total_weight", Double.toString(weight));
    }

    @Test
    void mistakesAreToldInALine() {
        refused(2, "DATA is missing: name files, or a table of Spark's catalogue", "fit");
        refused(
                2,
                "--components is \"0\"; expected a number (3), a range (1..9) or a list (2,4,8), each at least 1",
                "fit",
                FAITHFUL,
                "--components",
                "0");
        refused(2, "--criterion is \"best\"; expected bic, aic or icl", "fit", FAITHFUL, "--criterion", "best");
        refused(
                2,
                "--penalty, --reg-covar and --no-regularization exclude each other; give one",
                "fit",
                FAITHFUL,
                "--penalty",
                "1",
                "--no-regularization");
        refused(2, "Unknown option: '--nosuch'", "fit", FAITHFUL, "--nosuch");
        refused(2, "--out is missing; say where to write, as in --out scored.parquet", "score", "m.json", FAITHFUL);
        refused(
                2,
                "--what has \"mood\"; expected some of label, log_density, energy, responsibilities",
                "score",
                "m.json",
                FAITHFUL,
                "--out",
                "o.csv",
                "--what",
                "mood");
        refused(3, "no column \"nosuch\"; the columns are eruptions, waiting", "fit", FAITHFUL, "--columns", "nosuch");
        refused(2, "--missing is \"zero\"; expected error or drop", "fit", FAITHFUL, "--missing", "zero");
        assertThat(run("fit", "nosuch.csv")).isEqualTo(3);
        assertThat(said()).startsWith("mixtura-spark: [PATH_NOT_FOUND]").hasLineCount(1);
    }

    private void refused(int code, String message, String... args) {
        err.reset();
        assertThat(run(args)).isEqualTo(code);
        assertThat(said()).isEqualTo("mixtura-spark: " + message + System.lineSeparator());
        err.reset();
    }

    @Test
    void theHelpNamesTheOptions() {
        assertThat(run("fit", "--help")).isZero();
        assertThat(printed()).contains("--components", "--covariance", "--penalty", "--source", "--model");
        assertThat(run()).isZero();
        assertThat(printed()).contains("Usage: mixtura-spark");
    }
}
