package org.mixtura.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Rows;
import org.mixtura.io.MixtureFile;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.table.Table;

/** From data to a model, its scores and its samples, and back. */
class RoundTripTest {
    private static final Path IRIS = Mixtura.EXAMPLES.resolve("iris.csv");
    private static final String[] COLUMNS = {"sepal_width", "petal_length", "petal_width"};

    @TempDir
    Path folder;

    private static void done(Object... args) {
        Mixtura.Result result = Mixtura.run(args);
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
    }

    private static double[] column(Path file, String name) {
        try (Table table = Table.open(file)) {
            Rows rows = table.columns(name);
            double[] values = new double[Math.toIntExact(rows.count())];
            try (Rows.Reader reader = rows.reader()) {
                for (int i = 0; i < values.length; i++) {
                    values[i] = reader.read(i, 1).get(0, 0);
                }
            }
            return values;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "parquet", "tsv.gz"})
    void fitScoreSampleFit(String extension) {
        Path model = folder.resolve("model.json");
        Path scores = folder.resolve("scores." + extension);
        Path sample = folder.resolve("sample." + extension);
        done(
                "fit",
                IRIS,
                "--columns",
                "sepal_length,sepal_width,petal_length,petal_width",
                "--components",
                3,
                "--model",
                model);
        GaussianMixture mixture = MixtureFile.read(model);
        Rows rows = Table.open(IRIS).columns("sepal_length", COLUMNS);

        done("score", model, IRIS, "--out", scores, "--what", "label,log_density,responsibilities,energy");
        double[] logDensity = mixture.logDensity(rows);
        int[] labels = mixture.labels(rows);
        double[] fileDensity = column(scores, "log_density");
        double[] fileLabels = column(scores, "label");
        double[] energy = column(scores, "energy");
        double[] second = column(scores, "responsibility_1");
        for (int i = 0; i < logDensity.length; i++) {
            assertThat(fileDensity[i]).isEqualTo(logDensity[i]);
            assertThat(fileLabels[i]).isEqualTo(labels[i]);
            assertThat(energy[i]).isEqualTo(-logDensity[i]);
            assertThat(second[i]).isEqualTo(mixture.responsibilities(rows).get(i, 1));
        }

        done("sample", model, "-n", 20_000, "--seed", 7, "--out", sample);
        Path again = folder.resolve("again.json");
        done("fit", sample, "--init", model, "--model", again);
        GaussianMixture refitted = MixtureFile.read(again);
        for (int k = 0; k < 3; k++) {
            // 20,000 rows, a third for each component: four standard errors of a weight and of a mean.
            assertThat(refitted.weight(k)).isCloseTo(mixture.weight(k), offset(0.02));
            for (int j = 0; j < 4; j++) {
                double deviation = Math.sqrt(mixture.component(k).covariance().get(j, j));
                assertThat(refitted.component(k).mean(j))
                        .isCloseTo(mixture.component(k).mean(j), offset(0.1 * deviation));
            }
        }
    }

    @Test
    void theSameSeedDrawsTheSameRowsWhateverTheirNumber() {
        Path model = folder.resolve("model.json");
        done("fit", IRIS, "--components", 2, "--model", model);
        String many = Mixtura.run("sample", model, "-n", 5000, "--seed", 3).out();
        String few = Mixtura.run("sample", model, "-n", 4100, "--seed", 3).out();
        assertThat(many.lines()).hasSize(5001).startsWith(few.lines().toArray(String[]::new));
        assertThat(Mixtura.run("sample", model, "-n", 5000, "--seed", 4).out()).isNotEqualTo(many);
    }

    @Test
    void showTellsWhatFitTold() {
        Path model = folder.resolve("model.json");
        Json fit = Mixtura.run(
                        "fit",
                        IRIS,
                        "--components",
                        2,
                        "--covariance",
                        "tied",
                        "--model",
                        model,
                        "--seed",
                        9,
                        "--format",
                        "json")
                .json();
        Json show = Mixtura.run("show", model, "--format", "json").json();
        for (String name : new String[] {"covariance_type", "columns", "weights", "means", "covariances"}) {
            assertThat(show.get(name)).as(name).isEqualTo(fit.get(name));
        }
        assertThat(show.get("provenance").get("seed").text()).isEqualTo("9");
        assertThat(show.get("provenance").get("data").text()).isEqualTo(IRIS.toString());
        assertThat(Mixtura.run("show", model).out())
                .contains("2 components in 4 columns, tied covariance", "Provenance\n", "label  weight  sepal_length");
    }

    @Test
    void takenColumnNamesNeedAPrefix() {
        Path model = folder.resolve("model.json");
        Path labelled = folder.resolve("labelled.csv");
        done("fit", IRIS, "--components", 2, "--model", model, "--scores", labelled);
        Mixtura.Result taken = Mixtura.run("score", model, labelled, "--out", folder.resolve("twice.csv"));
        assertThat(taken.code()).isEqualTo(3);
        assertThat(taken.error()).contains("label", "--prefix");
        done("score", model, labelled, "--out", folder.resolve("twice.csv"), "--prefix", "new_");
        assertThat(column(folder.resolve("twice.csv"), "new_log_density")).isEqualTo(column(labelled, "log_density"));
    }
}
