package org.mixtura.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code fit} tells people. */
class FitTextTest {
    private static final Path FAITHFUL = Mixtura.EXAMPLES.resolve("faithful.csv");

    @TempDir
    Path folder;

    private static String text(Object... args) {
        Mixtura.Result result = Mixtura.run(args);
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        return result.out();
    }

    @Test
    void choosesTwoComponentsForOldFaithful() {
        String text = text("fit", FAITHFUL);
        assertThat(text)
                .contains("Read " + FAITHFUL + ": 272 rows, 2 columns", "Choice by BIC, lower is better")
                .containsPattern("(?m)^ →  +2  full +11  +-1130\\.\\d\\d  2322\\.\\d\\d$")
                .containsPattern("(?m)^ +9  full +53 ")
                .contains("2 components, full covariances: mean ± standard deviation")
                .containsPattern("(?m)^  label  weight +eruptions +waiting$")
                .containsPattern("(?m)^ +0  0\\.64\\d\\d  4\\.29 ± 0\\.41  80\\.0 ± 6\\.0$")
                .containsPattern("(?m)^ +1  0\\.35\\d\\d  2\\.04 ± 0\\.\\d\\d  54\\.5 ± 5\\.9$")
                .contains("Log-likelihood  -1130.", "Objective       -4.1", "(lower is better)")
                .containsPattern("Stopped +after \\d+ iterations, less than 1e-6 nats per row left to gain\n")
                .containsPattern("Work +\\d+\\.?\\d* passes over all rows")
                .containsPattern("Took \\d+\\.\\d+ s\n$");
    }

    @Test
    void saysWhichToleranceStoppedIt() {
        assertThat(text("fit", FAITHFUL, "--components", 2, "--search", "none"))
                .containsPattern("Stopped +after \\d+ iterations, the last gaining less than 1e-6 nats per row\n");
        assertThat(text("fit", FAITHFUL, "--components", 2, "--tol", 1e-4))
                .contains("less than 0.0001 nats per row left to gain; best of 8 starts");
        Path many = Data.write(folder.resolve("many.csv"), "a,b", 9000, Data.clusters(2));
        assertThat(text("fit", many, "--components", 3))
                .containsPattern(
                        "Stopped +after \\d+ iterations over all rows, statistical tolerance: the estimate's own"
                                + " error is 0.00094 nats per row; by the last gains about \\S+ is left, or some times that if components overlap much;"
                                + " best of 8 starts");
    }

    @Test
    void marksWhatIsEstimatedFromASample() {
        Path many = Data.write(folder.resolve("many.csv"), "a,b", 9000, Data.clusters(2));
        assertThat(text("fit", many, "--components", "1..6", "--covariance", "full,diag"))
                .containsPattern("(?m)^ +1  full +5 +~-\\d+ +~\\d+$")
                .containsPattern("(?m)^ → +2  diag +9  +-\\d+\\.\\d\\d +\\d+\\.\\d\\d$")
                .containsPattern("(?m)^ +3  diag +14  +-\\d+\\.\\d\\d +\\d+\\.\\d\\d$")
                .contains("~ from a sample of the rows; the others were fitted to all of them");
    }

    @Test
    void oneCandidateNeedsNoTable() {
        assertThat(text("fit", FAITHFUL, "--components", 1))
                .doesNotContain("Choice")
                .contains("1 component, full covariance: mean");
    }

    @Test
    void saysWhatWasLeftOutAndWhereFilesWent() {
        Path data = Data.write(
                folder.resolve("data.csv"), "a,name,c,b\n1,x,5,2\n2,y,5,7\nNA,z,5,1\n5,u,5,1\n9,v,5,8\n8,w,5,3\n");
        Path model = folder.resolve("m.json");
        Path scores = folder.resolve("s.csv");
        assertThat(text("fit", data, "--missing", "drop", "--components", 1, "--model", model, "--scores", scores))
                .contains(
                        "6 rows, 2 columns",
                        "  left out column \"name\": text, such as \"x\"\n",
                        "  left out column \"c\": 5 in every row\n",
                        "  dropped 1 of 6 rows with gaps: 1 in a\n",
                        "Scores are in " + scores,
                        "The model is in " + model);
        assertThat(scores).content().contains("a,name,c,b,label,log_density\n", "NA,z,5,1,,\n");
    }

    @Test
    void warnsFirst() {
        assertThat(text("fit", FAITHFUL, "--components", 3, "--max-iter", 2))
                .startsWith("Warning: not converged after 2 iterations; raise --max-iter or --tol\n")
                .contains("Stopped         at the limit of 2 iterations; best of 8 starts");
        assertThat(text("fit", FAITHFUL, "--components", "1..2"))
                .startsWith("Warning: BIC chose the largest number of components tried, 2; more may be better still\n");
    }

    @Test
    void aCollapseNamesTheComponentAndWritesNoModel() {
        Path data = Data.write(folder.resolve("data.csv"), "a", 12, i -> new double[] {i == 0 ? 100 : i % 5 + 0.1 * i});
        Path start = Data.write(
                folder.resolve("start.json"),
                "{\"format\": \"mixtura-model\", \"covariance_type\": \"full\", \"weights\": [0.5, 0.5],"
                        + " \"means\": [[100], [2]], \"covariances\": [[[1]], [[4]]]}");
        Object[] fit = {"fit", data, "--init", start, "--no-regularization"};
        assertThat(text(fit))
                .startsWith("Warning: the fit collapsed: component 1 of 2")
                .containsPattern("Stopped +after \\d+ iterations?, for a component collapsed");
        Mixtura.Result result = Mixtura.run(
                fit[0], fit[1], fit[2], fit[3], fit[4], "--model", folder.resolve("m.json"), "--format", "json");
        assertThat(result.code()).isEqualTo(3);
        assertThat(result.error()).contains("component 1 of 2", "nothing was written");
        assertThat(folder.resolve("m.json")).doesNotExist();
    }

    @Test
    void wideDataTakeALineForEachColumnAndAreCut() {
        assertThat(text(
                        "fit",
                        Mixtura.EXAMPLES.resolve("digits.csv"),
                        "--exclude",
                        "digit",
                        "--components",
                        2,
                        "--covariance",
                        "diag",
                        "--n-init",
                        1))
                .contains("1,797 rows, 61 columns", "left out column \"p00\": 0 in every row")
                .containsPattern("(?m)^  label +0 +1$")
                .containsPattern("(?m)^  p01 +\\S+ ± \\S+ +\\S+ ± \\S+$")
                .contains("  … and 29 more columns\n");
    }

    @Test
    void candidatesThatCannotBeFittedSayWhy() {
        Path few = Data.write(folder.resolve("few.csv"), "a,b\n1,2\n3,4.5\n2,2\n");
        assertThat(text("fit", few, "--components", "2..4"))
                .contains("4  full        not fitted: 4 components need at least as many different rows");
    }

    @Test
    void quietSaysNothingAndVerboseMore() {
        assertThat(text("fit", FAITHFUL, "--components", 1, "--quiet")).isEmpty();
        assertThat(text("fit", FAITHFUL, "--components", 1, "-q", "--format", "json"))
                .startsWith("{");
    }

    @Test
    void outputsAreCheckedBeforeTheWork() {
        // The data do not exist either, and nobody finds out.
        Path data = folder.resolve("nosuch.csv");
        for (String option : List.of("--model", "--scores")) {
            Mixtura.Result missing = Mixtura.run("fit", data, option, folder.resolve("no/where.csv"));
            assertThat(missing.code()).isEqualTo(4);
            assertThat(missing.error()).contains("there is no folder");
            Mixtura.Result directory = Mixtura.run("fit", data, option, folder);
            assertThat(directory.code()).isEqualTo(4);
            assertThat(directory.error()).contains("it is a folder");
        }
        Mixtura.Result format = Mixtura.run("fit", data, "--scores", folder.resolve("scores.xlsx"));
        assertThat(format.code()).isEqualTo(4);
        assertThat(format.error()).contains("xlsx");
    }

    @Test
    void inputsAreNotReplaced() throws java.io.IOException {
        Path data = Data.write(folder.resolve("data.csv"), "a,b", 30, Data.clusters(2));
        String before = Files.readString(data);
        Mixtura.Result model = Mixtura.run("fit", data, "--components", 1, "--model", data);
        assertThat(model.code()).isEqualTo(2);
        assertThat(model.error()).contains("is also read by this command");
        Mixtura.Result scores = Mixtura.run("fit", data, "--components", 1, "--scores", data);
        assertThat(scores.code()).isEqualTo(4);
        assertThat(scores.error()).contains("it is the table that is read");
        Mixtura.Result both =
                Mixtura.run("fit", data, "--model", folder.resolve("x.csv"), "--scores", folder.resolve("x.csv"));
        assertThat(both.code()).isEqualTo(2);
        assertThat(data).hasContent(before);
    }
}
